"""YAML text -> a tree of nodes that know where they stand, and what is wrong with the text.

Scalars keep their source text: ``no``, ``012`` and ``2026-09-01`` are not interpreted here, the
schema says what a field holds. The tree is built from the parser's events, so that a hostile
nesting depth is met before anything recurses over it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from oftasked.problems import Problem, shown
from oftasked.yamlfaults import Complaint, explain

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 20
"""The format needs six; more is a mistake or an attack."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # PyYAML may be built without libyaml
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_CONFLICT = re.compile(r"^(?:[ \t]*(?:<<<<<<<|>>>>>>>) |=======$)", re.MULTILINE)
_CONFLICT_IN_VALUE = re.compile(r"^[ \t]*(?:<<<<<<<|>>>>>>>) ", re.MULTILINE)
_ODD_BREAKS = re.compile("[\u2028\u2029]")
"""End a line for YAML, but for no editor."""
_MAX_REPEATS = 20


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value as it was written. ``start`` and ``end`` are its offsets in the text."""

    text: str
    plain: bool
    """False where it was quoted or a block, and therefore can only be text."""
    line: int
    column: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Named values; ``keys`` holds where each name stands."""

    items: dict[str, Node]
    keys: dict[str, Scalar]
    line: int
    column: int


Node = Scalar | Sequence | Mapping

Spots = list[Any]
"""Where a node stands, and what is in it, as JSON has it: ``[line, column, items or nothing]``."""


class Plain(str):
    """A scalar without quotes: the only kind that may be read as a number, date or boolean."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a text holds; ``node`` is None where it is empty or no YAML."""

    node: Node | None
    problems: tuple[Problem, ...]


