"""How well and how cheaply visitors' questions find their entry: a table for each question set.

    python bench/search.py SET.json... [--limit N] [--json FILE]

For each set: its entries become a knowledge base, ``oftasked index`` its search data, and the
browser's own runtime (``runtime/cli.mjs`` under Node) answers every query. What a set holds and
how queries are varied: `question_sets`. Success is in percent of queries; bytes are what a
browser with an empty cache fetches for one query, gzip, the runtime included.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import knowledge_base
import oftasked_search
from question_sets import Kind, QuestionSet, read_set
from scoring import HITS, Reply, Report, mean_success, reply, report
from tables import percent, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scoring import Success

CLI = Path(sys.executable).with_name("oftasked")
RUNTIME = Path(oftasked_search.__file__).parent / "runtime" / "cli.mjs"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every set named on the command line and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET.json")
    parser.add_argument("--limit", type=int, default=500, help="queries of a set (0: all)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args(arguments)
    reports = [measure(read_set(path, limit=options.limit)) for path in options.sets]
    print("\n\n".join(table(rows) for rows in (success_rows(reports), cost_rows(reports))))
    if options.json:
        figures = [dataclasses.asdict(report) for report in reports]
        options.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


def measure(questions: QuestionSet) -> Report:
    """Build the search data of a set in a temporary folder and ask it everything."""
    ids = knowledge_base.entry_ids(item.id for item in questions.items)
    with tempfile.TemporaryDirectory(prefix="oftasked-bench-") as folder:
        faq, index = Path(folder, "faq"), Path(folder, "index")
        knowledge_base.write_entries(faq, knowledge_base.drafts(questions.items, ids))
        lang = knowledge_base.language_tag(questions.lang)
        run([str(CLI), "index", "--faq", str(faq), "--out", str(index), "--lang", lang])
        replies = ask(index, (query.text for query in questions.queries))
    return report(questions, ids, replies)


def ask(index: Path, texts: Iterable[str]) -> dict[str, Reply]:
    """Put every distinct query to the runtime; a query is one line."""
    asked = list(dict.fromkeys(texts))
    command = ["node", str(RUNTIME), str(index), "--limit", str(HITS)]
    output = run(command, text="".join(f"{_one_line(text)}\n" for text in asked))
    answers = [json.loads(line) for line in output.split("\n") if line]
    if len(answers) != len(asked):
        sys.exit(f"{len(asked)} queries, but {len(answers)} answers from {command[1]}")
    return {text: reply(answer) for text, answer in zip(asked, answers, strict=True)}


def _one_line(text: str) -> str:
    return " ".join(text.splitlines())


def run(command: Sequence[str], *, text: str = "") -> str:
    """Run a program and return what it prints; its failure ends the benchmark with its words."""
    if not shutil.which(command[0]):
        sys.exit(f"{command[0]} is missing; install the project and Node 20 or newer first")
    done = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: exit status {done.returncode}\n{done.stderr}")
    return done.stdout


def success_rows(reports: Sequence[Report]) -> list[list[str]]:
    """Return success for each set and kind of query, then the means by language."""
    rows = [["set", "queries", "n", "s@1", "s@3", "s@5", "MRR", "no hits"]]
    for one in reports:
        rows += [[one.name, *success_cells(kind, found)] for kind, found in one.success.items()]
    for lang in sorted({one.lang for one in reports}):
        rows += mean_rows(lang, [one for one in reports if one.lang == lang])
    return rows


def mean_rows(lang: str, reports: Sequence[Report]) -> list[list[str]]:
    """Return the mean over the sets of one language, each set counting once."""
    rows = []
    for kind in Kind:
        found = [one.success[kind] for one in reports if kind in one.success]
        if found:
            rows.append([f"**mean {lang}**", *success_cells(kind, mean_success(found))])
    return rows


def success_cells(kind: Kind, found: Success) -> list[str]:
    """Format one row of the success table."""
    shares = (found.at_1, found.at_3, found.at_5, found.mrr, found.no_hits)
    return [kind, str(found.queries), *map(percent, shares)]


def cost_rows(reports: Sequence[Report]) -> list[list[str]]:
    """Return belief and cost for each set."""
    head = ["set", "entries", "confident recall", "recognised", "precision"]
    rows = [[*head, "KB p50", "KB max", "requests", "ms p50", "ms p95"]]
    for one in reports:
        sure, price = one.confidence, one.cost
        rows.append(
            [one.name, str(one.entries)]
            + [percent(share) for share in (sure.recall, sure.recognised, sure.precision)]
            + [f"{price.kilobytes_p50:.1f}", f"{price.kilobytes_max:.1f}", str(price.requests_max)]
            + [f"{price.ms_p50:.2f}", f"{price.ms_p95:.2f}"]
        )
    return rows


if __name__ == "__main__":
    main()
