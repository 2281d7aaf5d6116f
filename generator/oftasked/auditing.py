"""A finished site and what is withheld from it -> every place where something of it shows.

Pages of one site are alike but for a few lines, so each distinct line is looked at once. What
cannot be looked into is a problem as well: an audit that is not sure has not passed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from oftasked.opening import Held, UnreadableError, dimensions_of, held, is_block
from oftasked.problems import Problem, shown
from oftasked.publishing import MANIFEST
from oftasked.withheld import Secret, Withheld

MAX_PROBLEMS = 50
"""So many pieces are reported; one is enough to stop a build."""

_DIGESTS = re.compile(rb'": "[0-9a-f]{64}"')


def audit(folder: Path, withheld: Withheld, *, shown_as: str) -> tuple[Problem, ...]:
    """Return a problem for each withheld piece that some file gives away, and each closed file.

    ``shown_as`` is what the folder is called in them. Problems stand at the piece's source.
    """
    problems: list[Problem] = []
    places: dict[tuple[Secret, str], list[str]] = {}
    if withheld:
        for path, found in _findings(folder, withheld, shown_as, problems):
            places.setdefault(found, []).append(path)
    for (secret, piece), files in sorted(places.items(), key=lambda item: _order(*item[0])):
        more = f" and {len(files) - 1} more" if len(files) > 1 else ""
        what = f"“{shown(piece)}” from {secret.what}, is in {shown_as}/{files[0]}{more}"
        remedy = "find out how it came there; nothing is published until it is gone"
        problems.append(
            Problem(secret.place.path, secret.place.line, secret.place.column, what, remedy)
        )
    return tuple(problems[:MAX_PROBLEMS])


def _order(secret: Secret, piece: str) -> tuple[object, ...]:
    return secret.place, secret.what, piece


def _findings(
    folder: Path, withheld: Withheld, shown_as: str, problems: list[Problem]
) -> Iterator[tuple[str, tuple[Secret, str]]]:
    """Yield the file, and what it gives away, once for each file and piece."""
    seen: set[bytes] = set()
    for path in sorted(_paths(folder, "", shown_as, problems)):
        content = (folder / path).read_bytes()
        if path == MANIFEST:
            content = _DIGESTS.sub(b'": ""', content)
        found = set(withheld.found(Held(path.encode())))
        try:
            for text in held(path, content, _dimensions(folder / path, content)):
                found |= set(withheld.found(_unseen(text, seen)))
        except UnreadableError as error:
            remedy = "build the site again, or take the file out"
            what = f"the file cannot be looked into: {error}"
            problems.append(Problem(f"{shown_as}/{path}", 1, 1, what, remedy))
        yield from ((path, (secret, piece)) for piece, secret in found)


def _unseen(text: Held, seen: set[bytes]) -> Held:
    """Return the lines that stood in no file before, each with the lines around it."""
    if not text.text or not text.is_text:
        return text
    lines = text.text.split(b"\n")
    fresh = [at for at, line in enumerate(lines) if line not in seen]
    seen.update(lines)
    if len(fresh) == len(lines):
        return text
    wanted = sorted(
        {near for at in fresh for near in (at - 1, at, at + 1)} & set(range(len(lines)))
    )
    return Held(b"\n".join(lines[at] for at in wanted), terms=text.terms, general=text.general)


def _dimensions(path: Path, content: bytes) -> int:
    """Return what the manifest beside a file of an index says of its vectors."""
    beside = path.with_name("manifest.json")
    return dimensions_of(beside.read_bytes()) if is_block(content) and beside.is_file() else 0


def _paths(folder: Path, below: str, shown_as: str, problems: list[Problem]) -> Iterator[str]:
    """Yield every file in and below ``folder``; a link to a folder is a problem."""
    with os.scandir(folder / below) as entries:
        for entry in entries:
            path = f"{below}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from _paths(folder, f"{path}/", shown_as, problems)
            elif entry.is_file():
                yield path
            else:
                what = "this is no file, so that it cannot be looked into"
                problems.append(Problem(f"{shown_as}/{path}", 1, 1, what, "take it away"))
