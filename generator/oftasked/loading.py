"""One YAML text -> what it says, part by part, and its problems.

Each function here is pure: the same text and path give the same value, so that files can be
read in parallel and remembered by their content.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from oftasked.links import Link, links
from oftasked.model import Place
from oftasked.plaintext import first_sentence
from oftasked.problems import Problem, Severity
from oftasked.schema import (
    EntryFields,
    FileModel,
    TopicFields,
    TranslatedEntryFields,
    TranslationFields,
)
from oftasked.validation import claimed_ids, validate
from oftasked.yamltext import Mapping, Node, Scalar, Spots, is_null, parse

M = TypeVar("M", bound=FileModel)
E = TypeVar("E", bound=FileModel)


@dataclass(frozen=True, slots=True)
class Part(Generic[M]):
    """A mapping of a file, read: its fields, and the node that tells where each stands."""

    fields: M
    node: Node | Spots
    path: str

    def place(self, *steps: str | int) -> Place:
        """Return where a field stands, or the nearest thing around it."""
        node = self.node
        for step in steps:
            node = _inside(node, step) or node
        return Place(self.path, *_stands(node))

    def part(self, fields: E, *steps: str | int) -> Part[E]:
        """Return a part of this part, already read as ``fields``."""
        node = self.node
        for step in steps:
            node = _inside(node, step) or node
        return Part(fields, node, self.path)


def _inside(node: Node | Spots, step: str | int) -> Node | Spots | None:
    """Return what stands in a node under a name or number."""
    if isinstance(node, list):
        items: Any = node[2] if len(node) > 2 else ()
    else:
        items = () if isinstance(node, Scalar) else node.items
    if isinstance(items, dict):
        found: Node | Spots | None = items.get(str(step))
        return found
    return items[step] if isinstance(step, int) and step < len(items) else None


def _stands(node: Node | Spots) -> tuple[int, int]:
    """Return the line and column of a node."""
    if isinstance(node, list):
        return node[0], node[1]
    return node.line, node.column


@dataclass(frozen=True, slots=True)
class Source(Generic[M]):
    """A file, read. ``whole`` is None where it is empty or unusable.

    ``claimed`` holds the ids that a faulty file seems to define, those in its faulty parts too.
    """

    path: str
    whole: Part[M] | None
    problems: tuple[Problem, ...]
    claimed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class EntrySource(Generic[E]):
    """An entry of a file: its fields, its summary, the links of its answer."""

    part: Part[E]
    summary: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class EntryFile(Generic[M, E]):
    """A topic file or a translation file, read."""

    source: Source[M]
    entries: tuple[EntrySource[E], ...]


def read_file(model: type[M], text: str, path: str) -> Source[M]:
    """Read any YAML file of the content format."""
    parsed = parse(text, path)
    if parsed.node is None or is_null(parsed.node):
        claimed = claimed_ids(text) if parsed.problems else frozenset()
        return Source(path, None, parsed.problems, claimed)
    checked = validate(model, parsed.node, path)
    problems = (*parsed.problems, *checked.problems)
    claimed = claimed_ids(text) if problems else frozenset()
    whole = None if checked.fields is None else Part(checked.fields, checked.node, path)
    return Source(path, whole, problems, claimed)


def read_topic(text: str, path: str) -> EntryFile[TopicFields, EntryFields]:
    """Read a topic file."""
    source = _warned_if_empty(read_file(TopicFields, text, path))
    whole = source.whole
    entries = whole.fields.entries or [] if whole else []
    return EntryFile(
        source, tuple(_entry(text, whole, item, i) for i, item in enumerate(entries) if whole)
    )


def read_translation(text: str, path: str) -> EntryFile[TranslationFields, TranslatedEntryFields]:
    """Read a translation file."""
    source = read_file(TranslationFields, text, path)
    whole = source.whole
    entries = whole.fields.entries or [] if whole else []
    return EntryFile(
        source, tuple(_entry(text, whole, item, i) for i, item in enumerate(entries) if whole)
    )


Written = TypeVar("Written", EntryFields, TranslatedEntryFields)


def _entry(text: str, whole: Part[M], fields: Written, index: int) -> EntrySource[Written]:
    part = whole.part(fields, "entries", index)
    answer = part.node.items["answer"] if isinstance(part.node, Mapping) else part.node
    scalar = answer if isinstance(answer, Scalar) else None
    found = links(fields.answer, part.path, source=text, scalar=scalar)
    return EntrySource(part, fields.summary or first_sentence(fields.answer), tuple(found))


def _warned_if_empty(source: Source[TopicFields]) -> Source[TopicFields]:
    if source.problems or (source.whole and source.whole.fields.entries):
        return source
    message, remedy = "the topic has no entries", "add one, or delete the file"
    warning = Problem(source.path, 1, 1, message, remedy, Severity.WARNING)
    return Source(source.path, source.whole, (warning,))
