"""General words -> the documents that speak of what they mean, in whatever words.

For each word of the vocabulary the postings of its nearest words in the knowledge base are merged.
What decides anything is computed in whole numbers, so that the index is the same on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from oftasked_search.changing import GONE
from oftasked_search.meanings import RelatedTerm, lengths, whole
from oftasked_search.postingtable import ordered, places_within
from oftasked_search.relatedpostings import NO_ROWS, Rows, encode
from oftasked_search.strongest import Strongest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from oftasked_search.changing import Change
    from oftasked_search.function_words import Importance
    from oftasked_search.inverting import Inverted
    from oftasked_search.vocabulary import Vocabulary

    Whole = NDArray[np.int64]
    Numbers = NDArray[np.int32]
    Octets = NDArray[np.uint8]
    Flags = NDArray[np.bool_]
    Floats = NDArray[np.float32]

MOST_TERMS = 16_000  # the commonest general words; more of them find hardly more
NEAREST, LEAST_COSINE = 12, 0.3  # words of the knowledge base that stand for a general one
WORTH, WORTH_AT_LEAST = 80, 30  # percent of an exact match's worth; the share of it at the least
PLAIN = 0.5  # function words of no more weight than this stand for themselves only
MOST_DOCUMENTS = 32  # of one general word, by the words near it
CHUNK = 256  # general words at a time
NOTHING = np.zeros((2, 0), dtype=np.int64)


class Pairs(NamedTuple):
    """Numbered things with what belongs to them: columns of equal length."""

    owner: NDArray[np.signedinteger]
    member: NDArray[np.signedinteger]
    value: NDArray[np.integer]


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


class Near(NamedTuple):
    """General words and the known ones near them, by owner and nearness: columns."""

    owner: Numbers
    member: Numbers
    percent: Octets


@dataclass(frozen=True, slots=True, eq=False)
class Relations:
    """Where general words lead: the words that stand for each, what these give, the outcome."""

    strongest: Strongest
    near: Near
    tops: Whole  # of each general word: the most that a word near it is worth
    rows: Rows
    shifted: Whole  # general words with documents that they lead to otherwise than before

    def weights(self) -> Whole:
        """Return what the postings of each general word weigh."""
        weights = np.zeros_like(self.tops)
        weights[self.rows.owner] = (self.tops // 100)[self.rows.owner]
        return weights


def telling(general: General, importance: Importance) -> Flags:
    """Return which general words others may stand for."""
    return np.array([importance.of(term) > PLAIN for term in general.terms])


def relate(
    general: General, telling: Flags, inverted: Inverted, change: Change, before: Relations | None
) -> Relations:
    """Return the documents that the words near each general word are in.

    ``telling`` are the general words that others may stand for. Given what was found ``before``,
    only those words are looked at again that have got other neighbours or ones with other postings.
    """
    known = before.strongest if before and not change.reorders else None
    strongest = Strongest.of(general.numbers, inverted, known, change.moved)
    anew = np.ones(len(general.terms), dtype=bool)
    if before is None:
        near = _nearest(general, telling, strongest.words, anew)
        return _related(strongest, near, anew, NO_ROWS, inverted)
    near, anew = _renewed(general, telling, strongest.words, before)
    if change.reorders:
        anew[:] = True
    unlike = strongest.unlike(before.strongest, change.moved, len(anew))
    anew |= unlike
    anew[near.owner[unlike[near.member]]] = True
    old = before.rows._replace(document=change.moved.astype(np.int32)[before.rows.document])
    kept = old.at(np.flatnonzero(~anew[old.owner]))
    found = _related(strongest, near, anew, kept, inverted)
    return replace(found, shifted=_differing(old, found.rows, anew, inverted.documents))


def _differing(old: Rows, new: Rows, anew: Flags, documents: int) -> Whole:
    """Return general words with the documents that they lead to in one of two ways only."""
    keys: list[Whole] = []
    for rows in (old, new):
        some = rows.at(np.flatnonzero(anew[rows.owner] & (rows.document != GONE)))
        owner, document, impact, phrasing, joined, body = (c.astype(np.int64) for c in some)
        place, strength = owner * documents + document, impact << 8 | joined << 4 | body
        keys.append(place << 20 | strength << 8 | phrasing)
    differing = np.unique(np.setxor1d(keys[0], keys[1]) >> 20)
    return np.stack(np.divmod(differing, max(1, documents)))


def related(general: General, found: Relations) -> list[RelatedTerm]:
    """Return the general words with what they weigh and their encoded postings."""
    postings, weights = dict(encode(found.rows)), found.weights().tolist()
    vectors = general.stored.tobytes()
    size = len(vectors) // len(general.stored)
    return [
        RelatedTerm(
            term,
            weights[number],
            vectors[number * size : (number + 1) * size],
            postings.get(number, b""),
        )
        for number, term in enumerate(general.terms)
    ]


def _renewed(
    general: General, telling: Flags, known: Whole, before: Relations
) -> tuple[Near, Flags]:
    """Return the nearest words, and the general words that have got others."""
    anew, old = np.zeros(len(general.terms), dtype=bool), before.near
    gone = np.setdiff1d(before.strongest.words, known)
    come = np.setdiff1d(known, before.strongest.words)
    anew[old.owner[np.isin(old.member, gone)]] = True
    anew[gone], anew[come] = True, True
    if len(come):
        products = general.vectors @ general.vectors[come].T
        least = (general.lengths[:, None] * general.lengths[come]) * (LEAST_COSINE - 0.001)
        anew |= (products >= least).any(axis=1)
    if not anew.any():
        return old, anew
    new, kept = _nearest(general, telling, known, anew), np.flatnonzero(~anew[old.owner])
    owner = np.r_[old.owner[kept], new.owner]
    member, percent = np.r_[old.member[kept], new.member], np.r_[old.percent[kept], new.percent]
    order = np.argsort(owner, kind="stable")
    return Near(owner[order], member[order], percent[order]), anew


def _related(
    strongest: Strongest, near: Near, anew: Flags, rows: Rows, inverted: Inverted
) -> Relations:
    """Merge what the words near some general words give, beside the rows of the others."""
    values = np.zeros(len(anew), dtype=np.int64)
    ceilings = np.full(len(anew), 1 << 30, dtype=np.int64)
    values[strongest.words] = ceilings[strongest.words] = strongest.weights
    value = near.percent * np.minimum(values[near.member], ceilings[near.owner])
    tops = np.zeros(len(anew), dtype=np.int64)
    np.maximum.at(tops, near.owner, value)
    places = np.zeros(len(anew), dtype=np.int64)
    places[strongest.words] = np.arange(len(strongest.words))
    chosen = np.flatnonzero(anew[near.owner])
    found = [rows]
    owners = np.flatnonzero(np.diff(near.owner[chosen], prepend=-1))  # where each one starts
    for few in np.split(chosen, owners[CHUNK::CHUNK]):
        pairs = Pairs(near.owner[few], places[near.member[few]], value[few])
        found.append(_merged(pairs, strongest, tops, inverted.documents))
    together = Rows(*map(np.concatenate, zip(*found, strict=True)))
    order = np.argsort(together.owner, kind="stable")
    return Relations(strongest, near, tops, together.at(order), NOTHING)


def _nearest(general: General, telling: Flags, known: Whole, wanted: Flags) -> Near:
    """Return, for the wanted general words, the nearest known ones but itself.

    With each goes what a match of that word is worth, in percent.
    """
    columns, longs = general.vectors[known].T.copy(), general.lengths[known]
    nearly = (longs * (LEAST_COSINE - 0.001)).astype(np.float32)
    none = np.zeros(0, dtype=np.int32)
    found = [Near(none, none, none.astype(np.uint8))]
    owners = np.flatnonzero(wanted & telling)
    for start in range(0, len(owners), CHUNK):
        rows = owners[start : start + CHUNK]
        products = general.vectors[rows] @ columns
        least = general.lengths[rows, None].astype(np.float32) * nearly
        row, column = _where(products >= least)
        both = general.lengths[rows[row]] * longs[column]
        cosine = products[row, column].astype(np.float64) / (both + 1e-9)
        near = (cosine >= LEAST_COSINE) & (known[column] != rows[row])
        row, column, cosine = row[near], column[near], cosine[near]
        best = _best(row, -cosine, column, NEAREST)
        owner, member = rows[row[best]].astype(np.int32), known[column[best]].astype(np.int32)
        found.append(Near(owner, member, _percent(cosine[best])))
    owner, member, percent = zip(*found, strict=True)
    return Near(np.concatenate(owner), np.concatenate(member), np.concatenate(percent))


def _where(true: NDArray[np.bool_]) -> tuple[Whole, Whole]:
    """Return rows and columns, quicker than `nonzero`."""
    row, column = np.divmod(np.flatnonzero(true), true.shape[1])
    return row, column


def _percent(cosine: NDArray[np.float64]) -> Octets:
    share = WORTH_AT_LEAST + (100 - WORTH_AT_LEAST) * (cosine - LEAST_COSINE) / (1 - LEAST_COSINE)
    return np.rint(share * WORTH / 100).astype(np.uint8)


def _best(owner: Whole, key: NDArray[np.float64] | Whole, tie: Whole, most: int) -> Whole:
    """Return the places of each owner's ``most`` smallest keys, by owner and key."""
    order = np.lexsort((tie, key, owner))
    starts = np.searchsorted(owner[order], owner[order])
    kept: Whole = order[np.arange(len(order)) - starts < most]
    return kept


