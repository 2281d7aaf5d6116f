"""A finished folder -> the published site, exchanged for the old one in one step.

The new site is built beside the old one. Where the system can exchange two folders at once
(Linux, on a local disk), visitors see the old site or the new one and never a mix; elsewhere
files are replaced one by one, and `publish` says so.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import glob
import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from oftasked import __version__
from oftasked.model import Access
from oftasked.problems import BuildError

MANIFEST = "oftasked-manifest.json"
"""Lists every file of a site with its SHA-256; a folder that carries it is ours to replace."""
MANIFEST_FORMAT = 1

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def check_target(target: Path, *, tier: Access = Access.PUBLIC) -> None:
    """Raise BuildError unless ``target`` is absent, empty or a site of that tier that we made."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise BuildError(f"{target} is not a folder; name another --site-dir")
    if target.is_dir() and any(target.iterdir()) and not (target / MANIFEST).is_file():
        raise BuildError(
            f"{target} holds files but no {MANIFEST}, so it was not made by this program; "
            "empty it or name another --site-dir"
        )
    if (target / MANIFEST).is_file() and manifest(target).tier is not tier:
        held = manifest(target).tier.name.lower()
        raise BuildError(
            f"{target} holds the {held} edition, not the {tier.name.lower()} one; "
            "empty it or name another folder"
        )


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a published site says of itself: whom it is for, and each file's SHA-256 in hex."""

    tier: Access
    files: Mapping[str, str]


def manifest(folder: Path) -> Manifest:
    """Read the manifest of a published site. Raises BuildError if it is not one of ours."""
    path = folder / MANIFEST
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        if value["format"] != MANIFEST_FORMAT:
            what = f"{path} has the unknown format {value['format']!r}"
            raise BuildError(f"{what}; use the version of this program that built the site")
        tier = Access[value.get("tier", "public").upper()]
        return Manifest(tier, {str(name): str(sha) for name, sha in value["files"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BuildError(f"{path} cannot be read ({error}); build the site again") from error


@contextlib.contextmanager
def staging_folder(target: Path) -> Iterator[Path]:
    """Make an empty folder beside ``target`` to build in, on the same file system.

    It is gone at the end, and so are the folders that killed builds have left: the system
    releases a lock when its process dies.
    """
    parent = target.absolute().parent
    parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{target.name}-oftasked-"
    for left in sorted(parent.glob(f"{glob.escape(prefix)}*")):
        with _locked(left) as is_ours:
            if is_ours:
                shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    folder.chmod(0o755)
    with _locked(folder):
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Lock a folder if no other process has; tell whether. False where nothing can be locked."""
    try:
        import fcntl  # noqa: PLC0415 - Unix only

        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except (ImportError, OSError):
        yield False
        return
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        is_ours = True
    except OSError:
        is_ours = False
    try:
        yield is_ours
    finally:
        os.close(opened)


def sum_of(path: Path) -> str:
    """Return the SHA-256 of a file, as `MANIFEST` lists it. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_manifest(
    folder: Path, sums: Mapping[str, str] | None = None, *, tier: Access = Access.PUBLIC
) -> None:
    """List every file of a finished site with its SHA-256, sorted, in `MANIFEST`.

    ``sums`` has them by path, if they are known.
    """
    if sums is None:
        sums = {path: sum_of(folder / path) for path in files_of(folder) if path != MANIFEST}
    files = dict(sorted(sums.items()))
    value = {
        "format": MANIFEST_FORMAT,
        "generator": f"oftasked {__version__}",
        "tier": tier.name.lower(),
        "files": files,
    }
    (folder / MANIFEST).write_text(json.dumps(value, indent=0) + "\n", encoding="utf-8")


def publish(
    staging: Path,
    target: Path,
    *,
    tier: Access = Access.PUBLIC,
    foreign: Iterable[str] | None = None,
) -> bool:
    """Put the finished site in ``staging`` in the place of ``target``; tell whether at once.

    Files of the old site that are not in its manifest (a host's CNAME, say) are carried over;
    ``foreign`` are those, where they are known. What is left in ``staging`` is of no use. Raises
    BuildError if ``target`` is not ours.
    """
    check_target(target, tier=tier)
    _carry_over(target, staging, foreign_files(target) if foreign is None else foreign)
    if not target.exists():
        staging.rename(target)
        return True
    if _exchange(staging, target):
        return True
    _replace_files(staging, target)
    return False


def can_exchange(parent: Path) -> bool:
    """Tell whether two folders in ``parent`` can be exchanged at once; tries it with empty ones."""
    with tempfile.TemporaryDirectory(prefix=".oftasked-", dir=parent) as folder:
        one, other = Path(folder, "one"), Path(folder, "other")
        one.mkdir()
        other.mkdir()
        return _exchange(one, other)


def foreign_files(target: Path) -> tuple[str, ...]:
    """Return the files of a published site that are not ours."""
    if not (target / MANIFEST).is_file():
        return ()
    ours = {*manifest(target).files, MANIFEST}
    return tuple(path for path in files_of(target) if path not in ours)


def _carry_over(target: Path, staging: Path, foreign: Iterable[str]) -> None:
    for path in foreign:
        if not _is_taken(staging, path):
            (staging / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(target / path, staging / path, follow_symlinks=False)


def _is_taken(folder: Path, path: str) -> bool:
    """Tell whether a file cannot be put into ``folder``: it, or a file in its way, is there."""
    ways = (folder / path, *(folder / path).parents)
    return (folder / path).exists() or any(way.is_file() for way in ways)


def files_of(folder: Path) -> Iterator[str]:
    """Yield every file below ``folder``, as sorted relative paths with forward slashes."""
    found: list[str] = []
    left = [""]
    while left:
        here = left.pop()
        with os.scandir(f"{folder}/{here}") as entries:
            for entry in entries:
                if not entry.is_dir():
                    found.append(here + entry.name)
                elif not entry.is_symlink():
                    left.append(f"{here}{entry.name}/")
    yield from sorted(found)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step (Linux renameat2); False where that cannot be done."""
    if not sys.platform.startswith("linux"):
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    done = renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    if done == 0:
        return True
    if ctypes.get_errno() in {errno.EBUSY, errno.EINVAL, errno.ENOSYS, errno.EXDEV, errno.EPERM}:
        return False
    said = os.strerror(ctypes.get_errno())
    raise BuildError(f"cannot replace {other}: {said}; check its permissions, or the disk")


def _replace_files(staging: Path, target: Path) -> None:
    """Replace file by file: assets and search data first, pages next, deletions last."""
    old = frozenset(files_of(target))
    new = tuple(files_of(staging))
    for path in sorted(new, key=lambda path: (path == MANIFEST, path.endswith(".html"), path)):
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        os.replace(staging / path, target / path)  # noqa: PTH105 - the atomic call itself
    for path in sorted(old.difference(new)):
        (target / path).unlink()
    for here, _, _ in os.walk(target, topdown=False):
        if Path(here) != target and not any(Path(here).iterdir()):
            Path(here).rmdir()
