"""General words -> the documents that speak of what they mean, in whatever words.

For each word of the vocabulary the postings of its nearest words in the knowledge base are merged,
and the documents whose whole meaning is nearest to it are added. What decides anything is computed
in whole numbers, so that the index is the same on every machine.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from oftasked_search.relatedpostings import Rows, encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from oftasked_search.analysed import Analysed
    from oftasked_search.inverting import Inverted
    from oftasked_search.postings import Posting
    from oftasked_search.vocabulary import Vocabulary

    Whole = NDArray[np.int64]
    Floats = NDArray[np.float32]

MOST_TERMS = 12_000  # the commonest general words; twice as many find hardly more
NEAREST, LEAST_COSINE = 8, 0.3  # words of the knowledge base that stand for a general one
WORTH, WORTH_AT_LEAST = 70, 30  # percent of an exact match's worth; the share of it at the least
PLAIN = 0.5  # function words of no more weight than this stand for themselves only
MOST_OF_WORD = 64  # documents of one word of the knowledge base
MOST_DOCUMENTS, MOST_SENSED = 24, 24  # of one general word: by its words, by its meaning
UNIT = 127  # the length of a direction, in whole numbers
IMPACTS = 15
CHUNK = 256  # general words at a time


class RelatedTerm(NamedTuple):
    """A general word: what its postings weigh, how long its vector is, the encoded postings."""

    term: str
    weight: int
    norm: int
    postings: bytes


class Pairs(NamedTuple):
    """Numbered things with what belongs to them: columns of equal length."""

    owner: Whole
    member: Whole
    value: Whole


@dataclass(frozen=True, slots=True, eq=False)
class General:
    """The general words, and their vectors in whole numbers of at most `UNIT`.

    Products of such vectors are exact in single precision, in whatever order they are summed.
    """

    terms: Sequence[str]
    numbers: Mapping[str, int]
    vectors: Floats
    lengths: NDArray[np.float64]

    @staticmethod
    def of(vocabulary: Vocabulary) -> General:
        """Return the commonest words of a vocabulary."""
        terms = vocabulary.terms[:MOST_TERMS]
        vectors = vocabulary.vectors[:MOST_TERMS]
        whole = np.rint(vectors * np.float32(UNIT / np.abs(vectors).max()))
        numbers = {term: number for number, term in enumerate(terms)}
        return General(terms, numbers, whole, _lengths(whole))


class Strongest:
    """The strongest postings of those words of a knowledge base that are general ones."""

    def __init__(self, general: General) -> None:
        self._general = general
        self._rows: list[tuple[int, int, int, int, int]] = []
        self._starts = [0]
        self.words: list[int] = []
        self.weights: list[int] = []

    def add(self, term: str, weight: int, postings: Iterable[Posting]) -> None:
        """Take a term of the knowledge base; other than general words are left out."""
        number = self._general.numbers.get(term)
        if number is None:
            return
        rows = [_row(posting) for posting in postings]
        if not rows:
            return
        rows.sort(key=lambda row: (-_strength(*row[1:]), row[0]))
        self._rows += rows[:MOST_OF_WORD]
        self._starts.append(len(self._rows))
        self.words.append(number)
        self.weights.append(weight)

    def columns(self) -> tuple[Whole, Whole]:
        """Return where each word's rows start (one more), and the rows' five columns."""
        rows = np.array(self._rows, dtype=np.int64).reshape(-1, 5)
        return np.array(self._starts, dtype=np.int64), rows.T


def _row(posting: Posting) -> tuple[int, int, int, int, int]:
    impact = phrasing = 0
    for place in posting.places:
        if place.impact > impact:
            impact, phrasing = place.impact, place.phrasing
    return posting.document, impact, phrasing, posting.joined, posting.body


def _strength(impact: int, _phrasing: int, joined: int, body: int) -> int:
    return 10 * impact + 10 * joined + 3 * body


def relate(
    general: General, strongest: Strongest, inverted: Inverted, documents: Sequence[Analysed]
) -> list[RelatedTerm]:
    """Return the general words that lead anywhere, in the vocabulary's order."""
    if not strongest.words:
        return []
    sensed, unit = _sensed(general, _meanings(general, documents))
    norms = np.rint(UNIT * general.lengths / unit).astype(np.int64)
    chunks = _nearest(general, strongest, inverted)
    return list(_encoded(general, strongest, chunks, sensed, norms, len(documents)))


