"""Texts of a template in several languages -> the same texts in the languages that are wanted.

Works on lines and on the places of YAML nodes, so that what stays is byte for byte what somebody
wrote: quotes, line breaks and all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from oftasked import yamltext
from oftasked.folder import QUESTIONS, SYNONYMS
from oftasked.yamltext import Mapping, Node, Scalar

SOURCE = "en"
"""The language that templates are written in."""
LANGUAGES = (SOURCE, "zh")
"""The languages that every template speaks."""

_HEADER_WORDS = ("title", "description")
_ENTRY_WORDS = ("question", "answer", "also_asked", "summary", "tags", "replies")
"""Fields that a translation gives; an entry has all others whatever its language."""
_FORM = (
    *("id", "question", "answer", "also_asked", "summary", "tags", "also_for", "asked", "pinned"),
    *("access", "status", "contact", "owner", "changed", "reviewed", "review_every"),
    *("valid_from", "valid_until", "related", "replaces", "replies", "notes"),
)
"""The order of an entry's fields in the files of a template."""

_HEADER_FIELD = re.compile(r"  (\w+):")
_ENTRY_FIELD = re.compile(r"(?:  - |    )(\w+):")
_HEAD = re.compile(r"\A(?:#.*\n)*\n?")
_QUESTION = re.compile(r"(?:^(?:#.*)?\n)*^- .*\n(?:^ +\S.*\n)*", re.MULTILINE)
"""An item of the question set, with the blank lines and comments before it."""
_COMMENT = re.compile(r"^[ \t]*#.*\n", re.MULTILINE)

Fields = dict[str, str]
"""Fields by name; each as it was written, its name and line ends included."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A topic file as fields of text."""

    header: Fields
    entries: tuple[Fields, ...]


def original(text: str, wording: str) -> str:
    """Return a topic file that says what ``wording`` does, and is otherwise as ``text``.

    ``wording`` is the topic file itself, or one of its translations.
    """
    if text == wording:
        return _written(_sheet(text))
    sheet, words = _sheet(text), _sheet(wording)
    by_id = {entry["id"]: entry for entry in words.entries}
    header = sheet.header | _only(words.header, _HEADER_WORDS)
    entries = [
        _without(entry, _ENTRY_WORDS) | _only(by_id[entry["id"]], _ENTRY_WORDS)
        for entry in sheet.entries
    ]
    return _written(Sheet(header, tuple(entries)))


def translation(wording: str) -> str:
    """Return the translation file that says what a topic file, or a translation of it, does."""
    sheet = _sheet(wording)
    entries = tuple(_only(entry, ("id", *_ENTRY_WORDS)) for entry in sheet.entries)
    return _written(Sheet(_only(sheet.header, _HEADER_WORDS), entries))


def spoken(name: str, text: str, languages: Sequence[str]) -> str:
    """Return one of the files beside the topics with the texts of some languages only.

    What it says about itself at its head is left out.
    """
    body = _HEAD.sub("", text)
    if name == SYNONYMS:
        return _synonyms(body, languages)
    if name == QUESTIONS:
        return _questions(body, languages)
    if languages[0] != SOURCE:
        body = _COMMENT.sub("", body)
    return body if set(languages) == set(LANGUAGES) else _texts(body, languages[0])


def _sheet(text: str) -> Sheet:
    """Read a topic file of the fixed form. Raises ValueError for any other."""
    header: Fields = {}
    entries: list[Fields] = []
    name = ""
    fields = header
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        pattern = _ENTRY_FIELD if entries or fields is not header else _HEADER_FIELD
        if line.startswith("#") or line == "topic:\n":
            continue
        if line == "entries:\n":
            fields = {}
        elif match := pattern.match(line):
            if line.startswith("  - "):
                fields = {}
                entries.append(fields)
            name = match[1]
            fields[name] = line
        elif name in fields and (not line.strip() or line.startswith("      ")):
            fields[name] += line
        elif line.strip():
            raise ValueError(f"line {number} is not of a template's form: {line.rstrip()}")
    return Sheet(header, tuple(entries))


def _written(sheet: Sheet) -> str:
    """Return a topic file of the fixed form."""
    header = "".join(field.rstrip("\n") + "\n" for field in sheet.header.values())
    entries = ["".join(_ordered(entry)) for entry in sheet.entries]
    return f"topic:\n{header}\nentries:\n" + "\n".join(entries)


def _ordered(entry: Fields) -> Iterator[str]:
    for name in sorted(entry, key=_FORM.index):
        yield entry[name].rstrip("\n") + "\n"


def _only(fields: Fields, names: Sequence[str]) -> Fields:
    return {name: field for name, field in fields.items() if name in names}


def _without(fields: Fields, names: Sequence[str]) -> Fields:
    return {name: field for name, field in fields.items() if name not in names}


def _synonyms(text: str, languages: Sequence[str]) -> str:
    """Keep the groups of some languages; each begins at the margin with its language."""
    parts = re.split(r"^(?=\w+:)", text, flags=re.MULTILINE)
    return "".join(part for part in parts if part.partition(":")[0] in languages)


def _questions(text: str, languages: Sequence[str]) -> str:
    """Keep the questions of some languages; those that name none are in the template's own."""
    kept = []
    for part in _QUESTION.findall(text):
        named = re.search(r"\blang: *(\w+)", part)
        lang = named[1] if named else SOURCE
        if lang in languages:
            kept.append(part if named or languages[0] == SOURCE else _with_language(part, lang))
    return "".join(kept).lstrip("\n")


def _with_language(question: str, lang: str) -> str:
    """Say in which language a question is."""
    body = question.rstrip("\n")
    if body.endswith("}"):
        return f"{body[:-1]}, lang: {lang}}}\n"
    return f"{body}\n  lang: {lang}\n"


def _texts(text: str, lang: str) -> str:
    """Replace every ``{en: ..., zh: ...}`` by what it says in one language."""
    node = yamltext.parse(text, "template").node
    edits = sorted((_edit(text, each, lang) for each in _by_language(node)), reverse=True)
    for start, end, said in edits:
        text = f"{text[:start]}{said}{text[end:]}"
    return text


def _by_language(node: Node | None) -> Iterator[Mapping]:
    """Find the texts that are given once for each language."""
    if isinstance(node, Mapping):
        if node.items and set(node.items) <= set(LANGUAGES):
            yield node
        else:
            for item in node.items.values():
                yield from _by_language(item)
    elif isinstance(node, yamltext.Sequence):
        for item in node.items:
            yield from _by_language(item)


def _edit(text: str, node: Mapping, lang: str) -> tuple[int, int, str]:
    """Return what to put in the place of a text in several languages: start, end, the text."""
    said = node.items[lang]
    if not isinstance(said, Scalar) or text[said.start] in "|>":
        raise ValueError(f"line {node.line}: a template's texts by language stand in one line each")
    written = text[said.start : said.end]
    last = max(value.end for value in node.items.values() if isinstance(value, Scalar))
    before = text[: min(key.start for key in node.keys.values())].rstrip()
    if before.endswith("{"):
        return len(before) - 1, text.index("}", last) + 1, written
    return len(before), last, f" {written}"