def _merged(near: Pairs, words: Strongest, tops: Whole, documents: int) -> Rows:
    """Return, for each owner and document, the best of what the owner's members give.

    Members are places among the ``words``; ``tops`` are the greatest values of all owners.
    """
    which, source = _expanded(words.starts, near.member)
    owners, places = np.unique(near.owner, return_inverse=True)
    keys = places[which] * documents + words.rows[0, source]
    order = ordered(keys)
    keys, which, source = keys[order], which[order], source[order]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    if not len(first):
        return NO_ROWS
    value = near.value[which]
    _, impact, phrasing, joined, body = words.rows[:, source]
    # the best phrasing is the one of the greatest impact, of equals the first
    best = np.maximum.reduceat(value * impact << 8 | 255 - phrasing, first)
    joined, body = (np.maximum.reduceat(value * part, first) for part in (joined, body))
    place, document = np.divmod(keys[first], documents)
    strength = 10 * (best >> 8) + 10 * joined + 3 * body
    order = ordered((place << 32) + (1 << 31) - strength)
    kept = np.sort(order[places_within(place) < MOST_DOCUMENTS])
    top = tops[owners[place]]
    impacts, joined, body = ((2 * part + top) // (2 * top) for part in (best >> 8, joined, body))
    rows = Rows.of(owners[place], document, impacts, 255 - (best & 255), joined, body)
    kept = kept[(rows.impact | rows.joined | rows.body)[kept] > 0]
    return rows.at(kept)


def _expanded(starts: Whole, members: Whole) -> tuple[Whole, Whole]:
    """Return for each row of each member the member's place and the row's."""
    sizes = starts[members + 1] - starts[members]
    which = np.repeat(np.arange(len(sizes)), sizes)
    inside = np.arange(len(which)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return which, starts[members][which] + inside