def decode(raw: bytes, path: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of ``raw`` with Unix line ends and no byte order mark."""
    if len(raw) > MAX_BYTES:
        size = f"is larger than {MAX_BYTES // 1024 // 1024} MiB"
        return "", (Problem(path, 1, 1, f"the file {size}", "split it into several topics"),)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = position(raw[: error.start].decode("utf-8", "replace"), None)
        remedy = "save the file as UTF-8"
        return "", (Problem(path, line, column, "the text is not UTF-8", remedy),)
    return text.replace("\r\n", "\n").replace("\r", "\n"), ()


def parse(text: str, path: str) -> Parsed:
    """Read ``text`` as one YAML document of the plain kind that the content format uses."""
    found = text_problems(text, path)
    if found:
        return Parsed(None, found)
    reader = _Reader(path, text if _ODD_BREAKS.search(text) else None)
    try:
        node = reader.document(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        return Parsed(None, (*reader.problems, _syntax_problem(error, text, path, reader.counted)))
    except (yaml.YAMLError, RecursionError) as error:
        what = f"this is not YAML: {shown(str(error))}"
        return Parsed(None, (Problem(path, 1, 1, what, "check the file's syntax"),))
    except _TooDeepError as error:
        return Parsed(None, (*reader.problems, error.problem))
    return Parsed(node, tuple(reader.problems))


def text_problems(text: str, path: str, *, underlines: bool = True) -> tuple[Problem, ...]:
    """Find control characters and merge-conflict markers anywhere in a source text.

    ``underlines`` is False for Markdown pages, where a line of ``=`` is a heading.
    """
    problems = []
    conflict = _CONFLICT if underlines else _CONFLICT_IN_VALUE
    for match in _first(_CONTROL.finditer(text)):
        line, column = position(text, match.start())
        what = f"control character U+{ord(match[0]):04X}"
        problems.append(Problem(path, line, column, what, "delete it"))
    is_suspect = any(sign in text for sign in ("<<<<<<<", ">>>>>>>", "\n======="))
    for match in _first(conflict.finditer(text)) if is_suspect else ():
        line, _ = position(text, match.start())
        remedy = "resolve the conflict and delete the marker lines"
        problems.append(Problem(path, line, 1, "unresolved merge conflict", remedy))
    return tuple(problems)


def position(text: str, offset: int | None) -> tuple[int, int]:
    """Return line and column, from 1, of an offset (None: the end) in a text."""
    end = len(text) if offset is None else offset
    return text.count("\n", 0, end) + 1, end - text.rfind("\n", 0, end)


def is_null(node: Node | None) -> bool:
    """Tell whether a value was left out: absent, empty, ``~`` or ``null``."""
    return node is None or (isinstance(node, Scalar) and node.plain and node.text in _NULLS)


def value(node: Node) -> object:
    """Return the plain value of a node: None, a text (`Plain` if unquoted), a list or a dict."""
    if isinstance(node, Scalar):
        if not node.plain:
            return node.text
        return None if node.text in _NULLS else Plain(node.text)
    if isinstance(node, Sequence):
        return [value(item) for item in node.items]
    return {key: value(item) for key, item in node.items.items()}


class _TooDeepError(Exception):
    """Nesting went past `MAX_DEPTH`."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message)


@dataclass(slots=True)
class _Reader:
    """Turns the events of one document into nodes, and notes what the format does not allow."""

    path: str
    counted: str | None = None
    """The text, if its lines must be counted anew: where the parser sees more than an editor."""
    problems: list[Problem] = field(default_factory=list)

    def document(self, events: Iterator[yaml.Event]) -> Node | None:
        """Return the root of the only document, None for an empty text."""
        node: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents == 2:
                    self._note(event, "a second document starts here", "use one file for each")
            elif isinstance(event, yaml.NodeEvent):
                read = self._node(event, events, 1)
                node = node or read
        return node

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        if depth > MAX_DEPTH:
            remedy = "write it flatter"
            raise _TooDeepError(self._problem(event, "the nesting is too deep", remedy))
        if isinstance(event, yaml.AliasEvent):
            self._note(event, "aliases (`*name`) are not supported", "write the value out")
        elif getattr(event, "anchor", None):
            self._note(event, "anchors (`&name`) are not supported", "delete the anchor")
        tag = getattr(event, "tag", None)
        if tag not in (None, "!"):
            name = shown(str(tag).replace("tag:yaml.org,2002:", "!!"))
            self._note(event, f"tags like `{name}` are not supported", "delete it")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, events, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, events, depth)
        return self._scalar(event)

    def _sequence(self, start: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Sequence:
        items = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._node(event, events, depth + 1))
        return Sequence(tuple(items), *self._at(start))

    def _mapping(self, start: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Mapping:
        items: dict[str, Node] = {}
        keys: dict[str, Scalar] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event, events, depth + 1)
            item = self._node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                what = "a list or mapping stands where a name is expected"
                self._note(event, what, "use a name")
            elif self._is_new_key(event, key.text, keys):
                keys[key.text] = key
                items[key.text] = item
        return Mapping(items, keys, *self._at(start))

    def _is_new_key(self, event: yaml.Event, name: str, keys: dict[str, Scalar]) -> bool:
        if name == "<<":
            self._note(event, "merge keys (`<<`) are not supported", "write the fields out")
        elif name in keys:
            what = f"`{shown(name)}` is given twice (first in line {keys[name].line})"
            self._note(event, what, "keep one of them")
        else:
            return True
        return False

    def _scalar(self, event: yaml.Event) -> Scalar:
        line, column = self._at(event)
        text = getattr(event, "value", "")  # an alias has none
        style = getattr(event, "style", None)
        if style == '"':  # escapes may bring in what the source text does not show
            self.problems += [
                Problem(self.path, line, column, found.message, found.remedy)
                for found in text_problems(text, self.path, underlines=False)
            ]
        start, end = event.start_mark, event.end_mark
        offsets = (start.index, end.index) if start and end else (0, 0)
        return Scalar(text, style in (None, ""), line, column, *offsets)

    def _at(self, event: yaml.Event) -> tuple[int, int]:
        return _line_and_column(event.start_mark, self.counted)

    def _note(self, event: yaml.Event, message: str, remedy: str) -> None:
        if len(self.problems) < _MAX_REPEATS:
            self.problems.append(self._problem(event, message, remedy))

    def _problem(self, event: yaml.Event, message: str, remedy: str) -> Problem:
        return Problem(self.path, *self._at(event), message, remedy)


def _line_and_column(mark: Any, counted: str | None) -> tuple[int, int]:
    """Return where a mark (the C parser has its own type) stands, from 1; None: at the start."""
    if mark is None:
        return 1, 1
    return (mark.line + 1, mark.column + 1) if counted is None else position(counted, mark.index)


def _first(matches: Iterator[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Limit how often the same mistake is reported in a file."""
    return (match for match, _ in zip(matches, range(_MAX_REPEATS), strict=False))


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, path: str, anew: str | None) -> Problem:
    """Say in an editor's words what the YAML parser found."""
    begun = _line_and_column(error.context_mark, anew)[0] if error.context_mark else None
    line, column = _line_and_column(error.problem_mark or error.context_mark, anew)
    said = error.problem or error.context or "unknown"
    fault = explain(text, Complaint(line, column, said, error.context, begun))
    return Problem(path, fault.line, fault.column, f"this is not YAML: {fault.what}", fault.remedy)
