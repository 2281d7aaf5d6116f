"""The container of every binary file of an index; its header proves the file whole.

``FORMAT.md`` ("Blocks") is the specification; `runtime/blocks.js` reads the same.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from enum import IntEnum

from oftasked_search.errors import SearchError

VERSION = 3
MAGIC = b"OFTS"
_HEADER = struct.Struct("<4sBBHII")


class Kind(IntEnum):
    """What a block holds."""

    BUNDLE = 1
    TERMS = 2
    RELATED = 3
    DOCUMENTS = 4
    FACETS = 5


def seal(kind: Kind, content: bytes) -> bytes:
    """Return a block: a header that proves it whole, and the content, deflated."""
    stored = content if kind is Kind.BUNDLE else zlib.compress(content, 9)
    return _HEADER.pack(MAGIC, VERSION, kind, 0, len(stored), zlib.crc32(stored)) + stored


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
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def read_varint(content: bytes, at: int) -> tuple[int, int]:
    """Return the integer at a place, and the place behind it."""
    number = shift = 0
    while True:
        byte = content[at]
        at += 1
        number |= (byte & 0x7F) << shift
        if byte < 0x80:
            return number, at
        shift += 7
