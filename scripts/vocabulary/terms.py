"""Words with one stem are one term, as the search's analysis has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from oftasked_search.terms import analyser
from vocabulary.distil import start, unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vocabulary.words import Known

    Floats = NDArray[np.float32]

SHARE_OF_COMMON = 0.35  # a word ten times as common counts 10 ** 0.35 times as much in its term


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of the known words."""

    names: tuple[str, ...]
    numbers: dict[str, int]
    of_word: tuple[int, ...]  # each word's term
    commonness: Floats  # of each term: all its words together


def terms_of(known: Sequence[Known]) -> Terms:
    """Return the terms of words, in the order of their commonest words."""
    words_of, numbers = analyser("en").words_of, dict[str, int]()
    of_word = [numbers.setdefault(words_of(word.surface)[-1].term, len(numbers)) for word in known]
    uses = np.bincount(of_word, [10**word.commonness for word in known])
    commonness = np.log10(uses).astype(np.float32)
    return Terms(tuple(numbers), numbers, tuple(of_word), commonness)


def beginnings(known: Sequence[Known], terms: Terms, words: Floats) -> Floats:
    """Return where the terms' vectors start, from the projected vectors of the single words."""
    shares = [10 ** (SHARE_OF_COMMON * word.commonness) for word in known]
    sums = np.zeros((len(terms.names), words.shape[1]), np.float32)
    np.add.at(sums, list(terms.of_word), unit(words) * np.array(shares, np.float32)[:, None])
    return start(sums, terms.commonness)


def bags_of(sentences: Sequence[str], terms: Terms) -> list[list[int]]:
    """Return the known terms of each sentence."""
    words, numbers = analyser("en").words, terms.numbers
    return [
        [numbers[word.term] for word in words(sentence) if word.term in numbers]
        for sentence in sentences
    ]
