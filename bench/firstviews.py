"""A site on a good host -> what the first view of each of its pages transfers, in Chromium."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from programs import run

sys.path.append(str(Path(__file__).resolve().parent.parent / "docs"))
import chromium
from serving import QuietHandler

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Browser, Request

COMPRESS = Path(__file__).parent / "lighthouse" / "compress.mjs"
PHONE = (412, 823)
"""What Lighthouse's mobile preset takes for a phone, in pixels."""


@dataclass(frozen=True, slots=True)
class FirstView:
    """What a page transfers until it rests: bytes with headers, requests, those to anybody else."""

    bytes: int
    requests: int
    foreign: int


def compress(site: Path) -> None:
    """Put a file that brotli made as small as it can beside each text file of a site."""
    run(["node", str(COMPRESS), str(site)])


class HostHandler(QuietHandler):
    """Serves a folder as a good host does: brotli where there is one, the site's own headers."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # noqa: N802 - the class this extends names it so
        """Answer with the compressed file beside the one that was asked for."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        packed = path.with_name(f"{path.name}.br")
        chosen = packed if packed.is_file() else path
        found = chosen.is_file()
        body = chosen.read_bytes() if found else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        if chosen is packed:
            self.send_header("Content-Encoding", "br")
        for line in Path(self.directory, "_headers").read_text("utf-8").splitlines()[1:]:
            self.send_header(*line.strip().split(": ", 1))
        self.end_headers()
        self.wfile.write(body)


def first_views(address: str, paths: Mapping[str, str]) -> dict[str, FirstView]:
    """Open each page in a window that has seen none before; count what it transfers."""
    with sync_playwright() as playwright:
        browser = chromium.launched(playwright)
        views = {page: _first_view(browser, address, path) for page, path in paths.items()}
        browser.close()
    return views


def _first_view(browser: Browser, address: str, path: str) -> FirstView:
    width, height = PHONE
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    done: list[Request] = []
    page.on("requestfinished", lambda request: done.append(request))  # noqa: PLW0108 - Playwright marks its handlers, and a builtin takes no mark
    page.goto(address + path, wait_until="networkidle")
    sizes = [request.sizes() for request in done]
    view = FirstView(
        bytes=sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes),
        requests=len(done),
        foreign=sum(not request.url.startswith((address, "data:")) for request in done),
    )
    context.close()
    return view
