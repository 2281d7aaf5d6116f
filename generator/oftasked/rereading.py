"""A topic file that was read without a problem -> a text to remember, and back.

What comes back is what reading the same file again would give, but for where a value ends and how
it was quoted, which nobody asks once a file is known to be right.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any, TypeVar

from oftasked.links import Link
from oftasked.loading import EntryFile, EntrySource, Part, Source
from oftasked.model import Place
from oftasked.remembering import Table, digest
from oftasked.schema import (
    EntryFields,
    FileModel,
    RepliesFields,
    TopicFields,
    TopicHeaderFields,
    TranslatedEntryFields,
    TranslatedHeaderFields,
    TranslationFields,
)
from oftasked.yamltext import Mapping, Node, Scalar, Spots

M = TypeVar("M", TopicFields, TranslationFields)
E = TypeVar("E", EntryFields, TranslatedEntryFields)

_HEADERS = {TopicFields: TopicHeaderFields, TranslationFields: TranslatedHeaderFields}
_ENTRIES = {TopicFields: EntryFields, TranslationFields: TranslatedEntryFields}
_DATES = ("changed", "reviewed", "valid_from", "valid_until")


def reread(
    read: Callable[[str, str], EntryFile[M, E]], model: type[M], table: Table
) -> Callable[[str, str], EntryFile[M, E]]:
    """Return ``read``, a function of text and path, with a memory."""

    def remembered(text: str, path: str) -> EntryFile[M, E]:
        key = digest(model.__name__, text)
        if table.knows(key):
            return _unpacked(table.recall(key, str), model, path)
        file = read(text, path)
        if file.source.whole is not None and not file.source.problems:
            table.learn(key, _packed(file.source.whole, file))
        return file

    return remembered


def _packed(whole: Part[M], file: EntryFile[M, E]) -> str:
    header = whole.fields.topic
    value = {
        "topic": None if header is None else _given(header),
        "spots": _spots(whole.node),
        "entries": [
            [_given(entry.part.fields), entry.summary, [_link(link) for link in entry.links]]
            for entry in file.entries
        ],
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_as_text)


def _unpacked(text: str, model: type[M], path: str) -> EntryFile[M, E]:
    value = json.loads(text)
    header, spots = value["topic"], value["spots"]
    fields = [_made(_ENTRIES[model], given) for given, _, _ in value["entries"]]
    topic = None if header is None else _made(_HEADERS[model], header)
    whole = Part(_made(model, {"topic": topic, "entries": fields or None}), spots, path)
    entries = tuple(
        EntrySource(
            whole.part(each, "entries", index),
            summary,
            tuple(Link(target, Place(path, *at), is_image) for target, at, is_image in links),
        )
        for index, (each, (_, summary, links)) in enumerate(
            zip(fields, value["entries"], strict=True)
        )
    )
    return EntryFile(Source(path, whole, ()), entries)


def _given(fields: FileModel) -> dict[str, Any]:
    """Return the fields that a file gives; a field of fields as such."""
    return {
        name: _given(value) if isinstance(value, FileModel) else value
        for name, value in fields
        if value is not None
    }


def _as_text(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _made(model: type[Any], given: dict[str, Any]) -> Any:
    """Return the fields that were given, which were checked when they were first read."""
    for name in _DATES:
        if name in given:
            given[name] = dt.date.fromisoformat(given[name])
    if "replies" in given:
        given["replies"] = RepliesFields.model_construct(None, **given["replies"])
    return model.model_construct(None, **given)


def _link(link: Link) -> list[Any]:
    return [link.target, [link.place.line, link.place.column], link.is_image]


def _spots(node: Node | Spots) -> Spots:
    """Return where everything stands, and no more."""
    if isinstance(node, list):
        return node
    if isinstance(node, Scalar):
        return [node.line, node.column]
    if isinstance(node, Mapping):
        return [node.line, node.column, {key: _spots(each) for key, each in node.items.items()}]
    return [node.line, node.column, [_spots(each) for each in node.items]]
