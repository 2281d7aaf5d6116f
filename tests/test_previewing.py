"""The preview: what is saved is shown; a mistake is printed, and the last good site stays."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from support import SHOP, write

PATIENCE = 60
"""Seconds after which a preview that does not answer has failed."""


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run ``oftasked serve``; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"127.0.0.1:{port}"
    command = [sys.executable, "-m", "oftasked", "serve", "--address", address]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield f"http://{address}/", process
    finally:
        process.terminate()
        process.communicate()


def waited_for(url: str, text: str) -> str:
    """Ask for a page until it shows a text; returns the page, whatever it shows in the end."""
    page, end = "", time.monotonic() + PATIENCE
    while text not in page and time.monotonic() < end:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            page = urllib.request.urlopen(url).read().decode()
        time.sleep(0.1)
    return page


def test_a_saved_change_is_shown_in_every_language(tmp_path: Path) -> None:
    write(tmp_path, SHOP)
    with serving(tmp_path) as (url, _):
        assert "Visa and Mastercard." in waited_for(f"{url}q/pay-cards/", "Visa and Mastercard.")
        payment = SHOP["faq/prospects/payment.yml"].replace("Mastercard", "Maestro")
        write(tmp_path, {"faq/prospects/payment.yml": payment})
        assert "Visa and Maestro." in waited_for(f"{url}q/pay-cards/", "Visa and Maestro.")
        assert "Visa and Maestro." in waited_for(f"{url}zh/q/pay-cards/", "Visa and Maestro.")


def test_a_mistake_is_printed_and_the_last_good_site_stays(tmp_path: Path) -> None:
    write(tmp_path, SHOP)
    with serving(tmp_path) as (url, process):
        waited_for(f"{url}q/pay-cards/", "Visa")
        payment = SHOP["faq/prospects/payment.yml"].replace("question", "qestion")
        write(tmp_path, {"faq/prospects/payment.yml": payment})
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        assert any("faq/prospects/payment.yml:3:5: unknown field" in line for line in lines)
        assert "Visa" in waited_for(f"{url}q/pay-cards/", "Visa")
