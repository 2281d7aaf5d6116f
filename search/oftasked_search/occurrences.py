"""Analysed documents -> where their terms occur, as columns of numbers.

Terms are numbered in the order of the index, documents and phrasings in the order given.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from oftasked_search.lexicon import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from oftasked_search.analysed import Analysed

    Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Occurrences:
    """All occurrences of all terms: of those in phrasings one row each, of bodies their counts."""

    terms: list[str]  # sorted as in the index
    documents: int
    phrased: Numbers  # a term in a phrasing, in reading order
    phrasing: Numbers  # the phrasing that it is in
    owner: Numbers  # of each phrasing: its document
    within: Numbers  # of each phrasing: its number among those of its document
    starts: Numbers  # of each phrasing: where it starts in ``phrased``
    body: Numbers  # a term in a body
    counts: Numbers  # how often it is there
    holder: Numbers  # whose body it is


class _Numbered(dict[str, int]):
    """Numbers terms as they come."""

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        return number


def occurrences(documents: Sequence[Analysed], more: Iterable[str]) -> Occurrences:
    """Return what occurs in some documents; ``more`` are terms that need not occur."""
    numbered = _Numbered()
    phrasings = [phrasing for document in documents for phrasing in document.phrasings]
    phrased = _column(map(numbered.__getitem__, chain.from_iterable(phrasings)))
    body = _column(map(numbered.__getitem__, chain.from_iterable(d.body_terms for d in documents)))
    for term in more:
        numbered[term]
    terms, ranks = _ranked(numbered)
    lengths, bodies = _column(map(len, phrasings)), _column(len(d.body_terms) for d in documents)
    having = _column(len(document.phrasings) for document in documents)
    return Occurrences(
        terms=terms,
        documents=len(documents),
        phrased=ranks[phrased],
        phrasing=_repeated(lengths),
        owner=_repeated(having),
        within=_column(n for document in documents for n in range(len(document.phrasings))),
        starts=(np.cumsum(lengths) - lengths).astype(np.int32),
        body=ranks[body],
        counts=_column(chain.from_iterable(document.body_counts for document in documents)),
        holder=_repeated(bodies),
    )


def _ranked(numbered: dict[str, int]) -> tuple[list[str], Numbers]:
    """Return the terms sorted, and for each number the place of its term."""
    terms = sorted(numbered, key=sort_key)
    ranks = np.empty(len(terms), dtype=np.int32)
    ranks[[numbered[term] for term in terms]] = np.arange(len(terms), dtype=np.int32)
    return terms, ranks


def _column(numbers: Iterable[int]) -> Numbers:
    return np.fromiter(numbers, dtype=np.int32)


def _repeated(sizes: Numbers) -> Numbers:
    """Return each place as often as its size says."""
    return np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
