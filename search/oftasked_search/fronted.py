"""Sorted texts as one text: each line says how much of the one before it begins with.

``FORMAT.md`` ("Sorted texts") is the specification; `runtime/lexicon.js` reads the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_DIGIT_ZERO = 48
_LAST_OF_ONE_UNIT = "\uffff"


def front(texts: Iterable[str]) -> str:
    """Return one line a text: the length shared with the one before as a character, the rest."""
    lines, previous = [], ""
    for text in texts:
        shared = _shared(text, previous)
        lines.append(chr(_DIGIT_ZERO + shared) + text[shared:])
        previous = text
    return "\n".join(lines)


def unfront(stored: str) -> list[str]:
    """Return the texts in what `front` gave."""
    texts, previous = [], ""
    for line in stored.split("\n") if stored else []:
        previous = previous[: ord(line[0]) - _DIGIT_ZERO] + line[1:]
        texts.append(previous)
    return texts


def _shared(text: str, previous: str) -> int:
    """Return the characters shared, up to one that takes two code units: counted alike by all."""
    for at, (own, other) in enumerate(zip(text, previous, strict=False)):
        if own != other or own > _LAST_OF_ONE_UNIT:
            return at
    return min(len(text), len(previous))