def _encoded(
    general: General,
    strongest: Strongest,
    chunks: Iterable[Pairs],
    sensed: Pairs,
    norms: Whole,
    documents: int,
) -> Iterator[RelatedTerm]:
    columns = strongest.columns()
    for number, near in enumerate(chunks):
        first = number * CHUNK
        tops = np.zeros(CHUNK, dtype=np.int64)
        np.maximum.at(tops, near.owner - first, near.value)
        worded = _merged(near, columns, tops[near.owner - first])
        low, high = np.searchsorted(sensed.owner, (first, first + CHUNK))
        meant = Pairs(*(column[low:high] for column in sensed))
        for owner, stored in encode(_joined(worded, meant, documents)):
            weight = int(tops[owner - first]) // 100
            yield RelatedTerm(general.terms[owner], weight, int(norms[owner]), stored)


def _nearest(general: General, strongest: Strongest, inverted: Inverted) -> Iterator[Pairs]:
    """Yield, for each chunk of general words, the nearest known ones but itself.

    The value is what a match of that word is worth: percent times weight, where the weight is not
    more than that of the general word itself, if it is known.
    """
    known = np.array(strongest.words, dtype=np.int64)
    weights = np.array(strongest.weights, dtype=np.int64)
    ceilings = np.full(len(general.terms), 1 << 30, dtype=np.int64)
    ceilings[known] = weights
    telling = np.array([inverted.share(term) > PLAIN for term in general.terms])
    columns, lengths = general.vectors[known].T.copy(), general.lengths[known]
    for start in range(0, len(general.terms), CHUNK):
        rows = slice(start, start + CHUNK)
        products = (general.vectors[rows] @ columns).astype(np.float64)
        cosines = products / (general.lengths[rows, None] * lengths[None, :] + 1e-9)
        row, column = np.nonzero(cosines >= LEAST_COSINE)
        wanted = (known[column] != row + start) & telling[row + start]
        row, column = row[wanted], column[wanted]
        cosine = cosines[row, column]
        best = _best(row, -cosine, column, NEAREST)
        owner, member, cosine = row[best] + start, column[best], cosine[best]
        yield Pairs(owner, member, _percent(cosine) * np.minimum(weights[member], ceilings[owner]))


def _percent(cosine: NDArray[np.float64]) -> Whole:
    share = WORTH_AT_LEAST + (100 - WORTH_AT_LEAST) * (cosine - LEAST_COSINE) / (1 - LEAST_COSINE)
    return np.rint(share * WORTH / 100).astype(np.int64)


def _best(owner: Whole, key: NDArray[np.float64] | Whole, tie: Whole, most: int) -> Whole:
    """Return the places of each owner's ``most`` smallest keys, by owner and key."""
    order = np.lexsort((tie, key, owner))
    starts = np.searchsorted(owner[order], owner[order])
    kept: Whole = order[np.arange(len(order)) - starts < most]
    return kept


