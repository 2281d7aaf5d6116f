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

import pytest

from support import SHOP, write

PATIENCE = 60
"""Seconds after which a preview that does not answer has failed."""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextlib.contextmanager
def serving(folder: Path, host: str = "127.0.0.1") -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run ``oftasked serve``; yields its address."""
    address = f"{host}:{free_port()}"
    command = [sys.executable, "-m", "oftasked", "serve", "--address", address]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield f"http://{address}/", process
    finally:
        process.terminate()
        process.communicate()


def has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as tried:
            tried.bind(("::1", 0))
    except OSError:
        return False
    return True


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


def test_a_mistake_is_printed_and_the_last_good_site_stays_until_it_is_mended(
    tmp_path: Path,
) -> None:
    write(tmp_path, SHOP)
    with serving(tmp_path) as (url, process):
        waited_for(f"{url}q/pay-cards/", "Visa")
        payment = SHOP["faq/prospects/payment.yml"].replace("question", "qestion")
        write(tmp_path, {"faq/prospects/payment.yml": payment})
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        assert any("faq/prospects/payment.yml:3:5: unknown field" in line for line in lines)
        assert "Visa" in waited_for(f"{url}q/pay-cards/", "Visa")
        payment = SHOP["faq/prospects/payment.yml"].replace("Mastercard", "Maestro")
        write(tmp_path, {"faq/prospects/payment.yml": payment})
        assert any("mended; the site follows again" in line for line in lines)
        assert "Visa and Maestro." in waited_for(f"{url}q/pay-cards/", "Visa and Maestro.")


def test_an_address_that_is_taken_is_refused_before_anything_is_built(tmp_path: Path) -> None:
    write(tmp_path, SHOP)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        command = [sys.executable, "-m", "oftasked", "serve", "--address", address]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"cannot serve on {address}: " in done.stderr
    assert "stop what uses it, or choose another --address" in done.stderr


def test_it_says_that_it_serves_when_it_listens(tmp_path: Path) -> None:
    write(tmp_path, SHOP)
    with serving(tmp_path) as (url, process):
        assert process.stdout is not None
        assert process.stdout.readline() == f"Serving on {url} (Ctrl-C stops)\n"
        assert "Linden" in urllib.request.urlopen(url).read().decode()


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")
def test_an_ipv6_address_stands_in_brackets(tmp_path: Path) -> None:
    write(tmp_path, SHOP)
    with serving(tmp_path, "[::1]") as (url, _):
        assert "Linden" in waited_for(url, "Linden")
