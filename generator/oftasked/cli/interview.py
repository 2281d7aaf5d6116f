"""Questions to an editor at a terminal: what `new` still needs to know.

Everything is asked on stderr, so that what a command prints can be read by a program.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import click

from oftasked.model import Audience, Topic
from oftasked.problems import printable

Trouble = Callable[[str], str | None]
"""Says what is wrong with an answer, if anything."""
_END = (".", "。")
_EDITOR = ("e", "ｅ")


def line(question: str, *, default: str | None = None, trouble: Trouble = lambda _: None) -> str:
    """Ask for a text of one line that is not empty, until there is no trouble with it."""

    def checked(text: str) -> str:
        found = " ".join(text.split())
        what = trouble(found) if found else "it is empty; write something"
        if what:
            raise click.BadParameter(what)
        return found

    answer: str = click.prompt(question, default=default, err=True, value_proc=checked)
    return answer


def lines(question: str) -> tuple[str, ...]:
    """Ask for any number of one-line texts; an empty line ends them."""
    say(f"{question} (one in a line; an empty line ends)")
    found = []
    while text := _next_line().strip():
        found.append(text)
    return tuple(found)


def prose(question: str) -> str:
    """Ask for a text of many lines, or take it from the editor that is set up."""
    say(f"{question} (Markdown; a line with only a full stop ends it, only `e` opens your editor)")
    while True:
        found = _prose_lines()
        text = edited("") if found is None else "\n".join(found).strip("\n")
        if text.strip():
            return text
        say("It is empty; write something.")


def edited(text: str) -> str:
    """Open the editor that ``$VISUAL`` or ``$EDITOR`` names; return what was saved."""
    saved = click.edit(text, extension=".md", require_save=False)
    return re.sub("\r\n?", "\n", saved or "").strip("\n")


def audience(audiences: Sequence[Audience], lang: str) -> str:
    """Ask which group of people asks."""
    say("Who asks?")
    return _one_of([each.id for each in audiences], [each.title.get(lang) for each in audiences])


def topic(topics: Sequence[Topic], lang: str, trouble: Trouble) -> str:
    """Ask for the topic of an entry; the stem of a file that may not exist yet."""
    if not topics:
        question = "Name of its first topic, as a file name without .yml"
        return line(question, trouble=trouble)
    say("Which topic? A name that is not listed makes a new one.")
    titles = [each.title.get(lang) for each in topics]
    return _one_of([each.stem for each in topics], titles, trouble)


def agreed(question: str) -> bool:
    """Ask for a yes or no; Enter is yes."""
    return click.confirm(question, default=True, err=True)


def number(question: str, most: int) -> int:
    """Ask for a number from 1 to ``most``; 0, for none of them, is Enter."""
    kind = click.IntRange(0, most)
    found: int = click.prompt(question, type=kind, default=0, show_default=False, err=True)
    return found


def say(text: str) -> None:
    """Print a line where the questions are."""
    click.echo(printable(text), err=True)


def _one_of(names: Sequence[str], titles: Sequence[str], trouble: Trouble | None = None) -> str:
    """Ask for a name of a list, or its number; for another name where ``trouble`` judges it."""
    width = max(map(len, names))
    for at, (name, title) in enumerate(zip(names, titles, strict=True), start=1):
        say(f"  {at:>2}  {name:<{width}}  {title}")

    def chosen(text: str) -> str:
        text = text.strip()
        if text.isdecimal() and 1 <= int(text) <= len(names):
            return names[int(text) - 1]
        if text in names:
            return text
        judge = None if text.isdecimal() else trouble
        what = judge(text) if judge else "it is not listed; give its number"
        if what:
            raise click.BadParameter(what)
        return text

    found: str = click.prompt("Number or name", value_proc=chosen, err=True)
    return found


def _prose_lines() -> list[str] | None:
    """Read lines up to the one that ends them; None if the editor is asked for."""
    found: list[str] = []
    while (text := _next_line()).strip() not in _END:
        if text.strip() in _EDITOR and not found:
            return None
        found.append(text)
    return found


def _next_line() -> str:
    text: str = click.prompt("", prompt_suffix="> ", default="", show_default=False, err=True)
    return text
