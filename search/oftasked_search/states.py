"""What was gathered of documents -> bytes that a later build starts from, and back.

A state is a cache: one that is missing, damaged, or written by another program is as good as none.
Nothing in it is run: it holds columns of numbers, each with its name, kind and shape.
"""

from __future__ import annotations

import json
import struct
import sys
import unicodedata
import zlib
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from oftasked_search.changing import Change, Changed
from oftasked_search.gathering import KEY_BYTES, Gathered, Written
from oftasked_search.inverting import Inverted, Lengths
from oftasked_search.postingtable import Table
from oftasked_search.relatedpostings import Rows
from oftasked_search.relating import NOTHING, Near, Relations
from oftasked_search.strongest import Strongest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable

    from numpy.typing import NDArray

    Column = NDArray[Any]

MAGIC = b"OFTG"
_HEADER = struct.Struct("<4sII")  # magic, length of the description, checksum of what follows
_ALIGNED = 16  # bytes: where columns may start


class DamagedError(Exception):
    """Bytes that are not a state of this program."""


@cache
def signature() -> str:
    """Return what a state depends on but documents: this package, and what it analyses with."""
    digest = blake2b(digest_size=16)
    others = (
        version("snowballstemmer"),
        unicodedata.unidata_version,
        zlib.ZLIB_RUNTIME_VERSION,
        sys.byteorder,
        sys.version,
        np.__version__,
    )
    digest.update(repr(others).encode())
    for name, content in _contents(files("oftasked_search"), ""):
        digest.update(f"{name} {len(content)} ".encode() + content)
    return digest.hexdigest()


def _contents(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        if each.is_dir() and each.name in {"data", "vocabulary"}:
            yield from _contents(each, f"{path}{each.name}/")
        elif each.name.endswith((".py", ".bin", ".txt")):
            yield path + each.name, each.read_bytes()


def packed(gathered: Gathered, owner: str) -> list[bytes | memoryview]:
    """Return a state as bytes in parts; ``owner`` says what it is for, beside the documents."""
    wide = _columns(gathered)
    columns = {name: np.ascontiguousarray(_narrow(column)) for name, column in wide.items()}
    described = [
        [name, each.dtype.str, each.shape, wide[name].dtype.str] for name, each in columns.items()
    ]
    description = json.dumps([signature(), owner, described]).encode()
    description += b" " * (-(len(description) + _HEADER.size) % _ALIGNED)
    parts: list[bytes | memoryview] = [description]
    for column in columns.values():
        parts += [column.reshape(-1).view(np.uint8).data, bytes(-column.nbytes % _ALIGNED)]
    checksum = 0
    for part in parts:
        checksum = zlib.crc32(part, checksum)
    return [_HEADER.pack(MAGIC, len(description), checksum), *parts]


def unpacked(content: bytes, owner: str) -> Gathered:
    """Return the state in some bytes. Raises `DamagedError`."""
    if len(content) < _HEADER.size or not content.startswith(MAGIC):
        raise DamagedError("no state")
    _, size, checksum = _HEADER.unpack_from(content)
    whole = memoryview(content)
    if zlib.crc32(whole[_HEADER.size :]) != checksum:
        raise DamagedError("not whole")
    try:
        made_by, made_for, described = json.loads(bytes(whole[_HEADER.size : _HEADER.size + size]))
        if (made_by, made_for) != (signature(), owner):
            raise DamagedError("of another program or for something else")
        return _gathered(dict(_read(whole[_HEADER.size + size :], described)))
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise DamagedError(str(error)) from error


def _narrow(column: Column) -> Column:
    """Return whole numbers in the smallest kind that holds them."""
    if column.dtype.kind != "i" or not column.size or column.min() < 0:
        return column
    return column.astype(np.min_scalar_type(column.max()), copy=False)


def _read(content: memoryview, described: Sequence[Any]) -> Iterator[tuple[str, Column]]:
    at = 0
    for name, kind, shape, wide in described:
        dtype = np.dtype(kind)
        count = int(np.prod(shape, dtype=np.int64))
        column = np.frombuffer(content, dtype, count, at).reshape(shape)
        yield name, column.astype(np.dtype(wide), copy=False)
        at += count * dtype.itemsize
        at += -at % _ALIGNED


def _columns(gathered: Gathered) -> dict[str, Column]:
    """Return all columns of a state by name."""
    inverted, written = gathered.inverted, gathered.written
    columns: dict[str, Column] = {
        "keys": np.frombuffer(b"".join(gathered.keys), dtype=np.uint8),
        "terms": _texts(inverted.terms),
        "shares": inverted.shares,
        **_fields("lengths", inverted.lengths),
        **_fields("table", inverted.rows.table),
        "kept": inverted.rows.kept,
        "words": _texts(written.words),
        "word": written.word,
        "document": written.document,
        "levels": gathered.levels,
        "priors": gathered.priors,
        "answers": np.frombuffer(gathered.answers, dtype=np.uint8),
        "sealed": np.frombuffer(gathered.sealed, dtype=np.uint8),
    }
    if gathered.relations:
        found = gathered.relations
        columns |= {
            **_fields("strongest", found.strongest),
            **_fields("near", found.near),
            "tops": found.tops,
            **_fields("rows", found.rows),
        }
    return columns


def _gathered(columns: Mapping[str, Column]) -> Gathered:
    table = _of(Table, "table", columns)
    terms = _listed(columns["terms"])
    rows = Changed.loaded(table, columns["kept"])
    lengths = _of(Lengths, "lengths", columns)
    relations = None
    if "tops" in columns:
        relations = Relations(
            _of(Strongest, "strongest", columns),
            _of(Near, "near", columns),
            columns["tops"],
            _of(Rows, "rows", columns),
            NOTHING,
        )
    keys = columns["keys"].tobytes()
    return Gathered(
        [keys[at : at + KEY_BYTES] for at in range(0, len(keys), KEY_BYTES)],
        Inverted(terms, columns["shares"], lengths, rows),
        Written(_listed(columns["words"]), columns["word"], columns["document"]),
        columns["levels"],
        relations,
        columns["priors"],
        Change.none(),
        columns["answers"].tobytes(),
        columns["sealed"].tobytes(),
    )


def _fields(prefix: str, value: Any) -> dict[str, Column]:
    names = type(value).__annotations__
    return {f"{prefix}.{name}": getattr(value, name) for name in names}


def _of(kind: type[Any], prefix: str, columns: Mapping[str, Column]) -> Any:
    return kind(*(columns[f"{prefix}.{name}"] for name in kind.__annotations__))


def _texts(texts: Sequence[str]) -> Column:
    return np.frombuffer("\n".join(texts).encode("utf-8", "surrogatepass"), dtype=np.uint8)


def _listed(column: Column) -> list[str]:
    text = column.tobytes().decode("utf-8", "surrogatepass")
    return text.split("\n") if text else []
