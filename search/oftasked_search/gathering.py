"""Documents -> everything that an index is made of, given what was known of most of them before.

What follows is the same, to the last number, whatever was known: a document that stays is not read
again, and what depends on it only is not computed again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from oftasked_search.changing import GONE, Change
from oftasked_search.inverting import Inverted, invert
from oftasked_search.lexicon import sort_key
from oftasked_search.occurrences import occurrences
from oftasked_search.texts import phrasings
from oftasked_search.weights import boost_level

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from oftasked_search.documents import Document
    from oftasked_search.relating import Relations
    from oftasked_search.treating import Treatment

    Numbers = NDArray[np.int32]
    Whole = NDArray[np.int64]

KEY_BYTES = 16


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """Which words, as they are written, each document has: one row each."""

    words: Sequence[str]  # sorted
    word: Numbers
    document: Numbers

    def frequencies(self) -> dict[str, int]:
        """Return how many documents have each word."""
        counts = np.bincount(self.word, minlength=len(self.words))
        return dict(zip(self.words, counts.tolist(), strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """What is known of documents, which are numbered in the order given."""

    keys: Sequence[bytes]  # of each document: a digest of its texts
    inverted: Inverted
    written: Written
    levels: NDArray[np.uint8]  # where each document points
    relations: Relations | None
    priors: NDArray[np.uint8]  # of each document: the step of its prior
    change: Change  # from what was known before
    answers: bytes = b""  # to the questions of `calibrating`
    sealed: bytes = b""  # blocks of the index, see `sealing`
    affected: Whole = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """Documents that are new or have another prior than before."""


def gather(
    documents: Sequence[Document],
    treatment: Treatment,
    before: Gathered | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Gathered:
    """Return what is known of some documents."""
    keys = [key(document) for document in documents]
    change = _change(before.keys if before else (), keys)
    new = [documents[number] for number in change.places]
    found = occurrences(new, treatment.lang, progress)
    inverted = invert(found, treatment.importance, change, before.inverted if before else None)
    if inverted is None:
        return gather(documents, treatment, None, progress)
    written, levels = Written(found.surfaces, found.written, found.writer), treatment.levels(found)
    del found  # it is large
    relations = treatment.relations(inverted, change, before.relations if before else None)
    priors = np.array([boost_level(each.boost) for each in documents], dtype=np.uint8)
    moved = change.joined(before.priors, priors[change.places]) if before else priors
    others = [np.flatnonzero(moved != priors), change.places]
    return Gathered(
        keys,
        inverted,
        _written(before.written if before else None, written, change),
        change.joined(before.levels, levels) if before else levels,
        relations,
        priors,
        change,
        before.answers if before else b"",
        before.sealed if before else b"",
        np.unique(np.concatenate(others)).astype(np.int64),
    )


def key(document: Document) -> bytes:
    """Return a digest of what makes up the words of a document, and of what tells it from others.

    The lengths before the texts tell where one ends and the next begins.
    """
    asked = phrasings(document)
    parts = (document.id, document.body, *asked, *document.tags)
    sizes = (len(asked), *map(len, parts))
    text = f"{sizes}{''.join(parts)}"
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).digest()


def _change(before: Sequence[bytes], now: Sequence[bytes]) -> Change:
    numbers = {each: number for number, each in enumerate(now)}
    known = set(before)
    return Change(
        np.array([numbers.get(each, GONE) for each in before], dtype=np.int64),
        np.array([n for n, each in enumerate(now) if each not in known], dtype=np.int64),
    )


def _written(before: Written | None, new: Written, change: Change) -> Written:
    """Return the words that all documents have."""
    if before is None:
        return new
    document = change.moved.astype(np.int32)[before.document]
    stays = document != GONE
    word, document = before.word[stays], document[stays]
    there = np.flatnonzero(np.bincount(word, minlength=len(before.words))).tolist()
    known = [before.words[number] for number in there]
    words = sorted({*known, *new.words}, key=sort_key)
    numbers = {word: number for number, word in enumerate(words)}
    old_places = np.array([numbers.get(word, 0) for word in before.words], dtype=np.int32)
    new_places = np.array([numbers[word] for word in new.words], dtype=np.int32)
    return Written(
        words,
        np.r_[old_places[word], new_places[new.word]],
        np.r_[document, change.places[new.document].astype(np.int32)],
    )
