"""Terms with their postings -> the blocks that a visitor fetches them in.

``FORMAT.md`` ("Terms") is the specification; `storage.TermBlock` reads a block.
"""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING, NamedTuple

from oftasked_search.blocks import read_varint, varint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LEAST_BYTES, MOST_BYTES = 2_000, 6_000  # in a block, before compression


class StoredTerm(NamedTuple):
    """A term, its weight, its encoded postings; a general word has a vector (`directions`)."""

    term: str
    weight: int
    postings: bytes
    vector: bytes = b""

    @property
    def size(self) -> int:
        """About how many bytes it takes in a block."""
        return len(self.term) + 3 + len(self.vector) + len(self.postings)


def chunks(terms: Sequence[StoredTerm], least: int = LEAST_BYTES) -> Iterator[list[StoredTerm]]:
    """Yield runs of terms that fill a block each.

    Small blocks spare a visitor the neighbours that nobody asked for, but each is a file and a
    word in the manifest. So they grow with the index, as the square root of its size.
    """
    most = min(MOST_BYTES, max(least, isqrt(sum(term.size for term in terms))))
    pending: list[StoredTerm] = []
    size = 0
    for term in terms:
        if pending and size + term.size > most:
            yield pending
            pending, size = [], 0
        pending.append(term)
        size += term.size
    if pending:
        yield pending


def encode(terms: Sequence[StoredTerm]) -> bytes:
    """Count; for each term its length and UTF-8, weight, length of postings; then all postings.

    General words have the length of their vector before that of the postings, and the levels of
    all vectors stand before all postings.
    """
    head, vectors, tail = bytearray(varint(len(terms))), bytearray(), bytearray()
    for term, weight, postings, vector in terms:
        text = term.encode()
        head += varint(len(text)) + text + varint(weight) + vector[:1] + varint(len(postings))
        vectors += vector[1:]
        tail += postings
    return bytes(head + vectors + tail)


def decode(content: bytes, dimensions: int = 0) -> dict[str, StoredTerm]:
    """Return the terms in what `encode` wrote; general words have vectors of some dimensions."""
    count, at = read_varint(content, 0)
    heads = []
    for _ in range(count):
        length, at = read_varint(content, at)
        term = content[at : at + length].decode()
        weight, at = read_varint(content, at + length)
        long = content[at : at + (dimensions > 0)]
        size, at = read_varint(content, at + len(long))
        heads.append((term, weight, long, size))
    levels, terms = at, dict[str, StoredTerm]()
    at += count * (dimensions // 2)
    for term, weight, long, size in heads:
        vector = long + content[levels : levels + dimensions // 2]
        terms[term] = StoredTerm(term, weight, content[at : at + size], vector)
        levels, at = levels + dimensions // 2, at + size
    if at != len(content):
        raise ValueError("a block of terms ends too early or too late")
    return terms
