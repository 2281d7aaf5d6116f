"""Which documents stand before the one that a question was written for: exact, for many questions.

`reader` scores every document that has a word of the query. Whoever asks the thousands of
phrasings of a knowledge base wants to know less: what scores at least as much as one document. So
the most that each word can add is summed up first, and only documents that may reach that score
are scored, by the same `Scorer` (MaxScore: Turtle & Flood 1995).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isqrt
from typing import TYPE_CHECKING, TypeVar

from oftasked_search import bounds
from oftasked_search.bounds import Bound, Strengths, in_texts, strengths_of
from oftasked_search.postings import Posting
from oftasked_search.queries import options, parse, standing
from oftasked_search.relatedpostings import Related
from oftasked_search.scoring import FULL, RelatedEntry, Scorer, TermEntry, seek, sureness
from oftasked_search.storage import Storage
from oftasked_search.terms import Analyser
from oftasked_search.weights import IMPACT_UNIT

Row = TypeVar("Row", Posting, Related)
SEEDS = 4  # of the strongest words one document each, to begin with

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from oftasked_search.scoring import Scored, Sought


@dataclass(frozen=True, slots=True)
class _LeftOut:
    """One phrasing of one document, as if it had never been written."""

    document: int
    phrasing: int

    def remaining(self, postings: Iterable[Posting]) -> Iterator[Posting]:
        """Yield what is left of some postings."""
        for posting in postings:
            if posting.document != self.document:
                yield posting
                continue
            places = tuple(place for place in posting.places if place.phrasing != self.phrasing)
            if places:
                yield posting._replace(places=places)
            elif posting.body:
                yield posting._replace(places=(), joined=0)

    def ends(self, entry: TermEntry) -> bool:
        """Whether a term is in nothing else."""
        only = len(entry.postings) == 1 and entry.postings[0].document == self.document
        return only and not list(self.remaining(entry.postings))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question: its words, and what the index has for them."""

    sought: Sequence[Sought]
    entries: Mapping[str, TermEntry]
    related: Mapping[str, RelatedEntry]
    left_out: _LeftOut | None

    @property
    def weight(self) -> int:
        """Return how much all words weigh."""
        return sum(word.weight for word in self.sought)

    @property
    def norm(self) -> int:
        """Return the length of the question's meaning, as `Scorer` has it."""
        words = [(self.related[t].norm, p) for word in self.sought for t, p in word.related]
        return max(1, isqrt(sum((norm * percent) ** 2 for norm, percent in words)))


