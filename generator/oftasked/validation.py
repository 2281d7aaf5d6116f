"""A node and a model -> the model's instance, with every mistake placed where it was made.

A part that is wrong (a field, else its entry) is reported and left out, so that the rest can
still be checked against the other files.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, RootModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from oftasked.fieldkinds import EMPTY
from oftasked.problems import Problem, shown
from oftasked.suggestions import closest
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
    """Read a node as a model. ``fields`` is None where nothing of it can be used.

    Only what the file itself says is reported: leaving out a part may cost its parent a required
    field, which is then left out in silence.
    """
    problems: tuple[Problem, ...] = ()
    rest: Node | None = node
    while rest is not None:
        try:
            return Validated(model.model_validate(value(rest)), rest, problems)
        except ValidationError as error:
            details = error.errors(include_url=False)
        if rest is node:
            problems = tuple(_problem(model, node, path, detail) for detail in details)
        smaller = _without(rest, {_removable(detail) for detail in details})
        rest = None if smaller == rest else smaller
    return Validated(None, node, problems)


_DECISIVE = frozenset({"access", "status"})
"""Without these fields an entry would mean something else, and be judged wrongly."""


def _removable(detail: ErrorDetails) -> Loc:
    """Return the smallest part without which a mistake is gone."""
    loc = detail["loc"]
    if loc and (detail["type"] == "missing" or loc[-1] in _DECISIVE or _is_key(loc)):
        return loc[:-1]
    return loc


def _without(node: Node, locs: Collection[Loc]) -> Node | None:
    """Return a node without the parts at these paths; None if it is one of them."""
    if () in locs or isinstance(node, Scalar):
        return None
    inner: dict[str | int, list[Loc]] = {}
    for loc in locs:
        inner.setdefault(loc[0], []).append(loc[1:])
    if isinstance(node, Sequence):
        items = [_rest(item, inner.get(index)) for index, item in enumerate(node.items)]
        kept = tuple(item for item in items if item is not None)
        return Sequence(kept, node.line, node.column)
    parts = {key: _rest(item, inner.get(key)) for key, item in node.items.items()}
    left = {key: item for key, item in parts.items() if item is not None}
    return Mapping(left, node.keys, node.line, node.column)


def _rest(node: Node, locs: Collection[Loc] | None) -> Node | None:
    return _without(node, locs) if locs else node


def _problem(model: type[BaseModel], root: Node, path: str, detail: ErrorDetails) -> Problem:
    loc = detail["loc"]
    if _is_key(loc):
        node = _key_place(root, loc[:-1])
    elif detail["type"] == "extra_forbidden":
        node = _key_place(root, loc)
    else:
        node = _place(root, loc)
    message, remedy = _said(model, detail)
    return Problem(path, node.line, node.column, message, remedy)


def _place(root: Node, loc: Loc) -> Node:
    """Return the deepest node of a path; a blank value stands where its key does."""
    node = root
    for step in loc:
        if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        elif isinstance(node, Mapping) and step in node.items:
            child = node.items[str(step)]
            is_blank = isinstance(child, Scalar) and not child.text
            node = node.keys[str(step)] if is_blank else child
    return node


def _is_key(loc: Loc) -> bool:
    """Tell whether a path means a name in a mapping, not the value it names."""
    return bool(loc) and loc[-1] == "[key]"


def _key_place(root: Node, loc: Loc) -> Node:
    parent = _place(root, loc[:-1])
    name = str(loc[-1])
    return parent.keys[name] if isinstance(parent, Mapping) and name in parent.keys else parent


def _said(model: type[BaseModel], detail: ErrorDetails) -> tuple[str, str]:
    """Return message and remedy in an editor's words."""
    kind, loc, given = detail["type"], detail["loc"], detail["input"]
    name = _field_name(loc)
    if kind == EMPTY or (given is None and kind in _EXPECTED):
        return f"{name} is empty", _filling(kind, is_required=_is_required(model, loc))
    if kind == "mistake":
        seen = f": `{shown(str(given))}`" if isinstance(given, str) and given.strip() else ""
        return f"{name} {detail['ctx']['what']}{seen}", detail["ctx"]["remedy"]
    if kind == "missing":
        return f"{name} is missing", f"add `{loc[-1]}: ...`"
    if kind == "extra_forbidden":
        return _unknown_field(model, loc)
    if kind == "literal_error":
        expected = detail["ctx"]["expected"].replace("'", "`")
        return f"{name} is {_kind(given)}", f"write {expected}"
    if kind == "too_short":
        return f"{name} has fewer than {detail['ctx']['min_length']} items", "add another one"
    return _wrong_type(kind, name, given)


def _wrong_type(kind: str, name: str, given: object) -> tuple[str, str]:
    expected, remedy = _EXPECTED.get(kind, ("something else", "check its value"))
    return f"{name} must be {expected}, not {_kind(given)}", remedy


def _filling(kind: str, *, is_required: bool) -> str:
    """Return what to do about an empty field; a required one cannot be deleted."""
    expected, _ = _EXPECTED.get(kind, _EXPECTED["string_type"])
    return f"give it {expected}" if is_required else f"give it {expected}, or delete it"


_EXPECTED = {
    "string_type": ("a text", "write one text; quotes help where it holds brackets or `: `"),
    "list_type": ("a list", "write each item in a line of its own, after `- `"),
    "dict_type": ("a mapping", "write `name: value` lines below it"),
    "model_type": ("a mapping", "write `name: value` lines below it"),
}


def _kind(given: object) -> str:
    if isinstance(given, list):
        return "a list"
    if isinstance(given, dict):
        return "a mapping"
    return f"`{shown(str(given))}`" if given is not None else "empty"


def _field_name(loc: Loc) -> str:
    """Name a field as an editor sees it: the last name on the path, and the item if in a list."""
    if _is_key(loc):
        return "this name"
    names = [step for step in loc if isinstance(step, str)]
    if not loc or not names:
        return "the file" if not loc else f"item {int(loc[-1]) + 1}"
    if isinstance(loc[-1], int):
        return f"item {loc[-1] + 1} of `{shown(names[-1])}`"
    return f"`{shown(names[-1])}`" if names[-1] else "the text"


def _unknown_field(model: type[BaseModel], loc: Loc) -> tuple[str, str]:
    name = str(loc[-1])
    known = list(_fields(model, loc[:-1]))
    message = f'unknown field "{shown(name)}"'
    close = closest(name, known, 0.6)
    if close:
        return message, f'did you mean "{close}"?'
    return message, "use " + ", ".join(known)


def _is_required(model: type[BaseModel], loc: Loc) -> bool:
    """Tell whether what stands at a path is a field that may not be left out."""
    field = _fields(model, loc[:-1]).get(str(loc[-1])) if loc else None
    return field is not None and field.is_required()


def _fields(model: type[BaseModel], loc: Loc) -> dict[str, FieldInfo]:
    """Return the fields of the model that stands at a path inside ``model``."""
    kind: Any = model
    for step in loc:
        kind = _inner(kind, step)
    found = _models(kind)
    return found[0].model_fields if found else {}


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
