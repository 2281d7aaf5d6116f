"""What can be wrong, and how it is said: ``path:line:column: what is wrong; what to do``.

The exceptions::

    OftaskedError              anything the product refuses to do; its text is for people
    +-- ContentError           the knowledge base has mistakes; carries every Problem
    +-- BuildError             a site could not be made or published

Nothing else is raised on purpose. A mistake in content is a value (`Problem`) until the last
moment, so that one run reports all of them.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass


class Severity(enum.StrEnum):
    """How bad a problem is. An error stops a build; a warning stops only a strict one."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake or doubt in the content.

    ``path`` is relative to the folder the command runs in, with forward slashes; ``line`` and
    ``column`` count from 1. ``message`` says what is wrong, ``remedy`` what to do about it.
    Problems sort by place.
    """

    path: str
    line: int
    column: int
    message: str
    remedy: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        what = self.message if self.severity is Severity.ERROR else f"warning: {self.message}"
        return f"{self.path}:{self.line}:{self.column}: {what}; {self.remedy}"


class OftaskedError(Exception):
    """The root of every exception raised on purpose."""


class ContentError(OftaskedError):
    """The knowledge base cannot be used as it is; ``problems`` holds all of them, sorted."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class BuildError(OftaskedError):
    """A site could not be built or published."""


_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]+")
_SHOWN = 60


def shown(text: str) -> str:
    """Return a piece of the sources as a message may quote it: one short printable line."""
    line = printable(text).strip()
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1].rstrip() + "…"


def printable(text: str) -> str:
    """Return a text without what could break a line or steer a terminal."""
    return _UNPRINTABLE.sub(" ", text)
