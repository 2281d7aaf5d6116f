"""The most that the words of a query can add to each document: what `rivals` prunes by."""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt
from typing import TYPE_CHECKING

import numpy as np

from oftasked_search.scoring import FULL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from oftasked_search.manifest import Manifest, Share
    from oftasked_search.postingtable import Postings
    from oftasked_search.relatedpostings import Related
    from oftasked_search.scoring import Sought

    Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Strengths:
    """The most that a term can add to each document, per unit of its weight and percent.

    ``phrased`` is 1 where the term is in a phrasing: only there it can have neighbours.
    """

    documents: Whole
    most: Whole
    phrased: Whole
    maximum: int
    peak: int
    """A document that has the maximum."""

    @staticmethod
    def of(documents: Whole, most: Whole, phrased: Whole) -> Strengths:
        """Return the columns with their maximum."""
        at = int(most.argmax()) if len(most) else -1
        peak = (int(most[at]), int(documents[at])) if len(most) else (0, 0)
        return Strengths(documents, most, phrased, *peak)


@dataclass(frozen=True, slots=True)
class Bound:
    """What one candidate for a query word can add: a factor of its strength, and fixed parts."""

    strengths: Strengths
    factor: int
    fixed: int
    neighbours: int

    @property
    def maximum(self) -> int:
        """The most that it can add to any document."""
        return self.factor * self.strengths.maximum + self.fixed + self.neighbours


def term_strengths(postings: Postings, share: Share) -> Strengths:
    """Return what a term adds to the scores of its documents."""
    table, rows = postings.table, slice(postings.start, postings.end)
    first = table.first[postings.start : postings.end + 1]
    phrased = np.diff(first) > 0
    best = np.zeros(len(postings), dtype=np.int64)
    if phrased.any():
        impacts = table.impact[first[0] : first[-1]]
        best[phrased] = np.maximum.reduceat(impacts, first[:-1][phrased] - first[0])
    joined, body = (part[rows].astype(np.int64) for part in (table.joined, table.body))
    most = share.phrasing * best + share.joined * joined + share.body * body
    return Strengths.of(table.document[rows].astype(np.int64), most, phrased.astype(np.int64))


def related_strengths(rows: Sequence[Related], share: Share) -> tuple[Strengths, Strengths]:
    """Return what a general word adds by the words near it, and by its meaning."""
    columns = np.array(rows, dtype=np.int64).reshape(-1, 6).T
    document, impact, _, joined, body, sense = columns
    worded = share.phrasing * impact + share.joined * joined + share.body * body
    never = np.zeros(len(document), dtype=np.int64)
    return Strengths.of(document, worded, never), Strengths.of(document, sense, never)


def bonuses(sought: Sequence[Sought], manifest: Manifest) -> list[int]:
    """Return for each word half of what it and each of its neighbours can earn together."""
    earned = [0] * len(sought)
    for at in range(1, len(sought)):
        both = manifest.share.adjacent * FULL * isqrt(sought[at - 1].weight * sought[at].weight)
        for each in (at - 1, at):
            earned[each] += (both + 1) // 2
    return earned


def most(bounds: Iterable[Bound], documents: int) -> Whole:
    """Return the most that each document can have by all bounds together."""
    total = np.zeros(documents, dtype=np.int64)
    for bound in bounds:
        columns = bound.strengths
        added = bound.factor * columns.most + bound.fixed
        if bound.neighbours:
            added += bound.neighbours * columns.phrased
        total[columns.documents] += added
    return total
