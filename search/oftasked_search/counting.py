"""One document's score for a query, counted again so that each point is known for what it is.

The formula is that of `scoring` (``FORMAT.md``, "Score").
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from math import isqrt
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from oftasked_search.asking import meaning
from oftasked_search.postings import POSITIONS, Posting
from oftasked_search.relatedpostings import Related
from oftasked_search.scoring import FULL, weight_of
from oftasked_search.weights import IMPACT_UNIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from oftasked_search.asking import Asked
    from oftasked_search.manifest import Share
    from oftasked_search.queries import Through
    from oftasked_search.scoring import Scored, Sought
    from oftasked_search.storage import Storage

R = TypeVar("R", Posting, Related)
Places = tuple[tuple[str, int], ...]
FORM, RELATED = "form", "related"
ROW, MEANING, PRIOR = "in a row", "meaning", "prior"


@dataclass(frozen=True, slots=True)
class Part:
    """Some points of a score.

    ``asked``: the words of the query; ``through``: how they match (a `Through`, "exact", `FORM`,
    `RELATED`), or what else the points are for; ``found``: the words of the entry; ``worth``:
    percent of an exact match; ``near``: for a related word the cosine, in percent; ``places``:
    the points by where the word stands.
    """

    asked: str
    through: str
    found: str
    worth: int
    near: int | None
    places: Places

    @property
    def score(self) -> int:
        """Return all its points."""
        return sum(points for _, points in self.places)


class Offer(NamedTuple):
    """What one term adds for one query word, before the shares; phrasings by number."""

    term: str
    percent: int
    phrasings: Mapping[int, int]
    joined: int
    body: int
    covered: int
    is_related: bool = False


def through_what(asked: Asked, at: int, offer: Offer) -> Through:
    """Return how a term came to stand for a word: by the option that counts most."""
    choice = asked.choices[at]
    real = asked.sought[at].ceiling is not None or choice[0].term in asked.related
    named = [option for option in choice if option.term == offer.term]
    return max(named, key=lambda option: option.known if real else option.unknown).through


@dataclass
class Counted:
    """One document's score, counted again."""

    storage: Storage
    asked: Asked
    hit: Scored
    offers: list[list[Offer]] = field(init=False)
    bonuses: list[tuple[int, dict[int, int]]] = field(init=False)
    best: int = field(init=False)
    """The number of the phrasing that scores best."""

    def __post_init__(self) -> None:
        """Collect what each word adds, and find the best phrasing."""
        self.offers = [list(self._offers(sought)) for sought in self.asked.sought]
        self.bonuses = list(self._bonuses())
        totals: dict[int, int] = {}
        for offers in self.offers:
            for number in {n for offer in offers for n in offer.phrasings}:
                gain = max(offer.phrasings.get(number, 0) for offer in offers)
                totals[number] = totals.get(number, 0) + self._share.phrasing * gain
        for _, bonus in self.bonuses:
            for number, points in bonus.items():
                totals[number] = totals.get(number, 0) + points
        self.best = min(totals, key=lambda number: (-totals[number], number), default=0)

    def words(self) -> Iterator[tuple[int, Offer, Places]]:
        """Yield which offer counts for each word, and where."""
        share = self._share
        getters: tuple[tuple[str, int, Callable[[Offer], int]], ...] = (
            ("phrasing", share.phrasing, lambda offer: offer.phrasings.get(self.best, 0)),
            ("joined", share.joined, attrgetter("joined")),
            ("body", share.body, attrgetter("body")),
            ("covered", share.covered * IMPACT_UNIT, attrgetter("covered")),
        )
        for at, offers in enumerate(self.offers):
            won: dict[int, list[tuple[str, int]]] = {}
            for name, factor, gain in getters:
                if offers:
                    number = max(range(len(offers)), key=lambda n: gain(offers[n]))
                    won.setdefault(number, []).append((name, factor * gain(offers[number])))
            for number, places in won.items():
                yield at, offers[number], tuple(place for place in places if place[1])

    def rows(self) -> Iterator[Part]:
        """Yield the rewards for words that follow each other as they do in the best phrasing."""
        words = self.asked.words
        for at, bonus in self.bonuses:
            points = bonus.get(self.best, 0)
            both = f"{words[at - 1].surface} {words[at].surface}"
            yield Part(both, ROW, "", 100, None, (("phrasing", points),))

    def whole(self) -> Iterator[Part]:
        """Yield what belongs to no single word."""
        weight = weight_of(self.asked.sought)
        level = sum(self.document < first for first in self.storage.manifest.boosts)
        yield Part("", PRIOR, "", 100, None, ((PRIOR, self._share.boost * level * weight),))
        words = ", ".join(self._meant()) if self.hit.meant else ""
        yield Part(words, MEANING, "", 100, None, ((MEANING, self.hit.meant),))

    def _meant(self) -> list[str]:
        """Return the words that point where the document does, the closest first."""
        direction = self.storage.direction(self.document)
        question = meaning(self.asked.sought, self.asked.related, self.storage.manifest.space)
        shares: dict[str, int] = {}
        for word, sought in zip(self.asked.words, self.asked.sought, strict=True):
            for term, percent in sought.related:
                gain = percent * question.share(self.asked.related[term].vector, direction)
                shares[word.surface] = shares.get(word.surface, 0) + gain
        telling = [surface for surface, gain in shares.items() if gain > 0]
        return sorted(telling, key=lambda surface: -shares[surface])

    @property
    def document(self) -> int:
        """The number of the document."""
        return self.hit.document

    @property
    def _share(self) -> Share:
        return self.storage.manifest.share

    def _offers(self, sought: Sought) -> Iterator[Offer]:
        for term, percent in sought.candidates:
            entry = self.asked.entries[term]
            posting = _at(entry.postings, self.document)
            if posting:
                ceiling = entry.weight
                if sought.ceiling is not None:
                    ceiling = min(ceiling, sought.ceiling)
                value = ceiling * percent
                phrasings = {p.phrasing: value * p.impact for p in posting.places}
                joined, body = value * posting.joined, value * posting.body
                yield Offer(term, percent, phrasings, joined, body, sought.weight * percent)
        for term, percent in sought.related:
            general = self.asked.related[term]
            row = _at(general.postings, self.document)
            if row:
                value = general.weight * percent
                phrasings = {row.phrasing: value * row.impact}
                yield Offer(
                    term,
                    percent,
                    phrasings,
                    value * row.joined,
                    value * row.body,
                    value,
                    is_related=True,
                )

    def _bonuses(self) -> Iterator[tuple[int, dict[int, int]]]:
        """Yield for each word but the first what standing behind its neighbour adds."""
        before: dict[int, int] = {}
        weight = 0
        for at, sought in enumerate(self.asked.sought):
            postings = self.asked.entries[sought.main].postings if sought.main is not None else ()
            posting = _at(postings, self.document)
            places = {place.phrasing: place.position for place in posting.places} if posting else {}
            points = self._share.adjacent * FULL * isqrt(weight * sought.weight)
            yield (
                at,
                {
                    number: points
                    for number, position in places.items()
                    if number in before and (before[number] + 1) % POSITIONS == position
                },
            )
            before, weight = places, sought.weight


def _at(postings: Sequence[R], document: int) -> R | None:
    """Return a document's row among those of a term."""
    place = bisect_left(postings, document, key=attrgetter("document"))
    found = place < len(postings) and postings[place].document == document
    return postings[place] if found else None
