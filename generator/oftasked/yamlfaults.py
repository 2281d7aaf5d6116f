"""What a YAML parser says about a text that is none -> where the slip is, in an editor's words.

The parser reports where it could not go on, which is often a line after the slip, and in words
of its grammar. The slips that people make with an editor are looked for first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from oftasked.problems import shown

_LINES_BACK = 2
"""How many lines before the reported one are searched for a slip."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What the parser said, and where, from 1.

    ``context`` is what it was reading, ``begun`` the line where that begins; None if it gave none.
    """

    line: int
    column: int
    said: str
    context: str | None = None
    begun: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, where, and what to do about it."""

    line: int
    column: int
    what: str
    remedy: str


def explain(text: str, complaint: Complaint) -> Fault:
    """Say in an editor's words what the parser found in ``text``."""
    slip = _slip(text.split("\n"), complaint)
    if slip:
        return slip
    said = complaint.said
    remedy = next((hint for key, hint in _SYNTAX if key in said), "check indentation and quotes")
    return Fault(complaint.line, complaint.column, f"{shown(said)}{_begun(complaint)}", remedy)


def _slip(lines: list[str], complaint: Complaint) -> Fault | None:
    """Find the first slip at what the parser was reading, or shortly before it stopped."""
    nearby = range(max(1, complaint.line - _LINES_BACK), complaint.line + 1)
    begun = [complaint.begun] if complaint.begun and _is_token(complaint) else []
    for number in sorted({*begun, *nearby}):
        line = lines[number - 1] if number <= len(lines) else ""
        for pattern, what, remedy in _SLIPS:
            found = pattern.match(line)
            if found:
                return Fault(number, found.start("at") + 1, what, remedy)
    return None


def _begun(complaint: Complaint) -> str:
    """Name the line where an unclosed quote or bracket begins."""
    is_elsewhere = complaint.begun is not None and complaint.begun != complaint.line
    return f" (see line {complaint.begun})" if is_elsewhere and _is_token(complaint) else ""


def _is_token(complaint: Complaint) -> bool:
    """Tell whether the parser was inside quotes, brackets or a name: not just in the list."""
    context = complaint.context or ""
    return "scanning" in context or "flow" in context


_SLIPS = (
    (
        re.compile(r" *(?:- *)?[a-z_]+ *(?P<at>：)"),
        "the colon is a full-width one, `：`",
        "type `:` and a space",
    ),
    (
        re.compile(" *(?P<at>\u3000)"),
        "a full-width space stands at the beginning of the line",
        "indent with ordinary spaces",
    ),
    (
        re.compile(r" *(?P<at>\t)"),
        "a tab stands at the beginning of the line",
        "indent with spaces",
    ),
    (
        re.compile(r" *(?P<at>[－–—]) ?[a-z_]+:"),
        "a list item begins with a dash",
        "type `-`, the hyphen, and a space",
    ),
    (
        re.compile(r" *(?P<at>-)[a-z_]+:(?: |$)"),
        "there is no space after the hyphen",
        "write `- name: value`",
    ),
    (
        re.compile(r" *(?:- )?[a-z_]+(?P<at>:)[^\s:/]"),
        "there is no space after the colon",
        "write `name: value`",
    ),
)

_SYNTAX = (
    ("mapping values are not allowed", "put quotes around text that contains `: `"),
    ("cannot start any token", "indent with spaces, and quote text that starts with @, ` or %"),
    ("could not find expected ':'", "write `name: value`, and indent the lines of a long text"),
    ("did not find expected key", "align the fields of an entry, and quote text with quotes in it"),
    ("did not find expected '-'", "align the items of a list"),
    ("block sequence entries are not allowed", "begin the list in a line of its own"),
    ("unexpected end of stream", "close the quotes or brackets"),
    ("expected ',' or", "close the bracket, and quote text that contains brackets"),
    ("undefined alias", "put quotes around text that starts with `*`"),
    ("alphabetic or numeric", "put quotes around text that starts with `*` or `&`"),
    ("escape", "use single quotes, or double the backslash"),
)
