"""An answer is rated, a search goes along to a person, failed searches are told if wanted; all of
it on a site that is written from right to left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from browsing import DESKTOP, PHONE, paste, serving, settled
from support import SVG, write
from test_browser_accessibility import violations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page, Route

    from browsing import Visit

pytestmark = pytest.mark.browser

SITE = {
    "mkdocs.yml": """\
site_name: مساعدة الزيزفون
site_url: https://help.example.com/
docs_dir: faq
theme:
  name: oftasked
  language: ar
  logo: logo.svg
  custom_dir: look
  palette:
    - {media: "(prefers-color-scheme: light)", scheme: default, primary: yellow}
    - {media: "(prefers-color-scheme: dark)", scheme: slate, primary: yellow}
extra_css: [extra.css]
plugins:
  - oftasked:
      languages: [en]
      sign_in: /account/
      feedback: {url: /seen, searches: true}
""",
    "look/main.html": """\
{% extends "base.html" %}
{% block announce %}<p>تخفيضات <a href="/sale/">حتى الجمعة</a></p>{% endblock %}
""",
    "look/messages/ar.toml": 'home_title = "بمَ نخدمك؟"\n',
    "faq/logo.svg": SVG,
    "faq/extra.css": ':root { --of-font: "Noto Kufi Arabic", sans-serif; --of-r: 0 }\n',
    "faq/audiences.yml": """\
audiences:
  - {id: prospects, title: {ar: قبل الشراء, en: Before you buy}, description: الأسعار والمقاسات}
""",
    "faq/contacts.yml": """\
default: support
contacts:
  support:
    title: خدمة العملاء
    email: help@example.com
    form: https://example.com/ask?q={question}&page={url}
    phone: "+44 20 7946 0000"
    reply_within: 6 ساعات
""",
    "faq/prospects/delivery.yml": """\
topic: {title: التوصيل, description: المواعيد والتكاليف}
entries:
  - id: delivery-time
    question: كم يستغرق التوصيل؟
    summary: من يومين إلى 4 أيام عمل.
    changed: 2026-09-01
    asked: 9
    answer: |
      من يومين إلى 4 أيام عمل، عبر DHL أو UPS.

      | البلد | المدة | السعر |
      | --- | --- | ---: |
      | مصر | 2–4 أيام | EUR 4.90 |

      1. افتح الرسالة.
      2. اضغط على `track`.

      !!! warning "العطل"
          لا توصيل يوم الجمعة.
  - id: delivery-cost
    question: كم تكلفة التوصيل؟
    answer: مجاني ابتداءً من 50 يورو.
  - id: by-fax
    question: هل أطلب بالفاكس؟
    answer: لا.
    status: retired
    related: [delivery-time]
""",
    "faq/about.md": "# عن المتجر\n\n## التاريخ\n\nنص.\n\n## العنوان\n\nنص.\n",
    "faq/prospects/club.yml": """\
