"""General words -> the documents that speak of what they mean, in whatever words.

For each word of the vocabulary the postings of its nearest words in the knowledge base are merged.
What decides anything is computed in whole numbers, so that the index is the same on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from oftasked_search.meanings import Meaning, RelatedTerm, lengths, meanings, whole
from oftasked_search.postingtable import bordered, ordered, places_within
from oftasked_search.relatedpostings import Rows, encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from oftasked_search.inverting import Inverted
    from oftasked_search.vocabulary import Vocabulary

    Whole = NDArray[np.int64]
    Floats = NDArray[np.float32]

MOST_TERMS = 16_000  # the commonest general words; more of them find hardly more
NEAREST, LEAST_COSINE = 12, 0.3  # words of the knowledge base that stand for a general one
WORTH, WORTH_AT_LEAST = 80, 30  # percent of an exact match's worth; the share of it at the least
PLAIN = 0.5  # function words of no more weight than this stand for themselves only
MOST_OF_WORD = 40  # documents of one word of the knowledge base
MOST_DOCUMENTS = 32  # of one general word, by the words near it
CHUNK = 256  # general words at a time


class Pairs(NamedTuple):
    """Numbered things with what belongs to them: columns of equal length."""

    owner: NDArray[np.signedinteger]
    member: NDArray[np.signedinteger]
    value: NDArray[np.signedinteger]


@dataclass(frozen=True, slots=True, eq=False)
class General:
    """The general words, and their vectors in whole numbers of at most `UNIT`.

    Products of such vectors are exact in single precision, in whatever order they are summed.
    """

    terms: Sequence[str]
    numbers: Mapping[str, int]
    vectors: Floats
    lengths: NDArray[np.float64]
    stored: NDArray[np.uint8]

    @staticmethod
    def of(vocabulary: Vocabulary) -> General:
        """Return the commonest words of a vocabulary."""
        terms = vocabulary.terms[:MOST_TERMS]
        vectors = whole(vocabulary.vectors[:MOST_TERMS])
        numbers = {term: number for number, term in enumerate(terms)}
        return General(terms, numbers, vectors, lengths(vectors), vocabulary.stored)


@dataclass(frozen=True, slots=True, eq=False)
class Strongest:
    """The strongest postings of those words of a knowledge base that are general ones.

    The rows ``starts[n]:starts[n + 1]`` of the columns ``rows`` are those of word ``n``: document,
    best impact, its phrasing, joined, body.
    """

    words: Whole  # numbers of general words
    weights: Whole
    starts: Whole
    rows: Whole

    @staticmethod
    def of(general: General, inverted: Inverted) -> Strongest:
        """Return those of a knowledge base; words that only the language has are left out."""
        table, numbers = inverted.table, general.numbers
        terms = [
            (number, numbers[term])
            for number, (term, containing) in enumerate(
                zip(inverted.terms, inverted.containing, strict=True)
            )
            if containing and term in numbers
        ]
        chosen, words = np.array(terms, dtype=np.int64).reshape(-1, 2).T
        rows, sizes = table.strongest(chosen, MOST_OF_WORD)
        columns = (table.document, *table.best_places(), table.joined, table.body)
        return Strongest(
            words,
            np.array(inverted.weights, dtype=np.int64)[chosen],
            bordered(sizes),
            np.stack([column[rows].astype(np.int64) for column in columns]),
        )


def meaning(vocabulary: Vocabulary, inverted: Inverted) -> Meaning:
    """Return what documents mean; nothing if they have no general word."""
    general = General.of(vocabulary)
    related = relate(general, inverted)
    if not related:
        return Meaning()
    return Meaning.of(vocabulary, related, meanings(general, inverted.occurrences))


def relate(general: General, inverted: Inverted) -> list[RelatedTerm]:
    """Return the general words with the documents that the words near them are in."""
    strongest = Strongest.of(general, inverted)
    if not len(strongest.words):
        return []
    found = dict(_encoded(strongest, _nearest(general, strongest, inverted), inverted))
    related = []
    for number, term in enumerate(general.terms):
        weight, postings = found.get(number, (0, b""))
        related.append(RelatedTerm(term, weight, general.stored[number].tobytes(), postings))
    return related


def _encoded(
    strongest: Strongest, chunks: Iterable[Pairs], inverted: Inverted
) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """Yield the number of each general word that leads anywhere, its weight and its postings."""
    documents = inverted.occurrences.documents
    for number, near in enumerate(chunks):
        first = number * CHUNK
        tops = np.zeros(CHUNK, dtype=np.int64)
        np.maximum.at(tops, near.owner - first, near.value)
        for owner, stored in encode(_merged(near, strongest, first, tops, documents)):
            yield owner, (int(tops[owner - first]) // 100, stored)


def _nearest(general: General, strongest: Strongest, inverted: Inverted) -> Iterator[Pairs]:
    """Yield, for each chunk of general words, the nearest known ones but itself.

    The value is what a match of that word is worth: percent times weight, where the weight is not
    more than that of the general word itself, if it is known.
    """
    known, weights = strongest.words, strongest.weights
    ceilings = np.full(len(general.terms), 1 << 30, dtype=np.int64)
    ceilings[known] = weights
    telling = np.array([inverted.share(term) > PLAIN for term in general.terms])
    columns, longs = general.vectors[known].T.copy(), general.lengths[known]
    nearly = (longs * (LEAST_COSINE - 0.001)).astype(np.float32)
    for start in range(0, len(general.terms), CHUNK):
        rows = slice(start, start + CHUNK)
        products = general.vectors[rows] @ columns
        least = general.lengths[rows, None].astype(np.float32) * nearly
        row, column = _where(products >= least)
        both = general.lengths[row + start] * longs[column]
        cosine = products[row, column].astype(np.float64) / (both + 1e-9)
        wanted = (cosine >= LEAST_COSINE) & (known[column] != row + start) & telling[row + start]
        row, column, cosine = row[wanted], column[wanted], cosine[wanted]
        best = _best(row, -cosine, column, NEAREST)
        owner, member, cosine = row[best] + start, column[best], cosine[best]
        yield Pairs(owner, member, _percent(cosine) * np.minimum(weights[member], ceilings[owner]))


def _where(true: NDArray[np.bool_]) -> tuple[Whole, Whole]:
    """Return rows and columns, quicker than `nonzero`."""
    row, column = np.divmod(np.flatnonzero(true), true.shape[1])
    return row, column


def _percent(cosine: NDArray[np.float64]) -> Whole:
    share = WORTH_AT_LEAST + (100 - WORTH_AT_LEAST) * (cosine - LEAST_COSINE) / (1 - LEAST_COSINE)
    return np.rint(share * WORTH / 100).astype(np.int64)


def _best(owner: Whole, key: NDArray[np.float64] | Whole, tie: Whole, most: int) -> Whole:
    """Return the places of each owner's ``most`` smallest keys, by owner and key."""
    order = np.lexsort((tie, key, owner))
    starts = np.searchsorted(owner[order], owner[order])
    kept: Whole = order[np.arange(len(order)) - starts < most]
    return kept


