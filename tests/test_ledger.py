"""Reading asks.csv."""

from __future__ import annotations

import datetime as dt
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from oftasked.ledger import read
from oftasked.model import AskRow

HEADER = "date,entry,audience,channel,count"


def rows(*lines: str) -> list[str]:
    return [f"{line}\n" for line in (HEADER, *lines)]


def test_rows_with_equal_keys_add_up() -> None:
    ledger = read(rows("2026-01-01,a,,email,2", "2026-01-01,a,,email,3", "2026-01-01,a,,im,1"), "x")
    day = dt.date(2026, 1, 1)
    assert ledger.rows == (AskRow(day, "a", None, "email", 5), AskRow(day, "a", None, "im", 1))
    assert ledger.problems == ()


def test_a_header_repeated_by_a_merge_is_no_row() -> None:
    ledger = read(rows("2026-01-01,a,,,2", HEADER, "2026-01-02,a,,,3"), "x")
    assert [row.count for row in ledger.rows] == [2, 3]
    assert ledger.problems == ()


def test_columns_may_stand_in_another_order() -> None:
    ledger = read(["count,date,entry,channel,audience\n", "4,2026-01-01,a,im,prospects\n"], "x")
    assert ledger.rows == (AskRow(dt.date(2026, 1, 1), "a", "prospects", "im", 4),)


def test_spaces_and_blank_lines_do_not_matter() -> None:
    ledger = read(rows("", " 2026-01-01 , a ,, , 2 ", ",,,,"), "x")
    assert ledger.rows == (AskRow(dt.date(2026, 1, 1), "a", None, "", 2),)


def test_an_empty_ledger_is_no_mistake() -> None:
    assert read([], "x").problems == ()
    assert read([f"{HEADER}\n"], "x").rows == ()


def test_broken_quotes_are_placed() -> None:
    ledger = read(rows("2026-01-01,a,,,2", '2026-01-01,"a"b,,,2'), "asks.csv")
    assert [(problem.line, problem.message[:15]) for problem in ledger.problems] == [
        (3, "this is not CSV")
    ]


def test_every_mistake_of_a_row_is_reported() -> None:
    ledger = read(rows("20260101,,,,-1", "2026-01-01,a,,,1e3", "2026-01-01,a,,,７"), "asks.csv")
    assert [(problem.line, problem.message) for problem in ledger.problems] == [
        (2, "`20260101` is not a date"),
        (2, "the row names no entry"),
        (2, "`-1` is not a count"),
        (3, "`1e3` is not a count"),
        (4, "`７` is not a count"),
    ]


def test_a_wrong_column_does_not_flood_the_report() -> None:
    assert len(read(rows(*["x,a,,,1"] * 5000), "x").problems) <= 100


def test_names_are_placed_where_they_first_stand() -> None:
    ledger = read(rows("2026-01-01,b,them,,1", "2026-01-01,a,,,1", "2026-01-01,b,,,1"), "x")
    assert ledger.entries == (("a", 3), ("b", 2))
    assert ledger.audiences == (("them", 2),)


line = st.builds(
    lambda day, entry, audience, count: f"2026-01-{day:02d},{entry},{audience},,{count}",
    st.integers(1, 9),
    st.sampled_from("ab"),
    st.sampled_from(["", "p"]),
    st.integers(1, 50),
)


@settings(max_examples=50, derandomize=True, deadline=None)
@given(st.lists(line, max_size=20), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(lines: list[str], chance: random.Random) -> None:
    shuffled = lines.copy()
    chance.shuffle(shuffled)
    assert read(rows(*lines), "x").rows == read(rows(*shuffled), "x").rows


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=8))
def test_any_text_gives_rows_or_problems(lines: list[str]) -> None:
    ledger = read([HEADER + "\n", *lines], "x")
    assert all(row.count > 0 and row.entry for row in ledger.rows)
    assert bool(ledger.rows or ledger.problems) or not any(line.strip(" ,\r\n") for line in lines)
