"""The scores of all documents, for one question after another: by columns.

What is summed up is what `scoring.Scorer` says. A reader answers one question and knows few of the
postings; whoever asks the thousands of phrasings of a knowledge base is quicker this way.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import isqrt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from oftasked_search.postings import POSITIONS
from oftasked_search.scoring import CUT, FULL
from oftasked_search.weights import IMPACT_UNIT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from oftasked_search.manifest import Manifest
    from oftasked_search.postingtable import Postings
    from oftasked_search.relatedpostings import Related

    Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The postings of a term. A unit is a phrasing: document times stride, plus its number."""

    documents: Whole
    joined: Whole
    body: Whole
    units: Whole
    impacts: Whole
    positions: Whole

    @staticmethod
    def of_term(postings: Postings, stride: int) -> Columns:
        """Return the columns of a term of the knowledge base."""
        table, rows = postings.table, slice(postings.start, postings.end)
        first = table.first[postings.start : postings.end + 1]
        places = slice(int(first[0]), int(first[-1]))
        documents = table.document[rows].astype(np.int64)
        return Columns(
            documents,
            table.joined[rows].astype(np.int64),
            table.body[rows].astype(np.int64),
            np.repeat(documents, np.diff(first)) * stride + table.phrasing[places],
            table.impact[places].astype(np.int64),
            table.position[places].astype(np.int64),
        )

    @staticmethod
    def of_general(rows: Sequence[Related], stride: int) -> Columns:
        """Return the columns of a general word; it has no neighbours, so no positions."""
        columns = np.array(rows, dtype=np.int64).reshape(-1, 5).T
        documents, impact, phrasing, joined, body = columns
        there = np.flatnonzero(impact)
        units = documents[there] * stride + phrasing[there]
        return Columns(documents, joined, body, units, impact[there], units[:0])

    def without(self, document: int, unit: int, stride: int) -> Columns:
        """Return what is left if one phrasing of a document had never been written."""
        own = np.flatnonzero(self.units // stride == document)
        gone = own[self.units[own] == unit]
        if not len(gone):
            return self
        documents, joined, body = self.documents, self.joined, self.body
        at = np.flatnonzero(documents == document)
        if len(own) == len(gone):
            joined = joined.copy()
            joined[at] = 0
            lost = at[body[at] == 0]
            documents, joined, body = (np.delete(c, lost) for c in (documents, joined, body))
        units, impacts, positions = (
            np.delete(column, gone) for column in (self.units, self.impacts, self.positions)
        )
        return Columns(documents, joined, body, units, impacts, positions)


class Gain(NamedTuple):
    """What one candidate gives each of its documents: for each impact, and for being there."""

    columns: Columns
    value: int
    cover: int


class Word(NamedTuple):
    """A word of a question: its weight, what its candidates give, the best one's columns."""

    weight: int
    gains: Sequence[Gain]
    main: Columns | None


class Totals:
    """Adds up what the words of one question give to each document, then forgets it."""

    def __init__(self, manifest: Manifest) -> None:
        self._share, self._stride = manifest.share, manifest.phrasings
        documents = manifest.documents
        self._levels = np.zeros(documents, dtype=np.int64)
        for first in manifest.boosts:
            self._levels[:first] += 1
        self._seen = np.zeros(documents, dtype=bool)
        self._whole, self._joined, self._body, self._cover = np.zeros((4, documents), np.int64)
        self._units, self._best = np.zeros((2, documents * self._stride), np.int64)
        self._places = np.full(documents * self._stride, -1, dtype=np.int64)

    def ranked(self, words: Sequence[Word]) -> tuple[Whole, Whole]:
        """Return the documents that have any word, best first, without weak ones; their scores."""
        for word in words:
            self._add(word)
        self._reward_neighbours(words)
        documents = np.flatnonzero(self._seen)
        phrasings = self._units.reshape(-1, self._stride)
        scores = self._whole[documents] + phrasings[documents].max(axis=1, initial=0)
        scores += self._share.boost * sum(word.weight for word in words) * self._levels[documents]
        self._forget(words)
        order = np.lexsort((documents, -scores))
        kept = order[scores[order] * CUT >= scores.max(initial=0)]
        return documents[kept], scores[kept]

    def _add(self, word: Word) -> None:
        """Count for each document and unit the best that any candidate of a word gives."""
        share = self._share
        for columns, value, cover in word.gains:
            documents, units = columns.documents, columns.units
            for best, gain, at in (
                (self._joined, value * columns.joined, documents),
                (self._body, value * columns.body, documents),
                (self._cover, cover, documents),
                (self._best, value * columns.impacts, units),
            ):
                best[at] = np.maximum(best[at], gain)
        for columns, _, _ in word.gains:
            documents, units = columns.documents, columns.units
            self._seen[documents] = True
            for total, best, at, factor in (
                (self._whole, self._joined, documents, share.joined),
                (self._whole, self._body, documents, share.body),
                (self._whole, self._cover, documents, share.covered * IMPACT_UNIT),
                (self._units, self._best, units, share.phrasing),
            ):
                total[at] += factor * best[at]
                best[at] = 0

    def _reward_neighbours(self, words: Sequence[Word]) -> None:
        """Reward words that follow each other in the question and in a phrasing."""
        for before, word in pairwise(words):
            if before.main is None or word.main is None:
                continue
            self._places[before.main.units] = before.main.positions
            units, places = word.main.units, self._places[word.main.units]
            follows = (places >= 0) & ((places + 1) % POSITIONS == word.main.positions)
            bonus = self._share.adjacent * FULL * isqrt(before.weight * word.weight)
            self._units[units[follows]] += bonus
            self._places[before.main.units] = -1

    def _forget(self, words: Sequence[Word]) -> None:
        for columns, _, _ in (gain for word in words for gain in word.gains):
            self._seen[columns.documents] = False
            self._whole[columns.documents] = 0
            self._units[columns.units] = 0
        for word in words:
            if word.main is not None:
                self._units[word.main.units] = 0
