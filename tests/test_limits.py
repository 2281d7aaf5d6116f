"""No Markdown keeps a build busy for ever: it is refused with its place."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from oftasked import answers, contents, editions, knowledge, limits
from oftasked.frame import About
from oftasked.model import Place
from oftasked.notes import Notes
from oftasked.problems import ContentError
from support import AS_OF, SHOP, write

HOSTILE = {
    "long": "word " * 20_001,
    "quotations": ">" * 13 + " x",
    "lists": "\n".join("    " * depth + "- x" for depth in range(15)),
    "tabs": "\n".join("\t" * depth + "1. x" for depth in range(15)),
    "boxes": "\n".join("    " * depth + "!!! note" for depth in range(15)),
    "brackets": "[" * 401,
    "backticks": "`" * 401,
    "stars": "*" * 401,
    "links": "[a](" * 1_001,
    "images": "![a " * 1_001,
    "footnotes": "[^1] " * 1_001,
    "definitions": "a\n:   b\n" * 1_001,
    "tags": "<" * 401,
    "open tags": '<a title="' * 2_001,
    "addresses": "<http://" * 2_001,
}
HARMLESS = {
    "code": "```yaml\n" + " " * 200 + "- deep in code\n```\n",
    "rule": "-" * 400,
    "table": "| a | b |\n| --- | --- |\n" + "| 1 | 2 |\n" * 2_000,
    "lists": "\n".join("    " * depth + "- x" for depth in range(10)),
    "links": "[a](faq:b) " * 900,
}


def problems(text: str) -> list[str]:
    notes = Notes()
    limits.check_answer(text, Place("faq/a.yml", 3, 5), notes)
    return [str(problem) for problem in notes.found]


@pytest.mark.parametrize("name", HOSTILE)
def test_an_answer_that_no_build_should_convert_is_named(name: str) -> None:
    found = problems(HOSTILE[name])
    assert found
    assert found[0].startswith("faq/a.yml:3:5: the answer ")


@pytest.mark.parametrize("name", HARMLESS)
def test_an_answer_as_people_write_them_passes(name: str) -> None:
    assert problems(HARMLESS[name]) == []


def test_check_reports_it_in_every_language(tmp_path: Path) -> None:
    topic = "entries:\n  - id: {}\n    question: Q?\n    answer: |\n      {}\n"
    english = topic.format("deep", ">" * 30 + " x")
    write(tmp_path, SHOP | {"faq/prospects/a.yml": english, "faq/prospects/a.zh.yml": english})
    reading = knowledge.read(tmp_path / "faq", languages=("en", "zh"), as_of=AS_OF)
    places = [(problem.path[-7:], problem.line) for problem in reading.problems]
    assert places == [("s/a.yml", 4), ("a.zh.yml"[-7:], 4)]


def test_the_clock_stops_what_is_slow_all_the_same() -> None:
    with pytest.raises(limits.TooLongError), limits.seconds(0.05):
        time.sleep(60)
    with limits.seconds(30):
        pass


def test_an_answer_that_cannot_be_converted_is_a_problem_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(_: str) -> str:
        raise RecursionError

    write(tmp_path, SHOP)
    reading = knowledge.read(tmp_path / "faq", languages=("en", "zh"), as_of=AS_OF)
    assert reading.knowledge is not None
    monkeypatch.setattr(answers, "to_html", endless)
    edition = editions.cut(reading.knowledge, lang="en")
    with pytest.raises(ContentError, match=r"delivery\.yml:3:\d+: the answer's Markdown cannot"):
        contents.collect(edition, texts={}, about=About())
