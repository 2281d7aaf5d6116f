"""A published site -> what differs from its manifest: files missing, changed, or of others."""

from __future__ import annotations

from pathlib import Path

from oftasked.problems import Problem, Severity
from oftasked.publishing import MANIFEST, files_of, manifest, sum_of


def differences(folder: Path, *, shown_as: str) -> tuple[Problem, ...]:
    """Return a problem for each file that is not what was built, sorted by path.

    A file that the manifest does not list is a warning: a host's own files stay in a site.
    Raises BuildError if there is no manifest that can be read.
    """
    listed = manifest(folder).files
    there = frozenset(files_of(folder)) - {MANIFEST}
    problems = []
    for path in sorted(there.union(listed)):
        what, remedy, severity = "", "publish the site again", Severity.ERROR
        if path not in there:
            what = "the file is missing"
        elif path not in listed:
            what, severity = "the file is none of the site's own", Severity.WARNING
            remedy = "delete it if nobody has put it there on purpose"
        elif _digest(folder / path) != listed[path]:
            what = "the file is not what was built"
        if what:
            problems.append(Problem(f"{shown_as}/{path}", 1, 1, what, remedy, severity))
    return tuple(problems)


def _digest(path: Path) -> str | None:
    """Return a file's SHA-256; None for what cannot be read, or is a link to elsewhere."""
    if path.is_symlink():
        return None
    try:
        return sum_of(path)
    except OSError:
        return None
