"""Values of an entry -> the lines of YAML that say them: quoted where needed, never wrapped.

Whatever is written here reads back as the same text, in Oftasked and in other readers of YAML: a
question that looks like a number, a date or *yes* is quoted, too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

import yaml

from oftasked.yamltext import Plain

Value = str | Sequence[str]
"""A text, or a list of one-line texts. `Plain` texts (dates, words of the format) stand bare."""
Fields = Mapping[str, Value]
"""The fields of an entry in the order in which they are to be written."""

LONG = 100
"""An answer of one line that is longer than so many characters gets lines of its own."""

_FIRST = frozenset("-?:,[]{}#&*!|>'\"%@` ")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What cannot stand in a line as it is; in double quotes an escape stands for it."""
_BREAKS = re.compile("[\r\u0085\u2028\u2029]")
"""What ends a line to YAML, but not to us."""
_MARKS = re.compile(r": | #|[: ]$")
_MARKS_IN_FLOW = re.compile(r"[,\[\]{}:?]")
_IN_ONE_LINE = frozenset({"tags", "also_for", "related", "replaces"})
"""Lists of names, which are short; those of phrasings get a line for each."""
_RESOLVER = yaml.resolver.Resolver()


def entry_lines(fields: Fields, *, dash: int, gap: int = 2, nested: int = 2) -> list[str]:
    """Return an entry as an item of a list whose dashes stand in column ``dash``, from 0.

    Its fields stand ``gap`` columns behind the dash; the items of its lists ``nested`` columns
    further in.
    """
    lines = [
        line
        for name, given in fields.items()
        for line in field_lines(name, given, indent=dash + gap, nested=nested)
    ]
    lines[0] = f"{' ' * dash}-{lines[0][dash + 1 :]}"
    return lines


def field_lines(name: str, given: Value, *, indent: int, nested: int = 2) -> list[str]:
    """Return a field whose name stands in column ``indent``."""
    pad = " " * indent
    if isinstance(given, str):
        return _text_lines(name, given, pad)
    if name in _IN_ONE_LINE:
        return [f"{pad}{name}: {flow_list(given)}"]
    return [f"{pad}{name}:", *item_lines(given, dash=indent + nested)]


def item_lines(items: Sequence[str], *, dash: int, gap: int = 2) -> list[str]:
    """Return the items of a list whose dashes stand in column ``dash``."""
    return [f"{' ' * dash}-{' ' * (gap - 1)}{scalar(item)}" for item in items]


def flow_entry(fields: Fields) -> str:
    """Return an entry in one line, for a list in brackets."""
    pairs = [f"{name}: {_flow_value(given)}" for name, given in fields.items()]
    return "{" + ", ".join(pairs) + "}"


def flow_list(items: Sequence[str]) -> str:
    """Return a list in one line."""
    return "[" + ", ".join(scalar(item, in_flow=True) for item in items) + "]"


def scalar(text: str, *, in_flow: bool = False) -> str:
    """Return a text as one line of YAML, without quotes where it reads back as itself."""
    if isinstance(text, Plain) or _is_safe(text, in_flow=in_flow):
        return str(text)
    if '"' in text and "'" not in text and not _UNPRINTABLE.search(text):
        return f"'{text}'"
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def _flow_value(given: Value) -> str:
    return scalar(given, in_flow=True) if isinstance(given, str) else flow_list(given)


def _is_safe(text: str, *, in_flow: bool) -> bool:
    """Tell whether a text without quotes is that text, to any reader of YAML."""
    if not text or text[0] in _FIRST or _MARKS.search(text) or _UNPRINTABLE.search(text):
        return False
    if in_flow and _MARKS_IN_FLOW.search(text):
        return False
    tag = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]  # PyYAML's types leave it out
    return bool(tag == "tag:yaml.org,2002:str")


def _text_lines(name: str, text: str, pad: str) -> list[str]:
    """Return a field with a text: in its own line, or as a block of lines below it."""
    in_line = scalar(text)
    is_long = name == "answer" and (in_line != text or len(text) > LONG)
    if _BREAKS.search(text) or not ("\n" in text or is_long):
        return [f"{pad}{name}: {in_line}"]
    lines = text.split("\n")
    indicator = "2" if not lines[0] or lines[0][0] in " \t" else ""
    return [f"{pad}{name}: |{indicator}", *(f"{pad}  {line}" if line else "" for line in lines)]
