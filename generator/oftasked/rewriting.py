"""A file -> the same file with another content, whole at every moment, or as it was before."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path

from oftasked.problems import BuildError


@contextlib.contextmanager
def rewritten(path: Path, raw: bytes, *, inside: Path) -> Iterator[None]:
    """Give a file another content, or make it; if the block raises, all is as it was before.

    A symbolic link is kept and what it leads to is changed, if that lies ``inside`` a folder.
    Raises BuildError where it does not.
    """
    target = _target(path, inside)
    before = target.read_bytes() if target.exists() else None
    missing = [folder for folder in target.parents if not folder.exists()]
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(target, raw)
        yield
    except BaseException:  # Ctrl-C as well
        if before is not None:
            _write(target, before)
        else:
            target.unlink(missing_ok=True)
            for folder in missing:
                with contextlib.suppress(OSError):  # somebody else's file is in it by now
                    folder.rmdir()
        raise


def _target(path: Path, inside: Path) -> Path:
    """Return the file that a path leads to."""
    target = path.resolve()
    if path.is_symlink() and not target.exists():
        raise BuildError(f"{path} is a link that leads nowhere; delete it")
    if not target.is_relative_to(inside.resolve()):
        raise BuildError(f"{path} leads out of {inside}; put the file or folder itself there")
    return target


def _write(path: Path, raw: bytes) -> None:
    """Write a file beside its place and move it there; who may read and write it stays."""
    old = path.stat() if path.exists() else None
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with unfinished.open("xb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        if old is not None:
            _take_over(unfinished, old)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _take_over(path: Path, old: os.stat_result) -> None:
    """Give a file the owner, as far as we may, and the permissions that another had."""
    if hasattr(os, "chown"):
        with contextlib.suppress(PermissionError):
            os.chown(path, old.st_uid, old.st_gid)
    path.chmod(stat.S_IMODE(old.st_mode))
