"""Which questions of an earlier build get the same answer in this one, without being asked again.

What a question finds depends on the weights of its words, on what the lexicon has of them, and on
the documents that come first. Where the weights and words are the same, and no document that is
new or has other postings could come among the first, the answer is the same.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from oftasked_search.changing import GONE
from oftasked_search.fronted import unfront
from oftasked_search.lexicon import allowed_typos, edits
from oftasked_search.relatedpostings import NO_ROWS
from oftasked_search.weights import IMPACT_UNIT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from oftasked_search.gathering import Gathered
    from oftasked_search.manifest import Manifest, Share
    from oftasked_search.sources import Source

    Whole = NDArray[np.int64]
    Flags = NDArray[np.bool_]

MOST_DOCUMENTS = 200  # if more are new or different, all questions are asked again
UNSURE_OF = 2  # a term of fewer documents may vanish with the phrasing that is left out


class Answered(NamedTuple):
    """How sure the first hit for a question is, and all that this depends on."""

    sureness: int
    spelt: Mapping[str, bool]  # whether the lexicon has some letters
    unknown: Sequence[str]  # words that it lacks, which may be typos of some that it has
    near: Mapping[str, int]  # checksums of the general words that a term may be a typo of
    terms: Mapping[str, int]  # the weights of the terms that were looked up, or `GONE`
    general: Mapping[str, int]  # of the general words
    gains: Sequence[tuple[str, bool, int, int]]  # term, whether general, what its rows count, cover
    pairs: Sequence[tuple[str, str, int]]  # what two terms that follow each other count
    weight: int
    first: Sequence[int]  # the documents that come first
    threshold: int  # the score that a document needs to be among them


@dataclass(frozen=True, slots=True)
class Recalled:
    """The questions of a build, by the document's key and the number of the phrasing."""

    world: Sequence[Any]  # what all answers depend on
    words: Mapping[str, str]  # of the lexicon, with their frequencies
    answers: Mapping[str, Answered]


def encoded(recalled: Recalled) -> bytes:
    """Return the bytes that `decoded` reads."""
    kept = [recalled.world, recalled.words, recalled.answers]
    return json.dumps(kept, ensure_ascii=False).encode()


def decoded(content: bytes) -> Recalled:
    """Return what `encoded` wrote; of no bytes, nothing."""
    if not content:
        return Recalled((), {}, {})
    known, words, answers = json.loads(content)
    return Recalled(known, words, {key: Answered(*answer) for key, answer in answers.items()})


def world(manifest: Manifest) -> list[Any]:
    """Return what the answers to all questions depend on, beside what each names itself."""
    stored = manifest.lexicon
    space = manifest.space
    return [manifest.unknown, [*space.scales, *space.centre], stored["synonyms"], stored["han"]]


def words_of(manifest: Manifest) -> dict[str, str]:
    """Return the words of the lexicon with how frequent they are."""
    stored = manifest.lexicon
    return dict(zip(unfront(stored["words"]), stored["frequencies"], strict=True))


def near(source: Source, term: str) -> int:
    """Return a number that changes with the general words that a term may be a typo of."""
    return zlib.crc32("\n".join(source.general_near(term)).encode())


def unchanged(
    recalled: Recalled, source: Source, gathered: Gathered, general: Mapping[str, int]
) -> dict[str, Answered]:
    """Return the answers that still hold, with the numbers that documents have now.

    ``general`` numbers the general words that lead anywhere.
    """
    change, manifest = gathered.change, source.manifest
    if list(recalled.world) != world(manifest) or change.reorders:
        return {}
    affected = _Affected(gathered, general)
    answers = {key: affected.by(answer) for key, answer in recalled.answers.items()}
    documents = sorted(set[int]().union(*answers.values()))
    if len(documents) > MOST_DOCUMENTS:
        return {}
    moved, words = change.moved.tolist(), _Words(recalled.words, source, gathered, general)
    reach = _Reach(np.array(documents, dtype=np.int64), manifest, gathered, general)
    found: dict[str, Answered] = {}
    for key, answer in recalled.answers.items():
        first = [moved[number] for number in answer.first]
        if GONE not in first and answers[key].isdisjoint(first) and words.same(answer):
            places = [bisect_left(documents, number) for number in answers[key]]
            if not places or reach.of(answer)[places].max() < answer.threshold:
                found[key] = answer._replace(first=first)
    return found


class _Affected:
    """The documents that questions may find otherwise than before."""

    def __init__(self, gathered: Gathered, general: Mapping[str, int]) -> None:
        self._all, self._general = frozenset(gathered.affected.tolist()), general
        self._own: dict[str, set[int]] = {}
        for term, document in gathered.inverted.rows.shifted.T.tolist():
            self._own.setdefault(gathered.inverted.terms[term], set()).add(document)
        self._led: dict[int, set[int]] = {}
        if gathered.relations:
            for owner, document in gathered.relations.shifted.T.tolist():
                self._led.setdefault(owner, set()).add(document)

    def by(self, answer: Answered) -> frozenset[int]:
        """Return those that the words of one question lead to in another way, or may."""
        owners = [self._general.get(term, GONE) for term, leads, _, _ in answer.gains if leads]
        led = (self._led.get(owner, ()) for owner in owners)
        return self._all.union(*led, *(self._own.get(term, ()) for term in answer.terms))


