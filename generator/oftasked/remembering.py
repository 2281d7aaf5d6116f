"""What one build computed -> what the next need not compute again, as long as its source is alike.

A `Memory` is a folder of tables. Each maps the digest of a text to what a pure function made of
it; a build leaves only what it has used itself, so that no table grows beyond its site. Nothing
in a table is run, and one that is missing, damaged or made by another program is as good as none.
"""

from __future__ import annotations

import json
import struct
import sys
import zlib
from array import array
from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import accumulate, pairwise

from oftasked_search import Cache, signature

DIGEST_BYTES = 16
_MAGIC = b"OFTM"
_HEADER = struct.Struct("<4sII")  # magic, length of the description, checksum of what follows
_LIBRARIES = ("markdown", "nh3", "pymdown-extensions", "pygments", "jinja2", "mkdocs")


def digest(*texts: str) -> bytes:
    """Return what tells some texts from all others; their lengths tell where one ends."""
    whole = "".join((repr([len(text) for text in texts]), *texts))
    return blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).digest()


class Table:
    """Texts by digest: those of the build before, and those of this one."""

    def __init__(self, name: str, before: dict[bytes, bytes]) -> None:
        self.name = name
        self._before = before
        self.used: dict[bytes, bytes] = {}
        self.computed = 0

    def recall(self, key: bytes, compute: Callable[[], str]) -> str:
        """Return what is remembered under a key; otherwise compute it."""
        known = self._before.get(key, self.used.get(key))
        if known is None:
            self.computed += 1
            known = compute().encode("utf-8", "surrogatepass")
        self.used[key] = known
        return known.decode("utf-8", "surrogatepass")

    def knows(self, key: bytes) -> bool:
        """Tell whether something is remembered under a key."""
        return key in self._before or key in self.used

    def learn(self, key: bytes, text: str) -> None:
        """Remember what was computed elsewhere."""
        self.computed += 1
        self.used[key] = text.encode("utf-8", "surrogatepass")

    @property
    def has_changed(self) -> bool:
        """Whether this build has used more or less than the one before."""
        return self.computed > 0 or len(self.used) != len(self._before)


class Memory:
    """The tables of a folder; with no folder, what is remembered lasts for one build."""

    def __init__(self, folder: Cache | None = None) -> None:
        self.folder = folder
        self._tables: dict[str, Table] = {}

    def table(self, name: str) -> Table:
        """Return a table by its name, a file's name."""
        if name not in self._tables:
            content = self.folder.get(name) if self.folder else None
            self._tables[name] = Table(name, _unpacked(content, name) if content else {})
        return self._tables[name]

    @property
    def computed(self) -> dict[str, int]:
        """By table: how many texts were not remembered."""
        return {name: table.computed for name, table in sorted(self._tables.items())}

    def save(self) -> None:
        """Leave the tables to the next build."""
        if self.folder is None:
            return
        for name, table in sorted(self._tables.items()):
            if table.has_changed:
                self.folder.put(name, _packed(table.used, name))


@cache
def program() -> str:
    """Return what all that is remembered depends on but the sources: this program, its parts."""
    found = blake2b(digest_size=DIGEST_BYTES)
    parts = (sys.version, sys.byteorder, signature(), *map(version, _LIBRARIES))
    found.update(repr(parts).encode())
    for package in ("oftasked", "oftasked_theme"):
        for path, each in _sources(files(package), f"{package}/"):
            content = each.read_bytes()
            found.update(f"{path} {len(content)} ".encode() + content)
    return found.hexdigest()


def _sources(folder: Traversable, path: str) -> list[tuple[str, Traversable]]:
    found = []
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        if each.is_dir() and each.name not in {"__pycache__", "cli", "starters"}:
            found += _sources(each, f"{path}{each.name}/")
        elif each.name.endswith((".py", ".html", ".toml")):
            found.append((path + each.name, each))
    return found


def _packed(values: dict[bytes, bytes], owner: str) -> bytes:
    """Return a table as bytes: a description, all keys, all lengths, all values."""
    lengths = array("I", map(len, values.values()))
    description = json.dumps([program(), owner, len(values), lengths.itemsize]).encode()
    parts = (description, *values, lengths.tobytes(), *values.values())
    body = b"".join(parts)
    return _HEADER.pack(_MAGIC, len(description), zlib.crc32(body)) + body


def _unpacked(content: bytes, owner: str) -> dict[bytes, bytes]:
    """Return the table in some bytes; an empty one if they are no table of this program."""
    try:
        magic, size, checksum = _HEADER.unpack_from(content)
        start = _HEADER.size + size
        if magic != _MAGIC or zlib.crc32(memoryview(content)[_HEADER.size :]) != checksum:
            return {}
        made_by, made_for, count, itemsize = json.loads(content[_HEADER.size : start])
        lengths = array("I")
        if (made_by, made_for, itemsize) != (program(), owner, lengths.itemsize):
            return {}
        values = start + count * DIGEST_BYTES
        lengths.frombytes(content[values : values + count * itemsize])
        keys = range(start, values, DIGEST_BYTES)
        ends = pairwise(accumulate(lengths, initial=values + count * itemsize))
        return {
            content[key : key + DIGEST_BYTES]: content[first:last]
            for key, (first, last) in zip(keys, ends, strict=True)
        }
    except (ValueError, struct.error):
        return {}
