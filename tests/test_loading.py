"""Each file in cases/loading is a folder and the problems that reading it must report.

A case begins with its claim, then holds files (`--- path`), at last `--- problems`.
`UPDATE_GOLDEN=1` rewrites the problems; review them as a diff.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path

import pytest

from oftasked.knowledge import Reading, read
from oftasked.problems import Severity
from oftasked.reports import render

CASES = Path(__file__).parent / "cases" / "loading"
AS_OF = dt.date(2026, 9, 1)


def unpack(case: str, root: Path) -> None:
    for part in re.split(r"^--- ", case, flags=re.MULTILINE)[1:]:
        name, _, text = part.partition("\n")
        if name in ("", "problems") or not name.strip():
            continue
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def read_case(case: str, root: Path) -> Reading:
    root.mkdir()
    unpack(case, root)
    languages = re.search(r"^# languages: (.*)$", case, re.MULTILINE)
    return read(
        root, languages=languages[1].split() if languages else ["en"], as_of=AS_OF, shown_as="faq"
    )


@pytest.mark.parametrize("path", sorted(CASES.glob("*.txt")), ids=lambda path: path.stem)
def test_every_problem_is_reported_with_place_and_remedy(path: Path, tmp_path: Path) -> None:
    case = path.read_text(encoding="utf-8")
    reading = read_case(case, tmp_path / "faq")
    given, mark, expected = case.partition("--- problems\n")
    found = render(reading.problems, "text")
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(f"{given}{mark}{found}\n", encoding="utf-8", newline="\n")
        expected = f"{found}\n"
    assert found == expected.rstrip("\n")
    is_faulty = any(problem.severity is Severity.ERROR for problem in reading.problems)
    assert (reading.knowledge is None) == is_faulty
