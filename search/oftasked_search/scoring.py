"""Query words with their terms' postings -> a score for each document. Integers only.

`runtime/scoring.js` mirrors this module; sums and maxima of integers make the order of work
irrelevant.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import isqrt
from typing import TYPE_CHECKING

from oftasked_search.postings import POSITIONS, Posting
from oftasked_search.weights import IMPACT_UNIT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from oftasked_search.manifest import Manifest
    from oftasked_search.queries import Option

FULL = 100 * IMPACT_UNIT  # percent times impact of a perfect match
CUT = 5  # a result scores at least a fifth of the best
# So many points of score, per unit of weight, make a hit as sure as one more percent covered.
POINTS_PER_PERCENT = 400


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A term of the index."""

    weight: int
    postings: Sequence[Posting]


@dataclass(frozen=True, slots=True)
class Sought:
    """A query word ready for scoring: its weight, what stands for it (term, percent), the best."""

    weight: int
    candidates: tuple[tuple[str, int], ...]
    main: str | None
    ceiling: int | None  # the weight of the word itself, if the index has it


@dataclass(frozen=True, slots=True)
class Scored:
    """A document's score, and how many hundredths of the query's weight it covers."""

    document: int
    score: int
    covered: int


def seek(options: Sequence[Option], entries: Mapping[str, TermEntry], unknown: int) -> Sought:
    """Choose among a word's options by what the index really has."""
    own = entries.get(options[0].term)
    percents: dict[str, int] = {}
    for option in options:
        percent = option.unknown if own is None else option.known
        if percent and option.term in entries:
            percents[option.term] = max(percent, percents.get(option.term, 0))
    if not percents:
        return Sought(unknown, (), None, None)
    worth = {term: entries[term].weight * percent // 100 for term, percent in percents.items()}
    main = (
        options[0].term if own else min(percents, key=lambda t: (-worth[t], t.encode("utf-16-be")))
    )
    weight = own.weight if own else max(1, worth[main])
    return Sought(weight, tuple(percents.items()), main, own.weight if own else None)


def is_confident(ranked: Sequence[Scored], weight: int, percent: int) -> bool:
    """Whether the first hit covers enough of the query's weight, and well enough."""
    if not ranked:
        return False
    sureness = POINTS_PER_PERCENT * ranked[0].covered + ranked[0].score
    return sureness >= POINTS_PER_PERCENT * percent * weight


class Scorer:
    """Sums up what each query word adds to phrasings (units) and documents."""

    def __init__(self, manifest: Manifest, entries: Mapping[str, TermEntry]) -> None:
        self._manifest = manifest
        self._entries = entries
        self._units: defaultdict[int, int] = defaultdict(int)
        self._joined: defaultdict[int, int] = defaultdict(int)
        self._body: defaultdict[int, int] = defaultdict(int)
        self._covered: defaultdict[int, int] = defaultdict(int)
        self._previous: tuple[int, dict[int, int]] = (0, {})
        self.weight = 0

    def add(self, word: Sought) -> None:
        """Count one word of the query; call in the query's order."""
        self.weight += word.weight
        share, stride = self._manifest.share, self._manifest.phrasings
        best: tuple[dict[int, int], ...] = ({}, {}, {}, {})
        for term, percent in word.candidates:
            entry = self._entries[term]
            ceiling = entry.weight if word.ceiling is None else min(entry.weight, word.ceiling)
            _gather(entry.postings, ceiling * percent, word.weight * percent, stride, best)
        shares = (share.phrasing, share.joined, share.body, 1)
        totals = (self._units, self._joined, self._body, self._covered)
        for factor, gains, total in zip(shares, best, totals, strict=True):
            for key, gain in gains.items():
                total[key] += factor * gain
        self._reward_neighbours(word)

    def ranked(self, allowed: Callable[[int], bool] | None = None) -> list[Scored]:
        """Return the allowed documents that have any word, best first, without weak ones."""
        phrasing: dict[int, int] = {}
        for unit, gain in self._units.items():
            document = unit // self._manifest.phrasings
            phrasing[document] = max(gain, phrasing.get(document, 0))
        scored = [
            Scored(document, self._score(document, phrasing.get(document, 0)), covered)
            for document, covered in self._covered.items()
            if allowed is None or allowed(document)
        ]
        scored.sort(key=lambda entry: (-entry.score, entry.document))
        return [entry for entry in scored if entry.score * CUT >= scored[0].score]

    def _score(self, document: int, phrasing: int) -> int:
        share = self._manifest.share
        level = sum(document < first for first in self._manifest.boosts)
        return (
            phrasing
            + self._joined.get(document, 0)
            + self._body.get(document, 0)
            + share.covered * IMPACT_UNIT * self._covered[document]
            + share.boost * level * self.weight
        )

    def _reward_neighbours(self, word: Sought) -> None:
        """Words that follow each other in the query and in a phrasing."""
        stride = self._manifest.phrasings
        places: dict[int, int] = {}
        for posting in self._entries[word.main].postings if word.main is not None else ():
            for place in posting.places:
                places[posting.document * stride + place.phrasing] = place.position
        weight, before = self._previous
        bonus = self._manifest.share.adjacent * FULL * isqrt(weight * word.weight)
        for unit, position in places.items():
            if unit in before and (before[unit] + 1) % POSITIONS == position:
                self._units[unit] += bonus
        self._previous = (word.weight, places)


def _gather(
    postings: Sequence[Posting],
    value: int,
    cover: int,
    stride: int,
    best: tuple[dict[int, int], ...],
) -> None:
    """Raise the best gain of one query word by one candidate's postings."""
    units, joined, body, covered = best
    for posting in postings:
        document = posting.document
        covered[document] = max(cover, covered.get(document, 0))
        if posting.body:
            body[document] = max(value * posting.body, body.get(document, 0))
        if posting.joined:
            joined[document] = max(value * posting.joined, joined.get(document, 0))
        for place in posting.places:
            unit = document * stride + place.phrasing
            units[unit] = max(value * place.impact, units.get(unit, 0))
