"""What the search data of a knowledge base cost: seconds and memory to compile them, bytes on disk.

    python bench/index.py [--sizes 1000,10000] [--set SET.json] [--material] [--json FILE]

Each size is compiled in a process of its own, cold, with an empty cache; and in another one, after
one entry has got another answer, with the cache that the first has left: that index is compared
with a cold one of the same entries. The entries: `synthetic`, or those of a question set
(`question_sets`) as often as the size asks for. Seconds are of processor time, all threads, from
entries to files in memory: a build without the start of the interpreter and imports, but with what
it reads from the cache and writes into it.
``--material`` adds the ``search_index.json`` that MkDocs with Material writes of the same entries.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import knowledge_base
from oftasked_search import Document, FolderCache, compile_index
from question_sets import read_set
from synthetic import SyntheticEntry, synthetic_entries
from tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from oftasked_search import Cache

GROUPS = ("manifest", "bundle", "facets", "terms", "documents")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds for an index and for the one after a change; MB; files; bytes by group.

    ``material`` are the bytes of Material's index, if they were asked for.
    """

    entries: int
    cold: float
    changed: float
    cache_mb: float
    peak_mb: float
    files: int
    groups: dict[str, int]
    material: int | None = None


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every size in a process of its own and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="1000,10000", help="numbers of entries")
    parser.add_argument("--set", type=Path, metavar="SET.json", help="entries of a question set")
    parser.add_argument("--material", action="store_true", help="Material's index beside ours")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--only", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--cache", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--changed", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.only:
        entries = documents(options.only, options.set)
        measure = changed if options.changed else cold
        print(json.dumps(measure(entries, FolderCache(options.cache))))
        return
    sizes = [int(size) for size in options.sizes.split(",")]
    costs = [cost(size, options.set) for size in sizes]
    if options.material:
        costs = [
            dataclasses.replace(each, material=material_bytes(documents(each.entries, options.set)))
            for each in costs
        ]
    print(table(rows(costs)))
    if options.json:
        figures = [dataclasses.asdict(cost) for cost in costs]
        options.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


def cost(size: int, questions: Path | None) -> Cost:
    """Measure one size; what one process leaves in memory must not count in another."""
    with TemporaryDirectory() as folder:
        command = [sys.executable, __file__, "--only", str(size), "--cache", folder]
        command += ["--set", str(questions)] if questions else []
        figures = in_own_process(command) | in_own_process([*command, "--changed"])
        bytes_kept = sum(path.stat().st_size for path in Path(folder).iterdir())
    return Cost(entries=size, cache_mb=bytes_kept / 2**20, **figures)


def in_own_process(command: Sequence[str]) -> dict[str, Any]:
    """Run a program and return the figures that it prints."""
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def documents(size: int, questions: Path | None) -> list[Document]:
    """Return that many documents."""
    found = of_set(questions) if questions else map(of_entry, synthetic_entries(size))
    return list(islice(found, size))


def of_entry(entry: SyntheticEntry) -> Document:
    """Return a made-up entry as search knows it."""
    answer = entry.answer(str)
    asked = (entry.question, *entry.also_asked)
    facets = (("audience", (entry.audience,)), ("topic", (entry.topic,)))
    return document(entry.id, asked, answer, entry.tags, facets)


def of_set(path: Path) -> Iterator[Document]:
    """Yield the entries of a question set over and over, each time under another id."""
    questions = read_set(path)
    for number, item in enumerate(cycle(questions.items)):
        facets = (("topic", (f"topic-{number % 20}",)),)
        asked = (item.question, *item.variants)
        yield document(f"entry-{number}", asked, item.answer, (), facets, questions.lang)


def document(
    identity: str,
    asked: tuple[str, ...],
    answer: str,
    tags: tuple[str, ...],
    facets: tuple[tuple[str, tuple[str, ...]], ...],
    lang: str = "en",
) -> Document:
    """Return a document with the usual address and summary."""
    return Document(
        id=identity,
        url=f"q/{identity}/",
        title=asked[0],
        phrasings=asked,
        body=answer,
        summary=answer[:120],
        tags=tags,
        facets=facets,
        lang=lang,
    )


def cold(entries: Sequence[Document], cache: Cache) -> dict[str, Any]:
    """Compile the index of some documents."""
    seconds, files = timed(entries, cache)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    per_megabyte = 2**20 if sys.platform == "darwin" else 2**10
    return {
        "cold": seconds,
        "peak_mb": peak / per_megabyte,
        "files": len(files),
        "groups": bytes_by_group(files),
    }


def changed(entries: Sequence[Document], cache: Cache) -> dict[str, Any]:
    """Compile the index after one entry has got another answer."""
    number = len(entries) // 3
    other = dataclasses.replace(entries[number], body="Something else altogether.")
    now = [*entries[:number], other, *entries[number + 1 :]]
    seconds, files = timed(now, cache)
    if files != compile_index(now, lang=other.lang):
        sys.exit("the index after a change is not that of a cold build")
    return {"changed": seconds}


def timed(entries: Sequence[Document], cache: Cache) -> tuple[float, dict[str, bytes]]:
    """Compile an index and return the seconds, too."""
    start = time.process_time()
    files = compile_index(entries, lang=entries[0].lang, cache=cache)
    return time.process_time() - start, files


def material_bytes(entries: Sequence[Document]) -> int:
    """Build a site of the same entries with Material and return the size of its index."""
    from peers.pages import page_of  # noqa: PLC0415 - it must not count as memory of ours
    from peers.sites import material  # noqa: PLC0415 - the same

    pages = [page_of(entry.id, entry.title, entry.body, entry.phrasings[1:]) for entry in entries]
    with TemporaryDirectory(prefix="oftasked-bench-") as folder:
        lang = knowledge_base.language_tag(entries[0].lang)
        site = material(Path(folder), pages, lang)
        return (site.folder / "search" / "search_index.json").stat().st_size


def bytes_by_group(files: Mapping[str, bytes]) -> dict[str, int]:
    """Add up the files of each group."""
    sizes: Counter[str] = Counter()
    for name, content in files.items():
        sizes[name.partition(".")[0].partition("-")[0]] += len(content)
    return dict(sorted(sizes.items()))


def rows(costs: Sequence[Cost]) -> list[list[str]]:
    """Return a row for each size."""
    beside = ["Material's KB"] if any(cost.material for cost in costs) else []
    head = ["entries", "cold s", "changed s", "peak MB", "cache MB", "files", "KB", *GROUPS]
    found = [[*head, *beside]]
    for cost in costs:
        seconds = (cost.cold, cost.changed)
        sizes = (sum(cost.groups.values()), *(cost.groups.get(group, 0) for group in GROUPS))
        found.append(
            [
                f"{cost.entries:,}",
                *(f"{each:.2f}" for each in seconds),
                f"{cost.peak_mb:.0f}",
                f"{cost.cache_mb:.0f}",
                f"{cost.files:,}",
                *(f"{size / 1000:,.0f}" for size in sizes),
                *(f"{(cost.material or 0) / 1000:,.0f}" for _ in beside),
            ]
        )
    return found


if __name__ == "__main__":
    main()
