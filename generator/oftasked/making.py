"""The files of a new site -> the folder that is to be published; what an older site has is reused.

A file that has not changed is not written again: it is there already, where the folder is that of
the site before the published one, or it is linked from the published one.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

from oftasked import earlier, publishing
from oftasked.earlier import Earlier, Known, noted
from oftasked.model import Access
from oftasked_search import FolderCache


@dataclass(frozen=True, slots=True)
class Notebook:
    """Where it is noted what two sites hold: the published one, and the one that was put aside."""

    folder: Path
    name: str

    @staticmethod
    def of(target: Path, folder: Path) -> Notebook:
        """Return the notebook of a published site; ``folder`` is that of all notebooks."""
        where = Path(os.path.relpath(target, folder)).as_posix().encode("utf-8", "surrogateescape")
        return Notebook(folder, f"site-{blake2b(where, digest_size=8).hexdigest()}")

    def read(self, published: Path, aside: Path) -> Earlier:
        """Return what is noted; the site that was put aside goes to ``aside``, or an empty folder.

        A folder that is not exactly the one that was noted is deleted.
        """
        found = earlier.read(FolderCache(self.folder), self.name, published=published, aside=aside)
        place = self._place(found.aside)
        with contextlib.suppress(OSError):
            place.rename(aside)
            self._forget()
            return found
        self._forget()
        aside.mkdir(mode=0o755)
        return Earlier(found.published, Known(aside), found.keys)

    def write(self, published: Known, aside: Known, keys: dict[str, str]) -> None:
        """Put a site aside and note everything; where it cannot be moved, it is not kept."""
        kept = Known(aside.folder)
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            aside.folder.rename(self._place(aside))
            kept = aside
        earlier.note(FolderCache(self.folder), self.name, Earlier(published, kept, keys))

    def _place(self, aside: Known) -> Path:
        """Return where a site is put aside: the name tells exactly which it is."""
        sums = repr(sorted((path, known[0]) for path, known in aside.files.items()))
        return self.folder / f"{self.name}-{blake2b(sums.encode(), digest_size=8).hexdigest()}"

    def _forget(self) -> None:
        for left in self.folder.glob(f"{self.name}-*"):
            shutil.rmtree(left, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many files a site has got, and how many of them were written for it."""

    files: int
    written: int


@contextlib.contextmanager
def making(target: Path, *, cache: Path) -> Iterator[Making]:
    """Make a site that is to be published as ``target``; ``cache`` is where builds leave notes."""
    notebook = Notebook.of(target, cache)
    with publishing.staging_folder(target) as staging:
        folder = staging / "site"
        yield Making(folder, staging / "rendered", notebook, notebook.read(target, folder))


class Making:
    """A site in the making. Each path is given once: its content, or that it stays as it is."""

    def __init__(self, folder: Path, rendered: Path, notebook: Notebook, earlier: Earlier) -> None:
        self.folder = folder
        self.rendered = rendered
        """For a renderer that wants a folder of its own."""
        self._notebook = notebook
        self.keys: dict[str, str] = {}
        """By path of an entry's page: the digest of all that went into it."""
        self._earlier = earlier
        self._there = Known(folder, earlier.aside.files)
        self._sums: dict[str, str] = {}
        self._written = 0

    def write(self, path: str, content: bytes, key: str = "") -> None:
        """Give a file its content; ``key`` is the digest of all that went into an entry's page."""
        if key:
            self.keys[path] = key
        sha256 = hashlib.sha256(content).hexdigest()
        self._sums[path] = sha256
        if not self._reused(path, sha256):
            self._written += 1
            place = self._free(path)
            place.write_bytes(content)

    def keep(self, path: str, key: str) -> bool:
        """Let an entry's page be as published, if that was made from the same; tell whether."""
        known = self._earlier.published.files.get(path)
        if known is None or not key or self._earlier.keys.get(path) != key:
            return False
        if not self._reused(path, known[0]):
            return False
        self._sums[path] = known[0]
        self.keys[path] = key
        return True

    def add(self, folder: Path) -> None:
        """Add the files of a folder, but those that the site has already."""
        for path in publishing.files_of(folder):
            if path not in self._sums:
                self.write(path, (folder / path).read_bytes())

    def merge_redirects(self, languages: Sequence[str]) -> None:
        """Put all redirects into the file at the root, the only one that hosts read."""
        names = ("_redirects", *(f"{lang}/_redirects" for lang in languages))
        parts = [self._take(name) for name in names if name in self._sums]
        if parts:
            self.write("_redirects", b"".join(parts))

    def finish(self, tier: Access) -> Counts:
        """Delete what the site has no more; write its manifest."""
        gone = [self.folder / path for path in self._there.files if path not in self._sums]
        for place in gone:
            with contextlib.suppress(NotADirectoryError):
                place.unlink(missing_ok=True)
        for folder in sorted({place.parent for place in gone}):
            self._drop_empty(folder)
        publishing.write_manifest(self.folder, self._sums, tier=tier)
        return Counts(len(self._sums), self._written)

    def publish(self, tier: Access) -> bool:
        """Put the finished site in its place, the old one aside; tell whether at once.

        Only a site of which every file is known is put aside: whatever else is in it would be
        published with the next one.
        """
        target, before = self._earlier.published.folder, self._earlier.published
        foreign = publishing.foreign_files(target)
        sums = {path: known[0] for path, known in before.files.items()}
        is_known = (target / publishing.MANIFEST).is_file() and (
            publishing.manifest(target).files == sums
        )
        known = Known(target, noted(self.folder, self._sums.items()))
        at_once = publishing.publish(self.folder, target, tier=tier, foreign=foreign)
        if not at_once or not is_known:
            shutil.rmtree(self.folder, ignore_errors=True)
        for path in foreign:
            with contextlib.suppress(OSError):
                (self.folder / path).unlink()
                self._drop_empty((self.folder / path).parent)
        self._notebook.write(known, Known(self.folder, before.files), self.keys)
        return at_once

    def _reused(self, path: str, sha256: str) -> bool:
        if self._there.holds(path, sha256):
            return True
        published = self._earlier.published
        known = path if path in published.files else self._paths.get(sha256, path)
        if not published.holds(known, sha256):
            return False
        source, place = published.folder / known, self._free(path)
        try:
            os.link(source, place)
        except OSError:  # there are file systems without links
            shutil.copy2(source, place)
        return True

    def _take(self, path: str) -> bytes:
        """Return the content of a file that the site shall not have."""
        content = (self.folder / path).read_bytes()
        (self.folder / path).unlink()
        del self._sums[path]
        return content

    @cached_property
    def _paths(self) -> dict[str, str]:
        """By sum: a published file that has it; an index gives its files new names."""
        return {known[0]: path for path, known in self._earlier.published.files.items()}

    def _free(self, path: str) -> Path:
        """Make room for a file. Never write into one: visitors may see it under another name."""
        place = self.folder / path
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.unlink(missing_ok=True)
        except OSError:  # a file stands where a folder is needed, or a folder in its place
            for each in (*place.parents, place):
                if each.is_relative_to(self.folder) and each != self.folder and each.is_file():
                    each.unlink()
            if place.is_dir():
                shutil.rmtree(place)
            place.parent.mkdir(parents=True, exist_ok=True)
        return place

    def _drop_empty(self, folder: Path) -> None:
        """Delete a folder and those around it as far as nothing is in them."""
        with contextlib.suppress(OSError):
            while folder != self.folder:
                folder.rmdir()
                folder = folder.parent
