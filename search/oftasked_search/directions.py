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
        return Question(self, scales, pointing, isqrt(int(pointing @ pointing)))


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """Where a query points; ``length`` is 0 if no word of it has a meaning."""

    space: Space
    scales: Whole
    pointing: Whole
    length: int

    def nearness(self, direction: bytes) -> int:
        """Return a cosine in thousandths, less what documents in general have; 0 if unknown."""
        if not self.length or not any(direction):
            return 0
        values = self.scales * _odd(unpacked(direction))
        own = UNIT * int(self.pointing @ values) // isqrt(int(values @ values))
        usual = int(self.pointing @ np.array(self.space.centre, dtype=np.int64))
        return (own - usual) // self.length

    def share(self, vector: bytes, direction: bytes) -> int:
        """Return what one word has in common with a direction; comparable between words only."""
        return int(self.scales * weighted(vector) @ (self.scales * _odd(unpacked(direction))))


def weighted(vector: bytes) -> Whole:
    """Return the values of a word's vector: a byte for its length, then its levels."""
    values: Whole = vector[0] * _odd(unpacked(vector[1:]))
    return values


def unpacked(content: bytes) -> Whole:
    """Return levels that are stored two a byte, the even dimension in the low half."""
    pairs = np.frombuffer(content, dtype=np.uint8)
    levels: Whole = np.stack([pairs & 15, pairs >> 4], axis=1).reshape(-1).astype(np.int64)
    return levels


def packed(levels: Octets) -> Octets:
    """Return levels two a byte, for each row."""
    pairs: Octets = (levels[:, 0::2] + 16 * levels[:, 1::2]).astype(np.uint8)
    return pairs


def scaled(scales: Iterable[float]) -> tuple[int, ...]:
    """Return the scales of dimensions as whole numbers up to `STEPS`."""
    values = list(scales)
    return tuple(round(STEPS * value / max(values)) for value in values)


def stored(vectors: NDArray[np.float32], unit: int, scales: Sequence[int]) -> list[bytes]:
    """Return the bytes of documents' directions, given in whole numbers with the length ``unit``.

    A direction of zeros becomes zero bytes, which no other does.
    """
    each = np.array(scales, dtype=np.int64)
    length = isqrt(int(each @ each))
    whole = vectors.astype(np.int64)
    levels = (SPREAD * whole * length + SPREAD_OF * unit * each) // (unit * each)
    rows = packed(np.clip(levels, 0, MIDDLE).astype(np.uint8))
    rows[~whole.any(axis=1)] = 0
    return [row.tobytes() for row in rows]


def centre(directions: Sequence[bytes], scales: Sequence[int]) -> tuple[int, ...]:
    """Return the mean of documents' directions, those with the length `UNIT`."""
    each, total, known = np.array(scales, dtype=np.int64), np.zeros(len(scales), np.int64), 0
    for direction in directions:
        if any(direction):
            values = each * _odd(unpacked(direction))
            total += UNIT * values // isqrt(int(values @ values))
            known += 1
    return tuple((total // max(1, known)).tolist())


def _odd(levels: Whole) -> Whole:
    odd: Whole = 2 * levels - MIDDLE
    return odd
