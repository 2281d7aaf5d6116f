"""The files of an index, fetched when needed, checked and decoded once."""

from __future__ import annotations

import json
import zlib
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from oftasked_search import blocks, manifest, postings
from oftasked_search.blocks import Kind, read_varint
from oftasked_search.compile import file_name
from oftasked_search.errors import SearchError
from oftasked_search.facets import Facets
from oftasked_search.lexicon import Lexicon, sort_key
from oftasked_search.scoring import TermEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from oftasked_search.manifest import Manifest


class Storage:
    """One published state of an index: a manifest and the blocks that it names."""

    def __init__(self, load: Callable[[str], bytes]) -> None:
        self._load = load
        self._blocks: dict[tuple[str, int], Any] = {}
        self._bundled: dict[tuple[str, int], bytes] | None = None
        self.manifest: Manifest = manifest.decode(self._fetch(manifest.FILE))
        self._starts = [sort_key(term) for term in self.manifest.terms]

    @property
    def lexicon(self) -> Lexicon:
        """The words of the index."""
        found: Lexicon = self._block("lexicon", 0, Kind.LEXICON, Lexicon)
        return found

    @property
    def facets(self) -> Facets:
        """The facet values of the documents."""
        found: Facets = self._block("facets", 0, Kind.FACETS, Facets)
        return found

    def entries(self, terms: Iterable[str]) -> dict[str, TermEntry]:
        """Those of the terms that the index has."""
        entries: dict[str, TermEntry] = {}
        for term in terms:
            number = bisect_right(self._starts, sort_key(term)) - 1
            if number >= 0:
                block: TermBlock = self._block("terms", number, Kind.TERMS, TermBlock)
                entry = block.find(term)
                if entry is not None:
                    entries[term] = entry
        return entries

    def document(self, number: int) -> list[Any]:
        """Return what a result shows of a document: id, url, title, summary, facets."""
        per_block = self.manifest.per_block
        rows = self._block("documents", number // per_block, Kind.DOCUMENTS, _rows)
        row: list[Any] = rows[number % per_block]
        return row

    def _block(self, group: str, number: int, kind: Kind, decode: Callable[[bytes], Any]) -> Any:
        key = (group, number)
        if key not in self._blocks:
            try:
                self._blocks[key] = decode(blocks.unseal(kind, self._sealed(group, number)))
            except (ValueError, KeyError, IndexError, TypeError, zlib.error) as error:
                raise SearchError(
                    "corrupt", f"damaged search index block ({group} {number})"
                ) from error
        return self._blocks[key]

    def _sealed(self, group: str, number: int) -> bytes:
        names = self.manifest.names
        if "bundle" not in names:
            return self._fetch(file_name(group, number, names[group]))
        if self._bundled is None:
            sealed = blocks.unbundle(self._fetch(file_name("bundle", 0, names["bundle"])))
            self._bundled = dict(zip(self._bundle_order(), sealed, strict=True))
        return self._bundled[group, number]

    def _bundle_order(self) -> list[tuple[str, int]]:
        terms = [("terms", number) for number in range(len(self.manifest.terms))]
        documents = [("documents", number) for number in range(self.manifest.blocks)]
        return [("lexicon", 0), ("facets", 0), *terms, *documents]

    def _fetch(self, path: str) -> bytes:
        try:
            return self._load(path)
        except (OSError, LookupError) as error:
            raise SearchError("unavailable", f"cannot load {path}") from error


class TermBlock:
    """Some neighbouring terms; postings are decoded when asked for."""

    def __init__(self, content: bytes) -> None:
        self._entries: dict[str, tuple[int, bytes]] = {}
        self._decoded: dict[str, TermEntry] = {}
        count, at = read_varint(content, 0)
        heads = []
        for _ in range(count):
            length, at = read_varint(content, at)
            term = content[at : at + length].decode()
            weight, at = read_varint(content, at + length)
            size, at = read_varint(content, at)
            heads.append((term, weight, size))
        for term, weight, size in heads:
            self._entries[term] = (weight, content[at : at + size])
            at += size

    def find(self, term: str) -> TermEntry | None:
        """Return the weight and postings of a term."""
        if term in self._entries and term not in self._decoded:
            weight, encoded = self._entries[term]
            self._decoded[term] = TermEntry(weight, postings.decode(encoded))
        return self._decoded.get(term)


def _rows(content: bytes) -> Any:
    return json.loads(content)
