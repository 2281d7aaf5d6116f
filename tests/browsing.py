"""A visitor for the browser tests: a server of static files, a window that notes every fault."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from serving import QuietHandler
from serving import serving as serving_with

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
DESKTOP = (1280, 900)
PHONE = (390, 844)
RESTING_MS = 300
"""Results that stay the same for so long are those of the whole query."""


class SiteHandler(QuietHandler):
    """Serves a folder as web hosts do: right types, the headers that the site asks for in its
    ``_headers``, its own page for what is missing.
    """

    extensions_map = {  # noqa: RUF012 - the class this extends declares it so
        **QuietHandler.extensions_map,
        ".css": "text/css",
        ".js": "text/javascript",
        ".json": "application/json",
        ".mjs": "text/javascript",
        ".svg": "image/svg+xml",
    }

    def end_headers(self) -> None:
        """Send the site's own headers along, so that every test runs under its strict policy."""
        wanted = Path(self.directory, "_headers")
        for line in wanted.read_text("utf-8").splitlines()[1:] if wanted.is_file() else ():
            self.send_header(*line.strip().split(": ", 1))
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        own = Path(self.directory, "404.html")
        if code != 404 or not own.is_file():
            super().send_error(code, message, explain)
            return
        body = own.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def serving(folder: Path, handler: type[SiteHandler] = SiteHandler) -> AbstractContextManager[str]:
    """Serve a folder as web servers do; yields its address, without a final slash."""
    return serving_with(folder, handler)


class Visit:
    """One window on one site; notes console messages, exceptions and requests to anybody else."""

    def __init__(
        self,
        browser: Browser,
        address: str,
        *,
        size: tuple[int, int] = DESKTOP,
        scheme: str = "light",
        script: bool = True,
    ) -> None:
        options: dict[str, Any] = {"color_scheme": scheme, "java_script_enabled": script}
        width, height = size
        self.address = address
        self._complaints: list[str] = []
        self._context = browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", **options
        )
        self.page: Page = self._context.new_page()
        note = self._complaints.append
        self.page.on(
            "console",
            lambda said: note(f"console {said.type}: {said.text} ({said.location['url']})"),
        )
        self.page.on("pageerror", lambda error: note(f"exception: {error}"))
        self.page.on("request", lambda request: self._check(request.url))

    def _check(self, url: str) -> None:
        if not url.startswith((f"{self.address}/", "data:", "blob:")):
            self._complaints.append(f"request to a third party: {url}")

    def go(self, path: str) -> Page:
        """Open a page of the site; ``path`` starts with a slash."""
        self.page.goto(f"{self.address}{path}")
        return self.page

    def path(self) -> str:
        """Where the window is, as a path of the site, with its query."""
        return self.page.url.removeprefix(self.address)

    def forgive(self, part: str, *, needed: bool = True) -> None:
        """Strike out expected complaints that contain ``part``; ``needed``: there must be one."""
        expected = [said for said in self._complaints if part in said]
        assert expected or not needed, f"nobody complained about {part}"
        self._complaints[:] = [said for said in self._complaints if part not in said]

    def close(self) -> list[str]:
        """Close the window; returns what there was to complain about."""
        self._context.close()
        return self._complaints


def ask(page: Page, question: str) -> None:
    """Open the search with a key and type."""
    page.keyboard.press("/")
    page.get_by_role("dialog").wait_for()
    page.keyboard.type(question, delay=15)


def paste(page: Page, question: str) -> None:
    """Open the search with a key and paste: one search, not one for each letter."""
    page.keyboard.press("/")
    page.get_by_role("dialog").wait_for()
    page.keyboard.insert_text(question)


def settled(page: Page) -> list[str]:
    """Wait until the results in the dialog rest; return where they lead, best first."""
    before: list[str] | None = None
    while before != (now := shown_results(page)):
        before = now
        page.wait_for_timeout(RESTING_MS)
    return now


def shown_results(page: Page) -> list[str]:
    """Return where the results in the dialog lead, best first."""
    hrefs: list[str] = page.locator("dialog [role=option]").evaluate_all(
        "options => options.map(option => option.getAttribute('href'))"
    )
    return hrefs
