"""What commands print: problems, progress, the log; and how they end."""

from __future__ import annotations

import contextlib
import logging
import sys
import time
from collections.abc import Iterator
from typing import NoReturn

import click

from oftasked.problems import ContentError, OftaskedError, Problem, Severity
from oftasked.reports import render

SLOW = 2.0
"""Seconds after which work shows a progress bar."""


@contextlib.contextmanager
def ending(fmt: str = "text") -> Iterator[None]:
    """Print an expected failure for people (or programs) and exit with status 1."""
    try:
        yield
    except ContentError as error:
        print_problems(error.problems, fmt)
        click.echo(summary(error.problems), err=True)
        sys.exit(1)
    except OftaskedError as error:
        _fail(str(error))
    except BrokenPipeError:  # who reads our output has seen enough; click ends quietly
        raise
    except OSError as error:
        _fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))


def _fail(what: str) -> NoReturn:
    click.echo(f"{click.style('error:', fg='red', bold=True)} {what}", err=True)
    sys.exit(1)


def print_problems(problems: tuple[Problem, ...], fmt: str) -> None:
    """Print problems: text and GitHub annotations a line each, JSON as one list."""
    text = render(problems, fmt)  # type: ignore[arg-type]  # click.Choice has checked it
    if text:
        click.echo(text.rstrip("\n"))


def summary(problems: tuple[Problem, ...]) -> str:
    """Say how many problems there are, in one line."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    return f"{_count(errors, 'error')}, {_count(len(problems) - errors, 'warning')}"


def log_to_terminal(*, quiet: bool, verbose: bool) -> None:
    """Send warnings (with ``verbose`` everything) of the generator and MkDocs to stderr."""
    level = logging.DEBUG if verbose else logging.ERROR if quiet else logging.WARNING
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    for name in ("oftasked", "mkdocs"):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(level)
        logger.propagate = False


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
        end = "\n" if done >= total else ""
        click.echo(f"\r{what:<8} [{bar}] {done}/{total}{end}", nl=False, err=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