class _Words:
    """What an index has for words now."""

    def __init__(
        self,
        before: Mapping[str, str],
        source: Source,
        gathered: Gathered,
        general: Mapping[str, int],
    ) -> None:
        inverted, relations = gathered.inverted, gathered.relations
        self._source, self._unlike = source, dict[str, bool]()
        now = words_of(source.manifest)
        self._differing = {word for word, _ in now.items() ^ before.items()}
        self._spelt: dict[str, bool] = {}
        self._weights = dict(zip(inverted.terms, inverted.weights, strict=True))
        fewest = np.minimum(np.array(inverted.containing), inverted.rows.sizes_before)
        doubtful = np.flatnonzero(inverted.rows.touched & (fewest < UNSURE_OF))
        self._doubtful = {inverted.terms[number] for number in doubtful.tolist()}
        weights = relations.weights().tolist() if relations else []
        self._leads = {term: weights[number] for term, number in general.items()}

    def same(self, answer: Answered) -> bool:
        """Whether all words of a question are what they were."""
        return (
            self._doubtful.isdisjoint(answer.terms)
            and all(self._weights.get(t, GONE) == weight for t, weight in answer.terms.items())
            and all(self._leads.get(t, weight) == weight for t, weight in answer.general.items())
            and not any(map(self._is_unlike, answer.unknown))
            and all(self._has(letters) == has for letters, has in answer.spelt.items())
            and all(near(self._source, term) == each for term, each in answer.near.items())
        )

    def _is_unlike(self, unknown: str) -> bool:
        """Whether what an unknown word may be taken for has changed: words near it, its halves."""
        if unknown not in self._unlike:
            limit = allowed_typos(unknown)
            self._unlike[unknown] = any(
                unknown.startswith(word)
                or unknown.endswith(word)
                or (abs(len(word) - len(unknown)) <= limit and edits(unknown, word, limit) <= limit)
                for word in self._differing
            )
        return self._unlike[unknown]

    def _has(self, letters: str) -> bool:
        if letters not in self._spelt:
            self._spelt[letters] = letters in self._source.lexicon
        return self._spelt[letters]


@dataclass(frozen=True, slots=True, eq=False)
class Strengths:
    """What terms, and behind them general words, have in some documents: a row for each."""

    share: Share
    values: Whole
    there: Flags
    phrased: Flags

    @staticmethod
    def of(documents: Whole, share: Share, gathered: Gathered) -> Strengths:
        """Return those of some documents."""
        inverted, relations = gathered.inverted, gathered.relations
        table, rows = inverted.table, relations.rows if relations else NO_ROWS
        place = np.full(inverted.documents, GONE)
        place[documents] = np.arange(len(documents))
        own = np.flatnonzero(place[table.document] != GONE)
        led = np.flatnonzero(place[rows.document] != GONE)
        term = np.r_[
            np.searchsorted(table.starts, own, side="right") - 1,
            rows.owner[led] + len(inverted.terms),
        ]
        column = place[np.r_[table.document[own], rows.document[led]]]
        impact = np.r_[table.best_places()[0][own], rows.impact[led]].astype(np.int64)
        joined = np.r_[table.joined[own], rows.joined[led]].astype(np.int64)
        body = np.r_[table.body[own], rows.body[led]].astype(np.int64)
        size = len(inverted.terms) + (len(relations.tops) if relations else 0)
        values = np.zeros((size, len(documents)), dtype=np.int64)
        there, phrased = np.zeros_like(values, dtype=bool), np.zeros_like(values, dtype=bool)
        values[term, column] = share.phrasing * impact + share.joined * joined + share.body * body
        there[term, column], phrased[term, column] = True, impact > 0
        return Strengths(share, values, there, phrased)

    def reach(self, terms: Whole, values: Whole, covers: Whole) -> Whole:
        """Return what the terms count in each document, at the most."""
        covered = self.share.covered * IMPACT_UNIT
        total: Whole = values @ self.values[terms] + covered * (covers @ self.there[terms])
        return total

    def together(self, first: Whole, second: Whole, bonus: Whole) -> Whole:
        """Return what pairs of terms count in each document, at the most."""
        total: Whole = bonus @ (self.phrased[first] & self.phrased[second])
        return total


class _Reach:
    """The most that some documents may score for a question.

    It is more than their score: all candidates of a word count, not the best.
    """

    def __init__(
        self, documents: Whole, manifest: Manifest, gathered: Gathered, general: Mapping[str, int]
    ) -> None:
        self._own = {t: number for number, t in enumerate(gathered.inverted.terms)}
        self._general = general
        self._strengths = Strengths.of(documents, manifest.share, gathered)
        self._priors = manifest.share.boost * gathered.priors[documents].astype(np.int64)

    def of(self, answer: Answered) -> Whole:
        """Return it for each document."""
        own, general = self._own, self._general
        gains = [
            (general[term] + len(own) if leads else own[term], value, cover)
            for term, leads, value, cover in answer.gains
            if not leads or term in general
        ]
        terms, values, covers = np.array(gains, dtype=np.int64).reshape(-1, 3).T
        pairs = [(own[a], own[b], bonus) for a, b, bonus in answer.pairs]
        first, second, bonus = np.array(pairs, dtype=np.int64).reshape(-1, 3).T
        together = self._strengths.together(first, second, bonus)
        return (
            self._strengths.reach(terms, values, covers) + together + answer.weight * self._priors
        )
