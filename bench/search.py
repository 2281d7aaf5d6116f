"""How well and how cheaply visitors' questions find their entry: a table for each question set.

    python bench/search.py SET.json... [--limit N] [--sizes N,N] [--json FILE]
        [--peers material,pagefind,minisearch] [--markdown FILE] [--svg FILE] [--publish]

For each set: its entries become a knowledge base, ``oftasked index`` its search data, and the
browser's own runtime (``runtime/cli.mjs`` under Node) answers every query. What a set holds and
how queries are varied: `question_sets`. Success is in percent of queries; bytes are what a
browser with an empty cache fetches for one query, gzip, the runtime included.

``--peers`` asks the same of other engines, from their packages, in Chromium (`peers`); what they
fetch is counted for a sample of the questions. ``--sizes`` adds what is fetched, and how long a
query takes, with so many made-up entries (`synthetic`). ``--publish`` renews the figures that the
FAQ shows (`published`).
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import knowledge_base
import oftasked_search
import published
from comparison import compared
from peers.sites import PEERS
from plot import svg
from programs import run
from question_sets import QuestionSet, read_set
from scoring import HITS, Reply, Report, reply, report
from search_tables import cost_rows, success_rows
from synthetic import synthetic_set
from tables import table
from wording import WORDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

CLI = Path(sys.executable).with_name("oftasked")
RUNTIME = Path(oftasked_search.__file__).parent / "runtime" / "cli.mjs"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every set named on the command line, print the tables, write what is asked for."""
    options = read_arguments(arguments)
    sets = [read_set(path, limit=options.limit) for path in options.sets]
    reports = [one for questions in sets for one in measured(questions, options.peers)]
    numbers = [int(size) for size in options.sizes.split(",") if size]
    sizes = [one for number in numbers for one in measured(synthetic_set(number), options.peers)]
    tables = "\n\n".join(
        table(rows) for rows in (success_rows(reports), cost_rows([*reports, *sizes]))
    )
    print(tables)
    if options.markdown:
        options.markdown.write_text(f"{tables}\n", "utf-8")
    if options.json:
        figures = [dataclasses.asdict(one) for one in (*reports, *sizes)]
        options.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    if options.svg:
        options.svg.write_text(svg(compared(reports, sizes), WORDINGS["en"]), "utf-8")
    if options.publish:
        published.renew(compared(reports, sizes))


def read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET.json")
    parser.add_argument("--limit", type=int, default=500, help="queries of a set (0: all)")
    parser.add_argument("--sizes", default="", help="numbers of made-up entries, for the cost")
    parser.add_argument("--peers", type=peer_names, default="", help=f"of {','.join(PEERS)}")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the tables there too")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="plot the means there")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--publish", action="store_true", help="renew the figures in the FAQ")
    options = parser.parse_args(arguments)
    if options.publish and not (options.peers and options.sizes):
        parser.error("what is published compares: --publish needs --peers and --sizes")
    return options


def peer_names(text: str) -> list[str]:
    """Read the names of peers."""
    names = [name for name in text.split(",") if name]
    if unknown := set(names) - set(PEERS):
        raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: not {', '.join(PEERS)}")
    return names


def measured(questions: QuestionSet, peers: Sequence[str]) -> Iterator[Report]:
    """Ask ours and then each peer."""
    print(f"measuring: {questions.name}", file=sys.stderr)
    yield measure(questions)
    if not peers:
        return
    from peers import measuring  # noqa: PLC0415 - only a comparison needs a browser

    for name in peers:
        yield measuring.measured(name, questions)


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


if __name__ == "__main__":
    main()
