"""A place in a YAML text, as the parser tells it -> what to change there to put something in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

_NULLS = ("", "~", "null", "Null", "NULL")
_COMMA = re.compile(r"(?:\s|(?<=\s)#[^\n]*\n)*,")


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of a text, from ``start`` to ``end``, and what is to stand there instead."""

    start: int
    end: int
    text: str


def field(mapping: yaml.MappingNode, name: str) -> yaml.Node | None:
    """Return the value of a field; None where there is no such field."""
    for key, value in mapping.value:
        if key.value == name:
            return value  # type: ignore[no-any-return]  # nodes have no types
    return None


def is_nothing(plain: str, node: yaml.Node) -> bool:
    """Tell whether a value stands for nothing: left out, ``null``, or empty brackets."""
    if isinstance(node, yaml.ScalarNode):
        return not node.style and node.value in _NULLS
    inside = plain[node.start_mark.index + 1 : node.end_mark.index - 1]
    return not node.value and not inside.strip()


def lines_at(plain: str, at: int, lines: Sequence[str]) -> Change:
    """Put lines before the line that begins at ``at``, or at the end."""
    starts_line = at == 0 or plain[at - 1] == "\n"
    return Change(at, at, ("" if starts_line else "\n") + "\n".join(lines) + "\n")


def lines_after(plain: str, node: yaml.Node, lines: Sequence[str], *, own: int) -> Change:
    """Put lines after a value and the comments below it that stand in column ``own`` or deeper."""
    return lines_at(plain, _past_own_lines(plain, _line_after(plain, node), own), lines)


def lines_instead(
    plain: str, node: yaml.Node, lines: Sequence[str], *, own: int
) -> tuple[Change, ...]:
    """Put lines below a value that stands for nothing, and take away the signs for it."""
    start, end = node.start_mark.index, node.end_mark.index
    line_end = (plain + "\n").index("\n", end)
    if not plain[end:line_end].strip():
        start -= len(plain[:start]) - len(plain[:start].rstrip(" \t"))
    return Change(start, end, ""), lines_after(plain, node, lines, own=own)


def item_in_flow(plain: str, node: yaml.CollectionNode, item: str) -> Change:
    """Put an item at the end of a list or mapping in brackets."""
    if not node.value:
        at, before = node.start_mark.index + 1, ""
    else:
        last = node.value[-1]
        at = (last[1] if isinstance(last, tuple) else last).end_mark.index
        comma = _COMMA.match(plain, at, node.end_mark.index)
        at, before = (comma.end(), " ") if comma else (at, ", ")
    after = " " if plain[at] == "#" else ""
    return Change(at, at, before + item + after)


def is_spaced(plain: str, node: yaml.SequenceNode) -> bool:
    """Tell whether the items of a list are set apart by empty lines."""
    if len(node.value) < 2:
        return False
    start = node.value[-1].start_mark.index
    above = plain[:start].split("\n")[:-1]
    dash = f"{' ' * node.start_mark.column}-"
    if not plain[:start].rpartition("\n")[2].startswith(dash):
        above.pop()  # the dash stands in a line of its own
    while above and above[-1].lstrip().startswith("#"):
        above.pop()
    return bool(above) and not above[-1].strip()


def _line_after(plain: str, node: yaml.Node) -> int:
    """Return where the line begins that follows a value; the end if there is none."""
    last = _last(node)
    end: int = last.end_mark.index
    if isinstance(last, yaml.ScalarNode) and last.style in ("|", ">"):
        header = plain[last.start_mark.index :].partition("\n")[0].partition("#")[0]
        while "+" not in header and plain.startswith("\n\n", end - 2):
            end -= 1
        return end
    return plain.find("\n", end) + 1 or len(plain)


def _last(node: yaml.Node) -> yaml.Node:
    """Return the innermost value that ends where this one does."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node


def _past_own_lines(plain: str, at: int, own: int) -> int:
    """Return where the lines end that belong to what stands above ``at``.

    Those are comments that are indented like it, and lines of spaces: below a new block of text
    they would become part of it.
    """
    best = at
    while at < len(plain):
        line = plain[at:].partition("\n")[0]
        bare = line.strip(" \t")
        if bare and not bare.startswith("#"):
            break
        at = min(at + len(line) + 1, len(plain))
        indent = len(line) - len(line.lstrip(" "))
        if line and (not bare or line[indent] == "\t" or indent >= max(1, own)):
            best = at
    return best
