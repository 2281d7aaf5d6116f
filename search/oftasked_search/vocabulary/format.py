"""The bytes of a vocabulary table; ``FORMAT.md`` is the specification."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from oftasked_search.directions import levels, packed

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAGIC, VERSION = b"OFTV", 1
# Magic, version, dimensions, words, terms, bytes of the deflated part, checksum of what follows.
_HEADER = struct.Struct("<4sHHIIII")
COMMONNESS_STEP = 0.05
LENGTH_STEPS = 255
LEVELS = 16  # of a vector's value: four bits
MOST_TERMS = 65536


class FormatError(Exception):
    """A file that is no vocabulary table, or one of a version that this program does not know."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a table's file holds, as it is stored: small integers and the scales they stand for."""

    words: tuple[str, ...]  # the commonest first
    commonness: NDArray[np.uint8]  # of each word, in steps
    term_numbers: NDArray[np.uint16]  # of each word
    terms: tuple[str, ...]  # the commonest first
    scales: NDArray[np.float32]  # of each dimension
    longest: float
    lengths: NDArray[np.uint8]  # of each term's vector, in shares of the longest
    levels: NDArray[np.uint8]  # terms x dimensions, 0 to 15


def pack(content: Content) -> bytes:
    """Return the bytes of a table."""
    parts = ["\n".join(content.words).encode(), "\n".join(content.terms).encode()]
    numbers = content.commonness.tobytes() + content.term_numbers.astype("<u2").tobytes()
    sizes = struct.pack("<I", len(parts[0]))
    deflated = zlib.compress(sizes + parts[0] + numbers + parts[1], 9)
    vectors = _packed_vectors(content)
    count, dimensions = content.levels.shape
    body = deflated + vectors
    head = (VERSION, dimensions, len(content.words), count, len(deflated), zlib.crc32(body))
    return _HEADER.pack(MAGIC, *head) + body


def _packed_vectors(content: Content) -> bytes:
    scales = np.append(content.scales, content.longest).astype("<f4")
    return (
        scales.tobytes()
        + content.lengths.tobytes()
        + packed(content.levels.astype(np.uint8)).tobytes()
    )


def unpack(data: bytes) -> Content:
    """Return what the bytes of a table hold; FormatError if they are no table."""
    if len(data) < _HEADER.size or not data.startswith(MAGIC):
        raise FormatError("not a vocabulary table")
    _, version, dimensions, words, terms, deflated, checksum = _HEADER.unpack_from(data)
    if version != VERSION:
        raise FormatError(f"vocabulary table of version {version}; this program reads {VERSION}")
    body = memoryview(data)[_HEADER.size :]
    if zlib.crc32(body) != checksum:
        raise FormatError("damaged vocabulary table")
    text, after = zlib.decompress(body[:deflated]), _Cursor(body[deflated:])
    (size,) = struct.unpack_from("<I", text)
    listed, numbers = text[4 : 4 + size], _Cursor(memoryview(text)[4 + size :])
    commonness = numbers.take(np.dtype(np.uint8), words)
    term_numbers = numbers.take(np.dtype("<u2"), words)
    scales = after.take(np.dtype("<f4"), dimensions + 1)
    lengths = after.take(np.dtype(np.uint8), terms)
    pairs = after.take(np.dtype(np.uint8), terms * dimensions // 2).reshape(terms, -1)
    return Content(
        words=tuple(listed.decode().split("\n")),
        commonness=commonness,
        term_numbers=term_numbers,
        terms=tuple(bytes(numbers.rest()).decode().split("\n")),
        scales=scales[:-1],
        longest=float(scales[-1]),
        lengths=lengths,
        levels=levels(pairs),
    )


class _Cursor:
    """Takes arrays off the front of some bytes."""

    def __init__(self, data: memoryview) -> None:
        self._data, self._at = data, 0

    def take(self, kind: np.dtype[Any], count: int) -> NDArray[Any]:
        start, self._at = self._at, self._at + kind.itemsize * count
        return np.frombuffer(self._data[start : self._at], kind)

    def rest(self) -> memoryview:
        return self._data[self._at :]
