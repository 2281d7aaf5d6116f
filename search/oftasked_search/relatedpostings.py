"""The documents that a general word leads to: from columns to bytes and back.

``FORMAT.md`` ("Related words") is the specification; `runtime/related.js` reads the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from oftasked_search.blocks import read_varint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Whole = NDArray[np.int64]

VARINT_BYTES = 5
LATE = 15  # a phrasing of this number or a higher one takes a byte of its own


class Rows(NamedTuple):
    """Columns of equal length, sorted by owner (the number of a general word) and document.

    ``impact``, ``joined``, ``body`` are 0..15: the best phrasing (number ``phrasing``), all
    phrasings joined, and the body.
    """

    owner: Whole
    document: Whole
    impact: Whole
    phrasing: Whole
    joined: Whole
    body: Whole

    def at(self, places: Whole) -> Rows:
        """Return some of the rows."""
        return Rows(*(column[places] for column in self))


class Related(NamedTuple):
    """One document that a general word leads to; see `Rows`."""

    document: int
    impact: int
    phrasing: int
    joined: int
    body: int


def encode(rows: Rows) -> Iterator[tuple[int, bytes]]:
    """Yield each owner with its encoded rows."""
    if not len(rows.owner):
        return
    first = np.r_[True, np.diff(rows.owner) != 0]
    before = np.where(first, -1, np.r_[0, rows.document[:-1]])
    gaps = rows.document - before - 1
    octets = np.zeros((len(gaps), VARINT_BYTES + 3), dtype=np.uint8)
    used = np.zeros(octets.shape, dtype=bool)
    for place in range(VARINT_BYTES):
        rest = gaps >> (7 * place)
        octets[:, place] = rest & 0x7F | np.where(rest > 0x7F, 0x80, 0)
        used[:, place] = (rest > 0) | (place == 0)
    octets[:, VARINT_BYTES] = rows.impact << 4 | rows.joined
    numbers = np.where(rows.impact > 0, rows.phrasing, 0)
    octets[:, VARINT_BYTES + 1] = rows.body << 4 | np.minimum(numbers, LATE)
    octets[:, VARINT_BYTES + 2] = numbers
    used[:, VARINT_BYTES : VARINT_BYTES + 2] = True
    used[:, VARINT_BYTES + 2] = numbers >= LATE
    content, ends = octets[used].tobytes(), np.cumsum(used.sum(1))
    starts = np.flatnonzero(first)
    limits = np.r_[0, ends[np.r_[starts[1:], len(ends)] - 1]]
    for number, owner in enumerate(rows.owner[starts]):
        yield int(owner), content[limits[number] : limits[number + 1]]


def decode(content: bytes) -> list[Related]:
    """Return the rows in what `encode` wrote for one owner."""
    found, at, document = [], 0, -1
    while at < len(content):
        gap, at = read_varint(content, at)
        document += gap + 1
        impact, joined = content[at] >> 4, content[at] & 0xF
        body, phrasing = content[at + 1] >> 4, content[at + 1] & 0xF
        at += 2
        if phrasing == LATE:
            phrasing = content[at]
            at += 1
        found.append(Related(document, impact, phrasing, joined, body))
    return found
