"""How problems are shown."""

from __future__ import annotations

import json

from oftasked.problems import Problem, Severity
from oftasked.reports import render

ERROR = Problem("faq/a,b:c.yml", 3, 5, "100% wrong\nreally", "fix it")
WARNING = Problem("faq/a.yml", 12, 1, "doubtful", "look at it", Severity.WARNING)


def test_text_is_one_line_a_problem_sorted_by_place() -> None:
    assert render([WARNING, ERROR], "text").split("\n") == [
        "faq/a,b:c.yml:3:5: 100% wrong really; fix it",
        "faq/a.yml:12:1: warning: doubtful; look at it",
    ]


def test_lines_sort_as_numbers() -> None:
    early = Problem("faq/a.yml", 2, 1, "early", "x")
    assert render([WARNING, early], "text").startswith("faq/a.yml:2:1:")


def test_github_annotations_are_escaped() -> None:
    assert render([ERROR, WARNING], "github").split("\n") == [
        "::error file=faq/a%2Cb%3Ac.yml,line=3,col=5::100%25 wrong%0Areally; fix it",
        "::warning file=faq/a.yml,line=12,col=1::doubtful; look at it",
    ]


def test_json_is_a_list_of_objects() -> None:
    assert json.loads(render([WARNING], "json")) == [
        {
            "path": "faq/a.yml",
            "line": 12,
            "column": 1,
            "message": "doubtful",
            "remedy": "look at it",
            "severity": "warning",
        }
    ]


def test_no_problem_is_an_empty_report() -> None:
    assert (render([], "text"), render([], "github"), render([], "json")) == ("", "", "[]")


def test_control_characters_do_not_reach_the_terminal() -> None:
    hostile = Problem("faq/a.yml", 1, 1, "a\x1b[31mred\x07", "x")
    assert "\x1b" not in render([hostile], "text")
