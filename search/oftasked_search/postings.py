"""Which documents have a term, and how strongly: from occurrences to bytes and back.

Layout in ``FORMAT.md`` ("Postings"): columns, for each document ascending the gap to the one
before and an octet of two four-bit impacts (joined phrasings, body), and for each phrasing that
has the term two octets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from oftasked_search.blocks import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_POSTINGS = 3000  # of one term: a word in more documents than this hardly tells them apart
LAST = 0x80
POSITIONS = 16


class Place(NamedTuple):
    """A term in one phrasing: which, the impact (1..15), the first position modulo 16."""

    phrasing: int
    impact: int
    position: int


class Posting(NamedTuple):
    """A term in one document. Impacts are 0 where the term is absent."""

    document: int
    joined: int
    body: int
    places: tuple[Place, ...]


def decode(content: bytes) -> list[Posting]:
    """Return the postings in what `postingtable` wrote."""
    reader = Reader(content)
    gaps = [reader.varint() for _ in range(reader.varint())]
    impacts, rest = reader.take(len(gaps)), reader.rest()
    places = zip(rest[: len(rest) // 2], rest[len(rest) // 2 :], strict=True)
    postings, document = [], -1
    for gap, impact in zip(gaps, impacts, strict=True):
        document += gap + 1
        found = tuple(_places(places)) if impact >> 4 else ()
        postings.append(Posting(document, impact >> 4, impact & 0xF, found))
    return postings


def _places(stored: Iterable[tuple[int, int]]) -> Iterator[Place]:
    """Yield the places of the next document."""
    for phrasing, strength in stored:
        yield Place(phrasing & ~LAST, strength >> 4, strength % POSITIONS)
        if phrasing >= LAST:
            return
