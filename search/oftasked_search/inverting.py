"""Analysed documents -> the weight and the postings of every term."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from oftasked_search.changing import GONE, Changed, Placed, changed
from oftasked_search.lexicon import sort_key
from oftasked_search.postings import POSITIONS
from oftasked_search.postingtable import Table, bordered, ordered, tabled
from oftasked_search.weights import BODY, JOINED, PHRASING, weight

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from oftasked_search.changing import Change
    from oftasked_search.function_words import Importance
    from oftasked_search.occurrences import Occurrences

    Whole = NDArray[np.int64]
    Floats = NDArray[np.float64]


SHARE_UNIT = 1 << 12  # the full weight of a word in the length of a text


@dataclass(frozen=True, slots=True, eq=False)
class Lengths:
    """How long the texts of documents are, by what their words say: exact in whatever order."""

    phrasings: Whole  # how many each document has
    phrased: Whole  # the length of all of them
    body: Whole

    @staticmethod
    def of(found: Occurrences, shares: Whole) -> Lengths:
        """Return those of some documents."""
        return Lengths(
            np.bincount(found.owner, minlength=found.documents),
            _sums(found.owner[found.phrasing], shares[found.phrased], found.documents),
            _sums(found.holder, shares[found.body] * found.counts, found.documents),
        )

    def means(self) -> Means:
        """Return the mean lengths, so roughly that one document hardly ever changes them."""
        return Means(
            _mean(self.phrased, int(self.phrasings.sum())),
            _mean(self.phrased, len(self.phrased)),
            _mean(self.body, int((self.body > 0).sum())),
        )


class Means(NamedTuple):
    """The lengths of an ordinary phrasing, of all phrasings of a document, and of a body."""

    phrasing: float
    joined: float
    body: float


@dataclass(frozen=True, eq=False)
class Inverted:
    """The terms of a knowledge base, sorted; documents are numbers, in the order given.

    The language's function words are terms even if no document has them.
    """

    terms: Sequence[str]
    shares: Floats  # of its full weight, that each term deserves
    lengths: Lengths
    rows: Changed

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return len(self.lengths.body)

    @cached_property
    def table(self) -> Table:
        """Those rows that an index has."""
        rows = self.rows
        return rows.table if rows.kept.all() else rows.table.only(rows.kept)

    @cached_property
    def containing(self) -> Sequence[int]:
        """How many documents have each term."""
        counts: list[int] = np.diff(self.rows.table.starts).tolist()
        return counts

    @cached_property
    def weights(self) -> Sequence[int]:
        """How much each term weighs."""
        each = zip(self.shares.tolist(), self.containing, strict=True)
        return [weight(share, containing, self.documents) for share, containing in each]

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The terms with their numbers."""
        return {term: number for number, term in enumerate(self.terms)}


def invert(
    found: Occurrences, importance: Importance, change: Change, before: Inverted | None
) -> Inverted | None:
    """Return the terms of the documents of ``before`` that stay and of new ones.

    None if the new documents change so much that all of them have to be read again.
    """
    shares = np.array([importance.of(term) for term in found.terms])
    whole = np.rint(shares * SHARE_UNIT).astype(np.int64)
    new = Lengths.of(found, whole)
    lengths = _lengths(before.lengths, new, change) if before else new
    means = lengths.means()
    if before and means != before.lengths.means():
        return None
    table = _table(found, whole, new, means)
    old = before or _nothing()
    terms, old_places, new_places = _united(old, found.terms, importance, change)
    rows = changed(
        Placed(old.rows.table, old_places, change.moved),
        old.rows.kept,
        Placed(table, new_places, change.places),
        len(terms),
        change.documents,
    )
    every = np.array([importance.of(term) for term in terms])
    return Inverted(terms, every, lengths, rows)


def _nothing() -> Inverted:
    none, empty = np.zeros(0, dtype=np.int64), tabled([])
    rows = Changed.loaded(empty, np.zeros(0, dtype=bool))
    return Inverted((), np.zeros(0), Lengths(none, none, none), rows)


