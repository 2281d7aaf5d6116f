"""Blocks that an earlier build has sealed, so that the same content is not deflated again."""

from __future__ import annotations

import struct
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING

from oftasked_search import blocks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oftasked_search.blocks import Kind

DIGEST_BYTES = 16


class Sealer:
    """Seals blocks, and remembers them by a digest of their content."""

    def __init__(self, known: Mapping[bytes, bytes]) -> None:
        self._known = known
        self._sealed: dict[bytes, bytes] = {}

    def seal(self, kind: Kind, *parts: bytes) -> bytes:
        """Return what `blocks.seal` does."""
        sizes = struct.pack(f"<{len(parts) + 1}I", kind, *map(len, parts))
        digest = blake2b(b"".join((sizes, *parts)), digest_size=DIGEST_BYTES).digest()
        sealed = self._known.get(digest) or blocks.seal(kind, *parts)
        self._sealed[digest] = sealed
        return sealed

    def encoded(self) -> bytes:
        """Return the blocks as bytes that `decoded` reads."""
        count, contents = len(self._sealed), self._sealed.values()
        sizes = struct.pack(f"<{count + 1}I", count, *map(len, contents))
        return b"".join((sizes, *self._sealed, *contents))


def decoded(content: bytes) -> dict[bytes, bytes]:
    """Return the blocks that `Sealer.encoded` wrote; of no bytes, none."""
    if not content:
        return {}
    (count,) = struct.unpack_from("<I", content)
    sizes = struct.unpack_from(f"<{count}I", content, 4)
    digests = 4 + 4 * count
    at = digests + DIGEST_BYTES * count
    borders = [at]
    for size in sizes:
        borders.append(borders[-1] + size)
    keys = (content[n : n + DIGEST_BYTES] for n in range(digests, at, DIGEST_BYTES))
    runs = pairwise(borders)
    return {key: content[first:last] for key, (first, last) in zip(keys, runs, strict=True)}
