"""Traditional -> simplified Chinese, one character at a time.

The pairs are derived from OpenCC's ``TSCharacters.txt`` (Apache License 2.0, (c) 2010-2020 Carbo
Kuo and
contributors) by ``tools/make_han_pairs.py``; ``data/han_pairs.txt`` says so too.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def simplified() -> dict[int, str]:
    """Code point of a traditional character -> its simplified form."""
    text = files("oftasked_search").joinpath("data/han_pairs.txt").read_text(encoding="utf-8")
    pairs = "".join(line for line in text.splitlines() if not line.startswith("#"))
    return from_pairs(pairs)


def from_pairs(pairs: str) -> dict[int, str]:
    """Return the mapping that a text of pairs, traditional before simplified, holds."""
    return {ord(pairs[i]): pairs[i + 1] for i in range(0, len(pairs) - 1, 2)}


def pairs_into(characters: set[str]) -> str:
    """Return the pairs whose simplified form is among the characters: what readers need."""
    return "".join(chr(old) + new for old, new in sorted(simplified().items()) if new in characters)
