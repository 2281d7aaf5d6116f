"""Phrasings of entries -> those that ask nearly the same: for who adds one, for who reviews them.

The likeness of two phrasings is the weight of the terms they share, divided by the weight of all
their terms (a weighted Jaccard index). A term weighs as much as it is rare among the entries;
function words keep a share of that, so that they cannot make two questions alike. But a negation,
a number or *why* that only one of the two has weighs as much as the rarest term: *why can I not
pay in 3 parts* is not *can I pay in 2 parts*.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from oftasked.model import Entry
from oftasked.suggestions import closest
from oftasked_search.function_words import Importance
from oftasked_search.terms import analyser, fold

NEARLY_THE_SAME = 0.85
"""Likeness from which two entries probably answer one question."""

WORTH_ASKING = 0.4
"""Likeness from which somebody who adds a question should look at the other one first."""

_NEGATIONS = frozenset(
    """
    no not never none nothing nobody neither nor without cannot cant dont doesnt didnt wont
    wouldnt couldnt shouldnt isnt arent wasnt werent havent hasnt hadnt aint unable
    """.split()
)
_NEGATION_SIGNS = re.compile("[不没未无别勿]")
_DECISIVE = frozenset("why when where who whose".split())
"""Small words that turn a question into another one where only one of two has them."""
_SLIP = 0.82
"""How much of a word must agree (`difflib`'s ratio) with one that is known here."""
_TOO_SHORT_TO_SLIP = 4
_FILLER = 0.3
"""Words of so small a share (*the*, *please*) weigh next to nothing in a single question."""
_POLITE = re.compile("(?:您好|你好|请问|請問|想问一下|想問一下|问一下|問一下)[，,、\\s]*")
_WHETHER = re.compile(r"(.)[不没]\1|([有是能可要])[无否]|(?<=.)没有?$")
"""How Chinese asks whether: *can-not-can* denies nothing."""
_NEGATED = "\N{NOT SIGN}"
_DIGIT = re.compile(r"\d")
_SIGNS_AT_THE_END = re.compile(r"[\s?!.,;:？！。，；：~～…]+$")


@dataclass(frozen=True, slots=True, order=True)
class Phrasing:
    """A way of asking for an entry. ``number`` is its place among them; 0 is the question."""

    entry_id: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Similar:
    """A phrasing that is like a given text; ``likeness`` lies above 0, 1 is the same words."""

    entry_id: str
    phrasing: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Pair:
    """The two most similar phrasings of two entries, the one with the smaller id first."""

    one: Phrasing
    other: Phrasing
    likeness: float


@dataclass(slots=True)
class _Weights:
    """How much each term of a language weighs among so many entries."""

    lang: str
    entries: int = 0
    holding: Counter[str] = field(default_factory=Counter)
    _known: dict[str, float] = field(default_factory=dict)

    def of(self, term: str) -> float:
        """Return the weight of a term; one that no entry has weighs as much as one that one has."""
        weight = self._known.get(term)
        if weight is None:
            share = Importance(self.lang).of(term)
            share *= share if share <= _FILLER else 1
            rarity = math.log(1 + max(1, self.entries) / max(1, self.holding[term]))
            weight = self._known[term] = share * rarity
        return weight

    def total(self, terms: Iterable[str]) -> float:
        """Return what terms weigh together."""
        return math.fsum(map(self.of, terms))

    def apart(self, terms: Iterable[str]) -> float:
        """Return what terms weigh that only one of two phrasings has."""
        rarest = math.log(1 + max(1, self.entries))
        return math.fsum(rarest if _is_decisive(term) else self.of(term) for term in terms)


class Phrasings:
    """Every phrasing of some entries in one language, to be compared with each other."""

    def __init__(self, phrasings: Iterable[Phrasing], lang: str) -> None:
        """Index phrasings by their terms. Those without a word are like nothing."""
        self._lang = lang
        self._weights = _Weights(lang)
        self._by_terms: defaultdict[frozenset[str], list[Phrasing]] = defaultdict(list)
        terms_of: defaultdict[str, set[str]] = defaultdict(set)
        for phrasing in sorted(phrasings):
            terms = terms_in(phrasing.text, lang)
            terms_of[phrasing.entry_id] |= terms
            if terms:
                self._by_terms[terms].append(phrasing)
        self._weights.entries = len(terms_of)
        for terms_of_entry in terms_of.values():
            self._weights.holding.update(terms_of_entry)
        self._holders: dict[str, list[frozenset[str]]] | None = None

    @classmethod
    def of(cls, entries: Iterable[Entry], lang: str) -> Phrasings:
        """Take the phrasings that entries have in a language; those without it have none."""
        return cls(
            (
                Phrasing(entry.id, number, text)
                for entry in entries
                for wording in entry.wordings
                if wording.lang == lang
                for number, text in enumerate(wording.phrasings)
            ),
            lang,
        )

    def closest(
        self, text: str, limit: int = 3, *, at_least: float = WORTH_ASKING
    ) -> tuple[Similar, ...]:
        """Return the phrasings most like a text, the best of each entry, the most similar first."""
        asked = frozenset(map(self._as_spelt_here, terms_in(text, self._lang)))
        best: dict[str, Similar] = {}
        for terms in self._sharing(self._prefix(asked, at_least)):
            likeness = self._likeness(asked, terms)
            if likeness < at_least:
                continue
            for each in self._by_terms[terms]:
                if each.entry_id not in best or best[each.entry_id].likeness < likeness:
                    best[each.entry_id] = Similar(each.entry_id, each.text, likeness)
        order = sorted(best.values(), key=lambda each: (-each.likeness, each.entry_id))
        return tuple(order[:limit])

    def _as_spelt_here(self, term: str) -> str:
        """Return a term, or the one probably meant where no entry has it: a slip, mostly."""
        holding = self._weights.holding
        if term in holding or len(term) < _TOO_SHORT_TO_SLIP or not term.isalpha():
            return term
        return closest(term, holding, _SLIP) or term

    def near_duplicates(self, at_least: float = NEARLY_THE_SAME) -> tuple[Pair, ...]:
        """Return the pairs of entries that have phrasings as similar as this, the ids sorted.

        Of entries that share one phrasing word for word, each is paired with the first only.
        """
        best: dict[tuple[str, str], Pair] = {}
        for terms, others, likeness in self._similar_terms(at_least):
            for one, other in _across(self._by_terms[terms], self._by_terms[others]):
                first, second = sorted((one, other))
                ids = first.entry_id, second.entry_id
                pair = Pair(first, second, likeness)
                if ids not in best or _strength(best[ids]) < _strength(pair):
                    best[ids] = pair
        return tuple(pair for _, pair in sorted(best.items()))

    def _similar_terms(
        self, at_least: float
    ) -> Iterator[tuple[frozenset[str], frozenset[str], float]]:
        """Yield each two sets of terms that are alike enough, and each set with itself.

        Two sets can only be that similar if they share a term among the rarest of each: of those
        that are left when the rest of a set no longer weighs enough (prefix filtering, Chaudhuri
        et al. 2006). So each set is compared with few others.
        """
        met: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
        for terms in self._by_terms:
            yield terms, terms, 1.0
            prefix = self._prefix(terms, at_least)
            seen = dict.fromkeys(other for term in prefix for other in met[term])
            for other in seen:
                likeness = self._likeness(terms, other)
                if likeness >= at_least:
                    yield terms, other, likeness
            for term in prefix:
                met[term].append(terms)

    def _prefix(self, terms: Collection[str], at_least: float) -> list[str]:
        """Return the rarest terms of a set, of which any set that is so similar has one."""
        order = sorted(terms, key=lambda term: (self._weights.holding[term], term))
        needed = at_least * self._weights.total(terms)
        left = self._weights.total(terms)
        prefix = []
        for term in order:
            if left < needed - _ROUNDING:
                break
            prefix.append(term)
            left -= self._weights.of(term)
        return prefix

    def _sharing(self, wanted: Iterable[str]) -> Iterator[frozenset[str]]:
        """Yield every set of terms that holds one of the wanted ones."""
        if self._holders is None:
            self._holders = defaultdict(list)
            for terms in self._by_terms:
                for term in terms:
                    self._holders[term].append(terms)
        holders = self._holders
        yield from dict.fromkeys(terms for term in wanted for terms in holders.get(term, ()))

    def _likeness(self, one: frozenset[str], other: frozenset[str]) -> float:
        shared = self._weights.total(one & other)
        return shared / (shared + self._weights.apart(one ^ other)) if shared else 0.0


def same_words(one: str, other: str) -> bool:
    """Tell whether two phrasings differ in nothing but case, width, spaces and final signs."""
    return _bare(one) == _bare(other)


def terms_in(text: str, lang: str) -> frozenset[str]:
    """Return the terms of a phrasing; all words that deny are one term, another if said twice."""
    bare = _WHETHER.sub(r"\1\2", _POLITE.sub("", _bare(text)) or text)
    words = analyser(lang).words(bare)
    denied = sum(word.surface in _NEGATIONS for word in words)
    denied += len(_NEGATION_SIGNS.findall(bare))
    plain = {word.term for word in words if word.surface not in _NEGATIONS}
    return frozenset(plain | {_NEGATED * denied} - {""})


_ROUNDING = 1e-9
"""Sums of weights may differ by so much with the order of their terms."""


def _is_decisive(term: str) -> bool:
    return term in _DECISIVE or term.startswith(_NEGATED) or _DIGIT.search(term) is not None


def _bare(text: str) -> str:
    return " ".join(_SIGNS_AT_THE_END.sub("", fold(text)).split())


def _across(ones: list[Phrasing], others: list[Phrasing]) -> Iterator[tuple[Phrasing, Phrasing]]:
    """Yield pairs of phrasings of different entries: the first with each, not each with each."""
    for other in others:
        if other.entry_id != ones[0].entry_id:
            yield ones[0], other
    for one in ones if ones is not others else ():
        if one.entry_id not in (ones[0].entry_id, others[0].entry_id):
            yield one, others[0]


def _strength(pair: Pair) -> tuple[float, int, int]:
    """Order pairs by likeness; among equals, those nearest to the questions are the stronger."""
    return pair.likeness, -(pair.one.number + pair.other.number), -pair.one.number
