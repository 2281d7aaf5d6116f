"""What the search data of a knowledge base cost: seconds and memory to compile them, bytes on disk.

    python bench/index.py [--sizes 1000,10000] [--set SET.json] [--material] [--json FILE]

Each size is compiled in a process of its own, cold, and again after one entry has changed, when
the terms of all others are known. The entries: `synthetic`, or those of a question set
(`question_sets`) as often as the size asks for. Seconds are of processor time, all threads.
``--material`` adds the ``search_index.json`` that MkDocs with Material writes of the same entries.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

import knowledge_base
from oftasked_search import Analysed, Document, analyse, compile_index
from question_sets import read_set
from synthetic import SyntheticEntry, synthetic_entries
from tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

GROUPS = ("manifest", "bundle", "facets", "terms", "documents")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds for the terms, for the index, for the index after a change; MB; bytes by group.

    ``material`` are the bytes of Material's index, if they were asked for.
    """

    entries: int
    analysing: float
    compiling: float
    changed: float
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
    options = parser.parse_args(arguments)
    if options.only:
        print(json.dumps(dataclasses.asdict(measure(documents(options.only, options.set)))))
        return
    sizes = [int(size) for size in options.sizes.split(",")]
    costs = [in_own_process(size, options.set) for size in sizes]
    if options.material:
        costs = [
            dataclasses.replace(cost, material=material_bytes(documents(cost.entries, options.set)))
            for cost in costs
        ]
    print(table(rows(costs)))
    if options.json:
        figures = [dataclasses.asdict(cost) for cost in costs]
        options.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


def in_own_process(size: int, questions: Path | None) -> Cost:
    """Measure one size; what others leave in memory must not count."""
    more = ["--set", str(questions)] if questions else []
    command = [sys.executable, __file__, "--only", str(size), *more]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return Cost(**json.loads(done.stdout))


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


def measure(entries: Sequence[Document]) -> Cost:
    """Compile the index of some documents, then that of all but one and a changed one."""
    start = time.process_time()
    analysed = {entry.id: analyse(entry) for entry in entries}
    half = time.process_time()
    files = compile_index(entries, lang=entries[0].lang, analysed=analysed)
    end = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    per_megabyte = 2**20 if sys.platform == "darwin" else 2**10
    return Cost(
        entries=len(entries),
        analysing=half - start,
        compiling=end - half,
        changed=seconds_after_a_change(entries, analysed),
        peak_mb=peak / per_megabyte,
        files=len(files),
        groups=bytes_by_group(files),
    )


def seconds_after_a_change(entries: Sequence[Document], analysed: Mapping[str, Analysed]) -> float:
    """Compile again after the first entry has got another answer."""
    changed = dataclasses.replace(entries[0], body="Something else altogether.")
    start = time.process_time()
    known = {**analysed, changed.id: analyse(changed)}
    compile_index([changed, *entries[1:]], lang=changed.lang, analysed=known)
    return time.process_time() - start


def material_bytes(entries: Sequence[Document]) -> int:
    """Build a site of the same entries with Material and return the size of its index."""
    from peers.pages import page_of  # noqa: PLC0415 - it must not count as memory of ours
    from peers.sites import material  # noqa: PLC0415 - the same

    pages = [page_of(entry.id, entry.title, entry.body, entry.phrasings[1:]) for entry in entries]
    with tempfile.TemporaryDirectory(prefix="oftasked-bench-") as folder:
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
    head = ["entries", "terms s", "index s", "changed s", "peak MB", "files", "KB", *GROUPS]
    found = [[*head, *beside]]
    for cost in costs:
        seconds = (cost.analysing, cost.compiling, cost.changed)
        sizes = (sum(cost.groups.values()), *(cost.groups.get(group, 0) for group in GROUPS))
        found.append(
            [
                f"{cost.entries:,}",
                *(f"{each:.2f}" for each in seconds),
                f"{cost.peak_mb:.0f}",
                f"{cost.files:,}",
                *(f"{size / 1000:,.0f}" for size in sizes),
                *(f"{(cost.material or 0) / 1000:,.0f}" for _ in beside),
            ]
        )
    return found


if __name__ == "__main__":
    main()
