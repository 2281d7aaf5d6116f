"""How a command ends when it cannot go on: a line for people, an exit status for programs."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import NoReturn

import click

from oftasked.problems import OftaskedError

FAILED = 1
INTERRUPTED = 130
"""128 and the number of SIGINT, as shells report it."""
UNHEARD = 141
"""128 and the number of SIGPIPE: who read our output has seen enough."""


@contextlib.contextmanager
def proper_endings() -> Iterator[None]:
    """Turn what stops a command into one line on stderr and an exit status."""
    try:
        yield
        sys.stdout.flush()
    except OftaskedError as error:
        fail(str(error))
    except KeyboardInterrupt:
        click.echo(err=True)  # the terminal shows ^C in the line that was being written
        sys.exit(INTERRUPTED)
    except click.Abort as error:
        click.echo(err=True)
        sys.exit(INTERRUPTED if isinstance(error.__context__, KeyboardInterrupt) else FAILED)
    except BrokenPipeError:
        _let_go_of_stdout()
        sys.exit(UNHEARD)
    except OSError as error:
        _let_go_of_stdout()
        fail(_said(error))


def fail(what: str) -> NoReturn:
    """Print why a command could not do its work, and end with status 1."""
    with contextlib.suppress(OSError):  # stderr may be closed or full as well
        click.echo(f"{click.style('error:', fg='red', bold=True)} {what}", err=True)
    sys.exit(FAILED)


_REMEDIES: tuple[tuple[type[OSError], str], ...] = (
    (FileExistsError, "move what stands there out of the way"),
    (NotADirectoryError, "name another place"),
    (IsADirectoryError, "name a file"),
    (PermissionError, "change its permissions, or name another place"),
    (FileNotFoundError, "correct the path"),
)


def _said(error: OSError) -> str:
    """Say what the system refused, and what to do."""
    what = error.strerror or str(error) or type(error).__name__
    where = f"{error.filename}: " if error.filename else ""
    remedy = next((hint for kind, hint in _REMEDIES if isinstance(error, kind)), None)
    return f"{where}{what}; {remedy or 'make room or repair the disk, and run it again'}"


def _let_go_of_stdout() -> None:
    """Let the interpreter flush what is left of the output into nothing when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
