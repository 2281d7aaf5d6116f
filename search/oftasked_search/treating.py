"""How a language is indexed: what counts how much, and what its words mean."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from oftasked_search import manifest, meanings, relating, stemmers, termblocks, unspaced
from oftasked_search.function_words import Importance
from oftasked_search.meanings import Meaning
from oftasked_search.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from oftasked_search.changing import Change
    from oftasked_search.inverting import Inverted
    from oftasked_search.occurrences import Occurrences
    from oftasked_search.relating import Relations

    Octets = NDArray[np.uint8]

SHARES = manifest.Share(phrasing=10, joined=10, body=3, covered=0, adjacent=5, boost=20, sense=10)
UNSPACED_SHARES = manifest.Share(
    phrasing=10, joined=10, body=6, covered=3, adjacent=5, boost=20, sense=10
)
CHINESE_SHARES = replace(UNSPACED_SHARES, adjacent=0, sense=12)
_UNSPACED_LANGUAGES = frozenset({"zh", "ja", "ko", "th", "lo", "my", "km"})


@dataclass(frozen=True)
class Treatment:
    """How texts of a language are indexed; this one knows words, but not what they mean."""

    lang: str
    share: manifest.Share
    importance: Importance
    block_bytes: int

    @property
    def numbers(self) -> Mapping[str, int]:
        """Return the general words that lead anywhere, with their numbers."""
        return {}

    def levels(self, found: Occurrences) -> Octets:
        """Return where documents point, as an index stores it; nothing if nothing is known."""
        return np.zeros((found.documents, 0), dtype=np.uint8)

    def relations(
        self, inverted: Inverted, change: Change, before: Relations | None
    ) -> Relations | None:
        """Return where general words lead; see `relating.relate`."""
        del inverted, change, before
        return None

    def meaning(self, levels: Octets, relations: Relations | None) -> Meaning:
        """Return what all that means for readers."""
        del levels, relations
        return Meaning()


@dataclass(frozen=True)
class SpacedTreatment(Treatment):
    """Words that stand apart lead to documents with words near them."""

    vocabulary: Vocabulary

    @cached_property
    def general(self) -> relating.General:
        """The general words."""
        return relating.General.of(self.vocabulary)

    @property
    def numbers(self) -> Mapping[str, int]:
        """Return the general words that lead anywhere, with their numbers."""
        return self.general.numbers

    def levels(self, found: Occurrences) -> Octets:
        """Return where documents point."""
        return meanings.levels(self.vocabulary, meanings.meanings(self.general, found))

    def relations(
        self, inverted: Inverted, change: Change, before: Relations | None
    ) -> Relations | None:
        """Return where general words lead."""
        telling = relating.telling(self.general, self.importance)
        return relating.relate(self.general, telling, inverted, change, before)

    def meaning(self, levels: Octets, relations: Relations | None) -> Meaning:
        """Return what all that means for readers; nothing if documents have no general word."""
        if relations is None or not len(relations.strongest.words):
            return Meaning()
        related = relating.related(self.general, relations)
        return Meaning.of(self.vocabulary, related, levels)


@dataclass(frozen=True)
class UnspacedTreatment(Treatment):
    """Words in text without spaces have a meaning, but lead nowhere."""

    vocabulary: Vocabulary

    def levels(self, found: Occurrences) -> Octets:
        """Return where documents point."""
        return meanings.levels(self.vocabulary, unspaced.meanings(self.vocabulary, found))

    def meaning(self, levels: Octets, relations: Relations | None) -> Meaning:
        """Return what all that means for readers."""
        del relations
        if not len(levels):
            return Meaning()
        related = unspaced.related(self.vocabulary, len(levels))
        return Meaning.of(self.vocabulary, related, levels)


def treatment(lang: str, *, meaning: bool) -> Treatment:
    """Return how a language is indexed, with or without what words mean."""
    language = stemmers.primary(lang)
    words = Vocabulary.open(lang) if meaning else None
    if language in unspaced.LANGUAGES:
        importance = unspaced.importance(lang)
        if not words:
            return Treatment(lang, CHINESE_SHARES, importance, unspaced.BLOCK_BYTES)
        least = unspaced.BLOCK_BYTES
        return UnspacedTreatment(lang, CHINESE_SHARES, importance, least, words)
    if language in _UNSPACED_LANGUAGES:
        return Treatment(lang, UNSPACED_SHARES, Importance(lang), termblocks.LEAST_BYTES)
    if not words:
        return Treatment(lang, SHARES, Importance(lang), termblocks.LEAST_BYTES)
    importance = Importance(lang, words.share)
    return SpacedTreatment(lang, SHARES, importance, termblocks.LEAST_BYTES, words)
