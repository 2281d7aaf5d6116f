"""The postings of all terms in columns, and their bytes.

`postings` says what a posting is; ``FORMAT.md`` ("Postings") is the specification of the bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, repeat
from typing import TYPE_CHECKING, overload

import numpy as np

from oftasked_search.blocks import varint
from oftasked_search.postings import LAST, Place, Posting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Numbers = NDArray[np.int32]
    Octets = NDArray[np.uint8]

VARINT_BYTES = 5
ENCODED_AT_ONCE = 1 << 17  # postings
STRONGEST = 1023  # more than any posting's strength
FEW = 2_000  # rows: fewer are quicker to cut out than to pass over


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Postings by term and document; the term numbered ``n`` has ``starts[n]:starts[n + 1]``.

    The posting in row ``r`` has the places ``first[r]:first[r + 1]`` of the last three columns.
    """

    starts: Whole
    document: Numbers
    joined: Octets
    body: Octets
    first: Whole
    phrasing: Octets
    impact: Octets
    position: Octets

    def best_places(self) -> tuple[Octets, Octets]:
        """Return for each posting the best impact in a phrasing and that phrasing, else 0."""
        phrased = np.flatnonzero(np.diff(self.first))
        impact = np.zeros(len(self.document), dtype=np.uint8)
        phrasing = impact.copy()
        if len(phrased):
            keys = self.impact.astype(np.uint16) << 8 | 255 - self.phrasing
            best = np.maximum.reduceat(keys, self.first[phrased])
            impact[phrased], phrasing[phrased] = best >> 8, 255 - (best & 255)
        return impact, phrasing

    def strengths(self) -> NDArray[np.int16]:
        """Return how much each posting matters when there are too many."""
        impact, _ = self.best_places()
        strengths = impact.astype(np.int16)
        strengths += self.joined
        strengths *= 10
        strengths += 3 * self.body
        return strengths

    def strongest(self, terms: Whole, most: int) -> tuple[Whole, Whole]:
        """Return the rows of the strongest postings of some terms, and how many of each.

        The strongest of a term come first, of equals the first document.
        """
        rows, owner = self.rows_of(terms)
        strengths = self.strengths()[rows].astype(np.int64)
        order = ordered(owner * (STRONGEST + 1) + STRONGEST - strengths)
        kept = order[places_within(owner) < most]
        return rows[kept], np.minimum(np.diff(self.starts)[terms], most)

    def rows_of(self, terms: Whole) -> tuple[Whole, Whole]:
        """Return the rows of some terms, one term's after the other's, and whose each is."""
        sizes = np.diff(self.starts)[terms]
        owner = np.repeat(np.arange(len(terms)), sizes)
        return self.starts[terms][owner] + places_within(owner), owner

    def only(self, kept: NDArray[np.bool_]) -> Table:
        """Return the table with some of its rows, in order."""
        gone = np.flatnonzero(~kept)
        if len(gone) <= FEW:
            return self._without(gone)
        having = np.diff(self.first)
        places = np.repeat(kept, having)
        return Table(
            starts=bordered(kept)[self.starts],
            document=self.document[kept],
            joined=self.joined[kept],
            body=self.body[kept],
            first=bordered(having[kept]),
            phrasing=self.phrasing[places],
            impact=self.impact[places],
            position=self.position[places],
        )

    def _without(self, gone: Whole) -> Table:
        """Return the table without a few rows: what is between them is copied as it is."""
        borders = zip((0, *(gone + 1).tolist()), (*gone.tolist(), len(self.document)), strict=True)
        runs = [slice(*border) for border in borders]
        firsts, lasts = self.first[np.r_[0, gone + 1]], self.first[np.r_[gone, -1]]
        spans = list(map(slice, firsts.tolist(), lasts.tolist()))
        lost = np.cumsum(firsts - np.r_[0, lasts[:-1]]).tolist()
        first = [self.first[run] - less for run, less in zip(runs, lost, strict=True)]
        return Table(
            starts=self.starts - np.searchsorted(gone, self.starts),
            document=np.concatenate([self.document[run] for run in runs]),
            joined=np.concatenate([self.joined[run] for run in runs]),
            body=np.concatenate([self.body[run] for run in runs]),
            first=np.concatenate([*first, self.first[-1:] - lost[-1]]),
            phrasing=np.concatenate([self.phrasing[span] for span in spans]),
            impact=np.concatenate([self.impact[span] for span in spans]),
            position=np.concatenate([self.position[span] for span in spans]),
        )

    def at(self, rows: Whole) -> Table:
        """Return the rows in another order; only the terms are still where they were."""
        having = self.first[rows + 1] - self.first[rows]
        owner = np.repeat(np.arange(len(rows)), having)
        places = self.first[rows][owner] + places_within(owner)
        return Table(
            starts=self.starts,
            document=self.document[rows],
            joined=self.joined[rows],
            body=self.body[rows],
            first=bordered(having),
            phrasing=self.phrasing[places],
            impact=self.impact[places],
            position=self.position[places],
        )

    def of(self, term: int) -> Postings:
        """Return the postings of a term."""
        return Postings(self, int(self.starts[term]), int(self.starts[term + 1]))

    def encoded(self) -> Iterator[tuple[bytes, ...]]:
        """Yield the bytes of each term's postings, by columns."""
        first, terms = 0, len(self.starts) - 1
        while first < terms:  # some at a time, to spare memory
            reach = np.searchsorted(self.starts, self.starts[first] + ENCODED_AT_ONCE)
            last = min(terms, max(first + 1, int(reach)))
            yield from _encoded(self, self.starts[first : last + 1])
            first = last


