"""Analysed documents -> the weight and the postings of every term."""

from __future__ import annotations

from dataclasses import replace
from math import fsum
from typing import TYPE_CHECKING

import numpy as np

from oftasked_search.occurrences import Occurrences, occurrences
from oftasked_search.postings import POSITIONS
from oftasked_search.postingtable import Table, bordered, ordered
from oftasked_search.weights import BODY, JOINED, PHRASING, weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from oftasked_search.analysed import Analysed
    from oftasked_search.function_words import Importance

    Whole = NDArray[np.int64]
    Floats = NDArray[np.float64]


class Inverted:
    """The terms of a knowledge base, sorted; documents are numbers, in the order given.

    The language's function words are terms even if no document has them.
    """

    def __init__(self, documents: Sequence[Analysed], importance: Importance) -> None:
        self._importance = importance
        self.occurrences = occurrences(documents, importance.function_terms())
        self.terms = self.occurrences.terms
        self.numbers = {term: number for number, term in enumerate(self.terms)}
        self._shares = np.array([importance.of(term) for term in self.terms])
        whole = self._whole(*_phrased(self.occurrences, self._shares), *self._bodies())
        self.containing: list[int] = np.diff(whole.starts).tolist()
        self.weights = [
            weight(share, containing, len(documents))
            for share, containing in zip(self._shares.tolist(), self.containing, strict=True)
        ]
        self.table = whole.cut()

    def share(self, term: str) -> float:
        """Return the part of its full weight that a term deserves, in (0, 1]."""
        number = self.numbers.get(term)
        return self._importance.of(term) if number is None else float(self._shares[number])

    def _bodies(self) -> tuple[Whole, NDArray[np.uint8]]:
        """Return the terms of bodies by term and document, as one number, and their impacts."""
        found = self.occurrences
        lengths = _sums(found.holder, self._shares[found.body] * found.counts, found.documents)
        impacts = BODY.impacts(found.counts, lengths, found.holder, _mean(lengths[lengths > 0]))
        keys = found.body * np.int64(found.documents) + found.holder
        order = ordered(keys)
        return keys[order], impacts[order]

    def _whole(
        self, phrased: Whole, table: Table, bodies: Whole, impacts: NDArray[np.uint8]
    ) -> Table:
        """Return the postings of phrasings and bodies, one for each term and document."""
        at = np.searchsorted(bodies, phrased)
        new = np.r_[bodies, -1][at] != phrased
        keys = np.insert(bodies, at[new], phrased[new])
        rows = at + np.cumsum(new) - new  # of the postings that are in phrasings
        joined, having = np.zeros(len(keys), dtype=np.uint8), np.zeros(len(keys), dtype=np.int64)
        joined[rows], having[rows] = table.joined, np.diff(table.first)
        documents = max(1, self.occurrences.documents)
        terms = np.arange(len(self.terms) + 1, dtype=np.int64)
        return replace(
            table,
            starts=np.searchsorted(keys, terms * documents),
            document=(keys % documents).astype(np.int32),
            joined=joined,
            body=np.insert(impacts, at[new], np.uint8(0)),
            first=bordered(having),
        )


def _phrased(found: Occurrences, shares: Floats) -> tuple[Whole, Table]:
    """Return the terms of phrasings by term and document, as one number, and their postings."""
    lengths = _sums(found.phrasing, shares[found.phrased], len(found.owner))
    totals = _sums(found.owner, lengths, found.documents)
    order = ordered(found.phrased.astype(np.int64))
    term, phrasing = found.phrased[order], found.phrasing[order]
    first = _changes(term, phrasing)  # of each term in each phrasing
    counts = _sizes(first, len(order))
    place, within = order[first], phrasing[first]
    impact = PHRASING.impacts(counts, lengths, within, _mean(lengths))
    term, owner = term[first], found.owner[within]
    rows = _changes(term, owner)
    joined = np.add.reduceat(counts, rows) if len(rows) else counts
    number = owner[rows]
    table = Table(
        starts=np.zeros(0, dtype=np.int64),
        document=number,
        joined=JOINED.impacts(joined, totals, number, _mean(totals)),
        body=np.zeros(len(rows), dtype=np.uint8),
        first=np.r_[rows, len(first)].astype(np.int64),
        phrasing=found.within[within].astype(np.uint8),
        impact=impact,
        position=((place - found.starts[within]) % POSITIONS).astype(np.uint8),
    )
    return term[rows] * np.int64(found.documents) + number, table


def _changes(*columns: NDArray[np.int32]) -> Whole:
    """Return the places where any of the columns differs from the row before."""
    changed = [np.diff(column, prepend=-1) != 0 for column in columns]
    return np.flatnonzero(np.logical_or.reduce(changed))


def _sizes(first: Whole, total: int) -> Whole:
    sizes: Whole = np.diff(np.r_[first, total])
    return sizes


def _sums(owner: NDArray[np.int32], values: Floats, owners: int) -> Floats:
    """Add up the values of each owner, in their order."""
    sums: Floats = np.bincount(owner, values, owners).astype(np.float64)
    return sums


def _mean(lengths: Floats) -> float:
    return (fsum(lengths.tolist()) / len(lengths) if len(lengths) else 0.0) or 1.0
