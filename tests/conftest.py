"""What the browser tests share: a built site, a server for it, and a browser that is watched."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

from browsing import Visit, serving
from chromium import launched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium or whichever the machine has; Playwright brings none."""
    with sync_playwright() as playwright:
        running = launched(playwright)
        yield running
        running.close()


@pytest.fixture(scope="session")
def build_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Build the project in a folder with the product's own command; returns the site's folder."""

    def build(project: Path, *options: str) -> Path:
        target = tmp_path_factory.mktemp("built") / "site"
        program = Path(sys.executable).with_name("oftasked")
        done = subprocess.run(
            [program, "build", "-q", "--site-dir", target, "--as-of", "2026-11-22", *options],
            cwd=project,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
        return target

    return build


@pytest.fixture(scope="session")
def own_site(build_site: Callable[..., Path]) -> Iterator[str]:
    """The address where this repository's own site is served."""
    with serving(build_site(ROOT, "--strict")) as address:
        yield address


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open a browser window; whatever it has to complain about in the end fails the test."""
    visits: list[Visit] = []

    def open_window(address: str, **options: Any) -> Visit:
        visits.append(Visit(browser, address, **options))
        return visits[-1]

    yield open_window
    complaints = [complaint for one in visits for complaint in one.close()]
    assert complaints == []
