"""Commands about the content: ``check`` and ``schema``."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

import click

from oftasked import knowledge
from oftasked.cli import options
from oftasked.cli.output import ProgressBar, ending, print_problems, summary
from oftasked.embedding import rare_garbage_collection
from oftasked.reviewing import review
from oftasked.schema import json_schemas


@click.command()
@options.config_file
@options.faq
@options.as_of
@options.strict
@options.report_format("a list of objects")
@click.option(
    "--quick",
    is_flag=True,
    help="Leave out what compares entries with each other, with the ledger and with the calendar.",
)
@options.quiet
def check(
    config_file: Path,
    faq: Path | None,
    as_of: dt.datetime | None,
    strict: bool,
    fmt: str,
    as_json: bool,
    quick: bool,
    quiet: bool,
) -> None:
    """Check the knowledge base and report every problem at once.

    Each is printed as path:line:column: what is wrong; what to do. Without errors, editors are
    told what to look at once more: entries that are nearly the same, phrasings that find another
    entry first, missing translations, overdue reviews, and what nobody asked for a year. The exit
    status is 1 if there are errors (with --strict, warnings).
    """
    fmt = "json" if as_json else fmt
    progress = ProgressBar(quiet=quiet)
    with ending(fmt), rare_garbage_collection():
        found, _ = options.project_of(faq, config_file, None)
        reading = options.read(found, as_of, progress)
        problems = reading.problems
        if reading.knowledge is not None and not quick:
            problems += review(
                reading.knowledge,
                half_life=found.half_life,
                meaning=found.meaning,
                progress=progress,
            )
    print_problems(problems, fmt)
    if not quiet:
        click.echo(", ".join([summary(problems), *_counts(reading)]), err=True)
    if reading.knowledge is None or (strict and problems):
        sys.exit(1)


def _counts(reading: knowledge.Reading) -> list[str]:
    """Count what was read: the entries, and the translations still missing."""
    found = reading.knowledge
    if found is None:
        return []
    counts = [f"{len(found.entries)} entries"]
    for lang in found.languages[1:]:
        missing = sum(entry.wording(lang).lang != lang for entry in found.entries)
        counts += [f"{missing} without a translation ({lang})"] if missing else []
    return counts


@click.command()
@click.argument("name", type=click.Choice(sorted(json_schemas())))
def schema(name: str) -> None:
    """Print the JSON Schema of a kind of YAML file, for editors that complete and check."""
    click.echo(json.dumps(json_schemas()[name], ensure_ascii=False, indent=2))
