"""Command ``test``: how many recorded questions find their answer, and what is missed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from oftasked import folder
from oftasked.cli import candidates, options
from oftasked.cli.endings import FAILED
from oftasked.cli.output import ProgressBar, ending, print_problems
from oftasked.coverage import DEPTHS, FOUND, Asked, Coverage, Tally, coverage
from oftasked.dates import shown
from oftasked.embedding import rare_garbage_collection
from oftasked.problems import ContentError, Problem
from oftasked.site import Project
from oftasked.verdict import percent, verdict

HEADS = ("asked", "first", *(f"top {depth}" for depth in DEPTHS[1:]))


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """What the tested languages find, and what is wrong with it."""

    covered: tuple[Coverage, ...]
    problems: tuple[Problem, ...]
    at_least: int

    @property
    def passed(self) -> bool:
        """Whether every language passes."""
        return all(each.passes(self.at_least) for each in self.covered)


@click.command()
@options.config_file
@options.faq
@click.option(
    "--lang",
    metavar="LANG",
    shell_complete=candidates.languages,
    help="Only this language (default: all of the site's).",
)
@click.option(
    "--at-least",
    type=click.IntRange(0, 100),
    metavar="PERCENT",
    default=80,
    show_default=True,
    help="How many of a language's questions must find their entry among the first three.",
)
@options.as_of
@options.report_format("one object")
@options.quiet
def test(
    config_file: Path,
    faq: Path | None,
    lang: str | None,
    at_least: int,
    as_of: dt.datetime | None,
    fmt: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """Ask the public site all recorded questions, and say how many find their answer.

    The questions are those of questions.yml, asked as a visitor asks them: in each language, of
    all audiences at once. Every phrasing of every entry is asked as well. The exit status is 1 if
    fewer questions than --at-least find their entry among the first three hits, or if a phrasing
    does not find its own entry there.
    """
    fmt = "json" if as_json else fmt
    try:
        found, _ = options.project_of(faq, config_file, lang)
        with rare_garbage_collection():
            outcome = _tested(found, lang, at_least, as_of, ProgressBar(quiet=quiet))
    except ContentError as error:
        if fmt == "json":
            click.echo(_json(Outcome((), error.problems, at_least), passed=False))
            sys.exit(FAILED)
        with ending(fmt):
            raise
    if fmt == "json":
        click.echo(_json(outcome, passed=outcome.passed))
    else:
        _print(outcome, fmt, shown(found.faq / folder.QUESTIONS), quiet=quiet)
    sys.exit(0 if outcome.passed else FAILED)


def _tested(
    found: Project,
    lang: str | None,
    at_least: int,
    as_of: dt.datetime | None,
    progress: ProgressBar,
) -> Outcome:
    knowledge = options.knowledge_base(found, as_of, progress)
    covered = tuple(
        coverage(
            knowledge,
            each,
            half_life=found.half_life,
            meaning=found.meaning,
            progress=progress,
        )
        for each in ([lang] if lang else found.languages)
    )
    problems = {problem for each in covered for problem in verdict(each, at_least, knowledge.as_of)}
    return Outcome(covered, tuple(sorted(problems)), at_least)


def _print(outcome: Outcome, fmt: str, questions: str, *, quiet: bool) -> None:
    """Print what is wrong, then the figures."""
    print_problems(outcome.problems, fmt)
    if quiet:
        return
    if outcome.problems:
        click.echo()
    for each in outcome.covered:
        for line in _figures(each, outcome.at_least, questions):
            click.echo(line)
        click.echo()
    passed = (
        click.style("passed", fg="green") if outcome.passed else click.style("failed", fg="red")
    )
    click.echo(passed, err=True)


def _figures(covered: Coverage, at_least: int, questions: str) -> Iterator[str]:
    """Yield the lines about one language."""
    if covered.answerable:
        yield from _table(covered, at_least)
    else:
        yield f"{covered.lang}: no question is recorded; write how customers ask into {questions}"
    if covered.unanswerable:
        silent = len(covered.unanswerable) - len(covered.claimed)
        yield f"without an answer: {silent} of {len(covered.unanswerable)} recognised as such"
    kept = covered.phrasings - len(covered.lost)
    yield f"phrasings: {kept} of {covered.phrasings} find their entry among the first {FOUND}"


def _table(covered: Coverage, at_least: int) -> Iterator[str]:
    rows = {covered.lang: covered.tally} | {
        f"  {audience}": tally for audience, tally in covered.by_audience.items()
    }
    width = max(map(len, rows))
    yield click.style("  ".join([" " * width, *(f"{head:>6}" for head in HEADS)]), bold=True)
    for name, tally in rows.items():
        shares = [f"{percent(number, tally.asked):>4} %" for number in tally.found]
        if not tally.reaches(at_least):
            shares[DEPTHS.index(FOUND)] = click.style(shares[DEPTHS.index(FOUND)], fg="red")
        yield "  ".join([name.ljust(width), f"{tally.asked:>6}", *shares])


def _json(outcome: Outcome, *, passed: bool) -> str:
    """Return everything as one JSON object."""
    value = {
        "passed": passed,
        "at_least": outcome.at_least,
        "languages": [
            {
                "lang": each.lang,
                "passed": each.passes(outcome.at_least),
                **_counts(each.tally),
                "audiences": {name: _counts(tally) for name, tally in each.by_audience.items()},
                "phrasings": {"asked": each.phrasings, "lost": len(each.lost)},
                "unanswerable": {"asked": len(each.unanswerable), "claimed": len(each.claimed)},
                "uncounted": len(each.uncounted),
                "questions": _rows((*each.answerable, *each.unanswerable)),
            }
            for each in outcome.covered
        ],
        "problems": [dataclasses.asdict(problem) for problem in outcome.problems],
    }
    return json.dumps(value, ensure_ascii=False, indent=2)


def _counts(tally: Tally) -> dict[str, Any]:
    return {"asked": tally.asked, "top": dict(zip(map(str, DEPTHS), tally.found, strict=True))}


def _rows(questions: Iterable[Asked]) -> Sequence[dict[str, Any]]:
    return [
        {
            "ask": each.question.ask,
            "audience": each.audience,
            "expect": list(each.question.expect),
            "hits": list(each.hits),
            "rank": each.rank,
            "confident": each.confident,
            "path": each.question.place.path,
            "line": each.question.place.line,
        }
        for each in sorted(questions, key=lambda each: each.question.place)
    ]
