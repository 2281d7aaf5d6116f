"""The container of every binary file of an index; its header proves the file whole.

``FORMAT.md`` ("Blocks") is the specification; `runtime/blocks.js` reads the same.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from enum import IntEnum
from typing import TYPE_CHECKING

from oftasked_search.errors import SearchError

if TYPE_CHECKING:
    from collections.abc import Sequence

VERSION = 3
MAGIC = b"OFTS"
LONG_PART = 500  # bytes worth codes of their own
_HEADER = struct.Struct("<4sBBHII")
_SMALL = tuple(bytes([number]) for number in range(0x80))  # most varints are as small


class Kind(IntEnum):
    """What a block holds."""

    BUNDLE = 1
    TERMS = 2
    DOCUMENTS = 3
    FACETS = 4


def seal(kind: Kind, *parts: bytes) -> bytes:
    """Return a block: a header that proves it whole, and the content, deflated."""
    stored = b"".join(parts) if kind is Kind.BUNDLE else _deflated(parts)
    return _HEADER.pack(MAGIC, VERSION, kind, 0, len(stored), zlib.crc32(stored)) + stored


def _deflated(parts: Sequence[bytes]) -> bytes:
    """Deflate parts as one; between two long ones, which differ in nature, with fresh codes."""
    packer, pieces, length = zlib.compressobj(9), list[bytes](), 0
    for part in parts:
        if min(length, len(part)) >= LONG_PART:
            pieces.append(packer.flush(zlib.Z_BLOCK))
            length = 0
        pieces.append(packer.compress(part))
        length += len(part)
    return b"".join((*pieces, packer.flush()))


def unseal(kind: Kind, block: bytes) -> bytes:
    """Return the content of a block, or a `SearchError` if it is not a whole block of that kind."""
    if len(block) < _HEADER.size or not block.startswith(MAGIC):
        raise SearchError("corrupt", f"not a search index block ({kind.name.lower()})")
    _, version, found, _, length, checksum = _HEADER.unpack_from(block)
    if version != VERSION:
        raise SearchError("version", f"index format {version}; this reader knows {VERSION}")
    stored = block[_HEADER.size :]
    if found != kind or len(stored) != length or zlib.crc32(stored) != checksum:
        raise SearchError("corrupt", f"damaged search index block ({kind.name.lower()})")
    return stored if kind is Kind.BUNDLE else zlib.decompress(stored)


def bundle(blocks: list[bytes]) -> bytes:
    """Several blocks as one: each after its length."""
    return seal(Kind.BUNDLE, b"".join(struct.pack("<I", len(block)) + block for block in blocks))


def unbundle(block: bytes) -> list[bytes]:
    """Return the blocks in a bundle."""
    content, blocks, at = unseal(Kind.BUNDLE, block), [], 0
    while at < len(content):
        (length,) = struct.unpack_from("<I", content, at)
        blocks.append(content[at + 4 : at + 4 + length])
        at += 4 + length
    return blocks


def name_hash(blocks: list[bytes]) -> str:
    """Return the part of a file name that changes whenever any of the blocks does."""
    digest = hashlib.sha256()
    for block in blocks:
        digest.update(block)
    return digest.hexdigest()[:12]


def varint(number: int) -> bytes:
    """Return an unsigned integer, seven bits a byte, low bits first."""
    if number <= 0x7F:
        return _SMALL[number]
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


class Reader:
    """Reads what is in a block, one thing after the other."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def varint(self) -> int:
        """Return an unsigned integer, seven bits a byte, low bits first."""
        number = shift = 0
        while True:
            byte = self._content[self._at]
            self._at += 1
            number |= (byte & 0x7F) << shift
            if byte < 0x80:
                return number
            shift += 7

    def take(self, length: int) -> bytes:
        """Return some bytes."""
        self._at += length
        if self._at > len(self._content):
            raise IndexError("behind the end of the block")
        return self._content[self._at - length : self._at]

    def rest(self) -> bytes:
        """Return all that is left."""
        return self.take(len(self._content) - self._at)

    def end(self) -> None:
        """Nothing may be left."""
        if self._at < len(self._content):
            raise ValueError("more than a block should have")