def _merged(near: Pairs, words: Strongest, base: int, tops: Whole, documents: int) -> Rows:
    """Return, for each owner and document, the best of what the owner's members give.

    Owners are numbered from ``base``; ``tops`` are the greatest of their values.
    """
    which, source = _expanded(words.starts, near.member)
    document = words.rows[0, source]
    keys = (near.owner[which] - base) * documents + document
    order = ordered(keys)
    keys, which, source = keys[order], which[order], source[order]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    if not len(first):
        return Rows(*np.zeros((6, 0), dtype=np.int64))
    value = near.value[which]
    _, impact, phrasing, joined, body = words.rows[:, source]
    # the best phrasing is the one of the greatest impact, of equals the first
    best = np.maximum.reduceat(value * impact << 8 | 255 - phrasing, first)
    joined, body = (np.maximum.reduceat(value * part, first) for part in (joined, body))
    owner, document = np.divmod(keys[first], documents)
    strength = 10 * (best >> 8) + 10 * joined + 3 * body
    order = ordered((owner << 32) + (1 << 31) - strength)
    kept = np.sort(order[places_within(owner) < MOST_DOCUMENTS])
    top = tops[owner]
    impacts, joined, body = ((2 * part + top) // (2 * top) for part in (best >> 8, joined, body))
    rows = Rows(owner + base, document, impacts, 255 - (best & 255), joined, body)
    kept = kept[(rows.impact | rows.joined | rows.body)[kept] > 0]
    return rows.at(kept)


def _expanded(starts: Whole, members: Whole) -> tuple[Whole, Whole]:
    """Return for each row of each member the member's place and the row's."""
    sizes = starts[members + 1] - starts[members]
    which = np.repeat(np.arange(len(sizes)), sizes)
    inside = np.arange(len(which)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return which, starts[members][which] + inside
