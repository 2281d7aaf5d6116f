"""How much a word says: soft stop words.

Nothing is dropped. A function word keeps a share of its weight, so that *how*, *not* and *when*
still
count and a query of such words alone still finds something.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import TYPE_CHECKING

from oftasked_search.stemmers import primary
from oftasked_search.terms import analyser, is_unspaced

if TYPE_CHECKING:
    from collections.abc import Callable

FULL = 1.0
LEARNT = 0.3  # how much the learnt share counts
# A single character says less than the pair it stands in (chosen on the development sets of
# Chinese questions).
SINGLE_CHARACTER = 0.35


class Importance:
    """Share of its full weight, in (0, 1], that each term of a language deserves.

    ``learnt`` gives the share that a vocabulary has learnt; the two are averaged, as logarithms.
    """

    def __init__(self, lang: str, learnt: Callable[[str], float] | None = None) -> None:
        self._shares = _shares(lang)
        self._learnt = learnt

    def function_terms(self) -> list[str]:
        """Return the function words as terms: readers know them even if no document has them."""
        return sorted(self._shares)

    def of(self, term: str) -> float:
        """Return the share of one term; a pair of characters has the geometric mean of its two."""
        if not is_unspaced(term):
            share = self._shares.get(term, FULL)
            return share ** (1 - LEARNT) * self._learnt(term) ** LEARNT if self._learnt else share
        shares = [self._shares.get(character, FULL) for character in term]
        return SINGLE_CHARACTER * shares[0] if len(shares) == 1 else sqrt(shares[0] * shares[1])


@cache
def _shares(lang: str) -> dict[str, float]:
    """Return term -> share for a language; Chinese, Japanese and Korean texts have English too."""
    languages = {primary(lang)} | ({"en"} if primary(lang) in {"zh", "ja", "ko"} else set())
    shares: defaultdict[str, float] = defaultdict(float)
    for language, percent, words in _lists():
        if language in languages:
            for word in analyser(lang).words(" ".join(words)):
                shares[word.term] = max(shares[word.term], percent / 100)
    return dict(shares)


@cache
def _lists() -> tuple[tuple[str, int, tuple[str, ...]], ...]:
    text = files("oftasked_search").joinpath("data/function_words.txt").read_text(encoding="utf-8")
    rows = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return tuple((row[0], int(row[1]), tuple(row[2:])) for row in rows)
