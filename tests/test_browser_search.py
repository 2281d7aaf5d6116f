"""The main job: a visitor asks in their own words and reaches the answer, by keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from browsing import DESKTOP, PHONE, RESTING_MS, Visit, ask, settled

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser

QUESTIONS = [
    pytest.param("/", "do i have to pay for it", "/q/cost-and-licence/", id="en"),
    pytest.param("/zh/", "用这个要付钱吗", "/zh/q/cost-and-licence/", id="zh"),
]
SIZES = [pytest.param(DESKTOP, id="desktop"), pytest.param(PHONE, id="phone")]
FIRST_RESULTS = 3


def wait_for_result(page: Page, path: str) -> int:
    """Wait until an entry is among the results and they rest; returns its place from 0."""
    page.locator(f"dialog [role=option][href$='{path}']").first.wait_for()
    return next(place for place, href in enumerate(settled(page)) if href.endswith(path))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("home", "question", "entry"), QUESTIONS)
def test_the_answer_is_reached_by_keyboard_alone(
    own_site: str,
    visit: Callable[..., Visit],
    size: tuple[int, int],
    home: str,
    question: str,
    entry: str,
) -> None:
    window = visit(own_site, size=size)
    page = window.go(home)
    ask(page, question)
    place = wait_for_result(page, entry)
    assert place < FIRST_RESULTS
    for _ in range(place + 1):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{entry}*")
    assert page.locator("h1").count() == 1
    assert page.locator(".of-answer").is_visible()


def test_the_first_key_in_the_home_page_field_is_not_lost(
    own_site: str, visit: Callable[..., Visit]
) -> None:
    page = visit(own_site).go("/")
    page.locator("main input[name=q]").focus()
    page.keyboard.type("licence", delay=15)
    field = page.get_by_role("dialog").get_by_role("combobox")
    field.wait_for()
    assert field.input_value() == "licence"


def test_what_is_typed_before_the_dialog_is_there_is_not_lost(
    own_site: str, visit: Callable[..., Visit]
) -> None:
    page = visit(own_site).go("/contact/")
    held: list[Route] = []
    page.route("**/search/dialog.js", lambda route: held.append(route))  # noqa: PLW0108 - Playwright looks at a handler's signature, which a builtin lacks
    page.keyboard.press("/")
    page.keyboard.type("publsih", delay=15)
    page.wait_for_timeout(RESTING_MS)
    assert held
    for route in held:
        route.continue_()
    page.get_by_role("dialog").wait_for()
    page.keyboard.type(" it", delay=15)
    assert page.get_by_role("combobox").input_value() == "publsih it"


def test_escape_closes_the_search_and_gives_the_focus_back(
    own_site: str, visit: Callable[..., Visit]
) -> None:
    page = visit(own_site).go("/q/what-is-oftasked/")
    opener = page.locator("[data-of-open]")
    opener.focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    assert opener.evaluate("element => element === document.activeElement")


def test_before_the_first_key_stands_what_this_audience_asks_most(
    own_site: str, visit: Callable[..., Visit]
) -> None:
    page = visit(own_site).go("/prospects/")
    first = page.locator("#of-top .of-row a").evaluate_all("links => links.map(link => link.href)")
    page.keyboard.press("/")
    page.locator("dialog [role=option]").first.wait_for()
    assert "Considering Oftasked" in page.locator(".of-dialog__label").inner_text()
    shown = page.locator("dialog [role=option]").evaluate_all("all => all.map(one => one.href)")
    assert shown == first[: len(shown)]


def test_a_typo_does_not_lose_the_answer(own_site: str, visit: Callable[..., Visit]) -> None:
    page = visit(own_site).go("/")
    ask(page, "licnece")
    assert wait_for_result(page, "/q/cost-and-licence/") < FIRST_RESULTS


def test_a_result_list_has_an_address(own_site: str, visit: Callable[..., Visit]) -> None:
    page = visit(own_site).go("/search/?q=licence")
    page.locator("main [data-of-found] a[href$='/q/cost-and-licence/']").first.wait_for()
    assert page.locator("main input[name=q]").input_value() == "licence"


def test_on_a_phone_a_chip_is_as_wide_as_what_it_says(
    own_site: str, visit: Callable[..., Visit]
) -> None:
    page = visit(own_site, size=PHONE).go("/search/?q=search")
    page.locator(".of-found .of-chip").first.wait_for()
    widths = "chips => chips.map(chip => chip.scrollWidth - chip.clientWidth)"
    overflowing = page.locator(".of-found .of-chip").evaluate_all(widths)
    assert overflowing == [0] * len(overflowing)


def test_a_question_without_an_answer_ends_at_a_person(
    own_site: str, visit: Callable[..., Visit]
) -> None:
    page = visit(own_site).go("/")
    question = "zyxwv qqqqj"
    ask(page, question)
    mail = page.get_by_role("dialog").locator("a[href^='mailto:']").first
    mail.wait_for()
    assert "zyxwv" in (mail.get_attribute("href") or "")
    assert page.get_by_role("dialog").get_by_role("option").count() == 0


def test_nothing_of_the_search_is_fetched_before_it_is_wanted(
    own_site: str, visit: Callable[..., Visit]
) -> None:
    window = visit(own_site)
    fetched: list[str] = []
    window.page.on("request", lambda request: fetched.append(request.url))
    window.go("/q/what-is-oftasked/")
    assert not [url for url in fetched if "/assets/search/" in url or "/runtime/" in url]
