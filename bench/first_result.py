"""What a visitor with an empty cache loads before the first result: a row for each size.

    python bench/first_result.py [--sizes 1000,10000] [--set SET.json] [--limit N] [--json FILE]

The entries are those of `index`: made up, or a question set's as often as the size asks for. Each
query is asked alone, of a browser that has nothing yet (``runtime/cli.mjs`` under Node). KB, gzip,
medians over the queries, in all and by group of files; requests; files and KB on disk.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import random
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import oftasked_search
from index import documents
from oftasked_search import compile_index
from question_sets import Kind, read_set
from tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

GROUPS = ("runtime", "manifest", "bundle", "facets", "terms", "documents")
RUNTIME = Path(oftasked_search.__file__).parent / "runtime" / "cli.mjs"
SEED = 1


@dataclass(frozen=True, slots=True)
class Load:
    """Bytes and requests of a median query, and of the greatest; what the index has on disk."""

    entries: int
    bytes_p50: float
    bytes_max: int
    requests_p50: float
    requests_max: int
    groups: dict[str, float]
    files: int
    disk: int


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every size and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="1000,10000", help="numbers of entries")
    parser.add_argument("--set", type=Path, metavar="SET.json", help="entries of a question set")
    parser.add_argument("--limit", type=int, default=100, help="queries")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args(arguments)
    sizes = map(int, options.sizes.split(","))
    loads = [measure(size, options.set, options.limit) for size in sizes]
    print(table(rows(loads)))
    if options.json:
        figures = [dataclasses.asdict(load) for load in loads]
        options.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


def measure(size: int, questions: Path | None, limit: int) -> Load:
    """Compile an index of a size and ask it some questions."""
    entries = documents(size, questions)
    files = compile_index(entries, lang=entries[0].lang)
    asked = recorded(questions, limit) if questions else titles((e.title for e in entries), limit)
    with tempfile.TemporaryDirectory(prefix="oftasked-bench-") as folder:
        for name, content in files.items():
            Path(folder, name).write_bytes(content)
        return load(size, files, ask(folder, asked))


def recorded(questions: Path, limit: int) -> list[str]:
    """Return questions of a set as they were asked."""
    queries = read_set(questions, limit=limit).queries
    return [" ".join(query.text.split()) for query in queries if query.kind is Kind.CLEAN]


def titles(found: Iterable[str], limit: int) -> list[str]:
    """Return some of the entries' own questions."""
    several = list(found)
    return random.Random(SEED).sample(several, min(limit, len(several)))  # noqa: S311 - a sample


def ask(folder: str, queries: Sequence[str]) -> list[dict[str, object]]:
    """Put every query to the runtime."""
    text = "".join(f"{query}\n" for query in queries)
    command = ["node", str(RUNTIME), folder, "--groups"]
    done = subprocess.run(command, input=text, stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def load(size: int, files: Mapping[str, bytes], answers: Sequence[Mapping[str, object]]) -> Load:
    """Sum up the answers of one size."""
    bytes_, requests = ([int(str(a[key])) for a in answers] for key in ("bytes", "requests"))
    by_group = [answer["groups"] for answer in answers]
    each = [groups for groups in by_group if isinstance(groups, dict)]
    return Load(
        entries=size,
        bytes_p50=median(bytes_),
        bytes_max=max(bytes_),
        requests_p50=median(requests),
        requests_max=max(requests),
        groups={name: median(groups.get(name, 0) for groups in each) for name in GROUPS},
        files=len(files),
        disk=sum(map(len, files.values())),
    )


def rows(loads: Iterable[Load]) -> list[list[str]]:
    """Return a row for each size."""
    head = ["entries", "KB p50", "KB max", "requests", "most requests", *GROUPS]
    found = [[*head, "files", "KB on disk"]]
    for one in loads:
        sizes = (one.bytes_p50, one.bytes_max)
        kilobytes = [f"{size / 1000:.1f}" for size in sizes]
        requests = [f"{one.requests_p50:.0f}", str(one.requests_max)]
        groups = [f"{one.groups[name] / 1000:.1f}" for name in GROUPS]
        disk = [f"{one.files:,}", f"{one.disk / 1000:,.0f}"]
        found.append([f"{one.entries:,}", *kilobytes, *requests, *groups, *disk])
    return found


if __name__ == "__main__":
    main()
