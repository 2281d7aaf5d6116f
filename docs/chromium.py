"""The Chromium of this machine, as the README's pictures and the browser tests drive it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from playwright.sync_api import Browser, Playwright

FINDER = Path(__file__).resolve().parent.parent / "scripts" / "find-chromium"
"""Knows where one may be; the set-up asks it as well."""
OPTIONS = (
    "--no-sandbox",  # a container's root may not have one
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def launched(playwright: Playwright) -> Browser:
    """Return a running browser. Raises LookupError where there is none."""
    found = subprocess.run([FINDER], capture_output=True, encoding="utf-8", check=False)
    if found.returncode:
        raise LookupError("no Chromium or Chrome: install one, or name it by $CHROMIUM")
    return playwright.chromium.launch(executable_path=found.stdout.strip(), args=OPTIONS)
