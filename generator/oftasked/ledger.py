"""``asks.csv`` -> dated ask counts, added up, and what is wrong in it."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from oftasked.model import AskRow
from oftasked.problems import Problem, shown

COLUMNS = ("date", "entry", "audience", "channel", "count")

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNT = re.compile(r"0*[1-9][0-9]{0,11}")
_MAX_PROBLEMS = 100
"""In one ledger: a file with a wrong column has a mistake in each of its rows."""

Key = tuple[dt.date, str, str, str]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The rows of a ledger, sorted; rows with equal keys added up.

    ``entries`` and ``audiences`` say in which line each of them first stands.
    """

    rows: tuple[AskRow, ...]
    entries: tuple[tuple[str, int], ...]
    audiences: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...]


def read(lines: Iterable[str], path: str) -> Ledger:
    """Read a ledger line by line. Merges may repeat its header and shuffle its rows."""
    counts: dict[Key, int] = {}
    entries: dict[str, int] = {}
    audiences: dict[str, int] = {}
    problems: list[Problem] = []
    for line, row in _rows(lines, path, problems):
        key = _key(row, line, path, problems)
        if key is None:
            continue
        counts[key] = counts.get(key, 0) + int(row[4])
        entries.setdefault(row[1], line)
        if row[2]:
            audiences.setdefault(row[2], line)
    rows = tuple(
        AskRow(date, entry, audience or None, channel, counts[date, entry, audience, channel])
        for date, entry, audience, channel in sorted(counts)
    )
    found = tuple(problems[:_MAX_PROBLEMS])
    return Ledger(rows, tuple(sorted(entries.items())), tuple(sorted(audiences.items())), found)


def _rows(
    lines: Iterable[str], path: str, problems: list[Problem]
) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with its line, its fields stripped and in the order of `COLUMNS`."""
    reader = csv.reader(lines, strict=True)
    order: list[int] | None = None
    try:
        for raw in reader:
            row = [cell.strip() for cell in raw]
            if not any(row):
                continue
            if order is None:
                order = _order(row, reader.line_num, path, problems)
                if order is None:
                    return
            elif sorted(row) == sorted(COLUMNS):
                order = [row.index(name) for name in COLUMNS]  # a merge repeated the header
            elif len(row) != len(COLUMNS):
                what = f"the row has {len(row)} columns instead of {len(COLUMNS)}"
                remedy = f"write {','.join(COLUMNS)}"
                problems.append(Problem(path, reader.line_num, 1, what, remedy))
            else:
                yield reader.line_num, [row[index] for index in order]
    except csv.Error as error:
        what = f"this is not CSV: {shown(str(error))}"
        problems.append(Problem(path, max(reader.line_num, 1), 1, what, "check its quotes"))


def _order(header: list[str], line: int, path: str, problems: list[Problem]) -> list[int] | None:
    """Return where each of `COLUMNS` stands; None, and a problem, if the header is not ours."""
    if sorted(header) == sorted(COLUMNS):
        return [header.index(name) for name in COLUMNS]
    unknown = [name for name in header if name not in COLUMNS]
    missing = [name for name in COLUMNS if name not in header]
    what = f"the header lacks `{missing[0]}`" if missing else "the header repeats a column"
    if unknown:
        what = f"the header has an unknown column `{shown(unknown[0])}`"
    remedy = f"let the first line be {','.join(COLUMNS)}"
    problems.append(Problem(path, line, 1, what, remedy))
    return None


def _key(row: list[str], line: int, path: str, problems: list[Problem]) -> Key | None:
    """Return what a row is counted under, or None and its problems."""
    date = _parsed_date(row[0])
    mistakes = []
    if date is None:
        mistakes.append((f"`{shown(row[0])}` is not a date", "write it as 2026-09-01"))
    if not row[1]:
        mistakes.append(("the row names no entry", "write an entry's id in `entry`"))
    if not _COUNT.fullmatch(row[4]):
        remedy = "write a whole number from 1 on"
        mistakes.append((f"`{shown(row[4])}` is not a count", remedy))
    problems.extend(Problem(path, line, 1, what, remedy) for what, remedy in mistakes)
    return None if date is None or mistakes else (date, row[1], row[2], row[3])


def _parsed_date(text: str) -> dt.date | None:
    if not _DATE.fullmatch(text):
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
