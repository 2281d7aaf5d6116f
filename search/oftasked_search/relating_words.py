"""A general word -> the words of a knowledge base that stand for it, as `relating` chose them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from oftasked_search.relating import LEAST_COSINE, NEAREST, General

if TYPE_CHECKING:
    from collections.abc import Callable

    from oftasked_search.vocabulary import Vocabulary


class Neighbours:
    """Looks up the nearest words of one knowledge base."""

    def __init__(self, vocabulary: Vocabulary, is_known: Callable[[str], bool]) -> None:
        """Take a language's vocabulary, and what tells whether the knowledge base has a term."""
        self._general = General.of(vocabulary)
        self._is_known = is_known
        self.of = cache(self._of)

    def _of(self, term: str) -> tuple[tuple[str, int], ...]:
        """Return the nearest known words but the term itself, with their cosines in percent."""
        general = self._general
        number = general.numbers.get(term)
        if number is None:
            return ()
        products = (general.vectors @ general.vectors[number]).astype(np.float64)
        cosines = products / (general.lengths * general.lengths[number] + 1e-9)
        found: list[tuple[str, int]] = []
        for place in np.argsort(-cosines, kind="stable"):
            if cosines[place] < LEAST_COSINE or len(found) == NEAREST:
                break
            if place != number and self._is_known(general.terms[place]):
                found.append((general.terms[place], round(100 * float(cosines[place]))))
        return tuple(found)
