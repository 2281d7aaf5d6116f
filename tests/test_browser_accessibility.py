"""axe-core finds nothing on any kind of page, in light and dark, on a desktop and a phone; and
whoever uses the keyboard sees on every page where they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from browsing import DESKTOP, PHONE, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from browsing import Visit

pytestmark = pytest.mark.browser

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PAGES = {
    "home": "/",
    "home-zh": "/zh/",
    "audience": "/prospects/",
    "topic": "/prospects/overview/",
    "entry": "/q/what-is-oftasked/",
    "entry-zh": "/zh/q/what-is-oftasked/",
    "contact": "/contact/",
    "search": "/search/",
    "notfound": "/404.html",
}


RINGED = """() => {
  const at = document.activeElement;
  const ringed = (element, part) => {
    const { content, outlineStyle, outlineWidth } = getComputedStyle(element, part);
    return (!part || content !== "none") && outlineStyle !== "none" && outlineWidth !== "0px";
  };
  const field = at.matches("input") && at.parentElement;
  const drawn = [[at], [at, "::before"], [at, "::after"], ...(field ? [[field]] : [])];
  return at === document.body || drawn.some(([element, part]) => ringed(element, part));
}"""
"""Whether what has the focus shows a ring: a row and a chip around their whole area, a field around
its frame."""
STOPS = 150
"""More than any page here has."""


def violations(page: Page) -> list[str]:
    """What axe has to say about a page, a line for each fault and place."""
    assert AXE.is_file(), "axe-core is missing: npm ci"
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run().then(result => result.violations)")
    return [
        f"{fault['id']}: {fault['help']}: {node['html'][:200]}"
        for fault in found
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", PAGES)
def test_a_page_is_accessible(
    own_site: str, visit: Callable[..., Visit], kind: str, scheme: str, size: tuple[int, int]
) -> None:
    page = visit(own_site, size=size, scheme=scheme).go(PAGES[kind])
    assert violations(page) == []


@pytest.mark.parametrize(
    ("scheme", "size"), [("light", DESKTOP), ("dark", PHONE)], ids=["desktop", "phone"]
)
def test_the_result_list_is_accessible(
    own_site: str, visit: Callable[..., Visit], scheme: str, size: tuple[int, int]
) -> None:
    page = visit(own_site, size=size, scheme=scheme).go("/search/?q=licence")
    page.locator("main [data-of-found] a").first.wait_for()
    assert violations(page) == []


@pytest.mark.parametrize(
    ("scheme", "size"),
    [("light", DESKTOP), ("dark", DESKTOP), ("dark", PHONE)],
    ids=["desktop", "dark", "phone"],
)
@pytest.mark.parametrize("question", ["", "licence", "zyxwv qqqqj"], ids=["start", "some", "none"])
def test_the_search_dialog_is_accessible(
    own_site: str, visit: Callable[..., Visit], question: str, scheme: str, size: tuple[int, int]
) -> None:
    page = visit(own_site, size=size, scheme=scheme).go("/q/what-is-oftasked/")
    page.keyboard.press("/")
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    page.keyboard.type(question)
    shown = "a[href^='mailto:']" if "zyx" in question else "[role=option]"
    dialog.locator(shown).first.wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("kind", PAGES)
def test_the_focus_is_seen_wherever_the_tab_key_leads(
    own_site: str, visit: Callable[..., Visit], kind: str
) -> None:
    page = visit(own_site).go(PAGES[kind])
    stops = 0
    while stops < STOPS:
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        assert page.evaluate(RINGED), page.evaluate("document.activeElement.outerHTML")
        stops += 1
    assert 8 < stops < STOPS
