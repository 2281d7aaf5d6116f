"""Terms with their postings -> the blocks that a visitor fetches them in.

``FORMAT.md`` ("Terms") is the specification; `storage.TermBlock` reads a block.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from oftasked_search.blocks import Reader, varint
from oftasked_search.lexicon import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LEAST_BYTES, MOST_BYTES = 2_000, 6_000  # in a block, before compression
ENOUGH_BLOCKS = 1_500


class StoredTerm(NamedTuple):
    """A term, its weight, its encoded postings, by columns; a general word has a vector."""

    term: str
    weight: int
    postings: tuple[bytes, ...]
    vector: bytes = b""

    @property
    def size(self) -> int:
        """About how many bytes it takes in a block."""
        return 3 + len(self.vector) + self.length

    @property
    def length(self) -> int:
        """How many bytes its postings have."""
        return len(self.postings[0]) if len(self.postings) == 1 else sum(map(len, self.postings))


class StoredWord(NamedTuple):
    """What an index has for a term: its own postings, and where it leads as a general word."""

    term: str
    own: StoredTerm | None
    general: StoredTerm | None

    @property
    def size(self) -> int:
        """About how many bytes it takes in a block."""
        return len(self.term) + sum(part.size for part in (self.own, self.general) if part)


def paired(terms: Sequence[StoredTerm], general: Sequence[StoredTerm]) -> list[StoredWord]:
    """Return terms and general words together, in the readers' order."""
    own = {term.term: term for term in terms}
    leading = {term.term: term for term in general}
    both = sorted(own.keys() | leading.keys(), key=sort_key)
    return [StoredWord(term, own.get(term), leading.get(term)) for term in both]


def chunks(words: Sequence[StoredWord], least: int = LEAST_BYTES) -> Iterator[list[StoredWord]]:
    """Yield runs of words that fill a block each.

    Small blocks spare a visitor the neighbours that nobody asked for, but each is a file and a
    word in the manifest. So they grow with the index.
    """
    sizes = [word.size for word in words]
    most = min(MOST_BYTES, max(least, sum(sizes) // ENOUGH_BLOCKS))
    pending: list[StoredWord] = []
    size = 0
    for word, own in zip(words, sizes, strict=True):
        if pending and size + own > most:
            yield pending
            pending, size = [], 0
        pending.append(word)
        size += own
    if pending:
        yield pending


def starts(runs: Sequence[Sequence[StoredWord]]) -> tuple[str, ...]:
    """Return for each run as much of its first term as tells it from the last of the one before."""
    lasts = ("", *(run[-1].term for run in runs))
    return tuple(_telling(run[0].term, last) for run, last in zip(runs, lasts, strict=False))


def _telling(term: str, last: str) -> str:
    lengths = range(1, len(term))
    behind = (term[:n] for n in lengths if sort_key(term[:n]) > sort_key(last))
    return next(behind, term)


def encode(words: Sequence[StoredWord]) -> list[bytes]:
    """Return the parts of a block: the words; the vectors; the postings, each column a part."""
    heads, before = bytearray(varint(len(words))), b""
    for word in words:
        text = word.term.encode()
        heads += _told_from(before, text) + _head(word.own) + _head(word.general)
        before = text
    own = [word.own for word in words if word.own]
    general = [word.general for word in words if word.general]
    vectors = b"".join(term.vector[1:] for term in general)
    columns = chain.from_iterable(term.postings for term in (*own, *general))
    return [bytes(heads), vectors, *columns]


def _told_from(before: bytes, text: bytes) -> bytes:
    """Return how many bytes a text shares with the one before, how many follow, and those."""
    both = min(len(before), len(text))
    differing = int.from_bytes(before[:both], "big") ^ int.from_bytes(text[:both], "big")
    shared = both - (differing.bit_length() + 7) // 8
    return varint(shared) + varint(len(text) - shared) + text[shared:]


def _head(term: StoredTerm | None) -> bytes:
    """Return the weight, 0 if there is none, the length of a vector, that of the postings."""
    if term is None:
        return b"\0"
    return varint(term.weight + 1) + term.vector[:1] + varint(term.length)


def decode(content: bytes, dimensions: int = 0) -> dict[str, StoredWord]:
    """Return the words in what `encode` wrote; vectors have some dimensions."""
    reader = Reader(content)
    heads, before = [], b""
    for _ in range(reader.varint()):
        before = before[: reader.varint()] + reader.take(reader.varint())
        heads.append((before.decode(), _read_head(reader, 0), _read_head(reader, 1)))
    levels = {term: reader.take(dimensions // 2) for term, _, general in heads if general}
    own = {term: _stored(term, head, b"", reader) for term, head, _ in heads if head}
    general = {term: _stored(term, head, levels[term], reader) for term, _, head in heads if head}
    reader.end()
    return {term: StoredWord(term, own.get(term), general.get(term)) for term, _, _ in heads}


def _read_head(reader: Reader, lengths: int) -> tuple[int, bytes, int] | None:
    weight = reader.varint()
    return (weight - 1, reader.take(lengths), reader.varint()) if weight else None


def _stored(term: str, head: tuple[int, bytes, int], levels: bytes, reader: Reader) -> StoredTerm:
    weight, length, size = head
    return StoredTerm(term, weight, (reader.take(size),), length + levels)
