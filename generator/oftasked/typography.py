"""A text for readers -> the same, in which no line's end tears apart what is read as one.

Only what is shown goes through here: search data and files for programs keep the writer's signs.
"""

from __future__ import annotations

import re

WORD_JOINER = "\u2060"
NO_BREAK_SPACE = "\u00a0"

_RANGE = re.compile(r"(?<=\d)–(?=\d)")
_AMOUNT = re.compile(r"(?<![^\W\d_])([A-Z]{3}|[€£¥$]) (?=\d)")
"""A currency before its number: EUR 4.90."""
_MARKUP = re.compile(r"(<(pre|code|kbd)\b.*?</\2>|<[^>]*>)", re.DOTALL)


def joined(text: str) -> str:
    """Join ranges of numbers (2–4) and amounts (EUR 4.90) in a plain text."""
    ranges = _RANGE.sub(f"{WORD_JOINER}–{WORD_JOINER}", text)
    return _AMOUNT.sub(rf"\1{NO_BREAK_SPACE}", ranges)


def joined_html(html: str) -> str:
    """Join them in the texts of safe HTML; its tags and what is code stay as they are."""
    if not _RANGE.search(html) and not _AMOUNT.search(html):
        return html
    parts = _MARKUP.split(html)
    parts[::3] = [joined(text) for text in parts[::3]]
    del parts[2::3]  # the names of the elements that were kept
    return "".join(parts)
