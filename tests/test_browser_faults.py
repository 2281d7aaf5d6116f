"""When the search cannot load, a visitor keeps their words and gets a way on; nothing throws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from browsing import paste

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Route

    from browsing import Visit

pytestmark = pytest.mark.browser

INDEX = "**/assets/search/*"
ENGINE = "**/assets/oftasked/runtime/*"
QUESTION = "licence"
ENTRY = "[role=option][href$='/q/cost-and-licence/']"


def offline(route: Route) -> None:
    route.abort()


def gone(route: Route) -> None:
    route.fulfill(status=404, content_type="text/html", body="<h1>Not found</h1>")


def somebody_elses_page(route: Route) -> None:
    route.fulfill(status=200, content_type="text/html", body="<h1>Log in to this network</h1>")


def of_a_later_version(route: Route) -> None:
    route.fulfill(status=200, content_type="application/json", body='{"format": 999}')


FAULTS = [
    pytest.param(INDEX, offline, id="the-index-is-offline"),
    pytest.param(INDEX, gone, id="the-index-is-gone"),
    pytest.param(INDEX, somebody_elses_page, id="the-index-is-corrupt"),
    pytest.param("**/assets/search/manifest.json", of_a_later_version, id="the-index-is-newer"),
    pytest.param(ENGINE, offline, id="the-engine-is-offline"),
]


@pytest.mark.parametrize(("address", "fault"), FAULTS)
def test_a_search_that_cannot_load_offers_another_way(
    own_site: str, visit: Callable[..., Visit], address: str, fault: Callable[[Route], None]
) -> None:
    window = visit(own_site)
    window.page.route(address, fault)
    page = window.go("/q/what-is-oftasked/")
    paste(page, QUESTION)
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Search did not load", exact=True).first.wait_for()
    assert dialog.get_by_role("combobox").input_value() == QUESTION
    assert dialog.locator("a[href*='/search/'], a[href*='/prospects/']").first.is_visible()
    assert (
        dialog.get_by_role("button", name="Try again")
        .or_(dialog.get_by_role("button", name="Reload the page"))
        .first.is_visible()
    )
    window.forgive("Failed to load resource", needed=fault in (offline, gone))


def test_trying_again_answers_the_question_that_was_kept(
    own_site: str, visit: Callable[..., Visit]
) -> None:
    window = visit(own_site)
    window.page.route(INDEX, offline)
    page = window.go("/")
    paste(page, QUESTION)
    again = page.get_by_role("dialog").get_by_role("button", name="Try again")
    again.wait_for()
    page.unroute(INDEX, offline)
    again.click()
    page.get_by_role("dialog").locator(ENTRY).first.wait_for()
    window.forgive("Failed to load resource")


def test_a_slow_search_says_so_and_still_answers(
    own_site: str, visit: Callable[..., Visit]
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    window = visit(own_site)
    window.page.route("**/assets/search/manifest.json", hold)
    page = window.go("/")
    paste(page, QUESTION)
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("This takes longer than usual").first.wait_for()
    assert dialog.locator("a").first.is_visible()
    for route in held:
        route.continue_()
    dialog.locator(ENTRY).first.wait_for()
