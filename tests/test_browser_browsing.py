"""The site without its search: links, languages, images, and what works without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from browsing import Visit

pytestmark = pytest.mark.browser


def test_without_javascript_the_site_browses_from_home_to_an_answer(
    own_site: str, visit: Callable[..., Visit]
) -> None:
    window = visit(own_site, script=False)
    page = window.go("/")
    page.locator("main .of-card h3 a").first.click()
    assert window.path() == "/prospects/"
    page.locator("main section h2 a").first.click()
    assert window.path().count("/") == 3
    page.locator("main .of-rows a").first.click()
    assert window.path().startswith("/q/")
    assert page.locator(".of-answer").is_visible()
    page.locator("main nav a").first.click()
    assert window.path() == "/"


def test_without_javascript_the_search_field_leads_to_all_questions(
    own_site: str, visit: Callable[..., Visit]
) -> None:
    window = visit(own_site, script=False)
    page = window.go("/")
    page.locator("main input[name=q]").focus()
    page.keyboard.type("licence")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=licence")
    assert page.locator("noscript, .of-notice").first.is_visible()
    assert page.locator("main a[href$='q/cost-and-licence/']").first.is_visible()


def test_the_language_switch_stays_on_the_entry(own_site: str, visit: Callable[..., Visit]) -> None:
    window = visit(own_site)
    page = window.go("/q/cost-and-licence/")
    page.locator("header a[hreflang=zh], footer a[hreflang=zh]").first.click()
    page.wait_for_url("**/zh/q/cost-and-licence/")
    assert page.locator("html").get_attribute("lang") == "zh"
    page.locator("header a[hreflang=en], footer a[hreflang=en]").first.click()
    page.wait_for_url(f"{own_site}/q/cost-and-licence/")


def test_an_image_in_an_answer_loads(own_site: str, visit: Callable[..., Visit]) -> None:
    page = visit(own_site).go("/q/what-is-oftasked/")
    image = page.locator(".of-answer img").first
    image.scroll_into_view_if_needed()
    page.wait_for_function("image => image.complete", arg=image.element_handle())
    assert image.evaluate("image => image.naturalWidth") > 0
    assert image.get_attribute("alt")


def test_a_wrong_address_gets_the_sites_own_page(
    own_site: str, visit: Callable[..., Visit]
) -> None:
    window = visit(own_site)
    page = window.go("/no/such-page/")
    assert page.locator("main input[name=q]").is_visible()
    assert page.locator("main a[href*='prospects']").first.is_visible()
    window.forgive("404")


@pytest.mark.parametrize("path", ["/", "/prospects/", "/q/what-is-oftasked/", "/contact/"])
def test_a_phone_needs_no_sideways_scrolling(
    own_site: str, visit: Callable[..., Visit], path: str
) -> None:
    page = visit(own_site, size=(390, 844)).go(path)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
