"""Where a build leaves what the next one may start from."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Protocol


class Cache(Protocol):
    """Keeps bytes by name. What it gives back is checked by whoever asked for it."""

    def get(self, name: str) -> bytes | None:
        """Return what was put there last, if it is still there."""

    def put(self, name: str, *parts: bytes | memoryview) -> None:
        """Keep some bytes, one part after the other, instead of those of before."""


class FolderCache:
    """One file for each name, in a folder that can be deleted at any time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, name: str) -> bytes | None:
        """Return the content of a file."""
        try:
            return (self._folder / name).read_bytes()
        except OSError:
            return None

    def put(self, name: str, *parts: bytes | memoryview) -> None:
        """Write a file beside the one of before, then put it in its place.

        A cache that cannot be written is no reason for a build to fail.
        """
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self._folder, prefix=f"{name}.", delete=False) as file:
                try:
                    file.writelines(parts)
                except OSError:
                    Path(file.name).unlink(missing_ok=True)
                    raise
            Path(file.name).replace(self._folder / name)
