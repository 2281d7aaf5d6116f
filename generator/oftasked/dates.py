"""The date that a build speaks for, and how its paths are shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from oftasked.problems import BuildError


def as_of(given: dt.date | None, environ: Mapping[str, str]) -> dt.date:
    """Return the date a build speaks for: ``given``, else SOURCE_DATE_EPOCH's, else today in UTC.

    https://reproducible-builds.org/specs/source-date-epoch/: seconds since 1970 in UTC.
    """
    if given is not None:
        return given
    epoch = environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return dt.datetime.now(dt.UTC).date()
    try:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        what = f"SOURCE_DATE_EPOCH is {epoch!r}; set it to seconds since 1970, or unset it"
        raise BuildError(what) from error


def shown(path: Path) -> str:
    """Return a path as problems show it: relative to where the command runs, if below it."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