def _lengths(before: Lengths, new: Lengths, change: Change) -> Lengths:
    """Return the lengths of all documents."""
    return Lengths(
        change.joined(before.phrasings, new.phrasings),
        change.joined(before.phrased, new.phrased),
        change.joined(before.body, new.body),
    )


def _united(
    old: Inverted, new: Sequence[str], importance: Importance, change: Change
) -> tuple[Sequence[str], Whole, Whole]:
    """Return all terms, and the places of the old and of the new ones among them."""
    starts = old.rows.table.starts
    gone = np.flatnonzero((change.moved == GONE)[old.rows.table.document])
    owners = np.searchsorted(starts, gone, side="right") - 1
    staying = np.diff(starts) - np.bincount(owners, minlength=len(old.terms))
    known = {term for term, there in zip(old.terms, staying.tolist(), strict=True) if there}
    terms = sorted(known.union(new, importance.function_terms()), key=sort_key)
    numbers = {term: number for number, term in enumerate(terms)}
    old_places = np.array([numbers.get(term, GONE) for term in old.terms], dtype=np.int64)
    return terms, old_places, np.array([numbers[term] for term in new], dtype=np.int64)


def _table(found: Occurrences, shares: Whole, lengths: Lengths, means: Means) -> Table:
    """Return all postings of some documents, by term and document."""
    return _whole(found, *_phrased(found, shares, lengths, means), *_bodies(found, lengths, means))


def _bodies(found: Occurrences, lengths: Lengths, means: Means) -> tuple[Whole, NDArray[np.uint8]]:
    """Return the terms of bodies by term and document, as one number, and their impacts."""
    impacts = BODY.impacts(found.counts, lengths.body, found.holder, means.body)
    keys = found.body * np.int64(found.documents) + found.holder
    order = ordered(keys)
    return keys[order], impacts[order]


def _whole(
    found: Occurrences,
    phrased: Whole,
    table: Table,
    bodies: Whole,
    impacts: NDArray[np.uint8],
) -> Table:
    """Return the postings of phrasings and bodies, one for each term and document."""
    at = np.searchsorted(bodies, phrased)
    new = np.r_[bodies, -1][at] != phrased
    keys = np.insert(bodies, at[new], phrased[new])
    rows = at + np.cumsum(new) - new  # of the postings that are in phrasings
    joined, having = np.zeros(len(keys), dtype=np.uint8), np.zeros(len(keys), dtype=np.int64)
    joined[rows], having[rows] = table.joined, np.diff(table.first)
    documents = max(1, found.documents)
    terms = np.arange(len(found.terms) + 1, dtype=np.int64)
    return replace(
        table,
        starts=np.searchsorted(keys, terms * documents),
        document=(keys % documents).astype(np.int32),
        joined=joined,
        body=np.insert(impacts, at[new], np.uint8(0)),
        first=bordered(having),
    )


def _phrased(
    found: Occurrences, shares: Whole, lengths: Lengths, means: Means
) -> tuple[Whole, Table]:
    """Return the terms of phrasings by term and document, as one number, and their postings."""
    each = _sums(found.phrasing, shares[found.phrased], len(found.owner))
    order = ordered(found.phrased.astype(np.int64))
    term, phrasing = found.phrased[order], found.phrasing[order]
    first = _changes(term, phrasing)  # of each term in each phrasing
    counts = _sizes(first, len(order))
    place, within = order[first], phrasing[first]
    impact = PHRASING.impacts(counts, each, within, means.phrasing)
    term, owner = term[first], found.owner[within]
    rows = _changes(term, owner)
    joined = np.add.reduceat(counts, rows) if len(rows) else counts
    number = owner[rows]
    table = Table(
        starts=np.zeros(0, dtype=np.int64),
        document=number,
        joined=JOINED.impacts(joined, lengths.phrased, number, means.joined),
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


def _sums(owner: NDArray[np.int32], values: Whole, owners: int) -> Whole:
    """Add up the values of each owner; they are far below what doubles hold exactly."""
    return np.bincount(owner, values, owners).astype(np.int64)


def _mean(lengths: Whole, texts: int) -> float:
    """Return the mean length of some texts, to two digits."""
    return float(f"{int(lengths.sum()) / max(1, texts):.1e}") or 1.0
