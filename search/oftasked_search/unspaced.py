"""What Chinese words say and mean, where a text does not tell where one ends and the next begins.

A build segments phrasings with the words of the vocabulary; a reader has no list of words, but it
can look pairs of characters up among the general words. So general words here are the vocabulary's
words of one or two characters, and they have a meaning alone: pairs of characters already find
what the words near them would.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from math import log10, sqrt
from typing import TYPE_CHECKING

import numpy as np

from oftasked_search.function_words import Importance
from oftasked_search.meanings import RelatedTerm, directions, whole
from oftasked_search.stemmers import primary
from oftasked_search.terms import is_unspaced
from oftasked_search.vocabulary import Vocabulary
from oftasked_search.weights import unknown_weight

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from oftasked_search.occurrences import Occurrences

    Exact = NDArray[np.float32]
    Floats = NDArray[np.float64]

LANGUAGES = frozenset({"zh"})
# A character in more than one of ten thousand words is common and deserves less than all of its
# weight; one in six hundred keeps the least. (Decimal logarithms of uses in a milliard words.)
COMMONEST, STEPS, LEAST = 6.5, 1.5, 0.2
PAIR = 2
BLOCK_BYTES = 1000  # a question looks many words up: small blocks spare it their neighbours


def importance(lang: str) -> Importance:
    """Return what the terms of a language deserve of their weight."""
    known = Vocabulary.open(lang) if primary(lang) in LANGUAGES else None
    return CharacterImportance(lang, known) if known else Importance(lang)


class CharacterImportance(Importance):
    """Characters by how common they are; a pair of them has the geometric mean of its two."""

    def __init__(self, lang: str, vocabulary: Vocabulary) -> None:
        super().__init__(lang)
        self._characters = _characters(vocabulary)

    def of(self, term: str) -> float:
        """Return the share of one term."""
        if not is_unspaced(term):
            return super().of(term)
        shares = [self._characters.get(character, 1.0) for character in term]
        return sqrt(shares[0] * shares[-1])


def _characters(vocabulary: Vocabulary) -> dict[str, float]:
    """Return the share of each character that is common: by the uses of the words that have it."""
    uses: defaultdict[str, float] = defaultdict(float)
    for word, commonness in zip(vocabulary.words, vocabulary.commonness, strict=True):
        for character in set(word):
            uses[character] += 10.0 ** float(commonness)
    shares = {c: (COMMONEST - log10(total)) / STEPS for c, total in uses.items()}
    return {c: round(max(LEAST, share), 3) for c, share in shares.items() if share < 1}


def runs(terms: Sequence[str]) -> Iterator[str]:
    """Yield the runs of unspaced text that terms were made of: pairs, then single characters."""
    at = 0
    while at < len(terms):
        pairs = at
        while pairs < len(terms) and len(terms[pairs]) == PAIR and is_unspaced(terms[pairs]):
            pairs += 1
        singles = terms[pairs : pairs + pairs - at + 1]
        if singles and is_unspaced(singles[0]):
            yield "".join(singles)
        at = pairs + max(1, len(singles))


def related(vocabulary: Vocabulary, documents: int) -> list[RelatedTerm]:
    """Return the words that a reader can look up: they lead nowhere."""
    weight = unknown_weight(documents)
    return [
        RelatedTerm(term, weight, vector.tobytes(), b"")
        for term, vector in zip(vocabulary.terms, vocabulary.stored, strict=True)
        if len(term) <= PAIR
    ]


def meanings(vocabulary: Vocabulary, found: Occurrences) -> Exact:
    """Return the direction of each document: the mean of the directions of its texts."""
    numbers, vectors = vocabulary.numbers, whole(vocabulary.vectors)
    pointing = np.zeros((found.documents, vectors.shape[1]))
    for number, (phrasings, body) in enumerate(_texts(found)):
        texts = [_words(phrasing, vocabulary) for phrasing in phrasings]
        texts.append(_body_words(body, numbers))
        sums = np.stack([_sum(vectors, numbers, text) for text in texts])
        pointing[number] = directions(sums).sum(0)
    return directions(pointing)


def _texts(found: Occurrences) -> Iterator[tuple[list[list[str]], dict[str, int]]]:
    """Yield the terms of each document: of its phrasings in sequence, of its body counted."""
    terms = found.terms
    ends = [*found.starts.tolist(), len(found.phrased)]
    first, last = (
        np.searchsorted(column, np.arange(found.documents + 1)).tolist()
        for column in (found.owner, found.holder)
    )
    for number in range(found.documents):
        phrasings = [
            [terms[at] for at in found.phrased[ends[n] : ends[n + 1]].tolist()]
            for n in range(first[number], first[number + 1])
        ]
        body = slice(last[number], last[number + 1])
        counts = found.counts[body].tolist()
        names = (terms[at] for at in found.body[body].tolist())
        yield phrasings, dict(zip(names, counts, strict=True))


def _words(phrasing: Sequence[str], vocabulary: Vocabulary) -> Counter[str]:
    return Counter(word for run in runs(phrasing) for word in vocabulary.segments(run))


def _body_words(counts: Mapping[str, int], known: Container[str]) -> Counter[str]:
    """Return the known words of a body, whose terms are counted but no longer in sequence.

    A character is a word of its own as often as it is in no known pair.
    """
    pairs = Counter({t: n for t, n in counts.items() if len(t) == PAIR and t in known})
    singles = Counter({t: n for t, n in counts.items() if len(t) == 1 and t in known})
    for pair, count in pairs.items():
        singles.subtract({character: count for character in pair if character in singles})
    return pairs + singles


def _sum(vectors: Exact, numbers: Mapping[str, int], text: Mapping[str, int]) -> Floats:
    if not text:
        return np.zeros(vectors.shape[1])
    at = [numbers[word] for word in text]
    counts = np.array(list(text.values()), dtype=np.float64)
    total: Floats = (vectors[at] * counts[:, None]).sum(0, dtype=np.float64)
    return total
