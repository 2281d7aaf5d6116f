"""Reports of one engine or several -> the rows of the tables; engines stand below each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from question_sets import Kind
from scoring import mean_success
from tables import percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scoring import Report, Success


def success_rows(reports: Sequence[Report]) -> list[list[str]]:
    """Return success for each set and kind of query, then the means by language."""
    several = len(engines(reports)) > 1
    rows = [["set", "queries", *["engine"] * several, "n", "s@1", "s@3", "s@5", "MRR", "no hits"]]
    for name in dict.fromkeys(one.name for one in reports):
        found = {one.engine: one.success for one in reports if one.name == name}
        rows += success_cells(name, found, several=several)
    for lang in sorted({one.lang for one in reports}):
        found = {
            engine: means([one for one in reports if (one.engine, one.lang) == (engine, lang)])
            for engine in engines(reports)
        }
        rows += success_cells(f"**mean {lang}**", found, several=several)
    return rows


def engines(reports: Sequence[Report]) -> list[str]:
    """Return the engines that were asked, in this order."""
    return list(dict.fromkeys(one.engine for one in reports))


def means(reports: Sequence[Report]) -> dict[Kind, Success]:
    """Return the means over several sets, each set counting once."""
    found = {kind: [one.success[kind] for one in reports if kind in one.success] for kind in Kind}
    return {kind: mean_success(each) for kind, each in found.items() if each}


def success_cells(
    name: str, found: Mapping[str, Mapping[Kind, Success]], *, several: bool
) -> Iterator[list[str]]:
    """Yield a row for each kind and engine."""
    for kind in Kind:
        for engine, success in found.items():
            if one := success.get(kind):
                shares = (one.at_1, one.at_3, one.at_5, one.mrr, one.no_hits)
                yield [
                    name,
                    kind,
                    *[engine] * several,
                    str(one.queries),
                    *map(percent, shares),
                ]


def cost_rows(reports: Sequence[Report]) -> list[list[str]]:
    """Return belief and cost for each set."""
    several = len(engines(reports)) > 1
    head = ["set", *["engine"] * several, "entries", "confident recall", "recognised", "precision"]
    rows = [[*head, "KB p50", "KB max", "requests", "ms p50", "ms p95"]]
    for one in reports:
        sure, price = one.confidence, one.cost
        shares = (sure.recall, sure.recognised, sure.precision) if sure else (None, None, None)
        rows.append(
            [one.name, *[one.engine] * several, str(one.entries)]
            + [percent(share) for share in shares]
            + [f"{price.kilobytes_p50:.1f}", f"{price.kilobytes_max:.1f}", str(price.requests_max)]
            + [f"{price.ms_p50:.2f}", f"{price.ms_p95:.2f}"]
        )
    return rows