class Rivals:
    """An index, asked about documents that compete for a question."""

    def __init__(self, load: Callable[[str], bytes]) -> None:
        """Open the index whose files ``load`` gives by name. Raises `SearchError`."""
        self._storage = Storage(load)
        manifest = self._storage.manifest
        self._analyser = Analyser(manifest.stemmer, self._storage.lexicon.han)
        self._strengths: dict[str, Strengths] = {}
        self._ids = [self._storage.document(number)[0] for number in range(manifest.documents)]
        self._numbers = {identity: number for number, identity in enumerate(self._ids)}

    def before(self, query: str, identity: str) -> tuple[str, ...]:
        """Return the documents that stand before one of them in the results, the first first.

        KeyError if the index has no such document.
        """
        own = self._numbers[identity]
        asked = self._asked(query)
        contenders = self._contenders(asked, self._best_of(asked, [own]))
        if not contenders - {own}:
            return ()
        ranked = [each.document for each in self._scored(asked, contenders | {own})[0]]
        place = ranked.index(own) if own in ranked else len(ranked)
        return tuple(self._ids[number] for number in ranked[:place])

    def sureness_without(self, document: int, phrasing: int, text: str) -> int:
        """Return how sure the first hit for a phrasing is if the phrasing had not been written."""
        left_out = _LeftOut(document, phrasing)
        asked = self._asked(f"{text} ", left_out)
        seeds = {bound.strengths.peak for bound in self._all_bounds(asked)[:SEEDS]}
        to_reach = self._best_of(asked, seeds | {document})
        return sureness(*self._scored(asked, self._contenders(asked, to_reach)))

    def _asked(self, query: str, left_out: _LeftOut | None = None) -> _Asked:
        words = parse(query, self._analyser)
        choices = options(words, self._storage.lexicon, self._analyser)
        found = self._storage.entries({option.term for choice in choices for option in choice})
        entries = {t: e for t, e in found.items() if left_out is None or not left_out.ends(e)}
        general = self._storage.related({o.term for c in choices for o in c if o.related})
        related = {term: general[term] for term in standing(query, self._analyser, general)}
        unknown = self._storage.manifest.unknown
        sought = [seek(choice, entries, related, unknown) for choice in choices]
        return _Asked(sought, entries, related, left_out)

    def _best_of(self, asked: _Asked, documents: Collection[int]) -> int:
        ranked, _ = self._scored(asked, documents)
        return ranked[0].score if ranked else 0

    def _scored(self, asked: _Asked, documents: Collection[int]) -> tuple[list[Scored], Scorer]:
        """Score some documents as `reader` does; it needs no posting of any other."""
        ordered = sorted(documents)
        few = {}
        for term, entry in asked.entries.items():
            postings = self._few(entry.postings, term, ordered)
            if asked.left_out:
                postings = list(asked.left_out.remaining(postings))
            few[term] = replace(entry, postings=postings)
        related = {
            term: replace(entry, postings=self._few(entry.postings, f"~{term}", ordered))
            for term, entry in asked.related.items()
        }
        scorer = Scorer(self._storage.manifest, few, related)
        for word in asked.sought:
            scorer.add(word)
        return scorer.ranked(), scorer

    def _few(self, postings: Sequence[Row], key: str, documents: Sequence[int]) -> list[Row]:
        at = self._of(key, postings).at
        places = (at(document) for document in documents)
        return [postings[place] for place in places if place is not None]

    def _contenders(self, asked: _Asked, to_reach: int) -> set[int]:
        """Return the documents that may score as much; the others certainly do not.

        A document that has none of the strongest words cannot reach it: while the rest of the
        words could, all documents of the strongest are met; from then on, those met get fewer.
        """
        found = self._all_bounds(asked)
        rest = sum(bound.maximum for bound in found) + self._most_boost(asked)
        met: dict[int, int] = {}
        for bound in found:
            if rest >= to_reach:
                rest -= bound.maximum
                bounds.meet(bound, met)
            else:
                rest -= bound.maximum
                met = bounds.add(bound, met, to_reach - rest)
        return {document for document, score in met.items() if score + rest >= to_reach}

    def _all_bounds(self, asked: _Asked) -> list[Bound]:
        """Return what each candidate of each word can add, the strongest first."""
        bonuses = bounds.bonuses(asked.sought, self._storage.manifest)
        found = [
            bound
            for word, bonus in zip(asked.sought, bonuses, strict=True)
            for bound in (*self._bounds(word, asked, bonus), *self._related_bounds(word, asked))
        ]
        return sorted(found, key=lambda bound: -bound.maximum)

    def _most_boost(self, asked: _Asked) -> int:
        manifest = self._storage.manifest
        return manifest.share.boost * len(manifest.boosts) * asked.weight

    def _bounds(self, word: Sought, asked: _Asked, bonus: int) -> Iterator[Bound]:
        covered = self._storage.manifest.share.covered * IMPACT_UNIT
        for term, percent in word.candidates:
            entry = asked.entries[term]
            ceiling = entry.weight if word.ceiling is None else min(entry.weight, word.ceiling)
            strengths, factor = self._of(term, entry.postings), ceiling * percent
            fixed = covered * word.weight * percent
            neighbours = bonus if term == word.main else 0
            maximum = factor * strengths.maximum + fixed + neighbours
            yield Bound(strengths, factor, fixed, neighbours, maximum)

    def _related_bounds(self, word: Sought, asked: _Asked) -> Iterator[Bound]:
        """Yield what a general word adds by the words near it, and by its meaning."""
        share = self._storage.manifest.share
        for term, percent in word.related:
            entry = asked.related[term]
            factor = entry.weight * percent
            strengths = self._of(f"~{term}", entry.postings)
            fixed = share.covered * IMPACT_UNIT * factor
            yield Bound(strengths, factor, fixed, 0, factor * strengths.maximum + fixed)
            senses = self._strengths[f"?{term}"]
            factor = -(-share.sense * FULL * asked.weight * percent // asked.norm)
            yield Bound(senses, factor, 0, 0, factor * senses.maximum)

    def _of(self, key: str, postings: Sequence[Posting | Related]) -> Strengths:
        found = self._strengths.get(key)
        if found is None:
            share = self._storage.manifest.share
            found = strengths_of(postings, [in_texts(posting, share) for posting in postings])
            self._strengths[key] = found
            if key.startswith("~"):
                senses = [row.sense for row in postings if isinstance(row, Related)]
                self._strengths[f"?{key[1:]}"] = strengths_of(postings, senses)
        return found
