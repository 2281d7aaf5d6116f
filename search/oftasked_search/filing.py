"""What has been computed -> the blocks of an index, and the files that these become.

``FORMAT.md`` ("Files") is the specification; `storage` reads them.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from oftasked_search import blocks, termblocks
from oftasked_search.blocks import Kind
from oftasked_search.storage import file_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from oftasked_search.documents import Document
    from oftasked_search.termblocks import StoredTerm

BUNDLE_BYTES = 48_000  # an index up to this size is one file
DOCUMENTS_PER_BLOCK = 4


@dataclass(frozen=True, slots=True)
class Filed:
    """The files of an index but its manifest, and what that says of them."""

    files: dict[str, bytes]
    names: dict[str, str]
    terms: tuple[str, ...]
    related: tuple[str, ...]
    blocks: int


def filed(
    ordered: Sequence[Document],
    directions: Sequence[bytes],
    terms: Sequence[StoredTerm],
    related: Sequence[StoredTerm],
    least: int,
) -> Filed:
    """Return documents, terms and general words as files; ``least``: bytes of a block of terms."""
    starts, term_blocks = _blocked(terms, Kind.TERMS, least)
    document_blocks = _document_blocks(ordered, directions)
    groups: dict[str, list[bytes]] = {
        "facets": [blocks.seal(Kind.FACETS, _facets(ordered))],
        "terms": term_blocks,
        "documents": document_blocks,
    }
    files, names = _files(groups)
    related_starts, related_blocks = _blocked(related, Kind.RELATED, least)
    if related_blocks:
        names["related"] = blocks.name_hash(related_blocks)
        files |= _named("related", names["related"], related_blocks)
    return Filed(files, names, starts, related_starts, len(document_blocks))


def _blocked(
    terms: Sequence[StoredTerm], kind: Kind, least: int
) -> tuple[tuple[str, ...], list[bytes]]:
    """Return the first term of each block, and the blocks."""
    chunks = list(termblocks.chunks(terms, least))
    sealed = [blocks.seal(kind, termblocks.encode(chunk)) for chunk in chunks]
    return tuple(chunk[0].term for chunk in chunks), sealed


def _document_blocks(ordered: Sequence[Document], directions: Sequence[bytes]) -> list[bytes]:
    """Return what results show, ``[[id, url, title, summary, facets], ...]``, and directions."""
    rows = [[d.id, d.url, d.title, d.summary, {n: list(v) for n, v in d.facets}] for d in ordered]
    sealed = []
    for at in range(0, len(rows), DOCUMENTS_PER_BLOCK):
        chunk = slice(at, at + DOCUMENTS_PER_BLOCK)
        shown = _json(rows[chunk])
        content = b"".join((blocks.varint(len(shown)), shown, *directions[chunk]))
        sealed.append(blocks.seal(Kind.DOCUMENTS, content))
    return sealed


def _facets(ordered: Sequence[Document]) -> bytes:
    """Return, per facet, the distinct sets of values and which one each document has."""
    names = sorted({name for document in ordered for name, _ in document.facets})
    stored = []
    for name in names:
        sets = [tuple(sorted(dict(document.facets).get(name, ()))) for document in ordered]
        counts = Counter(sets)
        distinct = sorted(counts, key=lambda values: (-counts[values], values))
        numbers = {values: number for number, values in enumerate(distinct)}
        stored.append([name, distinct, [numbers[values] for values in sets]])
    return _json(stored)


def _files(groups: Mapping[str, list[bytes]]) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return the blocks as files: one file if they are small together, else one each."""
    everything = [block for group in groups.values() for block in group]
    if sum(map(len, everything)) <= BUNDLE_BYTES:
        whole = blocks.bundle(everything)
        digest = blocks.name_hash([whole])
        return {file_name("bundle", 0, digest): whole}, {"bundle": digest}
    names = {group: blocks.name_hash(sealed) for group, sealed in groups.items()}
    files: dict[str, bytes] = {}
    for group, sealed in groups.items():
        files |= _named(group, names[group], sealed)
    return dict(sorted(files.items())), names


def _named(group: str, digest: str, sealed: Sequence[bytes]) -> dict[str, bytes]:
    return {file_name(group, number, digest): block for number, block in enumerate(sealed)}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
