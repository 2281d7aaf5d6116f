"""What commands print: problems, progress, the log."""

from __future__ import annotations

import contextlib
import logging
import sys
import time
from collections.abc import Iterator

import click

from oftasked.cli.endings import FAILED
from oftasked.problems import ContentError, Problem, Severity, printable
from oftasked.reports import render

SLOW = 2.0
"""Seconds after which work shows a progress bar."""


@contextlib.contextmanager
def ending(fmt: str = "text") -> Iterator[None]:
    """Print the problems of a knowledge base that cannot be used, and exit with status 1.

    Every other failure is printed where the program ends, see `endings`.
    """
    try:
        yield
    except ContentError as error:
        print_problems(error.problems, fmt)
        click.echo(summary(error.problems), err=True)
        sys.exit(FAILED)


def print_problems(problems: tuple[Problem, ...], fmt: str, *, err: bool = False) -> None:
    """Print problems: text and GitHub annotations a line each, JSON as one list."""
    if fmt == "text":
        for problem in sorted(problems):
            click.echo(coloured(problem), err=err)
        return
    text = render(problems, fmt)  # type: ignore[arg-type]  # click.Choice has checked it
    if text:
        click.echo(text)


def coloured(problem: Problem) -> str:
    """Return the line of a problem, its place bold, what is wrong red or (a doubt) yellow."""
    is_error = problem.severity is Severity.ERROR
    place = f"{problem.path}:{problem.line}:{problem.column}:"
    what = problem.message if is_error else f"warning: {problem.message}"
    shown = click.style(printable(what), fg="red" if is_error else "yellow")
    return f"{click.style(printable(place), bold=True)} {shown}; {printable(problem.remedy)}"


def summary(problems: tuple[Problem, ...]) -> str:
    """Say how many problems there are, in one line."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    return ", ".join(
        [
            click.style(_count(errors, "error"), fg="red" if errors else "green"),
            click.style(_count(warnings, "warning"), fg="yellow" if warnings else "green"),
        ]
    )


def log_to_terminal(*, quiet: bool, verbose: bool) -> None:
    """Send warnings (with ``verbose`` everything) of the generator and MkDocs to stderr."""
    level = logging.DEBUG if verbose else logging.ERROR if quiet else logging.WARNING
    handler = _Coloured()
    for name in ("oftasked", "mkdocs"):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(level)
        logger.propagate = False


_LEVELS = {"WARNING": "yellow", "ERROR": "red", "CRITICAL": "red"}


class _Coloured(logging.Handler):
    """Prints records on stderr with their level in colour."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print one record."""
        level = click.style(f"{record.levelname}:", fg=_LEVELS.get(record.levelname))
        click.echo(f"{level} {self.format(record)}", err=True)


class ProgressBar:
    """Shows a bar on a terminal for work that takes over `SLOW` seconds; silent elsewhere."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._shown = sys.stderr.isatty() and not quiet
        self._begun = time.monotonic()
        self._last = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        """Report progress; a `Progress` of the generator."""
        if not self._shown:
            return
        now = time.monotonic()
        if now - self._begun < SLOW or (now - self._last < 0.1 and done < total):
            return
        self._last = now
        filled = 30 * done // max(1, total)
        bar = "#" * filled + "-" * (30 - filled)
        line = f"{what:<8} [{bar}] {done}/{total}"
        gone = "\r" + " " * len(line) + "\r" if done >= total else ""  # what follows needs no bar
        click.echo(f"\r{line}{gone}", nl=False, err=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
