"""A knowledge base and what an editor wants to add -> a changed topic file that passes the check.

The file is written first and checked where it stands; if that brings up a mistake that was not
there before, the file is put back as it was.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from oftasked import editing, folder, rewriting, yamltext
from oftasked.editing_values import Fields
from oftasked.fieldkinds import ID, ID_LENGTH, NONE
from oftasked.knowledge import Reading
from oftasked.model import Entry, KnowledgeBase, Place, Status
from oftasked.problems import BuildError, ContentError, Problem, Severity, shown
from oftasked.similar import same_words
from oftasked.suggestions import closest
from oftasked.yamltext import Mapping, Node, Scalar, decode, parse
from oftasked_search.terms import fold


@dataclass(frozen=True, slots=True)
class Base:
    """A knowledge base to add to: its folder, how to read it, and what it said at first."""

    root: Path
    shown_as: str
    """How the paths of problems begin."""
    read: Callable[[], Reading]
    before: Reading

    @property
    def knowledge(self) -> KnowledgeBase:
        """What could be read. Raises ContentError where there is nothing at all."""
        if self.before.readable is None:
            raise ContentError(self.before.problems)
        return self.before.readable


@dataclass(frozen=True, slots=True)
class Added:
    """What was written, where it stands, and what is wrong all the same.

    ``doubts`` are warnings that were not there before; ``older`` are the errors that were.
    """

    id: str
    place: Place
    doubts: tuple[Problem, ...]
    older: tuple[Problem, ...]


def add_entry(
    base: Base, topic: str, fields: Fields, *, title: str | None = None, schema: str | None = None
) -> Added:
    """Append an entry to ``<audience>/<stem>``; a topic that is new gets a file.

    ``title`` and ``schema`` (the address of the JSON Schema) are for such a file only. Raises
    ContentError, and changes nothing, where that would bring up a mistake.
    """
    path = topic_path(base, topic)
    old = _text(base, path)
    if old is None:
        text = editing.new_topic(fields, title=title, schema=schema)
    else:
        text = editing.append_entry(old, fields, path=f"{base.shown_as}/{path}")
    return _written(base, path, text, str(fields["id"]), ())


def add_phrasings(base: Base, entry: Entry, phrasings: Sequence[str]) -> Added:
    """Add further ways of asking for an entry, in the site's first language."""
    path = f"{entry.topic}.yml"
    text = _text(base, path) or ""
    for phrasing in phrasings:
        text = editing.add_phrasing(text, entry.id, phrasing, path=f"{base.shown_as}/{path}")
    return _written(base, path, text, entry.id, phrasings)


def topic_path(base: Base, topic: str) -> str:
    """Return the file of a topic, ``<audience>/<stem>``. Raises ContentError where none can be."""
    path = f"{topic}.yml"
    known = base.knowledge
    audiences = [audience.id for audience in known.audiences]
    layout = folder.lay_out([path], audiences, known.languages, base.shown_as)
    if layout.problems:
        raise ContentError(layout.problems)
    if layout.translations:
        what = f"`{shown(topic)}` is the name of a translation"
        remedy = "name the topic without its language"
        raise ContentError([Problem(f"{base.shown_as}/{path}", 1, 1, what, remedy)])
    return path


def proposed_id(question: str, taken: Iterable[str]) -> str:
    """Return an id made of a question's words, free and short enough; empty if there are none."""
    words = re.findall("[a-z0-9]+", re.sub("['’]", "", fold(question)))
    stem = _cut("-".join(words), ID_LENGTH)
    used = {*taken, NONE}
    number, id_ = 1, stem
    while stem and id_ in used:
        number += 1
        id_ = f"{_cut(stem, ID_LENGTH - len(str(number)) - 1)}-{number}"
    return id_


def id_trouble(id_: str, taken: Iterable[str]) -> str | None:
    """Say what is wrong with an id that somebody wants, if anything."""
    if not re.fullmatch(ID, id_):
        return "it takes small letters, digits and single hyphens"
    if len(id_) > ID_LENGTH:
        return f"it is longer than {ID_LENGTH} characters"
    return "it is taken" if id_ in {*taken, NONE} else None


