"""Which documents have a term, and how strongly: from occurrences to bytes and back.

Layout in ``FORMAT.md`` ("Postings"): documents ascending, for each the gap to the one before, an
octet of two
four-bit impacts (joined phrasings, body) and, if it is in phrasings, one pair of octets for each
phrasing.
"""

from __future__ import annotations

import heapq
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


def encode(postings: list[Posting]) -> bytes:
    """Bytes of the postings; the strongest ones where there are too many."""
    out = bytearray()
    previous = -1
    for document, joined, body, places in _strongest(postings):
        gap = document - previous - 1
        while gap > 0x7F:
            out.append(gap & 0x7F | LAST)
            gap >>= 7
        out.append(gap)
        out.append(joined << 4 | body)
        for place in places:
            out.append(place.phrasing)
            out.append(place.impact << 4 | place.position)
        if places:
            out[-2] |= LAST
        previous = document
    return bytes(out)


def decode(content: bytes) -> list[Posting]:
    """Return the postings in what `encode` wrote."""
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


def _strongest(postings: list[Posting]) -> list[Posting]:
    if len(postings) <= MAX_POSTINGS:
        return postings
    best = heapq.nsmallest(MAX_POSTINGS, postings, key=_strength)
    return sorted(best)


def _strength(posting: Posting) -> tuple[int, int]:
    best = max((place.impact for place in posting.places), default=0)
    return (-(10 * best + 10 * posting.joined + 3 * posting.body), posting.document)
