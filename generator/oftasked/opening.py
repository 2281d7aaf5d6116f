"""A published file -> every text in it: as it stands, unpacked, and decoded where it is an index.

The only module that knows how an index can be read without asking it anything.
"""

from __future__ import annotations

import functools
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from oftasked_search import SearchError, blocks, fronted, termblocks
from oftasked_search.blocks import Kind
from oftasked_search.storage import DocumentBlock

MAX_LAYERS = 4
"""Packed files inside packed files; an EPUB in a gzip file has two."""
MAX_BYTES = 1024 * 1024 * 1024
"""One file unpacked; more is an attack, or nothing that a help site holds."""

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_INDEX = "oftasked-search"


class UnreadableError(Exception):
    """A file that cannot be looked into; its text says why."""


@dataclass(frozen=True, slots=True)
class Held:
    """One text of a file. ``is_text`` is False for bytes that only look like one here and there.

    ``terms`` are the words of a decoded index; they are stems, and say nothing about an order.
    ``general`` are those that lead to documents without standing in one.
    """

    text: bytes = b""
    is_text: bool = True
    terms: frozenset[str] = frozenset()
    general: frozenset[str] = frozenset()


def held(
    name: str, content: bytes, dimensions: int = 0, layers: int = MAX_LAYERS
) -> Iterator[Held]:
    """Yield the texts of a file. ``dimensions`` is what the index's manifest says of its vectors.

    Raises UnreadableError for what may hold anything: damaged, or packed in a way unknown here.
    """
    try:
        yield from _held(name, content, dimensions, layers)
    except (OSError, EOFError, ValueError, IndexError, KeyError, TypeError, zlib.error) as error:
        raise UnreadableError(f"it is damaged ({error})") from error
    except (zipfile.BadZipFile, SearchError, RuntimeError, NotImplementedError) as error:
        raise UnreadableError(f"it is damaged ({error})") from error


def is_block(content: bytes) -> bool:
    """Tell whether a file is a part of an index."""
    return content.startswith(blocks.MAGIC)


@functools.lru_cache(maxsize=4)
def dimensions_of(manifest: bytes) -> int:
    """Return the number of dimensions that an index's manifest names; 0 for any other file."""
    index = _index(manifest)
    return len(index["scales"]) if index else 0


def _held(name: str, content: bytes, dimensions: int, layers: int) -> Iterator[Held]:
    if layers == 0:
        raise UnreadableError("it is packed too often")
    if content.startswith(_GZIP):
        with gzip.open(io.BytesIO(content)) as packed:
            yield from _held("", _bounded(packed.read(MAX_BYTES + 1)), dimensions, layers - 1)
    elif name.endswith(".br"):
        yield from _held(name.removesuffix(".br"), _unbrotli(content), dimensions, layers - 1)
    elif content.startswith(_ZIP):
        yield from _zipped(content, dimensions, layers)
    elif is_block(content):
        yield from _block(content, dimensions)
    elif index := _index(content):
        yield _manifest(index)
    else:
        yield _raw(content)


def _raw(content: bytes) -> Held:
    if content.startswith(_WIDE):
        return Held(content.decode("utf-16", "replace").encode("utf-8", "replace"))
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return Held(content, is_text=False)
    return Held(content, is_text=b"\0" not in content)


def _bounded(content: bytes) -> bytes:
    if len(content) > MAX_BYTES:
        raise UnreadableError(f"it unpacks to more than {MAX_BYTES // 1024**3} GiB")
    return content


def _unbrotli(content: bytes) -> bytes:
    try:
        import brotli  # noqa: PLC0415 - an extra that most sites do without
    except ImportError:
        remedy = "install brotli, or build without .br files"
        raise UnreadableError(f"it is packed with brotli; {remedy}") from None
    try:
        return _bounded(bytes(brotli.decompress(content)))
    except brotli.error as error:
        raise UnreadableError(f"it is damaged ({error})") from error


def _zipped(content: bytes, dimensions: int, layers: int) -> Iterator[Held]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        _bounded(b"" if sum(each.file_size for each in packed.infolist()) <= MAX_BYTES else content)
        for each in packed.infolist():
            yield Held(f"{each.filename}\n{each.comment!r}".encode())
            yield from _held(each.filename, packed.read(each), dimensions, layers - 1)


def _block(content: bytes, dimensions: int) -> Iterator[Held]:
    """Yield what a block of an index holds, whichever kind it says it is."""
    kind = Kind(content[5])
    if kind is Kind.BUNDLE:
        for inner in blocks.unbundle(content):
            yield from _block(inner, dimensions)
        return
    stored = blocks.unseal(kind, content)
    if kind is Kind.TERMS:
        words = termblocks.decode(stored, dimensions).values()
        own = frozenset(word.term for word in words if word.own)
        yield Held(terms=own, general=frozenset(word.term for word in words) - own)
    elif kind is Kind.DOCUMENTS:
        yield Held(_lines(DocumentBlock(stored, dimensions).rows))
    else:
        yield Held(_lines(json.loads(stored)))


def _index(content: bytes) -> Mapping[str, Any] | None:
    """Return the manifest of an index, or None if the file is something else."""
    if not content.startswith(b"{") or _INDEX.encode() not in content:
        return None
    try:
        value = json.loads(content)
    except ValueError:
        return None
    is_index = isinstance(value, dict) and value.get("format") == _INDEX
    return value if is_index else None


def _manifest(index: Mapping[str, Any]) -> Held:
    """Return what a manifest says in words. How its blocks begin, the blocks say themselves."""
    lexicon = index["lexicon"]
    return Held(_lines([fronted.unfront(lexicon["words"]), lexicon["synonyms"], index["lang"]]))


def _lines(value: Any) -> bytes:
    """Return every text in a JSON value, one a line."""
    return "\n".join(_texts(value)).encode("utf-8", "replace")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for pair in value.items() for part in pair for text in _texts(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in _texts(part))
