"""The text of a topic file and a change -> its new text, in which everything else is as it was.

The change is spliced in where the parser says that something ends: comments, quotes, line ends, a
byte order mark, blank lines and the order of fields stay, byte for byte. What cannot be edited
safely is refused with a `ContentError` and left to a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from oftasked.editing_places import (
    Change,
    field,
    is_nothing,
    is_spaced,
    item_in_flow,
    lines_after,
    lines_at,
    lines_instead,
)
from oftasked.editing_values import (
    Fields,
    entry_lines,
    field_lines,
    flow_entry,
    flow_list,
    item_lines,
    scalar,
)
from oftasked.problems import ContentError, Problem, shown
from oftasked.yamltext import parse, position, value

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # PyYAML may be built without libyaml
_DOCUMENT_END = re.compile(r"^\.\.\.(?=\s|$)", re.MULTILINE)
_BREAK = re.compile("\r\n|\r|\n")
_BOM = "\ufeff"


def append_entry(text: str, fields: Fields, *, path: str = "") -> str:
    """Return a topic file's text with one more entry at the end of its list.

    ``text`` is the file as decoded, with its line ends and byte order mark; ``path`` is how
    problems name it. Raises ContentError where the text is no topic file that can be edited.
    """
    file = _File.read(text, path)
    changes = _appended(file, fields)
    expected = dict(file.content or {})
    expected["entries"] = [*(expected.get("entries") or []), _said(fields)]
    return file.changed(changes, expected)


def add_phrasing(text: str, entry_id: str, phrasing: str, *, path: str = "") -> str:
    """Return a file's text with one more way of asking for one of its entries.

    Raises ContentError where the file has no such entry, or cannot be edited.
    """
    file = _File.read(text, path)
    number, entry = _entry(file, entry_id)
    changes = _phrased(file, entry, phrasing)
    expected = dict(file.content)
    said = dict(expected["entries"][number])
    said["also_asked"] = [*(said.get("also_asked") or []), phrasing]
    expected["entries"] = [*expected["entries"]]
    expected["entries"][number] = said
    return file.changed(changes, expected)


def new_topic(fields: Fields, *, title: str | None = None, schema: str | None = None) -> str:
    """Return the text of a new topic file with its first entry.

    ``schema`` is the address of the JSON Schema for editors, relative to the file.
    """
    comment = [f"# yaml-language-server: $schema={schema}"] if schema else []
    header = ["topic:", *field_lines("title", title, indent=2)] if title else []
    return "\n".join([*comment, *header, "entries:", *entry_lines(fields, dash=2)]) + "\n"


@dataclass(frozen=True, slots=True)
class _File:
    """A file's text: as it is, and ``plain``: no byte order mark, Unix line ends."""

    text: str
    plain: str
    path: str
    root: yaml.Node | None
    content: Any
    """What the file says, as `yamltext.value` returns it."""

    @classmethod
    def read(cls, text: str, path: str) -> _File:
        """Parse a text; raise ContentError where it is no YAML of the kind that the format uses."""
        plain = _plain(text)
        content = _content(plain, path)
        return cls(text, plain, path, yaml.compose(plain, Loader=_LOADER), content)

    def changed(self, changes: Sequence[Change], expected: object) -> str:
        """Return the text with some changes made, if it then says what is ``expected``."""
        text, ends = self.text, _BREAK.search(self.text)
        for change in sorted(changes, key=lambda each: each.start, reverse=True):
            start, end = self._original(change.start), self._original(change.end)
            put = change.text.replace("\n", ends[0]) if ends else change.text
            text = text[:start] + put + text[end:]
        if _trimmed(_content(_plain(text), self.path)) != _trimmed(expected):
            raise self.refusal(None, "the file is written in a way that only a person can edit")
        return text

    def refusal(self, node: yaml.Node | None, what: str) -> ContentError:
        """Return the error for something that cannot be edited."""
        line, column = position(self.plain, node.start_mark.index if node else 0)
        return ContentError([Problem(self.path, line, column, what, "make the change by hand")])

    def _original(self, index: int) -> int:
        """Return where in ``text`` a place in ``plain`` is."""
        at = index + self.text.startswith(_BOM)
        for match in re.finditer("\r\n", self.text):
            if match.start() >= at:
                break
            at += 1
        return at


def _appended(file: _File, fields: Fields) -> Sequence[Change]:
    """Say what to change in order to append an entry."""
    plain, root = file.plain, file.root
    if root is None or root.start_mark.index == root.end_mark.index:
        end = _DOCUMENT_END.search(plain)
        whole = ["entries:", *entry_lines(fields, dash=2)]
        return [lines_at(plain, end.start() if end else len(plain), whole)]
    if is_nothing(plain, root):
        return lines_instead(plain, root, ["entries:", *entry_lines(fields, dash=2)], own=1)
    if not isinstance(root, yaml.MappingNode):
        raise file.refusal(root, "the file is not made of `topic` and `entries`")
    entries, margin = field(root, "entries"), root.start_mark.column
    if entries is None:
        if root.flow_style:
            return [item_in_flow(plain, root, f"entries: [{flow_entry(fields)}]")]
        lines = [f"{' ' * margin}entries:", *entry_lines(fields, dash=margin + 2)]
        return [lines_after(plain, root, lines, own=margin + 1)]
    if root.flow_style or not is_nothing(plain, entries):
        return [_next_entry(file, entries, fields)]
    lines = entry_lines(fields, dash=margin + 2)
    return lines_instead(plain, entries, lines, own=margin + 1)


