"""A name that nobody knows -> the one that was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

SIMILARITY = 0.75
"""How much of two names must agree (`difflib`'s ratio) before one is proposed for the other."""


def closest(name: str, known: Iterable[str], similarity: float = SIMILARITY) -> str | None:
    """Return the known name that is most like ``name``, if any is like it enough.

    Only names that begin or end alike are compared: thousands of ids would take seconds.
    """
    wanted = name.lower()
    slack = 2 + len(wanted) // 4
    candidates = sorted(
        other
        for other in known
        if abs(len(other) - len(wanted)) <= slack
        and (other[:2].lower() == wanted[:2] or other[-2:].lower() == wanted[-2:])
    )
    found = difflib.get_close_matches(wanted, candidates, 1, similarity)
    return found[0] if found else None
