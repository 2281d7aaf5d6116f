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
MEANT = FULL // 1000  # a point of nearness, which is given in thousandths
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
    """A general word: what its postings weigh, its vector (`directions`), where it leads."""

    weight: int
    vector: bytes
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
    """A document's score, and the part of it that its meaning gives."""

    document: int
    score: int
    meant: int = 0


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


def weight_of(sought: Sequence[Sought]) -> int:
    """Return how much all words of a query weigh."""
    return sum(word.weight for word in sought)


def sureness(ranked: Sequence[Scored], sought: Sequence[Sought], unknown: int) -> int:
    """Return how sure the first hit is, in percent of a perfect match in a plain question.

    Words that nothing stands for count as missing; a long question is surer than a short one.
    """
    if not ranked:
        return 0
    weight = weight_of(sought)
    missing = sum(max(0, unknown - word.weight) for word in sought if not word.candidates)
    longer = isqrt(isqrt(weight << LONGER_BITS))
    twice = 2 * ranked[0].score - ranked[0].meant
    return twice * longer // (2 * (weight + MISSING * missing) * SURE_UNIT)


def by_meaning(
    ranked: Sequence[Scored],
    sought: Sequence[Sought],
    manifest: Manifest,
    nearness: Callable[[int], int],
) -> list[Scored]:
    """Return ranked documents with the first few put in order again by what they mean, too.

    Directions of few documents are all that a reader has to fetch. (Measured: those behind the
    first sixteen hardly ever belong among the first three.)
    """
    most = manifest.reranked
    factor = manifest.share.sense * MEANT * weight_of(sought)
    gains = [factor * nearness(entry.document) for entry in ranked[:most]]
    first = [
        Scored(entry.document, entry.score + gain, gain)
        for entry, gain in zip(ranked, gains, strict=False)
    ]
    first.sort(key=lambda entry: (-entry.score, entry.document))
    return [*first, *ranked[most:]]


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
        for term, percent in word.related:
            general = self._related[term]
            _gather_related(general.postings, general.weight * percent, stride, best)
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
            Scored(document, self._score(document, phrasing.get(document, 0)))
            for document in self._covered
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


def _gather_related(
    postings: Sequence[Related], value: int, stride: int, best: tuple[dict[int, int], ...]
) -> None:
    """Raise the best gain of one query word by what one general word leads to."""
    units, joined, body, covered = best
    for row in postings:
        document = row.document
        covered[document] = max(value, covered.get(document, 0))
        if row.body:
            body[document] = max(value * row.body, body.get(document, 0))
        if row.joined:
            joined[document] = max(value * row.joined, joined.get(document, 0))
        if row.impact:
            unit = document * stride + row.phrasing
            units[unit] = max(value * row.impact, units.get(unit, 0))