def _merged(near: Pairs, columns: tuple[Whole, Whole], tops: Whole) -> Rows:
    """Return, for each owner and document, the best of what the owner's members give."""
    starts, rows = columns
    which, source = _expanded(starts, near.member)
    owner, value, top = near.owner[which], near.value[which], tops[which]
    order = np.lexsort((rows[0, source], owner))
    owner, value, top, source = owner[order], value[order], top[order], source[order]
    document = rows[0, source]
    first = np.flatnonzero(np.diff(owner, prepend=-1) | np.diff(document, prepend=-1))
    if not len(first):
        return Rows(*np.zeros((7, 0), dtype=np.int64))
    # the best phrasing is the one of the greatest impact, of equals the first
    best = np.maximum.reduceat(value * rows[1, source] * 256 + (255 - rows[2, source]), first)
    joined = np.maximum.reduceat(value * rows[3, source], first)
    body = np.maximum.reduceat(value * rows[4, source], first)
    owner, document, top = owner[first], document[first], top[first]
    strength = 10 * (best >> 8) + 10 * joined + 3 * body
    kept = np.sort(_best(owner, -strength, document, MOST_DOCUMENTS))
    impacts, joined, body = ((2 * part + top) // (2 * top) for part in (best >> 8, joined, body))
    return Rows(owner, document, impacts, 255 - (best & 255), joined, body, 0 * top).at(kept)


def _expanded(starts: Whole, members: Whole) -> tuple[Whole, Whole]:
    """Return for each row of each member the member's place and the row's."""
    sizes = starts[members + 1] - starts[members]
    which = np.repeat(np.arange(len(sizes)), sizes)
    inside = np.arange(len(which)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return which, starts[members][which] + inside


def _meanings(general: General, documents: Sequence[Analysed]) -> Floats:
    """Return the direction of each document: the mean of the directions of its texts."""
    meanings = np.zeros((len(documents), general.vectors.shape[1]))
    for number, document in enumerate(documents):
        texts: list[Mapping[str, int]] = [Counter(phrasing) for phrasing in document.phrasings]
        texts.append(dict(zip(document.body_terms, document.body_counts, strict=True)))
        sums = np.stack([_sum(general, text) for text in texts])
        meanings[number] = _directions(sums).sum(0)
    return _directions(meanings).astype(np.float32)


def _sum(general: General, text: Mapping[str, int]) -> NDArray[np.float64]:
    numbers = general.numbers
    known = [(numbers[term], count) for term, count in text.items() if term in numbers]
    if not known:
        return np.zeros(general.vectors.shape[1])
    at, counts = np.array(known, dtype=np.int64).T
    total: NDArray[np.float64] = (general.vectors[at] * counts[:, None]).sum(0, dtype=np.float64)
    return total


def _directions(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    directions: NDArray[np.float64] = np.rint(UNIT * vectors / (_lengths(vectors)[:, None] + 1e-9))
    return directions


def _lengths(vectors: Floats | NDArray[np.float64]) -> NDArray[np.float64]:
    lengths: NDArray[np.float64] = np.sqrt((vectors.astype(np.float64) ** 2).sum(1))
    return lengths


def _sensed(general: General, meanings: Floats) -> tuple[Pairs, float]:
    """For each general word the documents nearest in meaning; and the unit of their impacts."""
    most, found = min(MOST_SENSED, len(meanings)), []
    columns = meanings.T.copy()
    for start in range(0, len(general.terms), CHUNK):
        near = general.vectors[start : start + CHUNK] @ columns
        near -= np.floor(near.sum(1, keepdims=True, dtype=np.float64) / near.shape[1])
        least = np.partition(near, -most, axis=1)[:, -most]
        row, column = np.nonzero((near >= least[:, None]) & (near > 0))
        value = near[row, column].astype(np.int64)
        best = np.sort(_best(row, -value, column, most))
        found.append((row[best] + start, column[best], value[best]))
    owner, member, value = (np.concatenate(part) for part in zip(*found, strict=True))
    unit = float(np.sort(value)[len(value) * 199 // 200]) / IMPACTS if len(value) else 1.0
    impacts = np.minimum(IMPACTS, np.rint(value / unit).astype(np.int64))
    there = impacts > 0
    return Pairs(owner[there], member[there], impacts[there]), unit


def _joined(worded: Rows, sensed: Pairs, documents: int) -> Rows:
    """Return the rows of both, one for each owner and document."""
    worded_keys = worded.owner * documents + worded.document
    sensed_keys = sensed.owner * documents + sensed.member
    keys = np.union1d(worded_keys, sensed_keys)
    columns = np.zeros((len(Rows._fields), len(keys)), dtype=np.int64)
    columns[0], columns[1] = keys // documents, keys % documents
    columns[2:6, np.searchsorted(keys, worded_keys)] = worded[2:6]
    columns[6, np.searchsorted(keys, sensed_keys)] = sensed.value
    rows = Rows(*columns)
    return rows.at(np.flatnonzero(rows.impact + rows.joined + rows.body + rows.sense))
