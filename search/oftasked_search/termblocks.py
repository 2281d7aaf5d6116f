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
    """A term, its weight, its encoded postings; ``norm``: how long a related word's vector is."""

    term: str
    weight: int
    postings: bytes
    norm: int = 0

    @property
    def size(self) -> int:
        """About how many bytes it takes in a block."""
        return len(self.term) + 3 + len(self.postings)


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


def encode(terms: Sequence[StoredTerm], *, related: bool = False) -> bytes:
    """Count; for each term its length and UTF-8, weight, length of postings; then all postings.

    Related words have their norm between weight and length.
    """
    head, tail = bytearray(varint(len(terms))), bytearray()
    for term, weight, postings, norm in terms:
        text = term.encode()
        head += varint(len(text)) + text + varint(weight)
        head += (varint(norm) if related else b"") + varint(len(postings))
        tail += postings
    return bytes(head + tail)


def decode(content: bytes, *, related: bool = False) -> dict[str, StoredTerm]:
    """Return the terms in what `encode` wrote."""
    count, at = read_varint(content, 0)
    heads = []
    for _ in range(count):
        length, at = read_varint(content, at)
        term = content[at : at + length].decode()
        weight, at = read_varint(content, at + length)
        norm, at = read_varint(content, at) if related else (0, at)
        size, at = read_varint(content, at)
        heads.append((term, weight, norm, size))
    terms: dict[str, StoredTerm] = {}
    for term, weight, norm, size in heads:
        terms[term] = StoredTerm(term, weight, content[at : at + size], norm)
        at += size
    return terms
