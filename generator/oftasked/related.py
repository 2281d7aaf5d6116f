"""Entries -> for each of them, what people also ask: named by the editor, then computed."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from heapq import nlargest

from oftasked.remembering import Table, digest

MOST = 6
"""So many related entries stand under an answer at most."""

COMMON = 60
"""A term that so many entries share says nothing about which of them belong together."""

_NEARLY = 1e-8
"""More than likenesses that are rounded to the same value differ."""


def related(
    ids: Sequence[str],
    named: Mapping[str, Sequence[str]],
    terms: Mapping[str, Iterable[str]],
    remembered: Table | None = None,
) -> dict[str, tuple[str, ...]]:
    """Return, for each id, at most `MOST` others: the named ones, then those that share words.

    ``ids`` come in rank order, which breaks ties; ``terms`` holds the terms of each entry's
    phrasings and tags. The likeness of two entries is the sum of the inverse document frequencies
    ``ln(N / n)`` of the terms they share, divided by the square root of the other's number of
    terms, so that one with very many phrasings is not everybody's neighbour. What is
    ``remembered`` of an entry of which all that has stayed is not computed again.
    """
    own = {id_: sorted(set(terms[id_])) for id_ in ids}
    holders: dict[str, list[str]] = defaultdict(list)
    for id_ in ids:
        for term in own[id_]:
            holders[term].append(id_)
    kin = _Kin(ids, own, {t: held for t, held in holders.items() if 1 < len(held) <= COMMON})
    if remembered is None:
        return {id_: kin.of(id_, named.get(id_, ())) for id_ in ids}
    found = {}
    for id_ in ids:
        known = remembered.recall(
            kin.key(id_, named.get(id_, ())),
            lambda id_=id_: " ".join(kin.of(id_, named.get(id_, ()))),  # type: ignore[misc]  # mypy takes the default for a parameter
        )
        found[id_] = tuple(known.split())
    return found


class _Kin:
    """Finds what is like an entry. ``holders`` are the ids that have a telling term, by term."""

    def __init__(
        self,
        ids: Sequence[str],
        own: Mapping[str, Sequence[str]],
        holders: Mapping[str, Sequence[str]],
    ) -> None:
        self._own, self._holders = own, holders
        self._place = {id_: at for at, id_ in enumerate(ids)}
        self._count = len(ids)
        self._order = digest(*ids).hex()

    def of(self, id_: str, named: Sequence[str]) -> tuple[str, ...]:
        """Return at most `MOST` others, the ``named`` ones first."""
        chosen = [other for other in dict.fromkeys(named) if other in self._place]
        likeness: dict[str, float] = defaultdict(float)
        for term in self._own[id_]:
            for other, share in self._shares.get(term, ()):
                likeness[other] += share
        likeness.pop(id_, None)
        least = min(nlargest(MOST + len(chosen), likeness.values()), default=0.0) - _NEARLY
        near = [other for other, value in likeness.items() if value >= least]
        near.sort(key=lambda other: (-round(likeness[other], 9), self._place[other]))
        chosen += [other for other in near if other not in chosen]
        return tuple(chosen[:MOST])

    def key(self, id_: str, named: Sequence[str]) -> bytes:
        """Return the digest of all that `of` makes its answer from."""
        telling = (self._keys[term] for term in self._own[id_] if term in self._keys)
        return digest(self._order, id_, " ".join(named), *telling)

    @cached_property
    def _shares(self) -> dict[str, list[tuple[str, float]]]:
        """By term: who has it, and how much that adds to their likeness."""
        roots = {id_: math.sqrt(len(terms)) for id_, terms in self._own.items()}
        shares = {}
        for term, held in self._holders.items():
            weight = math.log(self._count / len(held))
            shares[term] = [(other, weight / roots[other]) for other in held]
        return shares

    @cached_property
    def _keys(self) -> dict[str, str]:
        return {
            term: " ".join([f"{other}:{len(self._own[other])}" for other in held])
            for term, held in self._holders.items()
        }