def taken_ids(knowledge: KnowledgeBase) -> set[str]:
    """Return every id that an entry has, or had before it was merged into another."""
    return {id_ for entry in knowledge.entries for id_ in (entry.id, *entry.replaces)}


def says_it_all(id_: str, question: str) -> bool:
    """Tell whether an id stands for the whole question, no word of another script left out."""
    return bool(id_) and all(sign.isascii() for sign in fold(question) if sign.isalnum())


def same_phrasing(knowledge: KnowledgeBase, text: str) -> tuple[Entry, str] | None:
    """Return the entry that is asked for in the same words already, and those words."""
    for entry in knowledge.entries:
        if entry.status is not Status.RETIRED:
            for wording in entry.wordings:
                for phrasing in wording.phrasings:
                    if same_words(phrasing, text):
                        return entry, phrasing
    return None


def entry_named(knowledge: KnowledgeBase, id_: str) -> Entry:
    """Return an entry by its id. Raises BuildError, with the one probably meant, if unknown."""
    by_id = {entry.id: entry for entry in knowledge.entries}
    if id_ in by_id:
        return by_id[id_]
    close = closest(id_, by_id)
    remedy = f"did you mean `{close}`?" if close else "`oftasked find` finds entries"
    raise BuildError(f"`{shown(id_)}` is not an entry; {remedy}")


def _written(base: Base, path: str, text: str, id_: str, phrasings: Sequence[str]) -> Added:
    """Write a topic file, check everything, and say where the new text stands."""
    with rewriting.rewritten(base.root / path, text.encode(), inside=base.root):
        after = base.read()
        problems = _new_problems(base.before.problems, after.problems)
        if errors := _errors(problems):
            raise ContentError(errors)
        place = _place(f"{base.shown_as}/{path}", text, id_, phrasings)
        return Added(id_, place, problems, _errors(after.problems))


def _errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(each for each in problems if each.severity is Severity.ERROR)


def _new_problems(before: Iterable[Problem], after: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that were not there before; others may stand in other lines now."""
    known = Counter(map(_without_lines, before))
    fresh = []
    for problem in after:
        if known[_without_lines(problem)]:
            known[_without_lines(problem)] -= 1
        else:
            fresh.append(problem)
    return tuple(fresh)


def _without_lines(problem: Problem) -> tuple[str, str, str]:
    """Return what makes a problem the same one when lines have moved."""
    return problem.path, re.sub(r"\d+", "0", problem.message), problem.severity


def _place(path: str, text: str, id_: str, phrasings: Sequence[str]) -> Place:
    """Return where an entry, or the first of the phrasings that it got, stands in a file."""
    node: Node | None = parse(decode(text.encode(), path)[0], path).node
    for entry in _items(_part(node, "entries")):
        named = _part(entry, "id")
        if isinstance(named, Scalar) and named.text == id_:
            found = _items(_part(entry, "also_asked"))[-len(phrasings)] if phrasings else entry
            return Place(path, found.line, found.column)
    return Place(path)


def _part(node: Node | None, name: str) -> Node | None:
    return node.items.get(name) if isinstance(node, Mapping) else None


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, yamltext.Sequence) else ()


def _text(base: Base, path: str) -> str | None:
    """Return a file's text with its line ends and byte order mark; None if there is no file."""
    if not (base.root / path).exists():
        return None
    raw = (base.root / path).read_bytes()
    _, problems = decode(raw, f"{base.shown_as}/{path}")
    if problems:
        raise ContentError(problems)
    return raw.decode("utf-8")


def _cut(id_: str, length: int) -> str:
    """Shorten an id to whole words, or else to so many characters."""
    if len(id_) <= length:
        return id_
    return id_[: length + 1].rpartition("-")[0] or id_[:length]
