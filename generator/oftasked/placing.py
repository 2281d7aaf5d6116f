"""Files as values -> files in a folder: only those that it lacks, and none of them half.

Nothing that exists is ever opened for writing, and no symbolic link is followed out of the folder.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from oftasked import publishing
from oftasked.problems import BuildError


@dataclass(frozen=True, slots=True)
class Placed:
    """What was written and what was there before, as paths in the folder, sorted."""

    written: tuple[str, ...]
    kept: tuple[str, ...]


def place(folder: Path, files: Mapping[str, bytes]) -> Placed:
    """Write each file that ``folder`` lacks; its path has forward slashes.

    Raises BuildError where one cannot be written; if that can be foreseen, nothing is.
    """
    check(folder, files)
    written = set(_put(folder, {path: raw for path, raw in files.items() if _lacks(folder, path)}))
    return Placed(tuple(sorted(written)), tuple(sorted(files.keys() - written)))


def place_whole(folder: Path, name: str, files: Mapping[str, bytes]) -> Placed:
    """Write a subfolder at once, unless it holds something already: then it is left alone."""
    target = folder / name
    check(folder, [f"{name}/{path}" for path in files])
    if holds_content(target):
        return Placed((), (f"{name}/",))
    with _explained(target), publishing.staging_folder(target) as staging:
        for path, raw in files.items():
            (staging / path).parent.mkdir(parents=True, exist_ok=True)
            (staging / path).write_bytes(raw)
        _become(staging, target)
    return Placed(tuple(f"{name}/{path}" for path in sorted(files)), ())


def _become(made: Path, folder: Path) -> None:
    """Give a finished folder its name; where a tool's folder is in the way, fill that one."""
    try:
        made.rename(folder)
    except OSError:
        for each in sorted(made.iterdir()):
            each.rename(folder / each.name)


def holds_content(folder: Path) -> bool:
    """Tell whether a folder has files other than those that tools keep there (``.gitkeep``)."""
    return folder.is_dir() and any(not each.name.startswith(".") for each in folder.iterdir())


def check(folder: Path, paths: Iterable[str]) -> None:
    """Raise BuildError if a file's folder is none, or lies elsewhere by way of a link."""
    inside = folder.resolve()
    parents = {parent for path in paths for parent in (folder / path).parents}
    for parent in sorted(parent for parent in parents if parent.is_relative_to(folder)):
        if os.path.lexists(parent) and not parent.is_dir():
            raise BuildError(f"{parent} is not a folder; move it away, or choose another folder")
        if not parent.resolve().is_relative_to(inside):
            raise BuildError(f"{parent} leads out of {folder}; remove the link")


def _lacks(folder: Path, path: str) -> bool:
    """Tell whether nothing has that name, not even a link that leads nowhere."""
    return not os.path.lexists(folder / path)


def _put(folder: Path, files: Mapping[str, bytes]) -> Iterator[str]:
    """Write files, each complete before it gets its name; yield the paths of those written.

    Killed, it leaves at most the folder in which they are made, and a later run removes that.
    """
    if not files:
        return
    with _explained(folder), publishing.staging_folder(folder / "project") as staging:
        for path, raw in sorted(files.items()):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            finished = staging / path.replace("/", "-")
            finished.write_bytes(raw)
            if _named(finished, folder / path):
                yield path


def _named(finished: Path, path: Path) -> bool:
    """Give a finished file its name, unless another file has got it meanwhile."""
    try:
        path.hardlink_to(finished)
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links
        if os.path.lexists(path):
            return False
        finished.rename(path)
    return True


@contextlib.contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """Say what to do where the system refuses to write."""
    try:
        yield
    except OSError as error:
        why = error.strerror or type(error).__name__
        remedy = "choose another folder, or see to its permissions and its space"
        raise BuildError(f"{folder} cannot be written: {why}; {remedy}") from error
