"""Files as values -> files in a folder: only those that it lacks, and none of them half.

Nothing that exists is ever opened for writing, and no symbolic link is followed out of the folder.
"""

from __future__ import annotations

import contextlib
import os
import secrets
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
    with _explained(folder):
        written = {path for path in sorted(files) if _write_new(folder / path, files[path])}
    return Placed(tuple(sorted(written)), tuple(sorted(files.keys() - written)))


def place_whole(folder: Path, name: str, files: Mapping[str, bytes]) -> Placed:
    """Write a subfolder at once, unless it holds something already: then it is left alone."""
    target = folder / name
    check(folder, [f"{name}/{path}" for path in files])
    if holds_content(target):
        return Placed((), (f"{name}/",))
    with _explained(target), publishing.staging_folder(target) as staging:
        for path, raw in files.items():
            _write_new(staging / path, raw)
        target.mkdir(exist_ok=True)
        for each in sorted(staging.iterdir()):
            each.rename(target / each.name)
    return Placed(tuple(f"{name}/{path}" for path in sorted(files)), ())


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


def _write_new(path: Path, raw: bytes) -> bool:
    """Write a file unless there is one (or a link) of that name; it appears complete."""
    if os.path.lexists(path):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        unfinished.write_bytes(raw)
        _name_finished(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    return True


def _name_finished(unfinished: Path, path: Path) -> None:
    """Give a finished file its name; another that has got it meanwhile is not replaced."""
    try:
        path.hardlink_to(unfinished)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        if not os.path.lexists(path):
            unfinished.rename(path)


@contextlib.contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """Say what to do where the system refuses to write."""
    try:
        yield
    except OSError as error:
        where = error.filename or folder
        why = error.strerror or type(error).__name__
        remedy = "choose another folder, or make this one writable"
        raise BuildError(f"{where} cannot be written: {why}; {remedy}") from error
