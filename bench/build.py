"""What a build costs, side by side with MkDocs and Material on the same entries as plain pages.

    python bench/build.py [--sizes 100,1000,10000] [--runs N] [--json FILE]

Both projects are written to a temporary folder; runs alternate, each one cold (no cache, no
site); medians are shown. Material has its own search, and only topics and audiences in its
navigation. The entries: `synthetic`; the peer: `material_pages`; how it is counted: `accounting`.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import knowledge_base
import material_pages
from accounting import Bill, Heap, contents, median_bill, run
from synthetic import SyntheticEntry, synthetic_entries
from tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

PROGRAMS = Path(sys.executable).parent
AS_OF = "2026-06-01"


@dataclass(frozen=True, slots=True)
class Project:
    """A site to be built: its folder, the command, and what it leaves that is not the source."""

    name: str
    folder: Path
    command: tuple[str, ...]
    products: tuple[str, ...] = ("site", ".cache")


@dataclass(frozen=True, slots=True)
class Result:
    """The medians of one project's runs, and the site it made."""

    builder: str
    entries: int
    bill: Bill
    site: Heap


def main(arguments: Sequence[str] | None = None) -> None:
    """Build every size with both and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="100,1000,10000", help="numbers of entries")
    parser.add_argument("--runs", type=int, default=1, help="of each; medians are shown")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args(arguments)
    results = [
        result
        for size in options.sizes.split(",")
        for result in measure(int(size), runs=options.runs)
    ]
    print(table(rows(results)))
    if options.json:
        figures = [dataclasses.asdict(result) for result in results]
        options.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


def measure(size: int, *, runs: int) -> list[Result]:
    """Build ``size`` entries with both, in turn."""
    with tempfile.TemporaryDirectory(prefix="oftasked-bench-") as folder:
        entries = list(synthetic_entries(size))
        projects = [
            ours(Path(folder, "oftasked"), entries),
            materials(Path(folder, "material"), entries),
        ]
        bills: dict[str, list[Bill]] = {project.name: [] for project in projects}
        for _ in range(runs):
            for project in projects:
                bills[project.name].append(cold_build(project))
        return [
            Result(
                project.name,
                size,
                median_bill(bills[project.name]),
                contents(project.folder / "site"),
            )
            for project in projects
        ]


def cold_build(project: Project) -> Bill:
    """Build a project of which nothing has been built before."""
    for product in project.products:
        shutil.rmtree(project.folder / product, ignore_errors=True)
    return run(project.command, folder=project.folder)


def ours(folder: Path, entries: Sequence[SyntheticEntry]) -> Project:
    """Write the entries as a knowledge base."""
    knowledge_base.write_entries(folder / "faq", map(draft, entries))
    knowledge_base.write_configuration(folder, name="Benchmark", lang="en")
    command = (str(PROGRAMS / "oftasked"), "build", "-q", "--site-dir", "site", "--as-of", AS_OF)
    return Project("oftasked", folder, command)


def draft(entry: SyntheticEntry) -> knowledge_base.Draft:
    """Return an entry as YAML has it."""
    fields = {
        "id": entry.id,
        "question": entry.question,
        "answer": entry.answer(lambda target: f"faq:{target}"),
        "also_asked": list(entry.also_asked),
        "tags": list(entry.tags),
        "asked": entry.asked,
    }
    return knowledge_base.Draft(entry.audience, entry.topic, fields)


def materials(folder: Path, entries: Sequence[SyntheticEntry]) -> Project:
    """Write the entries as plain pages of MkDocs with Material."""
    material_pages.write_project(folder, entries)
    command = (str(PROGRAMS / "mkdocs"), "build", "-q", "--site-dir", "site")
    return Project("MkDocs + Material", folder, command)


def rows(results: Sequence[Result]) -> list[list[str]]:
    """Return a row for each result, and under each pair how ours compares."""
    found = [["entries", "builder", "CPU s", "wall s", "peak MB", "files", "MB"]]
    for mine, theirs in zip(results[::2], results[1::2], strict=True):
        found += [cells(mine), cells(theirs), ratios(mine, theirs)]
    return found


def cells(result: Result) -> list[str]:
    """Format one result."""
    bill, site = result.bill, result.site
    figures = [f"{bill.cpu:.2f}", f"{bill.wall:.2f}", f"{bill.peak_mb:.0f}", str(site.files)]
    return [f"{result.entries:,}", result.builder, *figures, f"{site.megabytes:.1f}"]


def ratios(mine: Result, theirs: Result) -> list[str]:
    """Format how much of Material's cost ours is."""
    pairs = (
        (mine.bill.cpu, theirs.bill.cpu),
        (mine.bill.wall, theirs.bill.wall),
        (mine.bill.peak_mb, theirs.bill.peak_mb),
        (mine.site.files, theirs.site.files),
        (mine.site.megabytes, theirs.site.megabytes),
    )
    return [
        f"{mine.entries:,}",
        "**ratio**",
        *(f"**{ours / theirs:.2f}**" for ours, theirs in pairs),
    ]


if __name__ == "__main__":
    main()
