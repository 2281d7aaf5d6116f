"""Fills the slots of sentence patterns with WordNet's words, grouped by what they stand for.

A word counts by its commonest meaning only: a *side* is no document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from random import Random

    from vocabulary.sources import Synset

# WordNet's lexicographer files: which meanings a kind of slot takes.
NOUNS = {
    "thing": {6, 21, 13},
    "doc": {10, 9},
    "act": {4},
    "money": {21},
    "person": {18},
    "place": {15, 14},
    "event": {11, 28},
    "state": {26, 12},
    "attr": {7, 24, 23},
    "time": {28},
    "food": {13, 20},
    "body": {8},
    "subst": {27, 19},
}
PLURALS = {"things": "thing", "docs": "doc", "people": "person"}
TRANSITIVE = frozenset({8, 9, 10, 11, 14, 15, 16, 17, 18, 19, 20, 21, 24, 25, 30, 31})
FAVOUR_COMMON = 0.6  # a word ten times as common is chosen 10 ** 0.6 times as often
LEAST_COMMON = 3.0
_SLOT = re.compile(r"\{([a-z]+)[0-9]?(b?)\}")
_DOUBLED = re.compile(r"(?:^|[^aeiou])[aeiou][bdgklmnprt]$")


@dataclass(frozen=True, slots=True)
class Choice:
    """Words of one kind and how often each is chosen, as running totals."""

    words: tuple[str, ...]
    totals: tuple[float, ...]

    def draw(self, chance: Random) -> str:
        """Return one of the words."""
        return chance.choices(self.words, cum_weights=self.totals)[0]


class Filler:
    """Makes sentences of patterns."""

    def __init__(
        self,
        meanings: Iterable[Synset],
        chief: Mapping[tuple[str, str], str],
        common: Mapping[str, float],
        irregular: Mapping[str, Mapping[str, str]],
    ) -> None:
        kinds: dict[str, set[str]] = {}
        for meaning in meanings:
            part, offset = meaning.part, meaning.offset
            lemmas = [lemma for lemma in meaning.lemmas if chief.get((part, lemma)) == offset]
            for kind in _kinds(meaning):
                kinds.setdefault(kind, set()).update(lemmas)
        self._choices = {kind: _choice(words, common) for kind, words in sorted(kinds.items())}
        self._forms = Forms(irregular)

    def fill(self, pattern: str, chance: Random) -> str:
        """Return the pattern with a word in every slot."""
        return _SLOT.sub(lambda slot: self._word(slot.group(1), slot.group(0), chance), pattern)

    def _word(self, kind: str, slot: str, chance: Random) -> str:
        if slot == "{v2}":
            return self._forms.third_person(self._choices["v"].draw(chance))
        if kind in PLURALS:
            return self._forms.plural(self._choices[PLURALS[kind]].draw(chance))
        if kind == "ving":
            return self._forms.present(self._choices["v"].draw(chance))
        if kind == "ved":
            return self._forms.past(self._choices["v"].draw(chance))
        return self._choices[kind].draw(chance)


class Forms:
    """English inflection, good enough for patterns: the exceptions are WordNet's."""

    def __init__(self, irregular: Mapping[str, Mapping[str, str]]) -> None:
        self._plurals = _inverted(irregular["noun"], ending="")
        self._pasts = _inverted(irregular["verb"], ending="ing", without=True)
        self._presents = _inverted(irregular["verb"], ending="ing")

    def plural(self, noun: str) -> str:
        """Return *boxes* for *box*."""
        head, _, last = noun.rpartition(" ")
        return f"{head} {self._plurals.get(last) or _with_s(last)}".strip()

    def third_person(self, verb: str) -> str:
        """Return *tries on* for *try on*."""
        first, _, rest = verb.partition(" ")
        return f"{_with_s(first)} {rest}".strip()

    def past(self, verb: str) -> str:
        """Return a past form, participle or not: *paid* for *pay*."""
        first, _, rest = verb.partition(" ")
        return f"{self._pasts.get(first) or _suffixed(first, 'ed')} {rest}".strip()

    def present(self, verb: str) -> str:
        """Return *paying off* for *pay off*."""
        first, _, rest = verb.partition(" ")
        return f"{self._presents.get(first) or _suffixed(first, 'ing')} {rest}".strip()


def _kinds(meaning: Synset) -> list[str]:
    if meaning.part == "noun":
        return [kind for kind, fields in NOUNS.items() if meaning.field in fields]
    if meaning.part == "verb":
        return ["v" if meaning.frames & TRANSITIVE else "vi"]
    return [meaning.part]


def _choice(words: set[str], common: Mapping[str, float]) -> Choice:
    kept, totals, total = [], [], 0.0
    for word in sorted(words):
        parts = word.split()
        commonness = min(common.get(part, 0.0) for part in parts)
        if commonness >= LEAST_COMMON and len(parts) <= 2:
            total += 10 ** (FAVOUR_COMMON * commonness - (len(parts) - 1))
            kept.append(word)
            totals.append(total)
    return Choice(tuple(kept), tuple(totals))


def _inverted(forms: Mapping[str, str], ending: str, *, without: bool = False) -> dict[str, str]:
    """Return base -> irregular form, for the forms with an ending or those without it."""
    return {
        base: form
        for form, base in sorted(forms.items())
        if form.endswith(ending) != without and not (without and form.endswith("s"))
    }


def _with_s(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _suffixed(word: str, suffix: str) -> str:
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")):
        return word[:-1] + suffix
    if word.endswith("y") and suffix == "ed" and word[-2:-1] not in "aeiou":
        return word[:-1] + "ied"
    if _DOUBLED.search(word) and len(word) <= 4:
        return word + word[-1] + suffix
    return word + suffix
