"""How near documents are to a query in meaning: directions of four bits a dimension.

``FORMAT.md`` ("Meaning") is the specification; `runtime/directions.js` computes the same. All
numbers are whole, and small enough to be exact in JavaScript, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Octets = NDArray[np.uint8]

MIDDLE = 15  # twice the middle of the levels 0 to 15
STEPS = 32  # the greatest scale of a dimension
UNIT = 1000  # the length of the centre's directions, and a cosine of 1
SHRINK = 1024
ROUGH = 20  # steps of the centre
SPREAD, SPREAD_OF = 3, 8  # a direction's value at its scale is so many levels from the middle one


@dataclass(frozen=True, slots=True)
class Space:
    """What the levels of an index mean: the scale of each dimension, and where documents centre."""

    scales: tuple[int, ...] = ()
    centre: tuple[int, ...] = ()

    def question(self, words: Iterable[tuple[int, bytes]]) -> Question:
        """Return the meaning of some words, each a percentage and a vector."""
        scales = np.array(self.scales, dtype=np.int64)
        total = np.zeros(len(scales), dtype=np.int64)
        if len(scales):
            for percent, vector in words:
                total += percent * weighted(vector)
        pointing = scales * total // SHRINK
        usual = int(pointing @ np.array(self.centre, dtype=np.int64))
        return Question(scales, pointing, isqrt(int(pointing @ pointing)), usual)


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """Where a query points.

    ``length`` is 0 if no word of it has a meaning; ``usual`` is what documents in general have.
    """

    scales: Whole
    pointing: Whole
    length: int
    usual: int

    def nearness(self, direction: bytes) -> int:
        """Return a cosine in thousandths, less what documents in general have; 0 if unknown."""
        if not self.length or not any(direction):
            return 0
        values = self.scales * _odd(unpacked(direction))
        own = UNIT * int(self.pointing @ values) // isqrt(int(values @ values))
        return (own - self.usual) // self.length

    def share(self, vector: bytes, direction: bytes) -> int:
        """Return what one word has in common with a direction; comparable between words only."""
        return int(self.scales * weighted(vector) @ (self.scales * _odd(unpacked(direction))))


def weighted(vector: bytes) -> Whole:
    """Return the values of a word's vector: a byte for its length, then its levels."""
    values: Whole = vector[0] * _odd(unpacked(vector[1:]))
    return values


def unpacked(content: bytes) -> Whole:
    """Return the levels in some bytes; see `levels`."""
    return levels(np.frombuffer(content, dtype=np.uint8)).astype(np.int64)


def levels(pairs: Octets) -> Octets:
    """Return levels that are stored two a byte, the even dimension in the low half; of each row."""
    rows, last = pairs.shape[:-1], pairs.shape[-1]
    return np.stack([pairs & 15, pairs >> 4], axis=-1).reshape(*rows, 2 * last)


def packed(each: Octets) -> Octets:
    """Return the levels of each row, two a byte."""
    pairs: Octets = (each[:, 0::2] + 16 * each[:, 1::2]).astype(np.uint8)
    return pairs


def scaled(scales: Iterable[float]) -> tuple[int, ...]:
    """Return the scales of dimensions as whole numbers up to `STEPS`."""
    values = list(scales)
    greatest = max(values)
    return tuple(round(STEPS * value / greatest) for value in values)


def stored(vectors: NDArray[np.float32], unit: int, scales: Sequence[int]) -> Octets:
    """Return documents' directions as they are stored, given in whole numbers of length ``unit``.

    A direction of zeros becomes zero bytes, which no other does.
    """
    each = np.array(scales, dtype=np.int64)
    length = isqrt(int(each @ each))
    whole = vectors.astype(np.int64)
    steps = (SPREAD * whole * length + SPREAD_OF * unit * each) // (unit * each)
    rows = packed(np.clip(steps, 0, MIDDLE).astype(np.uint8))
    rows[~whole.any(axis=1)] = 0
    return rows


def centre(directions: Octets, scales: Sequence[int]) -> tuple[int, ...]:
    """Return the mean of documents' directions, those with the length `UNIT`.

    It is rough, so that one document hardly ever changes it.
    """
    known = directions[directions.any(axis=1)]
    values = np.array(scales, dtype=np.int32) * (2 * levels(known).astype(np.int32) - MIDDLE)
    # the squares are small enough for the root of doubles to be exact when rounded down
    lengths = np.sqrt((values * values).sum(axis=1)).astype(np.int32)
    total = (UNIT * values // lengths[:, None]).sum(axis=0, dtype=np.int64)
    means = total // max(1, len(known))
    return tuple((ROUGH * ((means + ROUGH // 2) // ROUGH)).tolist())


def _odd(levels: Whole) -> Whole:
    odd: Whole = 2 * levels - MIDDLE
    return odd
