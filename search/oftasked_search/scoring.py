"""Query words with their terms' postings -> a score for each document. Integers only.

`runtime/scoring.js` mirrors this module; sums and maxima of integers make the order of work
irrelevant.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import isqrt
from typing import TYPE_CHECKING

from oftasked_search.lexicon import sort_key
from oftasked_search.postings import POSITIONS, Posting
from oftasked_search.weights import IMPACT_UNIT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from oftasked_search.manifest import Manifest
    from oftasked_search.queries import Option
    from oftasked_search.relatedpostings import Related

MOST_RELATED = 3  # general words for one query word
FULL = 100 * IMPACT_UNIT  # percent times impact of a perfect match
CUT = 5  # a result scores at least a fifth of the best
MISSING = 2  # a word that nothing stands for counts so often against a hit
# Half of what the meaning as a whole gives does not make a hit surer: some document is always the
# nearest, even to a question that none answers.
# Sureness in percent is that score times (weight / 64) ** (1/4) over 20,000 times the weight. The
# root is taken of 2 ** 16 times the weight, so that the divisor is 20,000 * 64 ** (1/4) * 2 ** 4
# / 100.
LONGER_BITS = 16
SURE_UNIT = 9051


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A term of the index."""

    weight: int
    postings: Sequence[Posting]


@dataclass(frozen=True, slots=True)
class RelatedEntry:
    """A general word: what its postings weigh, how long its vector is, where it leads."""

    weight: int
    norm: int
    postings: Sequence[Related]


@dataclass(frozen=True, slots=True)
class Sought:
    """A query word ready for scoring: its weight, what stands for it (term, percent), the best."""

    weight: int
    candidates: tuple[tuple[str, int], ...]
    main: str | None
    ceiling: int | None  # the weight of the word itself, if the index has it
    related: tuple[tuple[str, int], ...]  # general words and percent


@dataclass(frozen=True, slots=True)
class Scored:
    """A document's score, and how many hundredths of the query's weight it covers."""

    document: int
    score: int
    covered: int


def seek(
    options: Sequence[Option],
    entries: Mapping[str, TermEntry],
    related: Mapping[str, RelatedEntry],
    unknown: int,
) -> Sought:
    """Choose among a word's options by what the index really has."""
    first = options[0].term
    own = entries.get(first)
    real = own is not None or first in related
    percents: dict[str, int] = {}
    general: dict[str, int] = {}
    for option in options:
        percent = option.known if real else option.unknown
        if percent and option.term in entries and not option.general:
            percents[option.term] = max(percent, percents.get(option.term, 0))
        if percent and option.related and option.term in related and len(general) < MOST_RELATED:
            general[option.term] = max(percent, general.get(option.term, 0))
    worths = {term: entries[term].weight * percent // 100 for term, percent in percents.items()}
    main = first if own else min(worths, key=lambda t: (-worths[t], sort_key(t)), default=None)
    if own:
        weight = own.weight
    else:
        wider = [related[term].weight * percent // 100 for term, percent in general.items()]
        weight = max(1, *worths.values(), *wider) if worths or wider else unknown
    return Sought(
        weight,
        tuple(percents.items()),
        main,
        own.weight if own else None,
        tuple(general.items()),
    )


def sureness(ranked: Sequence[Scored], scorer: Scorer) -> int:
    """Return how sure the first hit is, in percent of a perfect match in a plain question.

    Words that nothing stands for count as missing; a long question is surer than a short one.
    """
    if not ranked:
        return 0
    longer = isqrt(isqrt(scorer.weight << LONGER_BITS))
    twice = 2 * ranked[0].score - scorer.sense(ranked[0].document)
    return twice * longer // (2 * (scorer.weight + MISSING * scorer.missing) * SURE_UNIT)


class Scorer:
    """Sums up what each query word adds to phrasings (units) and documents."""

    def __init__(
        self,
        manifest: Manifest,
        entries: Mapping[str, TermEntry],
        related: Mapping[str, RelatedEntry],
    ) -> None:
        self._manifest = manifest
        self._entries = entries
        self._related = related
        self._units: defaultdict[int, int] = defaultdict(int)
        self._joined: defaultdict[int, int] = defaultdict(int)
        self._body: defaultdict[int, int] = defaultdict(int)
        self._covered: defaultdict[int, int] = defaultdict(int)
        self._senses: defaultdict[int, int] = defaultdict(int)
        self._norm = 0
        self._previous: tuple[int, dict[int, int]] = (0, {})
        self.weight = 0
        self.missing = 0

    def add(self, word: Sought) -> None:
        """Count one word of the query; call in the query's order."""
        self.weight += word.weight
        if not word.candidates:
            self.missing += max(0, self._manifest.unknown - word.weight)
        share, stride = self._manifest.share, self._manifest.phrasings
        best: tuple[dict[int, int], ...] = ({}, {}, {}, {})
        for term, percent in word.candidates:
            entry = self._entries[term]
            ceiling = entry.weight if word.ceiling is None else min(entry.weight, word.ceiling)
            _gather(entry.postings, ceiling * percent, word.weight * percent, stride, best)
        for term, percent in word.related:
            general = self._related[term]
            _gather_related(general.postings, general.weight * percent, stride, best)
            self._norm += (percent * general.norm) ** 2
            for row in general.postings:
                self._senses[row.document] += percent * row.sense
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
            + self.sense(document)
        )

    def sense(self, document: int) -> int:
        """How near the document's meaning is to the query's: a cosine, times the query's weight."""
        near = self._senses.get(document, 0)
        return self._manifest.share.sense * FULL * self.weight * near // max(1, isqrt(self._norm))

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


def _gather_related(
    postings: Sequence[Related], value: int, stride: int, best: tuple[dict[int, int], ...]
) -> None:
    """Raise the best gain of one query word by what one general word leads to."""
    units, joined, body, covered = best
    for row in postings:
        document = row.document
        if row.impact or row.joined or row.body:
            covered[document] = max(value, covered.get(document, 0))
        if row.body:
            body[document] = max(value * row.body, body.get(document, 0))
        if row.joined:
            joined[document] = max(value * row.joined, joined.get(document, 0))
        if row.impact:
            unit = document * stride + row.phrasing
            units[unit] = max(value * row.impact, units.get(unit, 0))
