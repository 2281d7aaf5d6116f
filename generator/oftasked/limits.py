"""Markdown that would keep a build busy for ever -> a problem with its place, before any build.

Converting Markdown takes long for texts of a few shapes: very long ones, deeply nested ones, and
those that open again and again what they never close. `seconds` is the last resort for the rest.
"""

from __future__ import annotations

import contextlib
import re
import signal
import threading
from collections.abc import Iterator

from oftasked.model import Place
from oftasked.notes import Notes

MAX_LENGTH = 100_000
"""Characters of one answer; a novel has five times as many."""
MAX_NESTING = 12
"""Lists in lists, quotations in quotations, boxes in boxes."""
MAX_REPEATS = {
    "opens a bracket": 1_000,
    "opens a tag": 2_000,
    "refers to a footnote": 1_000,
    "has a definition": 200,
}
"""Times that one text may do so."""
MAX_RUN = 400
"""Times that the same sign may stand in a row."""
MAX_SECONDS = 10
"""For converting one answer."""

_INDENT = 4
_FENCED = re.compile(r"^[ \t]*(```+|~~~+).*?^[ \t]*\1", re.MULTILINE | re.DOTALL)
_NESTED = re.compile(
    r"^((?: {0,3}>)+)|^([ \t]*)(?:[-*+]|[0-9]{1,9}[.)]|!!!|\?\?\?|:)\s", re.MULTILINE
)
_RUNS = re.compile(rf"([\[\](){{}}<>*_`~|!&\\])\1{{{MAX_RUN}}}")
_OPENED = {
    "opens a bracket": re.compile(r"\["),
    "opens a tag": re.compile(r"<[a-zA-Z/!?]"),
    "has a definition": re.compile(r"^ {0,3}:\s", re.MULTILINE),
    "refers to a footnote": re.compile(r"\[\^"),
}


class TooLongError(Exception):
    """Something took longer than it may."""


def check_answer(text: str, place: Place, notes: Notes) -> None:
    """Report an answer that no build should try to convert."""
    if len(text) > MAX_LENGTH:
        what = f"the answer is longer than {MAX_LENGTH:,} characters"
        notes.error(place, what, "split it into several entries")
        return
    if _nesting(text) > MAX_NESTING:
        what = f"the answer nests lists, quotations or boxes more than {MAX_NESTING} deep"
        notes.error(place, what, "make them flatter")
    if run := _RUNS.search(text):
        what = f"the answer has `{run[1]}` more than {MAX_RUN} times in a row"
        notes.error(place, what, "delete them")
    for what, sign in _OPENED.items():
        most = MAX_REPEATS[what]
        if sum(1 for _ in sign.finditer(text)) > most:
            notes.error(place, f"the answer {what} more than {most:,} times", "split it")


def _nesting(text: str) -> int:
    """Return how deep lists and the like are nested, at most; code is not nested."""
    return max(
        (
            match[1].count(">") if match[1] else len(match[2].expandtabs(_INDENT)) // _INDENT
            for match in _NESTED.finditer(_FENCED.sub("", text))
        ),
        default=0,
    )


@contextlib.contextmanager
def seconds(most: float = MAX_SECONDS) -> Iterator[None]:
    """Raise TooLongError in what takes longer than this, where the system can interrupt it.

    That is on Unix and in the main thread; a single search of the regular expressions' machine is
    not interrupted.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, most)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
