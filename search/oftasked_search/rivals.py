"""Which documents stand before the one that a question was written for: exact, for many questions.

`reader` answers one question; here thousands are asked of the same index, by its columns
(`totals`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import isqrt
from typing import TYPE_CHECKING

from oftasked_search import recalling
from oftasked_search.asking import meaning
from oftasked_search.changing import GONE
from oftasked_search.queries import Through, may_be_typo, options, parse, standing, widened
from oftasked_search.recalling import Answered
from oftasked_search.scoring import (
    CUT,
    FULL,
    RelatedEntry,
    Scored,
    TermEntry,
    by_meaning,
    seek,
    sureness,
    weight_of,
)
from oftasked_search.sources import Files, Source
from oftasked_search.storage import Storage
from oftasked_search.terms import Analyser, is_unspaced
from oftasked_search.totals import Columns, Gain, Totals, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from oftasked_search.queries import Option, QueryWord
    from oftasked_search.scoring import Sought


@dataclass(frozen=True, slots=True, eq=False)
class _Term:
    """A term of the index, or the postings that a question may use of it."""

    weight: int
    columns: Columns


@dataclass(frozen=True, slots=True, eq=False)
class _General:
    """A general word, and where it leads."""

    entry: RelatedEntry
    columns: Columns


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """A question: its words, what was looked up for them, what is there, and the results."""

    words: Sequence[QueryWord]
    choices: Sequence[Sequence[Option]]
    terms: Collection[str]
    general: Collection[str]
    own: Mapping[str, _Term]
    leading: Mapping[str, _General]
    sought: Sequence[Sought]
    ranked: Sequence[Scored]


class Contest:
    """An index, asked which of its documents compete for a question; documents are numbers."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._manifest = source.manifest
        self._analyser = Analyser(self._manifest.stemmer, source.lexicon.han)
        self._totals = Totals(source.manifest)
        self._terms: dict[str, _Term | None] = {}
        self._general: dict[str, _General | None] = {}

    def before(self, query: str, own: int) -> list[int]:
        """Return the documents that stand before one of them in the results, the first first."""
        ranked = [each.document for each in self._found(query, None).ranked]
        return ranked[: ranked.index(own) if own in ranked else len(ranked)]

    def without(self, document: int, phrasing: int, text: str) -> tuple[int, Answered | None]:
        """Return how sure the first hit for a phrasing is if the phrasing had not been written.

        And all that this depends on, if that can be told: no synonym may have a part in it.
        """
        found = self._found(f"{text} ", (document, phrasing))
        sure = sureness(found.ranked, found.sought, self._manifest.unknown)
        return sure, self._answered(found, sure)

    def _answered(self, found: _Found, sure: int) -> Answered | None:
        options = (option for choice in found.choices for option in choice)
        if any(option.through is Through.SYNONYM for option in options):
            return None
        lexicon = self._source.lexicon
        typos = [word.term for word in found.words if may_be_typo(word, lexicon)]
        spaced = [word.surface for word in found.words if not is_unspaced(word.surface)]
        pairs = list(pairwise(found.words))
        letters = [word.surface for word in found.words]
        letters += [before.surface + word.surface for before, word in pairs]
        mains = [(word.main, word.weight) for word in found.sought]
        bonus = self._manifest.share.adjacent * FULL
        first = found.ranked[: self._manifest.reranked]
        scores = [each.score - each.meant for each in first]
        full = len(first) == self._manifest.reranked
        return Answered(
            sure,
            {text: text in lexicon for text in letters},
            [surface for surface in spaced if surface not in lexicon],
            {term: recalling.near(self._source, term) for term in typos},
            {term: known.weight if (known := self._term(term)) else GONE for term in found.terms},
            {t: leads.entry.weight for t in found.general if (leads := self._general_word(t))},
            [gain for word in found.sought for gain in _counts(word, found.own, found.leading)],
            [
                (a, b, bonus * isqrt(before * weight))
                for (a, before), (b, weight) in pairwise(mains)
                if a is not None and b is not None
            ],
            weight_of(found.sought),
            [each.document for each in first],
            min(scores) if full else max(1, -(-max(scores, default=0) // CUT)),
        )

    def _found(self, query: str, left_out: tuple[int, int] | None) -> _Found:
        """Return the results of a query and its words, as if one phrasing had not been written."""
        words = parse(query, self._analyser)
        choices = options(words, self._source.lexicon, self._analyser)
        asked = {option.term for choice in choices for option in choice}
        terms = self._known(asked, left_out)
        choices = widened(words, choices, self._source.lexicon, self._source.general_near)
        wider = {o.term for choice in choices for o in choice if o.related}
        general = {term: word for term in wider if (word := self._general_word(term))}
        general = {term: general[term] for term in standing(query, self._analyser, general)}
        related = {term: word.entry for term, word in general.items()}
        entries = {term: TermEntry(found.weight, ()) for term, found in terms.items()}
        sought = [seek(choice, entries, related, self._manifest.unknown) for choice in choices]
        documents, scores = self._totals.ranked([_word(word, terms, general) for word in sought])
        ranked = list(map(Scored, documents.tolist(), scores.tolist()))
        question = meaning(sought, related, self._manifest.space)
        near = self._source.direction
        nearest = by_meaning(ranked, sought, self._manifest, lambda n: question.nearness(near(n)))
        return _Found(words, choices, asked, wider, terms, general, sought, nearest)

    def _known(self, terms: set[str], left_out: tuple[int, int] | None) -> dict[str, _Term]:
        """Return those of the terms that are in anything but what is left out."""
        found = {term: known for term in terms if (known := self._term(term))}
        if left_out is None:
            return found
        document, stride = left_out[0], self._manifest.phrasings
        unit = document * stride + left_out[1]
        remaining = {
            term: _Term(known.weight, known.columns.without(document, unit, stride))
            for term, known in found.items()
        }
        return {
            term: known
            for term, known in remaining.items()
            if len(known.columns.documents) or not len(found[term].columns.documents)
        }

    def _term(self, term: str) -> _Term | None:
        if term not in self._terms:
            entry, stride = self._source.entry(term), self._manifest.phrasings
            known = _Term(entry[0], Columns.of_term(entry[1], stride)) if entry else None
            self._terms[term] = known
        return self._terms[term]

    def _general_word(self, term: str) -> _General | None:
        if term not in self._general:
            entry, stride = self._source.related(term), self._manifest.phrasings
            known = _General(entry, Columns.of_general(entry.postings, stride)) if entry else None
            self._general[term] = known
        return self._general[term]


def _counts(
    word: Sought, terms: Mapping[str, _Term], general: Mapping[str, _General]
) -> Iterator[tuple[str, bool, int, int]]:
    """Yield what the rows of each candidate count: its term, whether general, value and cover."""
    gains = list(_gains(word, terms, general))
    own = len(word.candidates)
    names = [term for term, _ in (*word.candidates, *word.related)]
    for number, (term, gain) in enumerate(zip(names, gains, strict=True)):
        yield term, number >= own, gain.value, gain.cover


def _word(word: Sought, terms: Mapping[str, _Term], general: Mapping[str, _General]) -> Word:
    main = terms[word.main].columns if word.main is not None else None
    return Word(word.weight, tuple(_gains(word, terms, general)), main)


def _gains(
    word: Sought, terms: Mapping[str, _Term], general: Mapping[str, _General]
) -> Iterator[Gain]:
    for term, percent in word.candidates:
        found = terms[term]
        ceiling = found.weight if word.ceiling is None else min(found.weight, word.ceiling)
        yield Gain(found.columns, ceiling * percent, word.weight * percent)
    for term, percent in word.related:
        value = general[term].entry.weight * percent
        yield Gain(general[term].columns, value, value)


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
