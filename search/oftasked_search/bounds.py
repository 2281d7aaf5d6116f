"""The most that the words of a query can add to each document: what `rivals` prunes by."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import dataclass
from math import isqrt
from typing import TYPE_CHECKING

from oftasked_search.postings import Posting
from oftasked_search.relatedpostings import Related
from oftasked_search.scoring import FULL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from oftasked_search.manifest import Manifest, Share
    from oftasked_search.scoring import Sought


@dataclass(frozen=True, slots=True)
class Strengths:
    """The most that a term can add to each document, per unit of its weight and percent.

    ``phrased`` is 1 where the term is in a phrasing: only there it can have neighbours.
    """

    documents: array[int]
    most: array[int]
    phrased: array[int]
    maximum: int
    peak: int
    """A document that has the maximum."""

    def at(self, document: int) -> int | None:
        """Return where a document's posting stands."""
        index = bisect_left(self.documents, document)
        found = index < len(self.documents) and self.documents[index] == document
        return index if found else None


@dataclass(frozen=True, slots=True)
class Bound:
    """What one candidate for a query word can add: a factor of its strength, and fixed parts."""

    strengths: Strengths
    factor: int
    fixed: int
    neighbours: int
    maximum: int
    """The most that it can add to any document."""

    @property
    def columns(self) -> tuple[array[int], array[int], array[int]]:
        """By document, ascending: its number, the strength, whether in a phrasing."""
        return self.strengths.documents, self.strengths.most, self.strengths.phrased


def in_texts(posting: Posting | Related, share: Share) -> int:
    """Return what a posting adds to the score of its document, per unit of weight and percent."""
    if isinstance(posting, Related):
        phrasing = posting.impact
    else:
        phrasing = max((place.impact for place in posting.places), default=0)
    return share.phrasing * phrasing + share.joined * posting.joined + share.body * posting.body


def strengths_of(postings: Sequence[Posting | Related], most: Sequence[int]) -> Strengths:
    """Return the columns of a term's postings, given the most that each adds."""
    documents = array("L", (posting.document for posting in postings))
    phrased = array("B", (isinstance(p, Posting) and bool(p.places) for p in postings))
    maximum = max(most, default=0)
    peak = documents[most.index(maximum)] if most else 0
    return Strengths(documents, array("L", most), phrased, maximum, peak)


def bonuses(sought: Sequence[Sought], manifest: Manifest) -> list[int]:
    """Return for each word half of what it and each of its neighbours can earn together."""
    earned = [0] * len(sought)
    for at in range(1, len(sought)):
        both = manifest.share.adjacent * FULL * isqrt(sought[at - 1].weight * sought[at].weight)
        for each in (at - 1, at):
            earned[each] += (both + 1) // 2
    return earned


def meet(bound: Bound, met: dict[int, int]) -> None:
    """Add the most that a candidate can give to every document that has it."""
    factor, fixed, neighbours = bound.factor, bound.fixed, bound.neighbours
    for document, most, phrased in zip(*bound.columns, strict=True):
        added = factor * most + fixed + (neighbours if phrased else 0)
        met[document] = met.get(document, 0) + added


def add(bound: Bound, met: Mapping[int, int], least: int) -> dict[int, int]:
    """Add it to the documents that were met; drop those that then have less than the least."""
    factor, fixed, neighbours = bound.factor, bound.fixed, bound.neighbours
    documents, most, phrased = bound.columns
    enough = least - bound.maximum
    left = {}
    for document, before in met.items():
        if before < enough:
            continue
        score = before
        at = bisect_left(documents, document)
        if at < len(documents) and documents[at] == document:
            score += factor * most[at] + fixed + (neighbours if phrased[at] else 0)
        if score >= least:
            left[document] = score
    return left
