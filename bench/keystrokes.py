"""Whether the page stays quick under a visitor's fingers: the browser's longest tasks while typing.

    python bench/keystrokes.py [--entries N] [--questions N] [--throttle TIMES] [--index FOLDER]

A small site is built by the product, and the search data of N synthetic entries put in place of its
own. Chromium opens the search, types questions letter by letter, and traces what its main thread
does; a task is what keeps it from answering a key. ``--throttle`` slows the processor down, as a
phone is slower; ``--index`` takes search data of synthetic entries that were compiled before.
"""

from __future__ import annotations

import argparse
import itertools
import json
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from playwright.sync_api import sync_playwright

import build
from accounting import run
from oftasked_search import Document, compile_index
from synthetic import SyntheticEntry, synthetic_entries
from tables import table

sys.path.append(str(Path(__file__).resolve().parent.parent / "docs"))
from chromium import launched
from serving import serving

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser, Page

SITE_ENTRIES = 10
KEY_MS = 60
REST_MS = 400
LONG_MS = 50
MAIN_THREAD = "CrRendererMain"
CATEGORIES = ["toplevel", "disabled-by-default-devtools.timeline", "__metadata"]


class Task(NamedTuple):
    """Milliseconds of one task: by the clock, and of the processor, which others use as well."""

    clock: float
    processor: float


@dataclass(frozen=True, slots=True)
class Tasks:
    """What the main thread did: ``loading`` until the first results, ``typing`` from then on."""

    loading: tuple[Task, ...]
    typing: tuple[Task, ...]


def main(arguments: Sequence[str] | None = None) -> None:
    """Build, type, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--questions", type=int, default=8, help="how many are typed")
    parser.add_argument("--throttle", type=float, default=1, help="how much slower a processor")
    parser.add_argument("--index", type=Path, metavar="FOLDER", help="search data made before")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="oftasked-bench-") as folder:
        site = small_site(Path(folder))
        put_index(site / "assets" / "search", options.entries, options.index)
        entries = itertools.islice(synthetic_entries(options.entries), options.questions)
        questions = [entry.question for entry in entries]
        with serving(site) as address:
            tasks = typed(address, questions, throttle=options.throttle)
    print(table(rows(options.entries, tasks)))


def small_site(folder: Path) -> Path:
    """Build a site of a few entries with the product's own command."""
    project = build.ours(folder, list(synthetic_entries(SITE_ENTRIES)))
    run(project.command, folder=project.folder)
    return folder / "site"


def put_index(folder: Path, count: int, made: Path | None) -> None:
    """Replace the search data by that of ``count`` entries, or by what was made before."""
    for path in [*folder.glob("*.bin"), folder / "manifest.json"]:
        path.unlink()
    if made:
        shutil.copytree(made, folder, dirs_exist_ok=True)
        return
    for name, content in compile_index(
        [*map(document, synthetic_entries(count))], lang="en"
    ).items():
        (folder / name).write_bytes(content)


def document(entry: SyntheticEntry) -> Document:
    """Return an entry as search takes it."""
    body = "\n\n".join(entry.paragraphs)
    return Document(
        id=entry.id,
        url=f"q/{entry.id}/",
        title=entry.question,
        phrasings=(entry.question, *entry.also_asked),
        body=body,
        summary=body[:160],
        tags=entry.tags,
        facets=(("audience", (entry.audience,)), ("topic", (entry.topic,))),
    )


def typed(address: str, questions: Sequence[str], *, throttle: float) -> Tasks:
    """Type the questions one after the other; returns what the main thread did."""
    with sync_playwright() as playwright:
        browser = launched(playwright)
        page = browser.new_page()
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": throttle})
        page.goto(address)
        loading = traced(browser, page, [questions[0]], first=True)
        typing = traced(browser, page, questions[1:], first=False)
        browser.close()
    return Tasks(loading, typing)


def traced(
    browser: Browser, page: Page, questions: Sequence[str], *, first: bool
) -> tuple[Task, ...]:
    """Type questions and return the main thread's tasks meanwhile."""
    browser.start_tracing(page=page, categories=CATEGORIES)
    if first:
        page.keyboard.press("/")
        page.get_by_role("dialog").wait_for()
    for question in questions:
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(question, delay=KEY_MS)
        page.locator("dialog [role=option]").first.wait_for()
        page.wait_for_timeout(REST_MS)
    return main_tasks(json.loads(browser.stop_tracing())["traceEvents"])


def main_tasks(events: Sequence[dict[str, object]]) -> tuple[Task, ...]:
    """Return the tasks of pages' main threads in a trace."""
    named = [event for event in events if event.get("name") == "thread_name"]
    threads = {(e["pid"], e["tid"]) for e in named if e.get("args") == {"name": MAIN_THREAD}}
    return tuple(
        Task(milliseconds(event, "dur"), milliseconds(event, "tdur"))
        for event in events
        if event.get("name") == "RunTask"
        and "dur" in event
        and (event["pid"], event["tid"]) in threads
    )


def milliseconds(event: dict[str, object], name: str) -> float:
    """Return a duration of an event; traces count in microseconds."""
    return float(str(event.get(name, 0))) / 1000


def rows(entries: int, tasks: Tasks) -> list[list[str]]:
    """Return a row for each part of the visit."""
    head = ["entries", "while", "tasks", "longest ms", f"over {LONG_MS} ms", "processor ms"]
    parts = [("opening, first question", tasks.loading), ("typing on", tasks.typing)]
    return [head, *([f"{entries:,}", name, *cells(times)] for name, times in parts)]


def cells(tasks: Sequence[Task]) -> list[str]:
    """Format the tasks of one part: the longest by the clock, the longest of the processor."""
    long = sum(task.clock > LONG_MS for task in tasks)
    most = [max((task[at] for task in tasks), default=0) for at in (0, 1)]
    return [str(len(tasks)), f"{most[0]:.1f}", str(long), f"{most[1]:.1f}"]


if __name__ == "__main__":
    main()
