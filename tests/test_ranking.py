"""Each file in cases/ranking holds entries, a ledger and the order that must come of them.

`UPDATE_GOLDEN=1` rewrites the order; review it as a diff.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oftasked import ledger
from oftasked.model import (
    Access,
    AskRow,
    Audience,
    Entry,
    Ranking,
    Status,
    Text,
    Topic,
    Wording,
)
from oftasked.problems import OftaskedError
from oftasked.ranking import rank, weight

CASES = Path(__file__).parent / "cases" / "ranking"
AUDIENCES = [
    Audience(id=name, title=Text(()), description=Text(()))
    for name in ("prospects", "new-customers")
]
DAY = dt.date(2026, 6, 30)


def make_entry(line: str) -> Entry:
    name, place, *options = line.split()
    audience, _, stem = place.partition("/")
    fields: dict[str, Any] = {}
    for option in options:
        key, _, value = option.partition("=")
        fields[key] = READERS[key](value)
    wording = Wording(lang="en", question=name, answer=name, summary=name)
    topic = f"{audience}/{stem or 'general'}"
    return Entry(id=name, audience=audience, topic=topic, wordings=(wording,), **fields)


READERS: dict[str, Any] = {
    "asked": float,
    "pinned": lambda _: True,
    "also_for": lambda value: (value,),
    "access": lambda value: Access[value.upper()],
    "status": Status,
    "valid_from": dt.date.fromisoformat,
    "valid_until": dt.date.fromisoformat,
}


def topics_of(entries: list[Entry]) -> list[Topic]:
    names = sorted({entry.topic for entry in entries})
    return [
        Topic(
            id=name,
            audience=name.split("/")[0],
            stem=name.split("/")[1],
            title=Text(()),
            description=Text(()),
        )
        for name in names
    ]


def rank_case(case: str) -> Ranking:
    options = dict(re.findall(r"^(as_of|half_life): (.*)$", case, re.MULTILINE))
    sections = dict(re.findall(r"^--- (\w+)\n(.*?)(?=^--- |\Z)", case, re.MULTILINE | re.DOTALL))
    entries = [make_entry(line) for line in sections["entries"].splitlines()]
    header = ",".join(ledger.COLUMNS)
    rows = ledger.read([header, *sections["ledger"].splitlines()], "asks.csv").rows
    return rank(
        entries,
        topics_of(entries),
        AUDIENCES,
        rows,
        dt.date.fromisoformat(options["as_of"]),
        float(options.get("half_life", 90)),
    )


def shown(ranking: Ranking) -> str:
    scores = dict(ranking.score)
    lines = [f"{name}: {' '.join(ids)}".rstrip() for name, ids in ranking.by_audience]
    lines.append("overall: " + " ".join(f"{name}={scores[name]:.6g}" for name in ranking.overall))
    lines += [f"topics of {name}: {' '.join(ids)}".rstrip() for name, ids in ranking.topics]
    lines.append(f"rising: {' '.join(sorted(ranking.rising))}".rstrip())
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("path", sorted(CASES.glob("*.txt")), ids=lambda path: path.stem)
def test_entries_stand_in_the_order_of_their_asks(path: Path) -> None:
    case = path.read_text(encoding="utf-8")
    given_part, mark, expected = case.partition("--- ranking\n")
    found = shown(rank_case(given_part))
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(given_part + mark + found, encoding="utf-8", newline="\n")
        expected = found
    assert found == expected


def test_an_ask_counts_half_after_each_half_life() -> None:
    assert [weight(days, 90) for days in (0, 90, 180)] == [1.0, 0.5, 0.25]


def test_a_cut_keeps_the_order_of_the_rest() -> None:
    entries = [make_entry(f"e{number} prospects asked={number}") for number in range(9)]
    rows = [AskRow(DAY - dt.timedelta(days=n), f"e{n}", None, "", 7 * n % 5 + 1) for n in range(9)]
    whole = rank(entries, topics_of(entries), AUDIENCES, rows, DAY)
    part = rank(entries[::2], topics_of(entries), AUDIENCES, rows, DAY)
    kept = {entry.id for entry in entries[::2]}
    assert part.overall == tuple(name for name in whole.overall if name in kept)


@pytest.mark.parametrize("half_life", [0, -1, float("nan")])
def test_a_half_life_of_nothing_is_refused(half_life: float) -> None:
    with pytest.raises(OftaskedError, match="half-life"):
        rank([], [], AUDIENCES, [], DAY, half_life)


def test_nothing_to_rank_is_no_mistake() -> None:
    ranking = rank([], [], AUDIENCES, [], DAY)
    assert ranking.overall == ()
    assert ranking.by_audience == (("prospects", ()), ("new-customers", ()))


ask = st.builds(
    lambda age, entry, audience, count: AskRow(
        DAY - dt.timedelta(days=age), entry, audience, "", count
    ),
    st.integers(0, 400),
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from([None, "prospects", "new-customers"]),
    st.integers(1, 10**6),
)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.lists(ask, max_size=25), st.randoms(use_true_random=False))
def test_no_order_of_rows_changes_a_rank(rows: list[AskRow], chance: random.Random) -> None:
    entries = [make_entry(f"{name} prospects also_for=new-customers") for name in "abc"]
    shuffled, others = rows.copy(), entries.copy()
    chance.shuffle(shuffled)
    chance.shuffle(others)
    topics = topics_of(entries)
    expected = rank(entries, topics, AUDIENCES, rows, DAY)
    assert rank(others, topics, AUDIENCES, shuffled, DAY) == expected