topic: {title: النادي, access: members, teaser: true}
entries: [{id: club, question: ما هو النادي؟, answer: نادٍ.}]
""",
}
ENTRY = "/q/delivery-time/"


@pytest.fixture(scope="module")
def arabic_site(
    build_site: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    with serving(build_site(write(tmp_path_factory.mktemp("arabic"), SITE))) as address:
        yield address


def told(page: Page) -> list[dict[str, str]]:
    """Take what the site tells its owner from now on; the list grows."""
    seen: list[dict[str, str]] = []

    def take(route: Route) -> None:
        values = parse_qs(urlsplit(route.request.url).query)
        seen.append({name: value for name, (value,) in values.items()})
        route.fulfill(status=204)

    page.route("**/seen?*", take)
    return seen


def test_a_rating_is_told_and_remembered(arabic_site: str, visit: Callable[..., Visit]) -> None:
    window = visit(arabic_site)
    seen = told(window.page)
    vote = window.go(ENTRY).locator(".of-vote")
    vote.get_by_role("button", name="لا", exact=True).click()
    vote.get_by_role("button", name="قديمة").click()
    vote.get_by_text("احتُسب رأيك").wait_for()
    assert violations(window.page) == []
    rated = {"entry": "delivery-time", "helpful": "no", "lang": "ar"}
    assert seen == [rated, rated | {"why": "outdated"}]
    vote = window.go(ENTRY).locator(".of-vote")
    chosen = vote.locator("[aria-pressed=true]")
    chosen.nth(1).wait_for()
    assert chosen.all_inner_texts() == ["لا", "قديمة"]
    assert len(seen) == 2


def test_a_rating_stays_with_a_visitor_who_does_not_want_to_be_followed(
    arabic_site: str, visit: Callable[..., Visit]
) -> None:
    window = visit(arabic_site)
    seen = told(window.page)
    window.page.add_init_script(
        "Object.defineProperty(navigator, 'globalPrivacyControl', {get: () => true})"
    )
    vote = window.go(ENTRY).locator(".of-vote")
    vote.get_by_role("button", name="نعم").press("Enter")
    vote.get_by_text("ولم يُرسل شيء").wait_for()
    assert seen == []


def test_without_an_address_nothing_is_sent(own_site: str, visit: Callable[..., Visit]) -> None:
    window = visit(own_site)
    asked: list[str] = []
    window.page.on("request", lambda request: asked.append(request.url))
    vote = window.go("/q/cost-and-licence/").locator(".of-vote")
    vote.get_by_role("button", name="Yes").click()
    vote.get_by_text("nothing was sent").wait_for()
    assert [url for url in asked if "/assets/" not in url] == [f"{own_site}/q/cost-and-licence/"]


def test_without_javascript_no_rating_is_offered(
    arabic_site: str, visit: Callable[..., Visit]
) -> None:
    page = visit(arabic_site, script=False).go(ENTRY)
    assert page.locator(".of-answer").is_visible()
    assert not page.locator(".of-vote").is_visible()


def test_a_search_without_a_good_answer_is_told_once_and_scrubbed(
    arabic_site: str, visit: Callable[..., Visit]
) -> None:
    window = visit(arabic_site)
    seen = told(window.page)
    paste(window.go("/"), "zyxwv 123456 a@b.example")
    window.page.get_by_role("dialog").locator("a[href^='mailto:']").first.wait_for()
    with window.page.expect_event("requestfinished", lambda each: "/seen?" in each.url):
        pass
    assert seen == [{"search": "zyxwv … …", "found": "none", "lang": "ar"}]


def test_what_was_searched_goes_along_to_a_person(
    arabic_site: str, visit: Callable[..., Visit]
) -> None:
    window = visit(arabic_site)
    told(window.page)
    page = window.go("/")
    paste(page, "تكلفة التوصيل إلى القمر")
    assert settled(page)
    page.locator("dialog [role=option][href$='/q/delivery-time/']").first.click()
    page.wait_for_url(f"**{ENTRY}")
    mail = page.locator(".of-help a[href^='mailto:']")
    page.wait_for_function(
        "link => decodeURIComponent(link.href).includes('القمر')", arg=mail.element_handle()
    )
    letter = parse_qs(urlsplit(mail.get_attribute("href") or "").query)
    assert letter["subject"] == ["كم يستغرق التوصيل؟"]
    assert "https://help.example.com/q/delivery-time/" in letter["body"][0]
    page = window.go("/contact/")
    form = page.locator("a[href^='https://example.com/ask']")
    page.wait_for_function("link => link.href.includes('%D8')", arg=form.element_handle())
    assert "q=تكلفة التوصيل إلى القمر&" in unquote(form.get_attribute("href") or "")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize(
    ("path", "scheme"),
    [
        ("/", "dark"),
        ("/prospects/", "light"),
        (ENTRY, "light"),
        (ENTRY, "dark"),
        ("/q/by-fax/", "dark"),
        ("/q/by-fax/", "light"),
        ("/about/", "light"),
        ("/404.html", "dark"),
    ],
)
def test_a_page_from_right_to_left_is_accessible_and_not_too_wide(
    arabic_site: str,
    visit: Callable[..., Visit],
    path: str,
    scheme: str,
    size: tuple[int, int],
) -> None:
    page = visit(arabic_site, size=size, scheme=scheme).go(path)
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("html").get_attribute("lang") == "ar"
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert violations(page) == []


def test_an_owner_changes_colour_logo_font_texts_and_blocks(
    arabic_site: str, visit: Callable[..., Visit]
) -> None:
    page = visit(arabic_site, scheme="light").go("/")
    assert page.locator("h1").inner_text() == "بمَ نخدمك؟"
    assert page.locator("header img.of-logo").evaluate("logo => logo.naturalWidth") > 0
    assert page.locator(".md-banner").inner_text() == "تخفيضات حتى الجمعة"
    font, colour = page.locator("main .of-btn--main").evaluate(
        "button => [getComputedStyle(button).fontFamily, getComputedStyle(button).backgroundColor]"
    )
    assert "Kufi" in font
    lightness, _, hue = (float(each) for each in colour.removeprefix("oklch(").rstrip(")").split())
    assert lightness <= 0.45
    assert 60 < hue < 110


def test_what_stands_beside_an_answer_stands_on_its_left(
    arabic_site: str, visit: Callable[..., Visit]
) -> None:
    page = visit(arabic_site).go(ENTRY)
    title, aside = (page.locator(each).bounding_box() for each in ("h1", ".of-aside"))
    assert title is not None
    assert aside is not None
    assert aside["x"] + aside["width"] <= title["x"]
    steps = page.locator(".of-answer ol").evaluate("list => getComputedStyle(list).paddingRight")
    assert steps != "0px"


def test_the_policy_keeps_foreign_scripts_from_running(
    arabic_site: str, visit: Callable[..., Visit]
) -> None:
    window = visit(arabic_site)
    page = window.go(ENTRY)
    page.evaluate(
        """() => {
          const script = document.createElement('script');
          script.textContent = 'window.wasHacked = true';
          document.body.append(script);
        }"""
    )
    assert page.evaluate("window.wasHacked") is None
    window.forgive("Content Security Policy")
