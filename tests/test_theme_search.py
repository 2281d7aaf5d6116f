"""The search element where things go wrong, and what it remembers: no state is a dead end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from browsing import PHONE, ask, paste, settled

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Route

    from browsing import Visit

pytestmark = pytest.mark.browser

ENTRY = "/q/what-is-oftasked/"
DATA = "**/assets/search/*.bin"
"""Seconds: longer than a visitor should wait without being offered a way out."""


def corrupt(route: Route) -> None:
    """Answer with something that is no index."""
    route.fulfill(status=200, body=b"not an index at all, but long enough to be read as one" * 9)


def missing(route: Route) -> None:
    """Answer as a server does after a deploy that removed the file."""
    route.fulfill(status=404, body="gone")


@pytest.mark.parametrize("fault", [corrupt, missing], ids=["corrupt", "missing"])
def test_a_search_that_fails_keeps_the_question_and_leads_on(
    own_site: str, visit: Callable[..., Visit], fault: Callable[[Route], None]
) -> None:
    window = visit(own_site)
    window.page.route(DATA, fault)
    page = window.go(ENTRY)
    paste(page, "licence")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Try again").wait_for()
    assert dialog.get_by_role("combobox").input_value() == "licence"
    assert dialog.locator("a[href$='/prospects/']").is_visible()
    assert "licence" in (dialog.locator("a[href^='mailto:']").first.get_attribute("href") or "")
    if fault is missing:
        window.forgive("404")


def test_trying_again_brings_the_results(own_site: str, visit: Callable[..., Visit]) -> None:
    page = visit(own_site).page
    page.route(DATA, corrupt)
    page.goto(f"{own_site}{ENTRY}")
    paste(page, "licence")
    again = page.get_by_role("dialog").get_by_role("button", name="Try again")
    again.wait_for()
    page.unroute(DATA)
    again.click()
    page.locator("dialog [role=option]").first.wait_for()
    assert page.get_by_role("dialog").get_by_role("combobox").input_value() == "licence"


def test_a_slow_search_offers_a_way_out_and_still_answers(
    own_site: str, visit: Callable[..., Visit]
) -> None:
    held: list[Route] = []
    page = visit(own_site).page
    page.route(DATA, lambda route: held.append(route))  # noqa: PLW0108 - Playwright wants a function
    page.goto(f"{own_site}{ENTRY}")
    ask(page, "licence")
    page.get_by_role("dialog").locator(".of-bone").first.wait_for()
    for route in held:
        route.continue_()
    page.unroute(DATA)
    page.locator("dialog [role=option]").first.wait_for()


def test_narrowing_keeps_the_question_and_can_be_taken_back(
    own_site: str, visit: Callable[..., Visit]
) -> None:
    page = visit(own_site).go(ENTRY)
    ask(page, "install")
    dialog = page.get_by_role("dialog")
    proposed = dialog.locator("button[aria-pressed=false]").first
    proposed.wait_for()
    before = len(settled(page))
    proposed.click()
    chosen = dialog.locator("button[aria-pressed=true]")
    chosen.wait_for()
    assert dialog.get_by_role("combobox").input_value() == "install"
    assert 0 < len(settled(page)) <= before
    chosen.click()
    chosen.wait_for(state="hidden")
    assert len(settled(page)) == before


def test_the_selection_moves_around_and_is_announced(
    own_site: str, visit: Callable[..., Visit]
) -> None:
    page = visit(own_site).go(ENTRY)
    ask(page, "install")
    options = page.locator("dialog [role=option]")
    options.first.wait_for()
    settled(page)
    field = page.get_by_role("dialog").get_by_role("combobox")
    page.keyboard.press("ArrowUp")
    last = options.last.get_attribute("id")
    assert field.get_attribute("aria-activedescendant") == last
    page.keyboard.press("ArrowDown")
    first = options.first.get_attribute("id")
    assert field.get_attribute("aria-activedescendant") == first
    page.keyboard.type("ing")
    page.wait_for_function("() => !document.querySelector('dialog [aria-selected=true]')")
    assert field.get_attribute("aria-activedescendant") is None


def test_keys_that_choose_a_word_in_an_input_method_choose_no_result(
    own_site: str, visit: Callable[..., Visit]
) -> None:
    page = visit(own_site).go(ENTRY)
    ask(page, "install")
    page.locator("dialog [role=option]").first.wait_for()
    field = page.get_by_role("dialog").get_by_role("combobox")
    field.dispatch_event("keydown", {"key": "ArrowDown", "isComposing": True})
    assert field.get_attribute("aria-activedescendant") is None


def test_light_and_dark_is_remembered(own_site: str, visit: Callable[..., Visit]) -> None:
    window = visit(own_site, scheme="light")
    page = window.go("/")
    root = page.locator("html")
    assert root.get_attribute("data-md-color-scheme") == "default"
    page.locator("[data-of-palette]").click()
    assert root.get_attribute("data-md-color-scheme") == "slate"
    page = window.go(ENTRY)
    assert root.get_attribute("data-md-color-scheme") == "slate"


def test_more_results_can_be_shown_on_the_results_page(
    own_site: str, visit: Callable[..., Visit]
) -> None:
    page = visit(own_site, size=PHONE).go("/search/?q=entry")
    rows = page.locator("[data-of-found] .of-row")
    rows.first.wait_for()
    before = rows.count()
    page.get_by_role("button", name="Show more").click()
    page.wait_for_function(
        "before => document.querySelectorAll('[data-of-found] .of-row').length > before", arg=before
    )
