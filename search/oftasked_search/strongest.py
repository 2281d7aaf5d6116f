"""Where the words of a knowledge base stand out: what general words near them lead to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from oftasked_search.postingtable import bordered, places_within

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from oftasked_search.inverting import Inverted
    from oftasked_search.postingtable import Table

    Whole = NDArray[np.int64]
    Numbers = NDArray[np.int32]
    Flags = NDArray[np.bool_]

MOST_OF_WORD = 40  # documents of one word of the knowledge base


@dataclass(frozen=True, slots=True, eq=False)
class Strongest:
    """The strongest postings of those words of a knowledge base that are general ones.

    The rows ``starts[n]:starts[n + 1]`` of the columns ``rows`` are those of word ``n``: document,
    best impact, its phrasing, joined, body.
    """

    words: Whole  # numbers of general words
    weights: Whole
    starts: Whole
    rows: Whole

    @staticmethod
    def of(
        general: Mapping[str, int], inverted: Inverted, before: Strongest | None, moved: Whole
    ) -> Strongest:
        """Return those of a knowledge base; words that only the language has are left out.

        ``general`` gives the numbers of general words. Those of ``before`` still hold, where
        terms have the same postings and documents have ``moved`` without overtaking each other.
        """
        terms = [
            (number, general[term])
            for number, (term, containing) in enumerate(
                zip(inverted.terms, inverted.containing, strict=True)
            )
            if containing and term in general
        ]
        chosen, words = np.array(terms, dtype=np.int64).reshape(-1, 2).T
        known = before.words if before else words[:0]
        same = np.isin(words, known) & ~inverted.rows.touched[chosen]
        found, sizes = _strongest(inverted.table, chosen[~same])
        owner = np.repeat(np.flatnonzero(~same), sizes)
        if before:
            places = np.zeros(max(known.max(initial=0), words.max(initial=0)) + 1, dtype=np.int64)
            places[words] = np.arange(len(words))
            stays = np.isin(known, words[same]).repeat(np.diff(before.starts))
            kept, owners = before.rows[:, stays], known.repeat(np.diff(before.starts))[stays]
            kept[0] = moved[kept[0]]
            found, owner = np.hstack([found, kept]), np.r_[owner, places[owners]]
        order = np.argsort(owner, kind="stable")
        return Strongest(
            words,
            np.array(inverted.weights, dtype=np.int64)[chosen],
            bordered(np.bincount(owner, minlength=len(words))),
            found[:, order],
        )

    def unlike(self, before: Strongest, moved: Whole, general: int) -> Flags:
        """Return for each of so many general words whether its postings or its weight differ."""
        unlike = np.zeros(general, dtype=bool)
        unlike[np.setxor1d(self.words, before.words)] = True
        both, mine, its = np.intersect1d(self.words, before.words, return_indices=True)
        rows = before.rows.copy()
        rows[0] = moved[rows[0]]
        own, other = _padded(self.starts, self.rows), _padded(before.starts, rows)
        differs = (own[mine] != other[its]).any(axis=(1, 2))
        unlike[both[differs | (self.weights[mine] != before.weights[its])]] = True
        return unlike


def _strongest(table: Table, terms: Whole) -> tuple[Whole, Whole]:
    """Return the strongest postings of some terms, and how many each has."""
    rows, sizes = table.strongest(terms, MOST_OF_WORD)
    found = table.at(rows)
    columns = (found.document, *found.best_places(), found.joined, found.body)
    return np.stack([column.astype(np.int64) for column in columns]), sizes


def _padded(starts: Whole, rows: Whole) -> Numbers:
    """Return the columns of each word side by side, filled up with -1."""
    owner = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    filled = np.full((len(starts) - 1, MOST_OF_WORD, len(rows)), -1, dtype=np.int32)
    filled[owner, places_within(owner)] = rows.T
    return filled
