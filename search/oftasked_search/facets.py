"""Which facet values each document has, and which of them split some results best."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from oftasked_search.results import Narrowing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

MAX_NARROWINGS = 6


class Facets:
    """The facet values of all documents of an index."""

    def __init__(self, content: bytes) -> None:
        self._facets: list[tuple[str, list[list[str]], list[int]]] = json.loads(content)

    def allows(self, document: int, wanted: Mapping[str, str]) -> bool:
        """Whether a document has every wanted value."""
        known = {name: sets[numbers[document]] for name, sets, numbers in self._facets}
        return all(value in known.get(name, ()) for name, value in wanted.items())

    def narrow(self, documents: Sequence[int]) -> tuple[Narrowing, ...]:
        """Return the values that some but not all documents have, the most even splits first.

        Of values that the same documents have, only the first is proposed.
        """
        found = []
        for name, sets, numbers in self._facets:
            uses = Counter(numbers[document] for document in documents)
            counts: Counter[str] = Counter()
            for number, count in uses.items():
                for value in sets[number]:
                    counts[value] += count
            found += [Narrowing(name, v, n) for v, n in counts.items() if n < len(documents)]
        total = len(documents)
        found.sort(key=lambda n: (abs(2 * n.count - total), n.facet, n.value.encode("utf-16-be")))
        return self._different(found, documents)

    def _different(
        self, found: Iterable[Narrowing], documents: Sequence[int]
    ) -> tuple[Narrowing, ...]:
        kept: list[Narrowing] = []
        for one in found:
            alike = (other for other in kept if other.count == one.count)
            if not any(self._same(one, other, documents) for other in alike):
                kept.append(one)
            if len(kept) == MAX_NARROWINGS:
                break
        return tuple(kept)

    def _same(self, one: Narrowing, other: Narrowing, documents: Sequence[int]) -> bool:
        """Whether two values divide some documents alike."""
        mine, its = self._having(one), self._having(other)
        return all(mine(document) == its(document) for document in documents)

    def _having(self, value: Narrowing) -> Callable[[int], bool]:
        known = {name: (sets, numbers) for name, sets, numbers in self._facets}
        sets, numbers = known[value.facet]
        fits = [value.value in values for values in sets]
        return lambda document: fits[numbers[document]]
