"""SECURITY.md says what the program does: every limit with its value, every dependency."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import metadata
from pathlib import Path

import pytest

from oftasked import fieldkinds, limits, opening, yamltext
from oftasked_search import manifest, queries, texts

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "SECURITY.md").read_text("utf-8")
ROWS = dict(re.findall(r"^\| ([^|]+) \| ([^|]+) \|", TEXT, re.MULTILINE))
REPEATS = limits.MAX_REPEATS


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("a YAML, CSV or Markdown file", f"{yamltext.MAX_BYTES // 1024**2} MiB"),
        ("nesting of YAML", f"{yamltext.MAX_DEPTH} levels"),
        ("an id", f"{fieldkinds.ID_LENGTH} characters"),
        ("an answer", f"{limits.MAX_LENGTH:,} characters"),
        ("lists, quotations, boxes in an answer", f"{limits.MAX_NESTING} deep"),
        ("the same sign in a row", f"{limits.MAX_RUN}"),
        (
            "brackets, tags, footnotes, definitions in an answer",
            ", ".join(f"{most:,}" for most in REPEATS.values()),
        ),
        ("converting one answer", f"{limits.MAX_SECONDS} seconds"),
        ("phrasings of an entry that search considers", f"{texts.MAX_PHRASINGS}"),
        ("a query", f"{queries.MAX_QUERY:,} characters"),
        ("a number in the search data's manifest", f"{manifest.MOST:,}"),
        ("a file unpacked by the audit", f"{opening.MAX_BYTES // 1024**3} GiB"),
    ],
)
def test_a_limit_is_what_the_document_says(what: str, said: str) -> None:
    assert ROWS[what].startswith(said)


def test_every_dependency_is_listed_with_its_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = [re.split(r"[<>=~! ]", each)[0] for each in project["dependencies"]]
    assert [name for name in names if f"`{name}`" not in ROWS] == []
    assert [name for name in names if not metadata(name)["Name"]] == []
