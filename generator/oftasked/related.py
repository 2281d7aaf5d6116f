"""Entries -> for each of them, what people also ask: named by the editor, then computed."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

MOST = 6
"""So many related entries stand under an answer at most."""

COMMON = 60
"""A term that so many entries share says nothing about which of them belong together."""


def related(
    ids: Sequence[str],
    named: Mapping[str, Sequence[str]],
    terms: Mapping[str, Iterable[str]],
) -> dict[str, tuple[str, ...]]:
    """Return, for each id, at most `MOST` others: the named ones, then those that share words.

    ``ids`` come in rank order, which breaks ties; ``terms`` holds the terms of each entry's
    phrasings and tags. The likeness of two entries is the sum of the inverse document frequencies
    ``ln(N / n)`` of the terms they share, divided by the square root of the other's number of
    terms, so that one with very many phrasings is not everybody's neighbour.
    """
    own = {id_: frozenset(terms[id_]) for id_ in ids}
    holders: dict[str, list[str]] = defaultdict(list)
    for id_ in ids:
        for term in sorted(own[id_]):
            holders[term].append(id_)
    place = {id_: at for at, id_ in enumerate(ids)}
    result = {}
    for id_ in ids:
        chosen = [other for other in dict.fromkeys(named.get(id_, ())) if other in place]
        likeness: Counter[str] = Counter()
        for term in sorted(own[id_]):
            if 1 < len(holders[term]) <= COMMON:
                weight = math.log(len(ids) / len(holders[term]))
                for other in holders[term]:
                    likeness[other] += weight / math.sqrt(len(own[other]))  # type: ignore[assignment]  # Counter sums floats as well
        order = sorted(likeness, key=lambda other: (-round(likeness[other], 9), place[other]))
        chosen += [other for other in order if other != id_ and other not in chosen]
        result[id_] = tuple(chosen[:MOST])
    return result