def _next_entry(file: _File, entries: yaml.Node, fields: Fields) -> Change:
    """Put an entry behind the others, written as they are."""
    if isinstance(entries, yaml.ScalarNode) and is_nothing(file.plain, entries):
        return _in_place(entries, f"[{flow_entry(fields)}]")
    if not isinstance(entries, yaml.SequenceNode):
        raise file.refusal(entries, "`entries` is not a list")
    if entries.flow_style:
        return item_in_flow(file.plain, entries, flow_entry(fields))
    dash, last = entries.start_mark.column, entries.value[-1]
    is_block = isinstance(last, yaml.MappingNode) and not last.flow_style
    gap = last.start_mark.column - dash if is_block else 2
    lines = entry_lines(fields, dash=dash, gap=gap, nested=_nesting(entries.value))
    space = [""] if is_spaced(file.plain, entries) else []
    return lines_after(file.plain, entries, [*space, *lines], own=dash)


def _phrased(file: _File, entry: yaml.MappingNode, phrasing: str) -> Sequence[Change]:
    """Say what to change in order to add a phrasing to an entry."""
    plain, also_asked, margin = file.plain, field(entry, "also_asked"), entry.start_mark.column
    if also_asked is None:
        if entry.flow_style:
            return [item_in_flow(plain, entry, f"also_asked: {flow_list([phrasing])}")]
        nested = _nesting(_list_of_entries(file))
        lines = field_lines("also_asked", [phrasing], indent=margin, nested=nested)
        return [lines_after(plain, field(entry, "answer") or entry, lines, own=margin + 1)]
    if isinstance(also_asked, yaml.ScalarNode) and is_nothing(plain, also_asked):
        if entry.flow_style:
            return [_in_place(also_asked, flow_list([phrasing]))]
        lines = item_lines([phrasing], dash=margin + 2)
        return lines_instead(plain, also_asked, lines, own=margin + 1)
    if not isinstance(also_asked, yaml.SequenceNode):
        raise file.refusal(also_asked, "`also_asked` is not a list")
    if also_asked.flow_style:
        return [item_in_flow(plain, also_asked, scalar(phrasing, in_flow=True))]
    dash = also_asked.start_mark.column
    lines = item_lines([phrasing], dash=dash, gap=also_asked.value[-1].start_mark.column - dash)
    return [lines_after(plain, also_asked, lines, own=margin + 1)]


def _entry(file: _File, entry_id: str) -> tuple[int, yaml.MappingNode]:
    """Return an entry of a file and its place among them, from 0."""
    for number, entry in enumerate(_list_of_entries(file)):
        if isinstance(entry, yaml.MappingNode):
            named = field(entry, "id")
            if named is not None and named.value == entry_id:
                return number, entry
    raise file.refusal(None, f"the file has no entry `{shown(entry_id)}`")


def _list_of_entries(file: _File) -> list[yaml.Node]:
    entries = field(file.root, "entries") if isinstance(file.root, yaml.MappingNode) else None
    return entries.value if isinstance(entries, yaml.SequenceNode) else []


def _nesting(entries: Sequence[yaml.Node]) -> int:
    """Return how far lists are indented below their fields' names, as the last one is."""
    for entry in reversed(entries):
        for key, each in reversed(entry.value) if isinstance(entry, yaml.MappingNode) else ():
            if isinstance(each, yaml.SequenceNode) and not each.flow_style:
                return int(each.start_mark.column - key.start_mark.column)
    return 2


def _in_place(nothing: yaml.Node, text: str) -> Change:
    """Put a text where a mapping in brackets has a field without a value."""
    start, end = nothing.start_mark.index, nothing.end_mark.index
    return Change(start, end, text if end > start else f" {text}")


def _plain(text: str) -> str:
    return _BREAK.sub("\n", text.removeprefix(_BOM))


def _content(plain: str, path: str) -> Any:
    parsed = parse(plain, path)
    if parsed.problems:
        raise ContentError(parsed.problems)
    return None if parsed.node is None else value(parsed.node)


def _said(fields: Fields) -> dict[str, object]:
    """Return fields as a reader of the file gets them."""
    return {name: each if isinstance(each, str) else list(each) for name, each in fields.items()}


def _trimmed(given: object) -> object:
    """Return a value without the line ends at the end of its texts, which the format ignores."""
    if isinstance(given, str):
        return given.rstrip("\n")
    if isinstance(given, list):
        return [_trimmed(each) for each in given]
    if isinstance(given, dict):
        return {name: _trimmed(each) for name, each in given.items()}
    return given
