"""Which documents stand before the one that a question was written for: exact, for many questions.

`reader` scores every document that has a word of the query. Whoever asks the thousands of
phrasings of a knowledge base wants to know less: what scores at least as much as one document. So
the most that all words can add is summed up first, and only documents that may reach that score
are scored, by the same `Scorer` (after MaxScore: Turtle & Flood 1995).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt
from typing import TYPE_CHECKING

import numpy as np

from oftasked_search import bounds
from oftasked_search.bounds import Bound, Strengths, related_strengths, term_strengths
from oftasked_search.queries import options, parse, standing, widened
from oftasked_search.scoring import FULL, RelatedEntry, Scorer, TermEntry, seek, sureness
from oftasked_search.sources import Files, Source
from oftasked_search.storage import Storage
from oftasked_search.terms import Analyser
from oftasked_search.weights import IMPACT_UNIT

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from oftasked_search.postings import Posting
    from oftasked_search.postingtable import Postings
    from oftasked_search.scoring import Scored, Sought

SEEDS = 4  # of the strongest words one document each, to begin with


@dataclass(frozen=True, slots=True, eq=False)
class _Term:
    """A term of the index, or the postings that a question may use of it."""

    weight: int
    postings: Postings
    strengths: Strengths


@dataclass(frozen=True, slots=True, eq=False)
class _General:
    """A general word: where it leads, what it adds by the words near it and by its meaning."""

    entry: RelatedEntry
    worded: Strengths
    sensed: Strengths


@dataclass(frozen=True, slots=True)
class _LeftOut:
    """One phrasing of one document, as if it had never been written."""

    document: int
    phrasing: int

    def remaining(self, posting: Posting) -> Posting | None:
        """Return what is left of a posting of the document."""
        places = tuple(place for place in posting.places if place.phrasing != self.phrasing)
        if places:
            return posting._replace(places=places)
        return posting._replace(places=(), joined=0) if posting.body else None

    def ends(self, postings: Sequence[Posting]) -> bool:
        """Whether a term is in nothing else."""
        only = len(postings) == 1 and postings[0].document == self.document
        return only and self.remaining(postings[0]) is None


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question: its words, and what the index has for them."""

    sought: Sequence[Sought]
    terms: Mapping[str, _Term]
    general: Mapping[str, _General]
    left_out: _LeftOut | None

    @property
    def weight(self) -> int:
        """Return how much all words weigh."""
        return sum(word.weight for word in self.sought)

    @property
    def norm(self) -> int:
        """Return the length of the question's meaning, as `Scorer` has it."""
        words = [(self.general[t].entry.norm, p) for word in self.sought for t, p in word.related]
        return max(1, isqrt(sum((norm * percent) ** 2 for norm, percent in words)))


