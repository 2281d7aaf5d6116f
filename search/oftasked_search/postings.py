"""Which documents have a term, and how strongly: from occurrences to bytes and back.

Layout in ``FORMAT.md`` ("Postings"): documents ascending, for each the gap to the one before, an
octet of two
four-bit impacts (joined phrasings, body) and, if it is in phrasings, one pair of octets for each
phrasing.
"""

from __future__ import annotations

from typing import NamedTuple

from oftasked_search.blocks import read_varint

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
    postings, at, document = [], 0, -1
    while at < len(content):
        gap, at = read_varint(content, at)
        document += gap + 1
        impacts = content[at]
        at += 1
        places: list[Place] = []
        more = impacts >> 4
        while more:
            phrasing, strength = content[at], content[at + 1]
            at += 2
            places.append(Place(phrasing & ~LAST, strength >> 4, strength % POSITIONS))
            more = phrasing < LAST
        postings.append(Posting(document, impacts >> 4, impacts & 0xF, tuple(places)))
    return postings
