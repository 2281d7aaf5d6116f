"""The documents that a general word leads to: from columns to bytes and back.

``FORMAT.md`` ("Related words") is the specification; `runtime/related.js` reads the same.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from oftasked_search.blocks import Reader, varint
from oftasked_search.postingtable import varints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Numbers = NDArray[np.int32]
    Octets = NDArray[np.uint8]

LATE = 15  # a phrasing of this number or a higher one takes a byte of its own


class Rows(NamedTuple):
    """Columns of equal length, sorted by owner (the number of a general word) and document.

    ``impact``, ``joined``, ``body`` are 0..15: the best phrasing (number ``phrasing``), all
    phrasings joined, and the body.
    """

    owner: Numbers
    document: Numbers
    impact: Octets
    phrasing: Octets
    joined: Octets
    body: Octets

    @staticmethod
    def of(owner: Whole, document: Whole, *strengths: Whole) -> Rows:
        """Return rows in columns as narrow as they can be."""
        numbers = (owner.astype(np.int32), document.astype(np.int32))
        return Rows(*numbers, *(column.astype(np.uint8) for column in strengths))

    def at(self, places: Whole) -> Rows:
        """Return some of the rows."""
        columns: tuple[NDArray[Any], ...] = self
        return Rows(*(column[places] for column in columns))


NO_ROWS = Rows.of(*np.zeros((6, 0), dtype=np.int64))


class Related(NamedTuple):
    """One document that a general word leads to; see `Rows`."""

    document: int
    impact: int
    phrasing: int
    joined: int
    body: int


def encode(rows: Rows) -> Iterator[tuple[int, bytes]]:
    """Yield each owner with its encoded rows: columns, one after the other."""
    if not len(rows.owner):
        return
    first = np.r_[True, np.diff(rows.owner) != 0]
    before = np.where(first, -1, np.r_[0, rows.document[:-1]])
    gaps, ends = varints(rows.document - before - 1)
    numbers = np.where(rows.impact > 0, rows.phrasing, 0)
    late = np.r_[0, np.cumsum(numbers >= LATE)]
    firsts = (rows.impact << 4 | rows.joined).astype(np.uint8).tobytes()
    seconds = (rows.body << 4 | np.minimum(numbers, LATE)).astype(np.uint8).tobytes()
    lates = numbers[numbers >= LATE].astype(np.uint8).tobytes()
    borders = np.r_[0, ends]
    starts = np.r_[np.flatnonzero(first), len(first)]
    for low, high in pairwise(starts.tolist()):
        gap, own = slice(borders[low], borders[high]), slice(low, high)
        behind = lates[late[low] : late[high]]
        columns = (varint(high - low), gaps[gap], firsts[own], seconds[own], behind)
        yield int(rows.owner[low]), b"".join(columns)


def decode(content: bytes) -> list[Related]:
    """Return the rows in what `encode` wrote for one owner."""
    if not content:
        return []
    reader, document, found = Reader(content), -1, []
    gaps = [reader.varint() for _ in range(reader.varint())]
    firsts, seconds = reader.take(len(gaps)), reader.take(len(gaps))
    for gap, first, second in zip(gaps, firsts, seconds, strict=True):
        document += gap + 1
        number = second & 0xF
        phrasing = reader.take(1)[0] if number == LATE else number
        found.append(Related(document, first >> 4, phrasing, first & 0xF, second >> 4))
    reader.end()
    return found
