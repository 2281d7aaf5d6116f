"""Options that several commands share, and what they mean."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from oftasked import dates, knowledge, site
from oftasked.cli import candidates
from oftasked.model import KnowledgeBase
from oftasked.problems import ContentError
from oftasked.progress import Progress

Command = Callable[..., Any]

config_file = click.option(
    "--config-file",
    "-f",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The site's configuration.",
)
as_of = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The date to speak for (default: SOURCE_DATE_EPOCH's, else today in UTC).",
)
strict = click.option("--strict", is_flag=True, help="Fail on warnings, too.")
quiet = click.option("--quiet", "-q", is_flag=True, help="Print problems only.")
verbose = click.option("--verbose", "-v", is_flag=True, help="Print what is being done.")
lang = click.option(
    "--lang",
    metavar="LANG",
    shell_complete=candidates.languages,
    help="The language (default: the site's first).",
)
faq = click.option(
    "--faq",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The knowledge base (default: docs_dir of mkdocs.yml).",
)
limit = click.option(
    "--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="Most results."
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def report_format(json: str) -> Callable[[Command], Command]:
    """Return the options ``fmt`` and ``as_json`` of a command that reports; JSON is ``json``."""
    fmt = click.option(
        "--format",
        "fmt",
        type=click.Choice(["text", "github", "json"]),
        default="text",
        show_default=True,
        help=f"text: for people; github: annotations in CI; json: {json}.",
    )
    short = click.option(
        "--json", "as_json", is_flag=True, help="Print JSON; short for --format json."
    )
    return lambda command: fmt(short(command))


def speaks_for(given: dt.datetime | None) -> dt.date:
    """Return the date a command speaks for."""
    return dates.as_of(given.date() if given else None, os.environ)


def project_of(faq: Path | None, config_file: Path, lang: str | None) -> tuple[site.Project, str]:
    """Return what to read and the language asked for.

    A folder given with ``--faq`` belongs to the mkdocs.yml beside it, if that names it; without
    one, or for a language that the site lacks, all its texts are taken to be in ``lang``.
    """
    if faq is None:
        found = site.project(config_file)
        if lang and lang not in found.languages:
            what = f"`{lang}` is not a language of this site; choose {' or '.join(found.languages)}"
            raise click.BadParameter(what, param_hint="'--lang'")
    else:
        beside = faq.resolve().parent / "mkdocs.yml"
        found = site.Project(faq, faq.parent / "site", (lang or "en",), 90.0)
        if beside.is_file():
            named = site.project(beside)
            found = named if named.faq.resolve() == faq.resolve() else found
    if lang and lang not in found.languages:
        found = dataclasses.replace(found, languages=(lang,))
    return found, lang or found.languages[0]


def knowledge_base(
    found: site.Project, as_of: dt.datetime | None, progress: Progress
) -> KnowledgeBase:
    """Read a project's knowledge base as of a date. Raises ContentError if it has errors."""
    reading = read(found, as_of, progress)
    if reading.knowledge is None:
        raise ContentError(reading.problems)
    return reading.knowledge


def read(found: site.Project, as_of: dt.datetime | None, progress: Progress) -> knowledge.Reading:
    """Read a project's knowledge base as of a date."""
    return knowledge.read(
        found.faq,
        languages=found.languages,
        as_of=speaks_for(as_of),
        half_life=found.half_life,
        shown_as=dates.shown(found.faq),
        progress=progress,
    )
