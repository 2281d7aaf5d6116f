"""The files of an index, fetched when needed, checked and decoded once."""

from __future__ import annotations

import json
import zlib
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from oftasked_search import blocks, manifest, postings, relatedpostings, termblocks
from oftasked_search.blocks import Kind
from oftasked_search.errors import SearchError
from oftasked_search.facets import Facets
from oftasked_search.lexicon import Lexicon, sort_key
from oftasked_search.scoring import RelatedEntry, TermEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from oftasked_search.manifest import Manifest
    from oftasked_search.termblocks import StoredWord


T = TypeVar("T")


class Storage:
    """One published state of an index: a manifest and the blocks that it names."""

    def __init__(self, load: Callable[[str], bytes], *, again: bool = False) -> None:
        self._load = load
        self._again = again
        self._blocks: dict[tuple[str, int], Any] = {}
        self._lexicon: Lexicon | None = None
        self._bundled: dict[tuple[str, int], bytes] | None = None
        self.manifest: Manifest = manifest.decode(self._fetch(manifest.FILE))
        self._starts = [sort_key(term) for term in self.manifest.terms]

    @property
    def lexicon(self) -> Lexicon:
        """The words of the index."""
        if self._lexicon is None:
            self._lexicon = _decoded(lambda: Lexicon(self.manifest.lexicon), "lexicon")
        return self._lexicon

    @property
    def facets(self) -> Facets:
        """The facet values of the documents."""
        found: Facets = self._block("facets", 0, Kind.FACETS, Facets)
        return found

    def entries(self, terms: Iterable[str]) -> dict[str, TermEntry]:
        """Those of the terms that the index has."""
        found = {term: self._term_block(term).own(term) for term in terms}
        return {term: entry for term, entry in found.items() if entry is not None}

    def related(self, terms: Iterable[str]) -> dict[str, RelatedEntry]:
        """Those of the terms that are general words which lead somewhere."""
        found = {term: self._term_block(term).general(term) for term in terms}
        return {term: entry for term, entry in found.items() if entry is not None}

    def general_near(self, term: str) -> Collection[str]:
        """Return the general words of the block where a term is or would be."""
        return self._term_block(term).general_words

    def _term_block(self, term: str) -> TermBlock:
        """Return the last block that does not start behind a term."""
        number = bisect_right(self._starts, sort_key(term)) - 1
        dimensions = len(self.manifest.scales)
        found: TermBlock = NO_TERMS
        if number >= 0:
            found = self._block(
                "terms", number, Kind.TERMS, lambda content: TermBlock.of(content, dimensions)
            )
        return found

    def document(self, number: int) -> list[Any]:
        """Return what a result shows of a document: id, url, title, summary, facets."""
        per_block = self.manifest.per_block
        row: list[Any] = self._documents(number // per_block).rows[number % per_block]
        return row

    def direction(self, number: int) -> bytes:
        """Return where a document points; nothing in an index that knows no meanings."""
        per_block = self.manifest.per_block
        return self._documents(number // per_block).directions[number % per_block]

    def _documents(self, number: int) -> DocumentBlock:
        dimensions = len(self.manifest.scales)
        found: DocumentBlock = self._block(
            "documents", number, Kind.DOCUMENTS, lambda content: DocumentBlock(content, dimensions)
        )
        return found

    def _block(self, group: str, number: int, kind: Kind, decode: Callable[[bytes], Any]) -> Any:
        key = (group, number)
        if key not in self._blocks:
            sealed = self._sealed(group, number)
            self._blocks[key] = _decoded(
                lambda: decode(blocks.unseal(kind, sealed)), f"{group} {number}"
            )
        return self._blocks[key]

    def _sealed(self, group: str, number: int) -> bytes:
        names = self.manifest.names
        if group in names:
            return self._fetch(file_name(group, number, names[group]))
        if self._bundled is None:
            sealed = blocks.unbundle(self._fetch(file_name("bundle", 0, names["bundle"])))
            self._bundled = dict(zip(self._bundle_order(), sealed, strict=True))
        return self._bundled[group, number]

    def _bundle_order(self) -> list[tuple[str, int]]:
        terms = [] if "terms" in self.manifest.names else self.manifest.terms
        documents = [("documents", number) for number in range(self.manifest.blocks)]
        return [("facets", 0), *(("terms", number) for number in range(len(terms))), *documents]

    def _fetch(self, path: str) -> bytes:
        try:
            return self._load(path)
        except (OSError, LookupError) as error:
            raise SearchError("unavailable", f"cannot load {path}") from error


class TermBlock:
    """Some neighbouring terms; postings are decoded when asked for."""

    def __init__(self, words: Mapping[str, StoredWord]) -> None:
        self._words = words
        self.own = cache(self._own)
        self.general = cache(self._general)

    @staticmethod
    def of(content: bytes, dimensions: int) -> TermBlock:
        """Return the terms in a block."""
        return TermBlock(termblocks.decode(content, dimensions))

    @property
    def general_words(self) -> Collection[str]:
        """The general words of the block."""
        return [term for term, word in self._words.items() if word.general]

    def _own(self, term: str) -> TermEntry | None:
        """Return the weight and postings of a term."""
        word = self._words.get(term)
        if word is None or word.own is None:
            return None
        return TermEntry(word.own.weight, postings.decode(word.own.postings[0]))

    def _general(self, term: str) -> RelatedEntry | None:
        """Return where a general word leads."""
        word = self._words.get(term)
        if word is None or word.general is None:
            return None
        _, weight, stored, vector = word.general
        return RelatedEntry(weight, vector, relatedpostings.decode(stored[0]))


NO_TERMS = TermBlock({})


class DocumentBlock:
    """Some documents: what a result shows of each, and where it points."""

    def __init__(self, content: bytes, dimensions: int) -> None:
        reader = blocks.Reader(content)
        self.rows: list[list[Any]] = json.loads(reader.take(reader.varint()))
        self.directions = [reader.take(dimensions // 2) for _ in self.rows]
        reader.end()


def file_name(group: str, number: int, digest: str) -> str:
    """Return the name of a file of the index."""
    stem = f"{group}-{number}" if group in {"terms", "documents"} else group
    return f"{stem}.{digest}.bin"


def _decoded(decode: Callable[[], T], name: str) -> T:
    try:
        return decode()
    except (ValueError, KeyError, IndexError, TypeError, zlib.error) as error:
        raise SearchError("corrupt", f"damaged search index block ({name})") from error
