"""A table of postings -> the one after some documents have left and others have come.

Where most documents stay, most rows do: they are moved, not made again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from oftasked_search.postings import MAX_POSTINGS
from oftasked_search.postingtable import Table, bordered, ordered

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Flags = NDArray[np.bool_]

GONE = -1
T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """Which documents stay, and where they go; where new ones go. All are numbered anew."""

    moved: Whole  # of each document of before: its number, or `GONE`
    places: Whole  # of each new document: its number

    @staticmethod
    def none() -> Change:
        """Return the change from nothing to nothing."""
        return Change(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))

    @property
    def documents(self) -> int:
        """How many documents there are now."""
        return int((self.moved != GONE).sum()) + len(self.places)

    @property
    def reorders(self) -> bool:
        """Whether documents that stay change places."""
        staying = self.moved[self.moved != GONE]
        return bool((np.diff(staying) <= 0).any())

    def joined(self, before: NDArray[T], new: NDArray[T]) -> NDArray[T]:
        """Return rows of all documents, given those of the documents of before and of new ones."""
        rows = np.empty((self.documents, *new.shape[1:]), dtype=new.dtype)
        staying = self.moved != GONE
        rows[self.moved[staying]] = before[staying]
        rows[self.places] = new
        return rows


class Placed(NamedTuple):
    """A table, the numbers that its terms and its documents have from now on; `GONE` for none."""

    table: Table
    terms: Whole
    documents: Whole


@dataclass(frozen=True, slots=True, eq=False)
class Changed:
    """A table of postings with all rows, and how it differs from the one before.

    ``kept`` are the rows that an index has: the strongest of each term. Of terms that are not
    ``touched`` the rows are those of before, in the same order, under new numbers of documents;
    ``sizes_before`` are how many rows terms had. ``shifted`` are terms with the documents of rows
    that are among the kept ones now and were not before, or were: two rows of numbers.
    """

    table: Table
    kept: Flags
    touched: Flags
    sizes_before: Whole
    shifted: Whole

    @staticmethod
    def loaded(table: Table, kept: Flags) -> Changed:
        """Return a table as it was left, which differs from nothing."""
        none = np.zeros(0, dtype=np.int64)
        touched = np.zeros(len(table.starts) - 1, dtype=bool)
        return Changed(table, kept, touched, none, np.stack([none, none]))


def changed(before: Placed, kept: Flags, new: Placed, terms: int, documents: int) -> Changed:
    """Return the rows of ``before`` whose documents stay, and the new ones, for so many terms."""
    touched = np.zeros(terms, dtype=bool)
    touched[new.terms[np.diff(new.table.starts) > 0]] = True
    table, kept = _remaining(before, kept, touched, documents)
    staying = _sizes(before._replace(table=table), terms)
    starts = bordered(staying + _sizes(new, terms))
    if len(table.document):
        at = _places(table, bordered(staying), new)
        table, kept = _inserted(table, new, at), np.insert(kept, at, True)
    else:
        document = new.documents[new.table.document].astype(np.int32)
        table, kept = replace(new.table, document=document), np.ones(len(document), dtype=bool)
    table = replace(table, starts=starts)
    now = _kept(table, kept.copy(), touched)
    rows = np.flatnonzero(kept != now)
    shifted = np.stack([np.searchsorted(starts, rows, side="right") - 1, table.document[rows]])
    return Changed(table, now, touched, _sizes(before, terms), shifted)


def _sizes(placed: Placed, terms: int) -> Whole:
    """Return how many rows each term had."""
    sizes = np.zeros(terms, dtype=np.int64)
    there = placed.terms != GONE
    sizes[placed.terms[there]] = np.diff(placed.table.starts)[there]
    return sizes


def _remaining(before: Placed, kept: Flags, touched: Flags, documents: int) -> tuple[Table, Flags]:
    """Return the rows whose documents stay, and which of them are kept; set ``touched``."""
    table, moved = before.table, before.documents.astype(np.int32)
    number = moved[table.document]
    stays = number != GONE
    if not stays.all():
        owners = np.searchsorted(table.starts, np.flatnonzero(~stays), side="right") - 1
        left = before.terms[owners]
        touched[left[left != GONE]] = True
        table, kept, number = table.only(stays), kept[stays], number[stays]
    table = replace(table, document=number)
    if (np.diff(moved[moved != GONE]) <= 0).any():
        order = ordered(np.repeat(before.terms * documents, np.diff(table.starts)) + number)
        table, kept = table.at(order), kept[order]
        touched[:] = True
    return table, kept


def _places(table: Table, starts: Whole, new: Placed) -> Whole:
    """Return the places of new rows, given where the rows of each term start that stay."""
    document, borders = new.documents[new.table.document], new.table.starts.tolist()
    at = np.zeros(len(document), dtype=np.int64)
    for term, (first, last) in zip(new.terms.tolist(), pairwise(borders), strict=True):
        low, high = starts[term], starts[term + 1]
        at[first:last] = low + np.searchsorted(table.document[low:high], document[first:last])
    return at


def _inserted(table: Table, new: Placed, at: Whole) -> Table:
    """Return the table with the new rows at their places; its ``starts`` are still to be set."""
    rows, having = new.table, np.diff(new.table.first)
    document = new.documents[rows.document].astype(np.int32)
    places = np.repeat(table.first[at], having)
    return Table(
        starts=table.starts,
        document=np.insert(table.document, at, document),
        joined=np.insert(table.joined, at, rows.joined),
        body=np.insert(table.body, at, rows.body),
        first=bordered(np.insert(np.diff(table.first), at, having)),
        phrasing=np.insert(table.phrasing, places, rows.phrasing),
        impact=np.insert(table.impact, places, rows.impact),
        position=np.insert(table.position, places, rows.position),
    )


def _kept(table: Table, kept: Flags, touched: Flags) -> Flags:
    """Choose the strongest rows of touched terms anew."""
    sizes = np.diff(table.starts)
    long = np.flatnonzero(touched & (sizes > MAX_POSTINGS))
    kept[table.rows_of(np.flatnonzero(touched & (sizes <= MAX_POSTINGS)))[0]] = True
    kept[table.rows_of(long)[0]] = False
    kept[table.strongest(long, MAX_POSTINGS)[0]] = True
    return kept
