"""Which words a table knows, and how common each of them is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import log10
from typing import TYPE_CHECKING

from oftasked_search.terms import analyser

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# Commonness is the decimal logarithm of how often a word stands in a milliard words ("Zipf scale"):
# *the* about 7.5, *of* 7.3, a word of everyday life 4 to 5, a rare one 2.
PER_MILLIARD = 9.0
FLATTENING = 2.7  # Mandelbrot's constant: the first ranks differ less than Zipf's law has it
# A word that no ranked list has: how common, by the level at which spelling dictionaries admit it.
BY_LEVEL = {10: 3.6, 20: 3.5, 35: 3.1, 40: 2.9, 50: 2.6, 55: 2.4, 60: 2.2}
CONTRACTIONS = {10: 5.5, 35: 4.5, 40: 4.0}
MODERN = 4.0
# Each tenfold use in the dictionary's own definitions and examples makes a word that much commoner.
PER_TENFOLD_USE = 0.35


@dataclass(frozen=True, slots=True)
class Known:
    """A word as written in lower case, and how common it is."""

    surface: str
    commonness: float


def used(texts: Iterable[str]) -> Counter[str]:
    """Count the words of texts as the search's analysis has them."""
    counted: Counter[str] = Counter()
    words_of = analyser("en").words
    for text in texts:
        counted.update(word.surface for word in words_of(text))
    return counted


def known_words(
    ranked: Sequence[str],
    levels: Mapping[str, int],
    modern: Iterable[str],
    uses: Mapping[str, int],
) -> list[Known]:
    """Return the words of a table, the commonest first; a word of several sources once."""
    found: dict[str, float] = {}
    for word in modern:
        _raise(found, word, MODERN)
    for word, level in sorted(levels.items()):
        if level in (CONTRACTIONS if "'" in word else BY_LEVEL):
            _raise(found, word, _by_level(word, level, uses))
    total = sum(1 / (number + 1 + FLATTENING) for number in range(len(ranked)))
    for rank, word in enumerate(ranked):
        _set(found, word, PER_MILLIARD - log10((rank + 1 + FLATTENING) * total))
    known = [Known(word, round(value, 3)) for word, value in found.items()]
    return sorted(known, key=lambda word: (-word.commonness, word.surface))


def _by_level(word: str, level: int, uses: Mapping[str, int]) -> float:
    if "'" in word:
        return CONTRACTIONS[level]
    return BY_LEVEL[level] + PER_TENFOLD_USE * log10(1 + uses.get(word, 0))


def _set(found: dict[str, float], word: str, commonness: float) -> None:
    for part in analyser("en").words(word):
        found[part.surface] = commonness


def _raise(found: dict[str, float], word: str, commonness: float) -> None:
    for part in analyser("en").words(word):
        found[part.surface] = max(commonness, found.get(part.surface, 0.0))
