"""Analysed documents -> the weight and the postings of every term."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from oftasked_search.postings import POSITIONS, Place, Posting
from oftasked_search.weights import BODY, JOINED, PHRASING, weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from oftasked_search.analysed import Analysed
    from oftasked_search.function_words import Importance

# A body's posting is one integer, document << 4 | impact: millions of them must fit into memory.
_IMPACT_BITS = 4


class Inverted:
    """The terms of a knowledge base; documents are numbers, in the order given."""

    def __init__(self, documents: Sequence[Analysed], importance: Importance) -> None:
        self._documents = documents
        self._importance = importance
        self._shares: dict[str, float] = {}
        self.containing = _containing(documents)
        self._phrased: defaultdict[str, dict[int, tuple[int, tuple[Place, ...]]]] = defaultdict(
            dict
        )
        self._bodies: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        self._invert_phrasings()
        self._invert_bodies()

    def terms(self) -> list[str]:
        """Every term, the language's function words included, in no particular order."""
        return list(self.containing.keys() | set(self._importance.function_terms()))

    def weight(self, term: str) -> int:
        """How much finding the term says."""
        return weight(self.share(term), self.containing.get(term, 0), len(self._documents))

    def postings(self, term: str) -> list[Posting]:
        """Where the term is, by document."""
        bodies = {packed >> _IMPACT_BITS: packed & 0xF for packed in self._bodies.get(term, ())}
        phrased = self._phrased.get(term)
        if not phrased:
            return [Posting(number, 0, impact, ()) for number, impact in bodies.items()]
        postings = []
        for number in sorted(phrased.keys() | bodies.keys()):
            joined, places = phrased.get(number, (0, ()))
            postings.append(Posting(number, joined, bodies.get(number, 0), places))
        return postings

    def _invert_phrasings(self) -> None:
        lengths = [[self._length(phrasing) for phrasing in d.phrasings] for d in self._documents]
        mean = _mean(length for document in lengths for length in document)
        mean_joined = _mean(map(sum, lengths))
        for number, document in enumerate(self._documents):
            joined = Counter(term for phrasing in document.phrasings for term in phrasing)
            places = _places(document.phrasings, lengths[number], mean)
            total = sum(lengths[number])
            for term, count in joined.items():
                impact = JOINED.impact(count, total, mean_joined)
                self._phrased[term][number] = (impact, tuple(places[term]))

    def _invert_bodies(self) -> None:
        lengths = [
            sum(n * self.share(t) for t, n in zip(d.body_terms, d.body_counts, strict=True))
            for d in self._documents
        ]
        mean = _mean(length for length in lengths if length)
        bodies = self._bodies
        for number, document in enumerate(self._documents):
            packed, length = number << _IMPACT_BITS, lengths[number]
            impacts: dict[int, int] = {}
            for term, count in zip(document.body_terms, document.body_counts, strict=True):
                impact = impacts.get(count)
                if impact is None:
                    impact = impacts[count] = BODY.impact(count, length, mean)
                bodies[term].append(packed | impact)

    def _length(self, phrasing: Iterable[str]) -> float:
        return sum(self.share(term) for term in phrasing)

    def share(self, term: str) -> float:
        """Return the part of its full weight that a term deserves, in (0, 1]."""
        share = self._shares.get(term)
        if share is None:
            share = self._shares[term] = self._importance.of(term)
        return share


def _containing(documents: Sequence[Analysed]) -> Counter[str]:
    """How many documents have each term, anywhere."""
    containing: Counter[str] = Counter()
    for document in documents:
        containing.update(set(document.body_terms).union(*document.phrasings))
    return containing


def _places(
    phrasings: Sequence[Sequence[str]], lengths: Sequence[float], mean: float
) -> defaultdict[str, list[Place]]:
    """Where each term of one document is in its phrasings."""
    places: defaultdict[str, list[Place]] = defaultdict(list)
    for number, phrasing in enumerate(phrasings):
        length = lengths[number]
        once, counts = PHRASING.impact(1, length, mean), Counter(phrasing)
        for term, count in counts.items():
            impact = once if count == 1 else PHRASING.impact(count, length, mean)
            places[term].append(Place(number, impact, phrasing.index(term) % POSITIONS))
    return places


def _mean(lengths: Iterable[float]) -> float:
    known = list(lengths)
    return (sum(known) / len(known) if known else 0.0) or 1.0
