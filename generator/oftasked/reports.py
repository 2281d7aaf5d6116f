"""Problems -> text for people, annotations for GitHub, or JSON for programs."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from typing import Literal

from oftasked.problems import Problem, printable

Format = Literal["text", "github", "json"]


def render(problems: Iterable[Problem], fmt: Format) -> str:
    """Return one line a problem, sorted by place (JSON: one list), without a final newline."""
    ordered = sorted(problems)
    if fmt == "json":
        objects = [dataclasses.asdict(problem) for problem in ordered]
        return json.dumps(objects, ensure_ascii=False, indent=2)
    line = _annotation if fmt == "github" else _text
    return "\n".join(line(problem) for problem in ordered)


def _text(problem: Problem) -> str:
    return printable(str(problem))


def _annotation(problem: Problem) -> str:
    """Return a GitHub workflow command, escaped as its runner unescapes it."""
    place = f"file={_property(problem.path)},line={problem.line},col={problem.column}"
    said = _message(f"{problem.message}; {problem.remedy}")
    return f"::{problem.severity.value} {place}::{said}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
