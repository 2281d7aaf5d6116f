"""What a program prints at a terminal of its own."""

from __future__ import annotations

import os
import select

PATIENCE = 30
"""Seconds without a word after which a program counts as stuck."""


def heard(terminal: int, until: str | None = None) -> str:
    """Read what is printed, up to a text or the end."""
    said = b""
    while until is None or until not in said.decode("utf-8", "ignore"):
        assert select.select([terminal], [], [], PATIENCE)[0], f"no {until!r} in {said!r}"
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # Linux says so when the other side has closed
            break
        if not piece:
            break
        said += piece
    return said.decode("utf-8", "ignore")
