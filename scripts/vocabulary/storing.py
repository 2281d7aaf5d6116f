"""Learnt vectors -> the small integers of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from oftasked_search.vocabulary import format as stored
from vocabulary.distil import unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vocabulary.terms import Terms
    from vocabulary.words import Known

    Floats = NDArray[np.float32]

WITHIN = 0.99  # share of the values of a dimension that the levels span; the rest are cut


def content(known: Sequence[Known], terms: Terms, vectors: Floats, kept: int) -> stored.Content:
    """Return the table of the commonest terms and of the words that become them."""
    chosen = np.argsort(-terms.commonness, kind="stable")[:kept]
    place = {int(number): new for new, number in enumerate(chosen)}
    rows = [(word, place[n]) for word, n in zip(known, terms.of_word, strict=True) if n in place]
    lengths = np.linalg.norm(vectors[chosen], axis=1)
    scales, levels = _levels(unit(vectors[chosen]))
    return stored.Content(
        words=tuple(word.surface for word, _ in rows),
        commonness=_steps([word.commonness / stored.COMMONNESS_STEP for word, _ in rows]),
        term_numbers=np.array([number for _, number in rows], np.uint16),
        terms=tuple(terms.names[number] for number in chosen),
        scales=scales,
        longest=float(lengths.max()),
        lengths=_steps(lengths / lengths.max() * stored.LENGTH_STEPS),
        levels=levels,
    )


def _steps(values: Sequence[float] | Floats) -> NDArray[np.uint8]:
    return np.clip(np.rint(values), 0, stored.LENGTH_STEPS).astype(np.uint8)


def _levels(directions: Floats) -> tuple[Floats, NDArray[np.uint8]]:
    middle = (stored.LEVELS - 1) / 2
    scales = np.quantile(np.abs(directions), WITHIN, axis=0).astype(np.float32)
    levels = np.floor(directions / scales * middle + middle + 0.5)
    return scales, np.clip(levels, 0, stored.LEVELS - 1).astype(np.uint8)
