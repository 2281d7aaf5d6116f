"""What is known of the site that a build replaces, and of the one before it, which was put aside.

A file of either can be part of the next site as it is, if it still holds what was written into it.
That is known by its size and time; where these differ, it is read again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from oftasked.publishing import sum_of
from oftasked.remembering import program
from oftasked_search import Cache

File = tuple[str, int, int]
"""SHA-256 in hex, size, time of the last change in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Known:
    """The files of a site in a folder, by their path in it."""

    folder: Path
    files: Mapping[str, File] = field(default_factory=dict)

    def holds(self, path: str, sha256: str) -> bool:
        """Tell whether a file is there and holds what its sum says."""
        known = self.files.get(path)
        if known is None or known[0] != sha256:
            return False
        place = f"{self.folder}/{path}"
        with suppress(OSError):
            found = os.lstat(place)
            if found.st_size == known[1]:
                return found.st_mtime_ns == known[2] or _sum(place) == sha256
        return False


@dataclass(frozen=True, slots=True)
class Earlier:
    """The published site, what its entry pages were made from, and the site that was put aside."""

    published: Known
    aside: Known
    keys: Mapping[str, str] = field(default_factory=dict)
    """By path of an entry's page: the digest of all that went into it."""


def read(cache: Cache, name: str, *, published: Path, aside: Path) -> Earlier:
    """Return what was noted of two folders; nothing where it was not or does not fit."""
    content = cache.get(name) or b"{}"
    try:
        value = json.loads(content)
        if value["program"] == program():
            return Earlier(
                Known(published, _files(value["published"])),
                Known(aside, _files(value["aside"])),
                {str(path): str(key) for path, key in value["keys"].items()},
            )
    except (ValueError, TypeError, KeyError, AttributeError):
        pass
    return Earlier(Known(published), Known(aside))


def note(cache: Cache, name: str, earlier: Earlier) -> None:
    """Note what is known of two folders for the next build."""
    value = {
        "program": program(),
        "published": earlier.published.files,
        "aside": earlier.aside.files,
        "keys": earlier.keys,
    }
    cache.put(name, json.dumps(value, separators=(",", ":")).encode())


def noted(folder: Path, sums: Iterable[tuple[str, str]]) -> dict[str, File]:
    """Return what is to be known of files, given the sum of each."""
    return {path: (sha256, *_measured(f"{folder}/{path}")) for path, sha256 in sums}


def _measured(place: str) -> tuple[int, int]:
    found = os.lstat(place)
    return found.st_size, found.st_mtime_ns


def _files(value: dict[str, list[object]]) -> dict[str, File]:
    files = {}
    for path, (sha256, size, time) in value.items():
        if not isinstance(sha256, str) or not isinstance(size, int) or not isinstance(time, int):
            raise TypeError(path)
        files[path] = (sha256, size, time)
    return files


def _sum(place: str) -> str | None:
    with suppress(OSError):
        return sum_of(Path(place))
    return None
