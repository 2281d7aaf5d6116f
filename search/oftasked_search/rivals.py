"""Which documents stand before the one that a question was written for: exact, for many questions.

`reader` scores every document that has a word of the query. Whoever asks the thousands of
phrasings of a knowledge base wants to know less: what scores at least as much as one document. So
the most that each word can add is summed up first, and only documents that may reach that score
are scored, by the same `Scorer` (MaxScore: Turtle & Flood 1995).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import dataclass
from math import isqrt
from typing import TYPE_CHECKING

from oftasked_search.queries import options, parse
from oftasked_search.scoring import FULL, Scorer, TermEntry, seek
from oftasked_search.storage import Storage
from oftasked_search.terms import Analyser
from oftasked_search.weights import IMPACT_UNIT

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from oftasked_search.manifest import Manifest
    from oftasked_search.postings import Posting
    from oftasked_search.scoring import Scored, Sought


@dataclass(frozen=True, slots=True)
class _Strengths:
    """The most that a term can add to each document, per unit of its weight and percent.

    ``phrased`` is 1 where the term is in a phrasing: only there it can have neighbours.
    """

    documents: array[int]
    most: array[int]
    phrased: array[int]
    maximum: int

    def at(self, document: int) -> int | None:
        """Return where a document's posting stands."""
        index = bisect_left(self.documents, document)
        found = index < len(self.documents) and self.documents[index] == document
        return index if found else None


@dataclass(frozen=True, slots=True)
class _Share:
    """What one candidate for a query word can add: a factor of its strength, and fixed parts."""

    strengths: _Strengths
    factor: int
    fixed: int
    neighbours: int
    maximum: int
    """The most that it can add to any document."""

    @property
    def columns(self) -> tuple[array[int], array[int], array[int]]:
        """By document, ascending: its number, the strength, whether in a phrasing."""
        return self.strengths.documents, self.strengths.most, self.strengths.phrased


