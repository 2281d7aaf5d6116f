"""When the search cannot load, a visitor keeps their words and gets a way on; nothing throws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from browsing import ROOT, SiteHandler, paste, serving, settled
from oftasked_search import Document, compile_index, filing, termblocks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Route

    from browsing import Visit

pytestmark = pytest.mark.browser

INDEX = "**/assets/search/*"
MANIFEST = "**/assets/search/manifest.json"
SHARDS = "**/assets/search/*.bin"
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
    later = '{"format": "oftasked-search", "version": 999}'
    route.fulfill(status=200, content_type="application/json", body=later)


def something_else(route: Route) -> None:
    route.fulfill(status=200, content_type="application/json", body='{"format": 999}')


def cut_short(route: Route) -> None:
    whole = route.fetch().body()
    route.fulfill(status=200, body=whole[: len(whole) // 2])


FAULTS = [
    pytest.param(INDEX, offline, id="the-index-is-offline"),
    pytest.param(INDEX, gone, id="the-index-is-gone"),
    pytest.param(INDEX, somebody_elses_page, id="the-index-is-corrupt"),
    pytest.param(MANIFEST, of_a_later_version, id="the-index-is-newer"),
    pytest.param(MANIFEST, something_else, id="the-manifest-is-something-else"),
    pytest.param(MANIFEST, cut_short, id="the-manifest-is-cut-short"),
    pytest.param(SHARDS, somebody_elses_page, id="the-shards-are-pages"),
    pytest.param(SHARDS, cut_short, id="the-shards-are-cut-short"),
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
    window.page.route(MANIFEST, hold)
    page = window.go("/")
    paste(page, QUESTION)
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("This takes longer than usual").first.wait_for()
    assert dialog.locator("a").first.is_visible()
    for route in held:
        route.continue_()
    dialog.locator(ENTRY).first.wait_for()


class CachingHandler(SiteHandler):
    """Serves so that a browser believes for an hour what it saw, but keeps no shards."""

    def end_headers(self) -> None:
        kept = "no-store" if self.path.endswith(".bin") else "max-age=3600"
        self.send_header("Cache-Control", kept)
        super().end_headers()


@pytest.fixture(scope="module")
def own_folder(build_site: Callable[..., Path]) -> Path:
    """This repository's site, for tests that publish other search data in it."""
    return build_site(ROOT, "--strict")


def publish(folder: Path, *titles: str) -> None:
    """Replace the search data of a site: new files under new names, the old ones gone."""
    documents = [
        Document(id=f"n{at}", url=f"q/n{at}/", title=title, phrasings=(title,), body=title)
        for at, title in enumerate(titles)
    ]
    for path in folder.glob("*.bin"):
        path.unlink()
    for name, content in compile_index(documents, lang="en", meaning=False).items():
        (folder / name).write_bytes(content)


def test_a_remembered_manifest_whose_files_are_gone_is_read_anew(
    own_folder: Path, visit: Callable[..., Visit]
) -> None:
    data = own_folder / "assets" / "search"
    with serving(own_folder, CachingHandler) as address:
        window = visit(address)
        publish(data, "Is there a red lantern")
        paste(window.go("/"), "lantern")
        window.page.locator("dialog [role=option][href$='/q/n0/']").wait_for()
        publish(data, "Is there a lantern in blue", "Where is the lantern made")
        paste(window.go("/q/cost-and-licence/"), "lantern")
        window.page.locator("dialog [role=option][href$='/q/n1/']").wait_for()
        assert settled(window.page)
    window.forgive("404")


def test_a_page_that_was_open_while_a_new_index_was_published_finds_what_is_new(
    own_folder: Path, visit: Callable[..., Visit], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "BUNDLE_BYTES", 0)
    monkeypatch.setattr(termblocks, "LEAST_BYTES", 40)
    data = own_folder / "assets" / "search"
    with serving(own_folder, CachingHandler) as address:
        window = visit(address)
        publish(data, "Is there a red lantern", "Where is the lantern made")
        page = window.go("/")
        paste(page, "lantern")
        page.locator("dialog [role=option]").first.wait_for()
        publish(data, "Where is the umbrella made")
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.insert_text("umbrella")
        page.locator("dialog [role=option][href$='/q/n0/']").wait_for()
        assert settled(page)
    window.forgive("404")
