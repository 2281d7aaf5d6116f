"""Reports of several engines -> what can be said in one picture: a few panels of one bar each.

Success@3 of every way to ask in the language that most sets are in, of whole questions in the
others, and the kilobytes until the first results. A language's figure is the mean over its sets,
each counting once; regions of a language count as one.
"""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from question_sets import Kind
from search_tables import engines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scoring import Report

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Success3:
    """The share of a kind of query whose entry is among the first three hits, in percent."""

    kind: Kind
    lang: str


@dataclass(frozen=True, slots=True)
class FirstResult:
    """Kilobytes that a browser with an empty cache fetches before it shows the first results."""

    entries: int


@dataclass(frozen=True, slots=True)
class Panel:
    """One figure of every engine."""

    subject: Success3 | FirstResult
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All figures; a panel's values are in the order of the engines.

    ``sets`` is how many question sets there are in each language, the most first.
    """

    engines: tuple[str, ...]
    sets: dict[str, int]
    panels: tuple[Panel, ...]


def compared(reports: Sequence[Report], sized: Sequence[Report]) -> Comparison:
    """Sum up the reports on question sets, and those on made-up entries, by size."""
    asked = engines(reports)
    counted = Counter({one.name: _language(one) for one in reports}.values())
    sets = dict(sorted(counted.items(), key=lambda row: (-row[1], row[0])))
    panels = [*_success(reports, asked, sets), *_bytes(sized, asked)]
    return Comparison(tuple(asked), sets, tuple(panels))


def _success(
    reports: Sequence[Report], asked: Sequence[str], langs: Iterable[str]
) -> Iterator[Panel]:
    for place, lang in enumerate(langs):
        for kind in Kind if place == 0 else (Kind.CLEAN,):
            rows = [one for one in reports if _language(one) == lang and kind in one.success]
            if rows:
                yield Panel(Success3(kind, lang), tuple(_means(rows, kind, asked)))


def _means(reports: Sequence[Report], kind: Kind, asked: Iterable[str]) -> Iterator[float]:
    for engine in asked:
        shares = [one.success[kind].at_3 for one in reports if one.engine == engine]
        yield HUNDRED * statistics.mean(shares)


def _bytes(sized: Sequence[Report], asked: Iterable[str]) -> Iterator[Panel]:
    for entries in sorted({one.entries for one in sized}):
        found = {one.engine: one.cost.kilobytes_p50 for one in sized if one.entries == entries}
        yield Panel(FirstResult(entries), tuple(found[engine] for engine in asked))


def _language(one: Report) -> str:
    return one.lang.partition("-")[0]
