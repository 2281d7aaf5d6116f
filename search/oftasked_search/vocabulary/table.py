"""A language's vocabulary: which words are common, and which mean nearly the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from oftasked_search.directions import packed
from oftasked_search.stemmers import primary
from oftasked_search.vocabulary import format as stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

# A common term deserves the share of its weight that its vector's length has of an ordinary one's:
# the length was learnt as how much the term counts in a text. Rare terms deserve all of it.
COMMON = 5.0  # one in ten thousand words
ORDINARY = 3000  # the commonest terms, whose middle length is the measure
STEEPNESS, LEAST = 1.5, 0.15
LONGEST_SEGMENT = 4  # characters of a word in text without spaces


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of a language with how common they are, and vectors of the terms that they become.

    Words are as the analysis folds them, terms are stems; both the commonest first, so that the
    first ``n`` are the ``n`` commonest.
    """

    words: tuple[str, ...]
    terms: tuple[str, ...]
    commonness: Floats  # of each word: decimal logarithm of its uses in a milliard words
    vectors: Floats  # of each term; the length says how much it counts in a text
    shares: Floats  # of each term: the share of its full weight that it deserves in a query
    stored: NDArray[np.uint8]  # of each term: the length and the levels that ``vectors`` come from
    scales: Floats  # of each dimension
    numbers: Mapping[str, int]  # of terms: their place in ``terms``
    term_numbers: NDArray[np.uint16]  # of each word: its term's number

    @staticmethod
    def open(lang: str) -> Vocabulary | None:
        """Return the vocabulary of a language (``en``, ``en-GB``); None where there is none."""
        return _open(primary(lang))

    def segments(self, run: str) -> list[str]:
        """Return the known words in folded text without spaces: at each place the longest."""
        found, at = [], 0
        while at < len(run):
            ends = range(min(len(run), at + LONGEST_SEGMENT), at, -1)
            end = next((end for end in ends if run[at:end] in self.numbers), None)
            if end is not None:
                found.append(run[at:end])
            at = end or at + 1
        return found

    def share(self, term: str) -> float:
        """Return the share of its full weight that a term deserves; 1 if it is unknown."""
        number = self.numbers.get(term)
        return 1.0 if number is None else float(self.shares[number])

    def vector(self, terms: Iterable[str]) -> Floats:
        """Return the unit vector of a text's terms; zero where none of them is known."""
        known = [number for term in terms if (number := self.numbers.get(term)) is not None]
        total = self.vectors[known].sum(axis=0)
        length = float(np.linalg.norm(total))
        result: Floats = total / np.float32(length) if length else total
        return result

    def directions(self) -> Floats:
        """Return the vectors with length 1: their products are similarities of terms."""
        result: Floats = self.vectors / np.linalg.norm(self.vectors, axis=1, keepdims=True)
        return result


@cache
def _open(lang: str) -> Vocabulary | None:
    path = files("oftasked_search").joinpath(f"vocabulary/{lang}.bin")
    return unpacked(path.read_bytes()) if path.is_file() else None


def unpacked(data: bytes) -> Vocabulary:
    """Return the vocabulary whose table the bytes are."""
    content = stored.unpack(data)
    commonness = content.commonness * np.float32(stored.COMMONNESS_STEP)
    vectors = _vectors(content)
    uses = np.bincount(content.term_numbers, 10.0**commonness, len(content.terms))
    return Vocabulary(
        words=content.words,
        terms=content.terms,
        commonness=commonness,
        vectors=vectors,
        shares=_shares(vectors, uses),
        stored=np.hstack([content.lengths[:, None], packed(content.levels)]),
        scales=content.scales,
        numbers={term: number for number, term in enumerate(content.terms)},
        term_numbers=content.term_numbers,
    )


def _shares(vectors: Floats, uses: NDArray[Any]) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1)
    shares = (lengths / np.median(lengths[:ORDINARY])) ** STEEPNESS
    shares[uses < 10**COMMON] = 1
    result: Floats = np.clip(shares, LEAST, 1).astype(np.float32)
    return result


def _vectors(content: stored.Content) -> Floats:
    middle = np.float32((stored.LEVELS - 1) / 2)
    directions = (content.levels - middle) / middle * content.scales
    lengths = content.lengths * np.float32(content.longest / stored.LENGTH_STEPS)
    return (directions * lengths[:, None]).astype(np.float32)
