"""A node and a model -> the model's instance, with every mistake placed where it was made.

A part that is wrong (an entry, a department) is reported and left out, so that the rest can
still be checked against the other files.
"""

from __future__ import annotations

import difflib
import re
import typing
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, RootModel, ValidationError
from pydantic_core import ErrorDetails

from oftasked.problems import Problem, shown
from oftasked.yamltext import Mapping, Node, Scalar, Sequence, value

M = TypeVar("M", bound=BaseModel)
Loc = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Validated(Generic[M]):
    """``fields`` and ``node`` hold the same parts: those without a mistake."""

    fields: M | None
    node: Node
    problems: tuple[Problem, ...]


def validate(model: type[M], node: Node, path: str) -> Validated[M]:
    """Read a node as a model. ``fields`` is None where nothing of it can be used."""
    try:
        return Validated(model.model_validate(value(node)), node, ())
    except ValidationError as error:
        details = error.errors(include_url=False)
    problems = tuple(_problem(model, node, path, detail) for detail in details)
    rest = _without(node, [detail["loc"] for detail in details])
    try:
        return Validated(model.model_validate(value(rest)), rest, problems)
    except ValidationError:
        return Validated(None, rest, problems)


def _without(node: Node, locs: Iterable[Loc]) -> Node:
    """Leave out the parts that hold a mistake: items of the first list or mapping of parts."""
    if isinstance(node, Sequence):
        wrong = {loc[0] for loc in locs if loc}
        kept = tuple(item for index, item in enumerate(node.items) if index not in wrong)
        return Sequence(kept, node.line, node.column)
    if not isinstance(node, Mapping):
        return node
    items = dict(node.items)
    for key in {str(loc[0]) for loc in locs if loc}:
        inner = [loc[1:] for loc in locs if loc and str(loc[0]) == key]
        child = items.get(key)
        if child is not None and key in _CONTAINERS and all(inner):
            items[key] = _without_parts(child, inner)
        else:
            items.pop(key, None)
    return Mapping(items, node.keys, node.line, node.column)


_CONTAINERS = frozenset({"entries", "audiences", "contacts"})


def _without_parts(node: Node, locs: list[Loc]) -> Node:
    if isinstance(node, Sequence):
        return _without(node, locs)
    if not isinstance(node, Mapping):
        return node
    wrong = {str(loc[0]) for loc in locs}
    items = {key: item for key, item in node.items.items() if key not in wrong}
    return Mapping(items, node.keys, node.line, node.column)


def _problem(model: type[BaseModel], root: Node, path: str, detail: ErrorDetails) -> Problem:
    loc = detail["loc"]
    node = _place(root, loc)
    message, remedy = _said(model, detail)
    return Problem(path, node.line, node.column, message, remedy)


def _place(root: Node, loc: Loc) -> Node:
    """Return the deepest node of a path; the key's where the key itself is wrong or empty."""
    node = root
    for step in loc:
        if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        elif isinstance(node, Mapping) and step in node.items:
            child = node.items[str(step)]
            blank = isinstance(child, Scalar) and not child.text
            last = step == loc[-1] or loc[-1] == "[key]"
            node = node.keys[str(step)] if last and blank else child
    if loc and _is_key(loc):
        return _key_place(root, loc)
    return node


def _is_key(loc: Loc) -> bool:
    return loc[-1] == "[key]"


def _key_place(root: Node, loc: Loc) -> Node:
    """Return the key that a path ending in ``key, "[key]"`` means."""
    parent = _place(root, loc[:-2])
    name = str(loc[-2])
    return parent.keys[name] if isinstance(parent, Mapping) and name in parent.keys else parent


def _said(model: type[BaseModel], detail: ErrorDetails) -> tuple[str, str]:
    """Return message and remedy in an editor's words."""
    kind, loc, given = detail["type"], detail["loc"], detail["input"]
    name = _field_name(loc)
    if kind == "mistake":
        seen = f": `{shown(str(given))}`" if isinstance(given, str) and given.strip() else ""
        return f"{name} {detail['ctx']['what']}{seen}", detail["ctx"]["remedy"]
    if kind == "missing":
        return f"{name} is missing", f"add `{loc[-1]}: ...`"
    if kind == "extra_forbidden":
        return _unknown_field(model, loc)
    if kind == "literal_error":
        expected = detail["ctx"]["expected"].replace("'", "`")
        return f"{name} is `{shown(_kind(given))}`", f"write {expected}"
    if kind == "too_short":
        return f"{name} has fewer than {detail['ctx']['min_length']} items", "add another one"
    return _wrong_type(kind, name, given)


def _wrong_type(kind: str, name: str, given: object) -> tuple[str, str]:
    expected, remedy = _EXPECTED.get(kind, ("something else", "check its value"))
    if given is None:
        return f"{name} is empty", f"give it {expected}, or delete it"
    return f"{name} must be {expected}, not {_kind(given)}", remedy


_EXPECTED = {
    "string_type": ("text", "write one text; quotes help where it holds brackets or `: `"),
    "list_type": ("a list", "write each item in a line of its own, after `- `"),
    "dict_type": ("a mapping", "write `name: value` lines below it"),
    "model_type": ("a mapping", "write `name: value` lines below it"),
}


def _kind(given: object) -> str:
    if isinstance(given, list):
        return "a list"
    if isinstance(given, dict):
        return "a mapping"
    return str(given) if given is not None else ""


def _field_name(loc: Loc) -> str:
    """Name a field as an editor sees it: the last name on the path, and the item if in a list."""
    names = [step for step in loc if isinstance(step, str) and step != "[key]"]
    if not loc or not names:
        return "the file" if not loc else f"item {int(loc[-1]) + 1}"
    if isinstance(loc[-1], int):
        return f"item {loc[-1] + 1} of `{shown(names[-1])}`"
    return f"`{shown(names[-1])}`" if names[-1] else "the text"


def _unknown_field(model: type[BaseModel], loc: Loc) -> tuple[str, str]:
    name = str(loc[-1])
    known = _known_fields(model, loc[:-1])
    message = f'unknown field "{shown(name)}"'
    close = difflib.get_close_matches(name.lower(), known, 1, 0.6)
    if close:
        return message, f'did you mean "{close[0]}"?'
    return message, "use " + ", ".join(known)


def _known_fields(model: type[BaseModel], loc: Loc) -> list[str]:
    """Return the fields of the model that stands at a path inside ``model``."""
    kind: Any = model
    for step in loc:
        kind = _inner(kind, step)
    found = _models(kind)
    return list(found[0].model_fields) if found else []


def _inner(kind: Any, step: str | int) -> Any:
    for found in _models(kind):
        if isinstance(step, str) and step in found.model_fields:
            return found.model_fields[step].annotation
        if issubclass(found, RootModel):
            return found.model_fields["root"].annotation
    return kind


def _models(kind: Any) -> list[type[BaseModel]]:
    """Return the models inside an annotation such as ``list[Entry] | None``."""
    if isinstance(kind, type) and issubclass(kind, BaseModel) and not typing.get_args(kind):
        return [kind]
    return [model for part in typing.get_args(kind) for model in _models(part)]


def claimed_ids(text: str) -> frozenset[str]:
    """Return the ids in a text that is no YAML, lest every link to them count as broken too."""
    return frozenset(re.findall(r"^[ \t-]*id:[ \t]*[\"']?([a-z0-9-]+)", text, re.MULTILINE))