class Contest:
    """An index, asked which of its documents compete for a question; documents are numbers."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._manifest = source.manifest
        self._analyser = Analyser(self._manifest.stemmer, source.lexicon.han)
        self._terms: dict[str, _Term | None] = {}
        self._general: dict[str, _General | None] = {}

    def before(self, query: str, own: int) -> list[int]:
        """Return the documents that stand before one of them in the results, the first first."""
        asked = self._asked(query)
        contenders = self._contenders(asked, self._best_of(asked, [own]))
        if not contenders - {own}:
            return []
        ranked = [each.document for each in self._scored(asked, contenders | {own})[0]]
        return ranked[: ranked.index(own) if own in ranked else len(ranked)]

    def sureness_without(self, document: int, phrasing: int, text: str) -> int:
        """Return how sure the first hit for a phrasing is if the phrasing had not been written."""
        asked = self._asked(f"{text} ", _LeftOut(document, phrasing))
        strongest = sorted(self._bounds(asked), key=lambda bound: -bound.maximum)[:SEEDS]
        seeds = {bound.strengths.peak for bound in strongest}
        to_reach = self._best_of(asked, seeds | {document})
        return sureness(*self._scored(asked, self._contenders(asked, to_reach)))

    def _asked(self, query: str, left_out: _LeftOut | None = None) -> _Asked:
        words = parse(query, self._analyser)
        choices = options(words, self._source.lexicon, self._analyser)
        terms = {}
        for term in {option.term for choice in choices for option in choice}:
            found = self._term(term)
            if found and not (left_out and left_out.ends(found.postings)):
                terms[term] = found
        near = self._source.general_near
        choices = widened(words, choices, self._source.lexicon, near)
        wider = {o.term for choice in choices for o in choice if o.related}
        general = {term: word for term in wider if (word := self._general_word(term))}
        general = {term: general[term] for term in standing(query, self._analyser, general)}
        related = {term: word.entry for term, word in general.items()}
        entries = {term: TermEntry(found.weight, ()) for term, found in terms.items()}
        sought = [seek(choice, entries, related, self._manifest.unknown) for choice in choices]
        return _Asked(sought, terms, general, left_out)

    def _term(self, term: str) -> _Term | None:
        if term not in self._terms:
            entry, share = self._source.entry(term), self._manifest.share
            known = _Term(*entry, term_strengths(entry[1], share)) if entry else None
            self._terms[term] = known
        return self._terms[term]

    def _general_word(self, term: str) -> _General | None:
        if term not in self._general:
            entry, share = self._source.related(term), self._manifest.share
            known = _General(entry, *related_strengths(entry.postings, share)) if entry else None
            self._general[term] = known
        return self._general[term]

    def _best_of(self, asked: _Asked, documents: Collection[int]) -> int:
        ranked, _ = self._scored(asked, documents)
        return ranked[0].score if ranked else 0

    def _scored(self, asked: _Asked, documents: Collection[int]) -> tuple[list[Scored], Scorer]:
        """Score some documents as `reader` does; it needs no posting of any other."""
        numbers = np.array(sorted(documents), dtype=np.int64)
        few = {
            term: TermEntry(found.weight, list(_few(found, numbers, asked.left_out)))
            for term, found in asked.terms.items()
        }
        related = {}
        for term, general in asked.general.items():
            entry, rows = general.entry, _rows(general.worded, numbers)
            there = [entry.postings[row] for row in rows.tolist()]
            related[term] = RelatedEntry(entry.weight, entry.norm, there)
        scorer = Scorer(self._manifest, few, related)
        for word in asked.sought:
            scorer.add(word)
        return scorer.ranked(), scorer

    def _contenders(self, asked: _Asked, to_reach: int) -> set[int]:
        """Return the documents that may score as much; the others certainly do not."""
        manifest = self._manifest
        most = bounds.most(self._bounds(asked), manifest.documents)
        boost = manifest.share.boost * len(manifest.boosts) * asked.weight
        return set(np.flatnonzero((most > 0) & (most + boost >= to_reach)).tolist())

    def _bounds(self, asked: _Asked) -> list[Bound]:
        """Return what each candidate of each word can add."""
        bonuses = bounds.bonuses(asked.sought, self._manifest)
        return [
            bound
            for word, bonus in zip(asked.sought, bonuses, strict=True)
            for bound in (*self._of_terms(word, asked, bonus), *self._of_general(word, asked))
        ]

    def _of_terms(self, word: Sought, asked: _Asked, bonus: int) -> Iterator[Bound]:
        covered = self._manifest.share.covered * IMPACT_UNIT
        for term, percent in word.candidates:
            found = asked.terms[term]
            ceiling = found.weight if word.ceiling is None else min(found.weight, word.ceiling)
            fixed, neighbours = covered * word.weight * percent, bonus if term == word.main else 0
            yield Bound(found.strengths, ceiling * percent, fixed, neighbours)

    def _of_general(self, word: Sought, asked: _Asked) -> Iterator[Bound]:
        """Yield what a general word adds by the words near it, and by its meaning."""
        share = self._manifest.share
        for term, percent in word.related:
            found = asked.general[term]
            factor = found.entry.weight * percent
            yield Bound(found.worded, factor, share.covered * IMPACT_UNIT * factor, 0)
            factor = -(-share.sense * FULL * asked.weight * percent // asked.norm)
            yield Bound(found.sensed, factor, 0, 0)


class Rivals:
    """An index in files, asked about documents that compete for a question."""

    def __init__(self, load: Callable[[str], bytes]) -> None:
        """Open the index whose files ``load`` gives by name. Raises `SearchError`."""
        storage = Storage(load)
        self._contest = Contest(Files(storage))
        self._ids = [storage.document(number)[0] for number in range(storage.manifest.documents)]
        self._numbers = {identity: number for number, identity in enumerate(self._ids)}

    def before(self, query: str, identity: str) -> tuple[str, ...]:
        """Return the documents that stand before one of them in the results, the first first.

        KeyError if the index has no such document.
        """
        before = self._contest.before(query, self._numbers[identity])
        return tuple(self._ids[number] for number in before)


def _few(term: _Term, documents: bounds.Whole, left_out: _LeftOut | None) -> Iterator[Posting]:
    """Yield a term's postings in some documents."""
    for posting in term.postings.at(_rows(term.strengths, documents)):
        if left_out and posting.document == left_out.document:
            left = left_out.remaining(posting)
            if left:
                yield left
        else:
            yield posting


def _rows(strengths: Strengths, documents: bounds.Whole) -> bounds.Whole:
    """Return where some documents stand among those of a term."""
    there = strengths.documents
    if not len(there):
        return there
    at = np.minimum(np.searchsorted(there, documents), len(there) - 1)
    rows: bounds.Whole = at[there[at] == documents]
    return rows
