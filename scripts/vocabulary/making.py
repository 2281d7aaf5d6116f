"""Words and sentences -> a table, with a model as the teacher."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from oftasked_search.vocabulary.format import pack
from vocabulary import distil, storing
from vocabulary.terms import beginnings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from vocabulary.terms import Terms
    from vocabulary.words import Known

    Floats = NDArray[np.float32]

AT_A_TIME = 16_384  # sentences in one file of the working folder
ORDINARY = 20_000  # commonest words, whose mean is taken off all words' vectors


class Teacher(Protocol):
    """A model that knows what sentences mean."""

    def vectors(self, sentences: Sequence[str]) -> Floats:
        """Return one vector of unit length a sentence."""


@dataclass(frozen=True, slots=True)
class Material:
    """What a table is made of."""

    known: Sequence[Known]
    terms: Terms
    sentences: Sequence[str]
    bags: Sequence[Sequence[int]]  # the terms of each sentence


def table(made_of: Material, teacher: Teacher, work: Path, kept: int, dimensions: int) -> bytes:
    """Return the bytes of the table."""
    work.mkdir(parents=True, exist_ok=True)
    report(f"{len(made_of.known):,} words, {len(made_of.sentences):,} sentences")
    words = _vectors(teacher, [word.surface for word in made_of.known], work, "words")
    whole = _vectors(teacher, made_of.sentences, work, "sentences")
    learnt = _learnt(made_of, words, whole, dimensions)
    return pack(storing.content(made_of.known, made_of.terms, learnt, kept))


def _vectors(teacher: Teacher, texts: Sequence[str], work: Path, name: str) -> Floats:
    """Return the model's vectors; what an earlier run left for the same texts is used again."""
    parts = []
    for start in range(0, len(texts), AT_A_TIME):
        some = texts[start : start + AT_A_TIME]
        mark = hashlib.sha256("\n".join([type(teacher).__name__, *some]).encode()).hexdigest()[:16]
        path = work / f"{name}-{mark}.npy"
        if not path.exists():
            np.save(path, teacher.vectors(some).astype(np.float16))
            report(f"{name}: {start + len(some):,} of {len(texts):,}")
        parts.append(np.load(path).astype(np.float32))
    return np.concatenate(parts)


def _learnt(made_of: Material, words: Floats, whole: Floats, dimensions: int) -> Floats:
    """Return the learnt vectors of all terms."""
    usable = np.array([place for place, bag in enumerate(made_of.bags) if bag])
    axes = distil.axes(whole, dimensions)
    wanted = axes.project(whole[usable])
    centred = distil.unit(words - words[:ORDINARY].mean(axis=0)) @ axes.directions
    begun = beginnings(made_of.known, made_of.terms, centred)
    bags = distil.Bags([made_of.bags[place] for place in usable])
    return distil.learn(bags, wanted, begun, report)


def report(line: str) -> None:
    """Tell the person who waits how far it is."""
    sys.stderr.write(line + "\n")
