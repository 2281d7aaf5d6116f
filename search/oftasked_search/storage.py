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
    from collections.abc import Callable, Collection, Iterable

    from oftasked_search.manifest import Manifest


T = TypeVar("T")
BUNDLED = frozenset({"facets", "terms", "documents"})


class Storage:
    """One published state of an index: a manifest and the blocks that it names."""

    def __init__(self, load: Callable[[str], bytes], *, again: bool = False) -> None:
        self._load = load
        self._again = again
        self._lexical = False  # goes on without meaning, because that could not be loaded twice
        self._blocks: dict[tuple[str, int], Any] = {}
        self._lexicon: Lexicon | None = None
        self._bundled: dict[tuple[str, int], bytes] | None = None
        self.manifest: Manifest = manifest.decode(self._fetch(manifest.FILE))
        self._starts = {
            "terms": [sort_key(term) for term in self.manifest.terms],
            "related": [sort_key(term) for term in self.manifest.related],
        }

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
        found = {term: self._found("terms", Kind.TERMS, TermBlock, term) for term in terms}
        return {term: entry for term, entry in found.items() if entry is not None}

    def related(self, terms: Iterable[str]) -> dict[str, RelatedEntry]:
        """Those of the terms that are general words which lead somewhere.

        Words are enough for a search: what fails again after a fresh start is done without, while
        this state lasts.
        """
        return self._unless_lexical(lambda: self._meanings(terms), {})

    def general_near(self, term: str) -> Collection[str]:
        """Return the general words of the block where a term is or would be; see `related`."""
        return self._unless_lexical(lambda: self._general_near(term), ())

    def _unless_lexical(self, read: Callable[[], T], nothing: T) -> T:
        if self._lexical:
            return nothing
        try:
            return read()
        except SearchError as error:
            if not self._again or error.kind == "version":
                raise
            self._lexical = True
            return nothing

    def _meanings(self, terms: Iterable[str]) -> dict[str, RelatedEntry]:
        decode = self._related_block
        found = {term: self._found("related", Kind.RELATED, decode, term) for term in terms}
        return {term: entry for term, entry in found.items() if entry is not None}

    def _related_block(self, content: bytes) -> RelatedBlock:
        return RelatedBlock(content, len(self.manifest.scales))

    def _general_near(self, term: str) -> Collection[str]:
        number = bisect_right(self._starts["related"], sort_key(term)) - 1
        if number < 0:
            return ()
        block: RelatedBlock = self._block("related", number, Kind.RELATED, self._related_block)
        return block.terms

    def _found(self, group: str, kind: Kind, decode: Callable[[bytes], Any], term: str) -> Any:
        """Return a term's entry from the last block that does not start behind it."""
        number = bisect_right(self._starts[group], sort_key(term)) - 1
        return None if number < 0 else self._block(group, number, kind, decode).find(term)

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
        if "bundle" not in names or group not in BUNDLED:
            return self._fetch(file_name(group, number, names[group]))
        if self._bundled is None:
            sealed = blocks.unbundle(self._fetch(file_name("bundle", 0, names["bundle"])))
            self._bundled = dict(zip(self._bundle_order(), sealed, strict=True))
        return self._bundled[group, number]

    def _bundle_order(self) -> list[tuple[str, int]]:
        terms = [("terms", number) for number in range(len(self.manifest.terms))]
        documents = [("documents", number) for number in range(self.manifest.blocks)]
        return [("facets", 0), *terms, *documents]

    def _fetch(self, path: str) -> bytes:
        try:
            return self._load(path)
        except (OSError, LookupError) as error:
            raise SearchError("unavailable", f"cannot load {path}") from error


class TermBlock:
    """Some neighbouring terms; postings are decoded when asked for."""

    def __init__(self, content: bytes) -> None:
        self._stored = termblocks.decode(content)
        self._entry = cache(self._decoded)

    def find(self, term: str) -> TermEntry | None:
        """Return the weight and postings of a term."""
        return self._entry(term) if term in self._stored else None

    def _decoded(self, term: str) -> TermEntry:
        stored = self._stored[term]
        return TermEntry(stored.weight, postings.decode(stored.postings))


class RelatedBlock:
    """Some neighbouring general words; postings are decoded when asked for."""

    def __init__(self, content: bytes, dimensions: int) -> None:
        self._stored = termblocks.decode(content, dimensions)
        self._entry = cache(self._decoded)

    @property
    def terms(self) -> Collection[str]:
        """The general words of the block."""
        return self._stored.keys()

    def find(self, term: str) -> RelatedEntry | None:
        """Return where a general word leads."""
        return self._entry(term) if term in self._stored else None

    def _decoded(self, term: str) -> RelatedEntry:
        stored = self._stored[term]
        return RelatedEntry(stored.weight, stored.vector, relatedpostings.decode(stored.postings))


class DocumentBlock:
    """Some documents: what a result shows of each, and where it points."""

    def __init__(self, content: bytes, dimensions: int) -> None:
        length, at = blocks.read_varint(content, 0)
        self.rows: list[list[Any]] = json.loads(content[at : at + length])
        at, size = at + length, dimensions // 2
        if len(content) != at + size * len(self.rows):
            raise ValueError("a block of documents ends too early or too late")
        self.directions = [content[at + size * n :][:size] for n in range(len(self.rows))]


def file_name(group: str, number: int, digest: str) -> str:
    """Return the name of a file of the index."""
    stem = f"{group}-{number}" if group in {"terms", "documents", "related"} else group
    return f"{stem}.{digest}.bin"


def _decoded(decode: Callable[[], T], name: str) -> T:
    try:
        return decode()
    except (ValueError, KeyError, IndexError, TypeError, zlib.error) as error:
        raise SearchError("corrupt", f"damaged search index block ({name})") from error