class Rivals:
    """An index, asked about documents that compete for a question."""

    def __init__(self, load: Callable[[str], bytes]) -> None:
        """Open the index whose files ``load`` gives by name. Raises `SearchError`."""
        self._storage = Storage(load)
        manifest = self._storage.manifest
        self._analyser = Analyser(manifest.stemmer, self._storage.lexicon.han)
        self._strengths: dict[str, _Strengths] = {}
        self._ids = [self._storage.document(number)[0] for number in range(manifest.documents)]
        self._numbers = {identity: number for number, identity in enumerate(self._ids)}

    def before(self, query: str, identity: str) -> tuple[str, ...]:
        """Return the documents that stand before one of them in the results, the first first.

        KeyError if the index has no such document.
        """
        own = self._numbers[identity]
        words = parse(query, self._analyser)
        choices = options(words, self._storage.lexicon, self._analyser)
        terms = {option.term for choice in choices for option in choice}
        entries = self._storage.entries(terms)
        unknown = self._storage.manifest.unknown
        sought = [seek(choice, entries, unknown) for choice in choices]
        own_score = self._scored(sought, entries, [own])
        to_reach = own_score[0].score if own_score else 0
        contenders = self._contenders(sought, entries, to_reach)
        if not contenders - {own}:
            return ()
        ranked = [each.document for each in self._scored(sought, entries, contenders | {own})]
        place = ranked.index(own) if own in ranked else len(ranked)
        return tuple(self._ids[number] for number in ranked[:place])

    def _scored(
        self,
        sought: Sequence[Sought],
        entries: Mapping[str, TermEntry],
        documents: Collection[int],
    ) -> list[Scored]:
        """Score some documents as `reader` does; it needs no posting of any other."""
        ordered = sorted(documents)
        few = {
            term: TermEntry(entry.weight, self._postings(term, entry, ordered))
            for term, entry in entries.items()
        }
        scorer = Scorer(self._storage.manifest, few)
        for word in sought:
            scorer.add(word)
        return scorer.ranked()

    def _postings(self, term: str, entry: TermEntry, documents: Sequence[int]) -> list[Posting]:
        at = self._of(term, entry).at
        places = (at(document) for document in documents)
        return [entry.postings[place] for place in places if place is not None]

    def _contenders(
        self, sought: Sequence[Sought], entries: Mapping[str, TermEntry], to_reach: int
    ) -> set[int]:
        """Return the documents that may score as much; the others certainly do not.

        A document that has none of the strongest words cannot reach it: while the rest of the
        words could, all documents of the strongest are met; from then on, those met get fewer.
        """
        bonuses = _bonuses(sought, self._storage.manifest)
        shares = [
            share
            for word, bonus in zip(sought, bonuses, strict=True)
            for share in self._shares(word, entries, bonus)
        ]
        shares.sort(key=lambda share: -share.maximum)
        rest = sum(share.maximum for share in shares) + self._most_boost(sought)
        met: dict[int, int] = {}
        for share in shares:
            if rest >= to_reach:
                rest -= share.maximum
                _meet(share, met)
            else:
                rest -= share.maximum
                met = _add(share, met, to_reach - rest)
        return {document for document, score in met.items() if score + rest >= to_reach}

    def _most_boost(self, sought: Sequence[Sought]) -> int:
        manifest = self._storage.manifest
        return manifest.share.boost * len(manifest.boosts) * sum(word.weight for word in sought)

    def _shares(
        self, word: Sought, entries: Mapping[str, TermEntry], bonus: int
    ) -> Iterator[_Share]:
        covered = self._storage.manifest.share.covered * IMPACT_UNIT
        for term, percent in word.candidates:
            entry = entries[term]
            ceiling = entry.weight if word.ceiling is None else min(entry.weight, word.ceiling)
            strengths, factor = self._of(term, entry), ceiling * percent
            fixed = covered * word.weight * percent
            neighbours = bonus if term == word.main else 0
            maximum = factor * strengths.maximum + fixed + neighbours
            yield _Share(strengths, factor, fixed, neighbours, maximum)

    def _of(self, term: str, entry: TermEntry) -> _Strengths:
        found = self._strengths.get(term)
        if found is None:
            found = self._strengths[term] = _strengths(entry.postings, self._storage.manifest)
        return found


def _strengths(postings: Sequence[Posting], manifest: Manifest) -> _Strengths:
    share = manifest.share
    most = array("L")
    for posting in postings:
        in_phrasing = max((place.impact for place in posting.places), default=0)
        most.append(
            share.phrasing * in_phrasing + share.joined * posting.joined + share.body * posting.body
        )
    documents = array("L", (posting.document for posting in postings))
    phrased = array("B", (bool(posting.places) for posting in postings))
    return _Strengths(documents, most, phrased, max(most, default=0))


def _bonuses(sought: Sequence[Sought], manifest: Manifest) -> list[int]:
    """Return for each word half of what it and each of its neighbours can earn together."""
    bonuses = [0] * len(sought)
    for at in range(1, len(sought)):
        both = manifest.share.adjacent * FULL * isqrt(sought[at - 1].weight * sought[at].weight)
        for each in (at - 1, at):
            bonuses[each] += (both + 1) // 2
    return bonuses


def _meet(share: _Share, met: dict[int, int]) -> None:
    """Add the most that a candidate can give to every document that has it."""
    factor, fixed, neighbours = share.factor, share.fixed, share.neighbours
    for document, most, phrased in zip(*share.columns, strict=True):
        added = factor * most + fixed + (neighbours if phrased else 0)
        met[document] = met.get(document, 0) + added


def _add(share: _Share, met: Mapping[int, int], least: int) -> dict[int, int]:
    """Add it to the documents that were met; drop those that then have less than the least."""
    factor, fixed, neighbours = share.factor, share.fixed, share.neighbours
    documents, most, phrased = share.columns
    enough = least - share.maximum
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
