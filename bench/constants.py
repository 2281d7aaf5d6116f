"""Which value of a constant the question sets choose: for each set, all others choose.

    python bench/constants.py SET.json... --try MODULE.NAME=VALUE,VALUE... [--limit N]

A constant that is fitted to the sets it is measured with looks better than it is. So for each set
the value is chosen that does best on the others, and the table says what that gives on the set
itself, beside the value in force and the set's own best. Only what all others choose alike, or
what makes no difference, is worth writing down. Sets of one origin (``NAME_v0``, ``NAME_v5``) are
left out together. What counts is success@3, the mean over the ways to ask (`question_sets`).

MODULE is one of `oftasked_search` and read when an index is compiled: ``relating.WORTH=70,80`` or,
for a part of a score, ``treating.SHARES.sense=3,5,7``.
"""

from __future__ import annotations

import argparse
import importlib
import statistics
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import knowledge_base
from oftasked_search import Document, compile_index
from question_sets import Kind, QuestionSet, read_set
from scoring import report
from search import ask
from tables import percent, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PACKAGE = "oftasked_search"


@dataclass(frozen=True, slots=True)
class Constant:
    """A constant of a module, or a field of one (``field``), and the values to try."""

    module: str
    name: str
    field: str | None
    values: tuple[float, ...]

    @staticmethod
    def parse(text: str) -> Constant:
        """Read ``relating.WORTH=70,80``; raises ValueError."""
        path, _, values = text.partition("=")
        module, name, *field = path.split(".")
        numbers = tuple(float(v) if "." in v else int(v) for v in values.split(","))
        return Constant(module, name, field[0] if field else None, numbers)

    @property
    def in_force(self) -> float:
        """The value that it has now."""
        current = getattr(self._home(), self.name)
        value: float = getattr(current, self.field) if self.field else current
        return value

    @contextmanager
    def set_to(self, value: float) -> Iterator[None]:
        """Compile with another value."""
        home = self._home()
        current: Any = getattr(home, self.name)
        setattr(home, self.name, replace(current, **{self.field: value}) if self.field else value)
        try:
            yield
        finally:
            setattr(home, self.name, current)

    def _home(self) -> Any:
        return importlib.import_module(f"{PACKAGE}.{self.module}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Try every constant by itself and print a table for each."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET.json")
    parser.add_argument("--try", action="append", required=True, dest="tried", metavar="M.N=V,V")
    parser.add_argument("--limit", type=int, default=150, help="queries of a set (0: all)")
    options = parser.parse_args(arguments)
    sets = [read_set(path, limit=options.limit) for path in options.sets]
    for constant in map(Constant.parse, options.tried):
        found = {one.name: tried(one, constant) for one in sets}
        print(table(rows(constant, found)), end="\n\n")


def tried(questions: QuestionSet, constant: Constant) -> dict[float, float]:
    """Return the success on one set for every value, the one in force included."""
    found = {}
    for value in dict.fromkeys((constant.in_force, *constant.values)):
        with constant.set_to(value):
            found[value] = success(questions)
    return found


def success(questions: QuestionSet) -> float:
    """Compile a set as the constants now are and ask it everything."""
    ids = knowledge_base.entry_ids(item.id for item in questions.items)
    lang = knowledge_base.language_tag(questions.lang)
    documents = [
        Document(
            id=ids[item.id],
            url=f"{ids[item.id]}/",
            title=item.question,
            phrasings=(item.question, *item.variants),
            body=item.answer,
            lang=lang,
        )
        for item in questions.items
    ]
    with tempfile.TemporaryDirectory(prefix="oftasked-bench-") as folder:
        for name, content in compile_index(documents, lang=lang).items():
            Path(folder, name).write_bytes(content)
        replies = ask(Path(folder), (q.text for q in questions.queries))
    found = report(questions, ids, replies).success
    return statistics.mean(found[kind].at_3 for kind in Kind if kind in found)


def rows(constant: Constant, found: Mapping[str, Mapping[float, float]]) -> list[list[str]]:
    """Return for each set what the others choose, what it gives, what else there is."""
    parts = (constant.module, constant.name, *([constant.field] if constant.field else []))
    kept = constant.in_force
    table_rows = [
        [".".join(parts), "others choose", "s@3", f"in force ({kept:g})", "own best", "s@3"]
    ]
    for name, own in found.items():
        chosen, best = chosen_without(name, found), max(own, key=lambda value: own[value])
        shares = [percent(own[value]) for value in (chosen, kept, best)]
        table_rows.append([name, f"{chosen:g}", shares[0], shares[1], f"{best:g}", shares[2]])
    return table_rows


def chosen_without(name: str, found: Mapping[str, Mapping[float, float]]) -> float:
    """Return the value that does best, on average, on the sets of other origins than one set's.

    Of equal values the first, so the one in force if it is among them; if there is no other set,
    the set itself chooses.
    """
    others = [own for other, own in found.items() if origin(other) != origin(name)]
    others = others or [found[name]]
    return max(others[0], key=lambda value: statistics.mean(own[value] for own in others))


def origin(name: str) -> str:
    """Return what a set's name says of where its questions come from."""
    return name.rpartition("_v")[0] or name


if __name__ == "__main__":
    main()
