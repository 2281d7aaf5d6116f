"""The shop template's site -> the pictures of the README, taken in Chromium.

    python docs/screenshots.py          renew `docs/screenshots/`

Each picture is taken anew from a fresh project; the same template and browser give the same one.
"""

from __future__ import annotations

import base64
import subprocess
import sys
import tempfile
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


SHOTS = (
    Shot("home", "/", (1280, 800)),
    Shot("search", "/", (1280, 800), typed="my parcle still isnt here"),
    Shot("phone", "/zh/q/return-item/", (390, 760), scheme="dark", scale=2),
)


def main() -> None:
    """Build the shop, serve it, and take every picture."""
    PICTURES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(_shop(Path(folder))) as address,
        sync_playwright() as playwright,
    ):
        browser = chromium.launched(playwright)
        for shot in SHOTS:
            picture = PICTURES / f"{shot.name}.webp"
            picture.write_bytes(_take(browser, address, shot))
            print(picture.relative_to(ROOT), picture.stat().st_size)
        browser.close()


def _shop(folder: Path) -> Path:
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
    if shot.typed:
        _search(page, shot.typed)
    page.wait_for_load_state("networkidle")
    picture = _webp(page)
    page.close()
    return picture


def _search(page: Page, typed: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(typed)
    page.locator("dialog [role=option]").first.wait_for()
    page.wait_for_timeout(1000)  # the results of the last letters


def _webp(page: Page) -> bytes:
    """Take the window's picture; Playwright itself writes no WebP."""
    session = page.context.new_cdp_session(page)
    options = {"format": "webp", "quality": QUALITY}
    return base64.b64decode(session.send("Page.captureScreenshot", options)["data"])


if __name__ == "__main__":
    main()
