"""A text -> what an audit compares: words, runs of characters, and the order in which they stand.

Case, white space and the kind of markup do not count, so that one sentence leaves the same traces
in a YAML file, an HTML page, a JSON string and an address.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from oftasked_search.terms import UNSPACED

WORD_LENGTH = 6
"""Letters or digits from which on a word by itself gives something away."""
RUN_LENGTH = 3
"""Characters, likewise, in scripts that put no spaces between words."""
BARRIER = "\x1e"
"""Stands where a text ends and another begins: what is left and right of it is no sentence."""
WINDOW = 2_000
"""Tokens that are searched for sentences at a time."""
ROUNDS = 4
"""So many escapes inside each other are undone: HTML in JSON in an attribute has three."""

_SPACED = rf"[^\W_{UNSPACED}]"
_TOKEN = re.compile(
    rf"{_SPACED}+(?:-{_SPACED}+)*|[{UNSPACED}]|[.,;:!?\"|{BARRIER}\u3001\u3002\uff0c\uff1a\uff1b\uff1f\uff01]"
)
_RUN = re.compile(rf"[{UNSPACED}]{{{RUN_LENGTH},}}")
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGEST = re.compile(r"[0-9a-f]{12,}")
_TAGS = re.compile(r"(?:<[^<>]*>\s*){2,}|<[^<>]*>")
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u|wbr)\b[^<>]*>"
)
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))")
_CONTROL = {"n": "\n", "t": "\t", "r": "\r", "b": " ", "f": " ", "v": " "}


def folded(text: str) -> str:
    """Return a text as it is compared: without case, and compatible characters made the same."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).lower()


def tokens(text: str) -> list[str]:
    """Return the words, characters of unspaced scripts and marks of a folded text, in order."""
    return _TOKEN.findall(text)


def words(found: Iterable[str]) -> set[str]:
    """Return what may be a word: tokens, the parts of hyphenated ones, letters between digits."""
    distinct = set(found)
    parts = {part for token in distinct if "-" in token for part in token.split("-")}
    mixed = (
        token for token in distinct | parts if len(token) > WORD_LENGTH and not token.isalpha()
    )
    letters = {run for token in mixed if not _DIGEST.fullmatch(token)
               for run in _LETTERS.findall(token)}  # fmt: skip
    return distinct | parts | letters


def is_telling(word: str) -> bool:
    """Tell whether a word by itself gives something away."""
    return len(word) >= WORD_LENGTH and word.isalnum()


def runs(text: str) -> set[str]:
    """Return every `RUN_LENGTH` successive characters of an unspaced script in a folded text."""
    return {
        run[at : at + RUN_LENGTH]
        for run in _RUN.findall(text)
        for at in range(len(run) - RUN_LENGTH + 1)
    }


def sequence(text: str) -> str:
    """Return a folded text as `in_order` may hold it, without marks at its ends."""
    found = tokens(text)
    while found and not found[0].isalnum() and "-" not in found[0]:
        del found[0]
    while found and not found[-1].isalnum() and "-" not in found[-1]:
        del found[-1]
    return " ".join(found)


@dataclass(frozen=True, slots=True)
class Trace:
    """What one reading of a text leaves."""

    tokens: list[str]
    runs: set[str]

    def windows(self, overlap: int) -> Iterator[list[str]]:
        """Yield the tokens some at a time; no ``overlap`` successive ones are torn apart."""
        for at in range(0, len(self.tokens), WINDOW):
            yield self.tokens[at : at + WINDOW + overlap]


def in_order(found: Iterable[str]) -> str:
    """Return tokens as they are searched for a `sequence` with a blank at either end."""
    return f" {' '.join(found)} "


def readings(text: str) -> Iterator[Trace]:
    """Yield how a text may be read: as it stands, without markup, with its escapes undone."""
    for each in (text, *_undone(text)):
        compared = folded(each)
        yield Trace(tokens(compared), runs(compared))
        if "<" in compared:
            yield Trace(tokens(_TAGS.sub(_gap, compared)), set())


def _gap(tags: re.Match[str]) -> str:
    """Return what a reader sees in place of markup: nothing, or that another text begins."""
    return "" if _INLINE.fullmatch(tags[0]) else f" {BARRIER} "


def _undone(text: str) -> Iterator[str]:
    """Yield the lines of a text that hold escapes, one layer after the other taken off."""
    lines = [line for line in text.split("\n") if "&" in line or "\\" in line or "%" in line]
    layer = "\n".join(lines)
    for _ in range(ROUNDS):
        fewer = unquote(_without_backslashes(html.unescape(layer)), errors="replace")
        if fewer == layer:
            return
        yield fewer
        layer = fewer


def _without_backslashes(text: str) -> str:
    if "\\" not in text:
        return text
    plain = _ESCAPE.sub(_meant, text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _meant(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2] or escape[3]
    if code is None:
        return _CONTROL.get(escape[4], escape[4])
    number = int(code, 16)
    return chr(number) if number < 0x110000 else " "
