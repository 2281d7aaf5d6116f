"""What has been computed -> the blocks of an index, and the files that these become.

``FORMAT.md`` ("Files") is the specification; `storage` reads them.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from oftasked_search import blocks, termblocks
from oftasked_search.blocks import Kind
from oftasked_search.storage import file_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from oftasked_search.documents import Document
    from oftasked_search.termblocks import StoredTerm

    Seal = Callable[..., bytes]  # see `blocks.seal`

BUNDLE_BYTES = 24_000  # blocks up to this size together are one file
BUNDLES = (("facets", "terms", "documents"), ("facets", "documents"))
FEW_DOCUMENTS, MANY_DOCUMENTS = 2, 4  # in a block: fewer are read sooner, but make more files
DOCUMENT_BLOCKS = 1_000  # of a few documents each


@dataclass(frozen=True, slots=True)
class Filed:
    """The files of an index but its manifest, and what that says of them."""

    files: dict[str, bytes]
    names: dict[str, str]
    terms: tuple[str, ...]
    blocks: int
    per_block: int


def filed(
    ordered: Sequence[Document],
    directions: Sequence[bytes],
    terms: Sequence[StoredTerm],
    related: Sequence[StoredTerm],
    least: int,
    seal: Seal = blocks.seal,
) -> Filed:
    """Return documents, terms and general words as files; ``least``: bytes of a block of terms."""
    per_block = min(MANY_DOCUMENTS, max(FEW_DOCUMENTS, ceil(len(ordered) / DOCUMENT_BLOCKS)))
    runs = list(termblocks.chunks(termblocks.paired(terms, related), least))
    groups = {
        "facets": [seal(Kind.FACETS, _facets(ordered))],
        "terms": [seal(Kind.TERMS, *termblocks.encode(run)) for run in runs],
        "documents": _document_blocks(ordered, directions, per_block, seal),
    }
    files, names = _files(groups)
    return Filed(files, names, termblocks.starts(runs), len(groups["documents"]), per_block)


def _document_blocks(
    ordered: Sequence[Document], directions: Sequence[bytes], per_block: int, seal: Seal
) -> list[bytes]:
    """Return what results show, ``[[id, url, title, summary, facets], ...]``, and directions."""
    rows = [[d.id, d.url, d.title, d.summary, {n: list(v) for n, v in d.facets}] for d in ordered]
    sealed = []
    for at in range(0, len(rows), per_block):
        chunk = slice(at, at + per_block)
        shown = _json(rows[chunk])
        content = b"".join((blocks.varint(len(shown)), shown, *directions[chunk]))
        sealed.append(seal(Kind.DOCUMENTS, content))
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
    """Return the blocks as files: those that are small together in one, else one each."""
    bundled = next((few for few in BUNDLES if _size(groups, few) <= BUNDLE_BYTES), ())
    files, names = dict[str, bytes](), dict[str, str]()
    if bundled:
        whole = blocks.bundle([block for group in bundled for block in groups[group]])
        names["bundle"] = blocks.name_hash([whole])
        files[file_name("bundle", 0, names["bundle"])] = whole
    for group in sorted(groups.keys() - set(bundled)):
        names[group] = blocks.name_hash(groups[group])
        files |= _named(group, names[group], groups[group])
    return dict(sorted(files.items())), names


def _size(groups: Mapping[str, list[bytes]], names: Sequence[str]) -> int:
    return sum(len(block) for name in names for block in groups[name])


def _named(group: str, digest: str, sealed: Sequence[bytes]) -> dict[str, bytes]:
    return {file_name(group, number, digest): block for number, block in enumerate(sealed)}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