@dataclass(frozen=True, slots=True, eq=False)
class Postings(Sequence[Posting]):
    """The postings of one term: rows of a table, made when asked for."""

    table: Table
    start: int
    end: int

    @staticmethod
    def listed(postings: Sequence[Posting]) -> Postings:
        """Return postings as columns."""
        return tabled([postings]).of(0)

    def __len__(self) -> int:
        return self.end - self.start

    @overload
    def __getitem__(self, at: int) -> Posting: ...
    @overload
    def __getitem__(self, at: slice) -> list[Posting]: ...
    def __getitem__(self, at: int | slice) -> Posting | list[Posting]:
        """Return one posting, or several."""
        if isinstance(at, slice):
            return self.at(np.arange(len(self))[at])
        return self.at(np.array([range(len(self))[at]]))[0]

    def at(self, rows: Whole) -> list[Posting]:
        """Return some of the postings."""
        table, rows = self.table, rows + self.start
        columns = (column[rows].tolist() for column in (table.document, table.joined, table.body))
        first, having = table.first[rows], table.first[rows + 1] - table.first[rows]
        if not having.any():
            return [Posting(*row) for row in zip(*columns, repeat(()))]
        owner = np.repeat(np.arange(len(rows)), having)
        at = first[owner] + places_within(owner)
        parts = (column[at].tolist() for column in (table.phrasing, table.impact, table.position))
        places, ends = tuple(map(Place, *parts)), np.cumsum(having).tolist()
        found = (places[start:end] for start, end in pairwise((0, *ends)))
        return [Posting(*row) for row in zip(*columns, found, strict=True)]


def tabled(terms: Sequence[Sequence[Posting]]) -> Table:
    """Return the table of some terms' postings."""
    rows = [posting for postings in terms for posting in postings]
    places = [place for posting in rows for place in posting.places]
    return Table(
        starts=bordered(np.array([len(postings) for postings in terms], dtype=np.int64)),
        document=np.array([row.document for row in rows], dtype=np.int32),
        joined=np.array([row.joined for row in rows], dtype=np.uint8),
        body=np.array([row.body for row in rows], dtype=np.uint8),
        first=bordered(np.array([len(row.places) for row in rows], dtype=np.int64)),
        phrasing=np.array([place.phrasing for place in places], dtype=np.uint8),
        impact=np.array([place.impact for place in places], dtype=np.uint8),
        position=np.array([place.position for place in places], dtype=np.uint8),
    )


def bordered(sizes: Whole | NDArray[np.bool_]) -> Whole:
    """Return where runs of these sizes start, and where the last one ends."""
    borders = np.zeros(len(sizes) + 1, dtype=np.int64)
    np.cumsum(sizes, out=borders[1:])
    return borders


def ordered(keys: Whole) -> Whole:
    """Return the places of keys that are not negative, by key; equal keys stay in order.

    Sorting keys with their places in the low bits is several times quicker than `argsort`.
    """
    bits = max(1, len(keys).bit_length())
    packed = np.left_shift(keys, bits, dtype=np.int64)
    packed |= np.arange(len(keys), dtype=np.int64)
    packed.sort()
    packed &= (1 << bits) - 1
    return packed


def places_within(owner: Whole | Numbers) -> Whole:
    """Return, where equal owners stand together, how many of the same are before each."""
    places = np.arange(len(owner))
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    sizes = np.diff(np.r_[first, len(owner)])
    return places - np.repeat(first, sizes)


def _encoded(table: Table, starts: Whole) -> Iterator[tuple[bytes, ...]]:
    """Yield the columns of some terms' postings, given where each term's rows start and end."""
    rows = slice(starts[0], starts[-1])
    document, starts = table.document[rows], starts - starts[0]
    before = np.roll(document, 1)
    before[starts[:-1][np.diff(starts) > 0]] = -1
    gaps, ends = varints(document - before - 1)
    first = table.first[rows.start : rows.stop + 1]
    places = slice(first[0], first[-1])
    impacts = (table.joined[rows] << 4 | table.body[rows]).tobytes()
    last = np.zeros(places.stop - places.start, dtype=bool)
    last[(first[1:] - first[0] - 1)[np.diff(first) > 0]] = True
    phrasings = (table.phrasing[places] | np.where(last, LAST, 0).astype(np.uint8)).tobytes()
    strengths = (table.impact[places] << 4 | table.position[places]).tobytes()
    borders = (starts, np.r_[0, ends][starts], first[starts] - first[0])
    for row, gap, place in zip(*(pairwise(border.tolist()) for border in borders), strict=True):
        counted = varint(row[1] - row[0]) + gaps[slice(*gap)]
        yield counted, impacts[slice(*row)], phrasings[slice(*place)], strengths[slice(*place)]


def varints(numbers: Numbers | Whole) -> tuple[bytes, Whole]:
    """Return numbers as varints, and where each ends."""
    extra = np.zeros(len(numbers), dtype=np.int64)
    for more in range(1, VARINT_BYTES):
        extra += numbers >= 1 << 7 * more
    ends = np.cumsum(extra + 1)
    content = np.zeros(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    for place in range(VARINT_BYTES):
        long = np.flatnonzero(extra >= place)
        goes_on = np.where(extra[long] > place, LAST, 0)
        content[(ends - extra - 1)[long] + place] = numbers[long] >> 7 * place & 0x7F | goes_on
    return content.tobytes(), ends
