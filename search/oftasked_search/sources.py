"""What `rivals` reads: an index from its files, or one that has just been compiled."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from oftasked_search import relatedpostings
from oftasked_search.lexicon import Lexicon, sort_key
from oftasked_search.phrases import all_of, together, with_phrases, words_of
from oftasked_search.postingtable import Postings
from oftasked_search.scoring import RelatedEntry

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from oftasked_search.inverting import Inverted
    from oftasked_search.manifest import Manifest
    from oftasked_search.storage import Storage
    from oftasked_search.termblocks import StoredTerm


class Source(Protocol):
    """An index: what its manifest says, and its terms one by one."""

    @property
    def manifest(self) -> Manifest:
        """What the index consists of."""

    @property
    def lexicon(self) -> Lexicon:
        """The words of the index."""

    def entry(self, term: str) -> tuple[int, Postings] | None:
        """Return a term's weight and postings, if the index has it."""

    def related(self, term: str) -> RelatedEntry | None:
        """Return where a general word leads, if anywhere."""

    def general_near(self, term: str) -> Collection[str]:
        """Return the general words of the block where a term is or would be."""

    def direction(self, document: int) -> bytes:
        """Return where a document points; nothing in an index that knows no meanings."""


class Files:
    """An index in files."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.manifest = storage.manifest

    @property
    def lexicon(self) -> Lexicon:
        """The words of the index."""
        return self._storage.lexicon

    def entry(self, term: str) -> tuple[int, Postings] | None:
        """Return a term's weight and postings, if the index has it."""
        parts = self._storage.entries(words_of(term))
        found = with_phrases(parts, [term]).get(term)
        return (found.weight, Postings.listed(found.postings)) if found else None

    def related(self, term: str) -> RelatedEntry | None:
        """Return where a general word leads, if anywhere."""
        return self._storage.related([term]).get(term)

    def general_near(self, term: str) -> Collection[str]:
        """Return the general words of the block where a term is or would be."""
        return self._storage.general_near(term)

    def direction(self, document: int) -> bytes:
        """Return where a document points; nothing in an index that knows no meanings."""
        return self._storage.direction(document)


class Compiled:
    """An index before it is written."""

    def __init__(
        self,
        manifest: Manifest,
        inverted: Inverted,
        related: Mapping[str, StoredTerm],
        directions: Sequence[bytes],
    ) -> None:
        self.manifest = manifest
        self._inverted = inverted
        self._related = related
        self._directions = directions

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of the index."""
        return Lexicon(self.manifest.lexicon)

    def entry(self, term: str) -> tuple[int, Postings] | None:
        """Return a term's weight and postings, if the index has it."""
        numbers = all_of(self._inverted.numbers, words_of(term))
        if numbers is None:
            return None
        postings = [self._inverted.table.of(number) for number in numbers]
        whole = postings[0] if len(postings) == 1 else Postings.listed(list(together(postings)))
        return max(self._inverted.weights[number] for number in numbers), whole

    def related(self, term: str) -> RelatedEntry | None:
        """Return where a general word leads, if anywhere."""
        found = self._related.get(term)
        if found is None:
            return None
        return RelatedEntry(
            found.weight, found.vector, relatedpostings.decode(b"".join(found.postings))
        )

    def general_near(self, term: str) -> Collection[str]:
        """Return the general words of the block where a term is or would be."""
        first = bisect_right(self._starts, sort_key(term)) - 1
        return self._related_blocks[first] if first >= 0 else ()

    def direction(self, document: int) -> bytes:
        """Return where a document points; nothing in an index that knows no meanings."""
        return self._directions[document] if self._directions else b""

    @cached_property
    def _starts(self) -> list[bytes]:
        return [sort_key(term) for term in self.manifest.terms]

    @cached_property
    def _related_blocks(self) -> list[list[str]]:
        terms = sorted(self._related, key=sort_key)
        keys = [sort_key(term) for term in terms]
        places = [*(bisect_left(keys, start) for start in self._starts), len(terms)]
        return [terms[low:high] for low, high in pairwise(places)]
