"""The formulas of ranking: how rare a term is, how much it stands out in a text. Build time only.

Source: BM25 (Robertson & Zaragoza 2009), split into a term's weight and a text's impact so that
both can be stored as small integers; constants, also those of `relating`, `queries` and
`calibrating`, by measuring on question sets, each time leaving one out (`bench/constants.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.integer[Any]]
    Floats = NDArray[np.float64]

WEIGHT_UNIT = 64  # a weight of 1.0 as an integer
IMPACT_UNIT = 20  # an impact of 1.0 as an integer; impacts over 0.75 are cut to fit four bits
IMPACT_MAX = 15
BOOST_LEVELS = 15


@dataclass(frozen=True, slots=True)
class Saturation:
    """How fast repetition stops counting (k1) and how much long texts are held back (b)."""

    k1: float
    b: float

    def impacts(
        self, frequency: Whole, lengths: Whole, text: Whole, mean_length: float
    ) -> NDArray[np.uint8]:
        """Return a term's share in a text as an integer in 1..15.

        There is one frequency for each term in a text; ``lengths`` are those of the texts.
        """
        norms = self.k1 * (1 - self.b + self.b * lengths / mean_length)
        shares: Floats = norms[text].astype(np.float64)
        shares += frequency
        np.divide(IMPACT_UNIT * frequency, shares, out=shares)
        np.rint(shares, out=shares)
        return np.clip(shares, 1, IMPACT_MAX, out=shares).astype(np.uint8)


PHRASING = Saturation(1.2, 0.5)
JOINED = Saturation(1.5, 0.4)  # all phrasings of a document as one text
BODY = Saturation(1.2, 0.6)


def rarity(containing: int, total: int) -> float:
    """BM25's inverse document frequency in its form that is never negative."""
    return log(1 + (total - containing + 0.5) / (containing + 0.5))


def weight(importance: float, containing: int, total: int) -> int:
    """Return a term's weight as an integer of at least 1."""
    return max(1, round(WEIGHT_UNIT * importance * rarity(containing, total)))


def unknown_weight(total: int) -> int:
    """Return the weight of a query word that no document has: it only lowers confidence."""
    return round(WEIGHT_UNIT * log(1 + 2 * total) / 2)


def boost_level(boost: float) -> int:
    """Return a prior in 0..1 as an integer in 0..15."""
    return round(BOOST_LEVELS * min(1.0, max(0.0, boost)))
