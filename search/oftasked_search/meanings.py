"""Where documents point as a whole: the directions of their texts, from those of the words.

Vectors are whole numbers, so that their sums are the same on every machine, in whatever order they
are added.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from oftasked_search.directions import Space, centre, scaled, stored

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from oftasked_search.occurrences import Occurrences
    from oftasked_search.relating import General
    from oftasked_search.vocabulary import Vocabulary

    Numbers = NDArray[np.int32]
    Floats = NDArray[np.float32]
    Octets = NDArray[np.uint8]

UNIT = 127  # the length of a direction, in whole numbers
TEXTS = 512  # texts at a time
EXACT = 1 << 24  # whole numbers up to this are exact in single precision


class RelatedTerm(NamedTuple):
    """A general word: what its postings weigh, its vector (`directions`), the encoded postings."""

    term: str
    weight: int
    vector: bytes
    postings: bytes


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an index knows beyond its words: the general words, where each document points."""

    related: Sequence[RelatedTerm] = ()
    directions: Sequence[bytes] = ()
    space: Space = field(default_factory=Space)

    @staticmethod
    def of(vocabulary: Vocabulary, related: Sequence[RelatedTerm], levels: Octets) -> Meaning:
        """Return the meaning of documents whose directions have some `levels`."""
        scales = scaled(vocabulary.scales.tolist())
        return Meaning(related, rows(levels), Space(scales, centre(levels, scales)))


def levels(vocabulary: Vocabulary, pointing: Floats) -> Octets:
    """Return directions as they are stored, given in whole numbers; see `directions`."""
    return stored(pointing, UNIT, scaled(vocabulary.scales.tolist()))


def rows(levels: Octets) -> list[bytes]:
    """Return the bytes of each direction."""
    content, size = levels.tobytes(), levels.shape[1]
    return [content[at : at + size] for at in range(0, len(content), size)]


def meanings(general: General, found: Occurrences) -> Floats:
    """Return the direction of each document: the mean of the directions of its texts."""
    numbers = np.array([general.numbers.get(term, -1) for term in found.terms], dtype=np.int32)
    total = np.zeros((found.documents, general.vectors.shape[1]), dtype=np.float32)
    for first, sums in _phrasing_sums(general, found, numbers[found.phrased]):
        owner = found.owner[first : first + len(sums)]
        starts = np.flatnonzero(np.diff(owner, prepend=-1))
        total[owner[starts]] += np.add.reduceat(directions(sums), starts)
    for first, sums in _body_sums(general, found, numbers[found.body]):
        total[first : first + len(sums)] += directions(sums)
    return directions(total)


def _phrasing_sums(
    general: General, found: Occurrences, words: Numbers
) -> Iterator[tuple[int, Floats]]:
    """Yield the sums of the vectors of some phrasings at a time, and the first one's number."""
    known = np.flatnonzero(words >= 0)
    text, words = found.phrasing[known], words[known]
    for first in range(0, len(found.owner), TEXTS):
        low, high = np.searchsorted(text, (first, first + TEXTS))
        sums = np.zeros(
            (min(TEXTS, len(found.owner) - first), general.vectors.shape[1]), np.float32
        )
        starts = np.flatnonzero(np.diff(text[low:high], prepend=-1))
        if len(starts):
            vectors = general.vectors[words[low:high]]
            sums[text[low:high][starts] - first] = np.add.reduceat(vectors, starts)
        yield first, sums


def _body_sums(
    general: General, found: Occurrences, words: Numbers
) -> Iterator[tuple[int, Floats]]:
    """Yield the sums of the vectors of some bodies at a time, and the first one's number."""
    known = np.flatnonzero(words >= 0)
    text, words, counts = found.holder[known], words[known], found.counts[known]
    used = np.flatnonzero(np.bincount(words))
    columns = np.zeros(len(general.terms), dtype=np.int32)
    columns[used] = np.arange(len(used))
    long = np.bincount(text, counts, 1).max() * UNIT >= EXACT
    vectors = general.vectors[used].astype(np.float64 if long else np.float32)
    for first in range(0, found.documents, TEXTS):
        size = min(TEXTS, found.documents - first)
        low, high = np.searchsorted(text, (first, first + size))
        matrix = np.zeros((size, len(used)), dtype=vectors.dtype)
        matrix[text[low:high] - first, columns[words[low:high]]] = counts[low:high]
        yield first, matrix @ vectors


def whole(vectors: Floats) -> Floats:
    """Return vectors as whole numbers of at most `UNIT`.

    Their products are exact in single precision, in whatever order they are summed.
    """
    found: Floats = np.rint(vectors * np.float32(UNIT / np.abs(vectors).max()))
    return found


def directions(vectors: Floats | NDArray[np.float64]) -> Floats:
    """Return the vectors with the length `UNIT`, in whole numbers."""
    long = lengths(vectors)[:, None] + 1e-9
    found: Floats = np.rint(UNIT * vectors.astype(np.float64) / long).astype(np.float32)
    return found


def lengths(vectors: Floats | NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how long each vector is."""
    found: NDArray[np.float64] = np.sqrt((vectors.astype(np.float64) ** 2).sum(1))
    return found
