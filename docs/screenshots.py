"""The shop template's site -> the pictures of the README, taken in Chromium.

    python docs/screenshots.py              renew `docs/screenshots/`
    python docs/screenshots.py --all DIR    every kind of page, to look at: wide and narrow, light
                                            and dark, in every language

Each picture is taken anew from a fresh project; the same template and browser give the same one.
"""

from __future__ import annotations

import argparse
import base64
import itertools
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

import chromium
from serving import serving

ROOT = Path(__file__).resolve().parent.parent
PICTURES = Path(__file__).with_name("screenshots")
PROGRAM = Path(sys.executable).with_name("oftasked")
AS_OF = "2026-11-22"
RESTING_MS = 1000
"""Until the results of the last letters are there."""
QUALITY = 60
"""Of WebP, in percent: small letters stay sharp, and a picture takes about 40 KB."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: a page of the site, and what a visitor has typed there."""

    name: str
    path: str
    size: tuple[int, int]
    scheme: Literal["light", "dark"] = "light"
    typed: str = ""
    scale: int = 1
    """Device pixels for each pixel of the page."""
    opened: bool = False
    """The search dialog is open, and nothing typed."""
    whole: bool = False
    """Not the window but the page from top to end, as PNG."""


SHOTS = (
    Shot("home", "/", (1280, 800)),
    Shot("search", "/", (1280, 800), typed="my parcle still isnt here"),
    Shot("entry", "/q/delivery-time/", (1280, 800)),
    Shot("phone", "/zh/q/return-item/", (390, 760), scheme="dark", scale=2),
)

KINDS = {
    "home": "",
    "audience": "returning-customers/",
    "topic": "new-customers/delivery/",
    "entry": "q/delivery-time/",
    "contact": "contact/",
    "all-questions": "search/",
    "notfound": "404.html",
}
"""Every kind of page that shows no result of a search."""
ASKED = {
    "en": {"results": "parcel not here", "weak": "deliver to mars", "none": "zyxwv qqqqj"},
    "zh": {"results": "包裹还没到", "weak": "寄到火星", "none": "龘靐齉"},
}
"""What a visitor asks in each language: to find, to find something near, to find nothing."""
WIDTHS = {1280: 900, 390: 844}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main() -> None:
    """Take the pictures that the arguments ask for."""
    parser = argparse.ArgumentParser(description="Take pictures of the shop template's site.")
    parser.add_argument("--all", type=Path, metavar="DIR", help="every kind of page, to look at")
    folder = parser.parse_args().all
    if folder:
        take(every_shot(), folder)
    else:
        take(SHOTS, PICTURES)


def every_shot() -> Iterator[Shot]:
    """Yield a shot of each kind of page and state, language, width and scheme."""
    for lang, (width, height), scheme in itertools.product(ASKED, WIDTHS.items(), SCHEMES):
        root, where = "/" if lang == "en" else f"/{lang}/", f"{lang}-{width}-{scheme}"
        for kind, path in KINDS.items():
            yield Shot(f"{kind}-{where}", root + path, (width, height), scheme, whole=True)
        yield Shot(f"dialog-start-{where}", root, (width, height), scheme, opened=True)
        for state, question in ASKED[lang].items():
            window = Shot(f"dialog-{state}-{where}", root, (width, height), scheme, typed=question)
            yield window
            address = f"{root}search/?q={question}"
            yield Shot(f"page-{state}-{where}", address, (width, height), scheme, whole=True)


def take(shots: Iterable[Shot], pictures: Path) -> None:
    """Build the shop, serve it, and put the pictures into a folder."""
    pictures.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(shop_site(Path(folder))) as address,
        sync_playwright() as playwright,
    ):
        browser = chromium.launched(playwright)
        for shot in shots:
            picture = pictures / f"{shot.name}.{'png' if shot.whole else 'webp'}"
            picture.write_bytes(_take(browser, address, shot))
            print(picture, picture.stat().st_size)
        browser.close()


def shop_site(folder: Path) -> Path:
    """Make a shop from the template in a folder; return its built site."""
    title, address = "Linden & Co. help", "https://help.example.com/"
    made = ("--template", "shop", "--languages", "en,zh", "--name", title, "--url", address)
    _run(PROGRAM, "init", folder / "shop", *made, "--no-input")
    config = folder / "shop" / "mkdocs.yml"
    _run(PROGRAM, "build", "-q", "-f", config, "-d", folder / "site", "--as-of", AS_OF)
    return folder / "site"


def _run(*command: str | Path) -> str:
    finished = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    return finished.stdout


def _take(browser: Browser, address: str, shot: Shot) -> bytes:
    width, height = shot.size
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme=shot.scheme,
        device_scale_factor=shot.scale,
        reduced_motion="reduce",
    )
    page.goto(address + shot.path)
    if shot.typed or shot.opened:
        _search(page, shot.typed)
    page.wait_for_load_state("networkidle")
    if "?q=" in shot.path:
        page.wait_for_timeout(RESTING_MS)
    picture = page.screenshot(full_page=True) if shot.whole else _webp(page)
    page.close()
    return picture


def _search(page: Page, typed: str) -> None:
    page.keyboard.press("/")
    page.get_by_role("dialog").wait_for()
    page.keyboard.type(typed)
    page.locator("dialog [role=option], dialog .of-hand").first.wait_for()
    page.wait_for_timeout(RESTING_MS)


def _webp(page: Page) -> bytes:
    """Take the window's picture; Playwright itself writes no WebP."""
    session = page.context.new_cdp_session(page)
    options = {"format": "webp", "quality": QUALITY}
    return base64.b64decode(session.send("Page.captureScreenshot", options)["data"])


if __name__ == "__main__":
    main()
