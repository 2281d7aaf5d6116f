"""Learns a vector for each term: their plain sum over a sentence points where the sentence does.

The length of a vector is learnt with it: it says how much the term counts in a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Numbers = NDArray[np.int64]

SEED = 20261122
EPOCHS = 4
BATCH = 1024
RATE = 2e-3  # of learning, falling to nothing
PULL = 0.3  # towards where a term started: its own meaning is what neighbours are found by
MOMENTUM, SCALE, EPSILON = 0.9, 0.999, 1e-8  # Adam's
HELD_OUT = 50  # each such sentence is not learnt from, only measured with
RARE = 1e-3  # smooth inverse frequency: a term of this share of all words starts at half length


@dataclass(frozen=True, slots=True)
class Axes:
    """The directions in which sentences differ most, from their mean."""

    mean: Floats
    directions: Floats  # width x dimensions

    def project(self, vectors: Floats) -> Floats:
        """Return unit vectors of fewer dimensions."""
        return unit(np.asarray((vectors - self.mean) @ self.directions, np.float32))


def axes(vectors: Floats, dimensions: int) -> Axes:
    """Return the principal axes of sentences' vectors."""
    mean = vectors.mean(axis=0)
    centred = vectors - mean
    _, found = np.linalg.eigh(centred.T @ centred)
    kept: Floats = found[:, ::-1][:, :dimensions]
    signs = np.sign(kept[np.abs(kept).argmax(axis=0), np.arange(dimensions)])
    return Axes(mean, np.ascontiguousarray(kept * signs))


def unit(vectors: Floats) -> Floats:
    """Return the vectors with length 1."""
    result: Floats = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + np.float32(1e-9))
    return result


def start(vectors: Floats, commonness: Floats) -> Floats:
    """Return where terms start: their own vector, shorter the commoner the term is."""
    share = 10 ** (commonness - 9)
    lengths = (RARE / (RARE + share)).astype(np.float32)
    result: Floats = unit(vectors) * lengths[:, None]
    return result


class Bags:
    """Sentences as the terms in them."""

    def __init__(self, bags: Sequence[Sequence[int]]) -> None:
        self._ends = np.cumsum([0] + [len(bag) for bag in bags])
        self._terms = np.array([term for bag in bags for term in bag], np.int64)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def take(self, places: Numbers) -> tuple[Numbers, Numbers]:
        """Return the terms of some sentences one after the other and where each starts."""
        sizes = self._ends[places + 1] - self._ends[places]
        starts = np.cumsum(sizes) - sizes
        inside = np.arange(sizes.sum()) - np.repeat(starts, sizes)
        return self._terms[np.repeat(self._ends[places], sizes) + inside], starts


class Learner:
    """Adam over the vectors of the terms that a batch has."""

    def __init__(self, begun: Floats) -> None:
        self.vectors = begun.copy()
        self._begun = begun
        self._momentum = np.zeros_like(begun)
        self._scale = np.zeros_like(begun)
        self._steps = 0

    def learn(self, terms: Numbers, starts: Numbers, wanted: Floats, rate: float) -> None:
        """Move the vectors of a batch of sentences towards what is wanted of their sums."""
        slope = _slope(np.add.reduceat(self.vectors[terms], starts), wanted)
        sizes = np.diff(starts, append=len(terms))
        order = np.argsort(terms, kind="stable")
        rows, firsts = np.unique(terms[order], return_index=True)
        gradient = np.add.reduceat(np.repeat(slope, sizes, axis=0)[order], firsts)
        gradient += 2 * PULL / len(rows) * (self.vectors[rows] - self._begun[rows])
        self._step(rows, gradient.astype(np.float32), rate)

    def _step(self, rows: Numbers, gradient: Floats, rate: float) -> None:
        self._steps += 1
        momentum = MOMENTUM * self._momentum[rows] + (1 - MOMENTUM) * gradient
        scale = SCALE * self._scale[rows] + (1 - SCALE) * gradient**2
        self._momentum[rows], self._scale[rows] = momentum, scale
        momentum = momentum / (1 - MOMENTUM**self._steps)
        scale = scale / (1 - SCALE**self._steps)
        self.vectors[rows] -= rate * momentum / (np.sqrt(scale) + EPSILON)


def _slope(sums: Floats, wanted: Floats) -> Floats:
    """Return how the mean of 1 - cosine changes with each sum."""
    lengths = np.linalg.norm(sums, axis=1, keepdims=True) + np.float32(1e-9)
    directions = sums / lengths
    cosines = (directions * wanted).sum(axis=1, keepdims=True)
    slope: Floats = (cosines * directions - wanted) / lengths / np.float32(len(sums))
    return slope


def learn(
    bags: Bags, wanted: Floats, begun: Floats, report: Callable[[str], object], epochs: int = EPOCHS
) -> Floats:
    """Return the learnt vectors; ``wanted`` are the sentences' projected vectors."""
    learner, chance = Learner(begun), np.random.default_rng(SEED)
    places = np.arange(len(bags))
    held, used = places[::HELD_OUT], places[places % HELD_OUT != 0]
    report(f"cosine of held-out sentences at the start {_cosine(learner, bags, held, wanted):.4f}")
    for epoch in range(epochs):
        used = chance.permutation(used)
        for first in range(0, len(used), BATCH):
            batch = used[first : first + BATCH]
            rate = RATE * (1 - (epoch + first / len(used)) / epochs)
            learner.learn(*bags.take(batch), wanted[batch], rate)
        report(f"epoch {epoch + 1}: {_cosine(learner, bags, held, wanted):.4f}")
    return learner.vectors


def _cosine(learner: Learner, bags: Bags, places: Numbers, wanted: Floats) -> float:
    terms, starts = bags.take(places)
    sums = unit(np.add.reduceat(learner.vectors[terms], starts))
    return float((sums * wanted[places]).sum(axis=1).mean())
