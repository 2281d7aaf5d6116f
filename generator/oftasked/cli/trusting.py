"""Commands that examine a finished site: ``audit`` and ``verify``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from oftasked import integrity, publishing, site
from oftasked.cli import options
from oftasked.cli.output import ending, print_problems, summary
from oftasked.dates import shown
from oftasked.model import Access
from oftasked.problems import ContentError, Problem, Severity

_folder = click.argument(
    "folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False, exists=True)
)


@click.command()
@_folder
@options.config_file
@click.option(
    "--tier",
    type=click.Choice(["public", "members"]),
    default="public",
    show_default=True,
    help="Whom the site is for.",
)
@options.as_of
@options.report_format("a list of objects")
@options.quiet
def audit(
    folder: Path,
    config_file: Path,
    tier: str,
    as_of: dt.datetime | None,
    fmt: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """Look for restricted text in every file of a finished site.

    What an edition must not hold is compared with each of its bytes: as they stand, unpacked,
    unescaped, and as the search data decodes. A build does the same before it publishes.
    """
    fmt = "json" if as_json else fmt
    with ending(fmt):
        reading = site.read(config_file, as_of=as_of.date() if as_of else None)
        wanted = Access[tier.upper()]
        site.refuse_leaks(config_file, folder, reading, tier=wanted, shown_as=shown(folder))
    print_problems((), fmt)
    if fmt == "text" and not quiet:
        click.echo(f"{shown(folder)} holds nothing that is withheld from {_readers(wanted)}")


@click.command()
@_folder
@click.option("--strict", is_flag=True, help="Fail on files that the manifest does not list, too.")
@options.report_format("a list of objects")
@options.quiet
def verify(folder: Path, strict: bool, fmt: str, as_json: bool, quiet: bool) -> None:
    """Compare a published site with its manifest: files missing, changed or added.

    Every build lists its files with their SHA-256 in oftasked-manifest.json.
    """
    fmt = "json" if as_json else fmt
    problems = integrity.differences(folder, shown_as=shown(folder))
    if _fails(problems, strict=strict):
        with ending(fmt):
            raise ContentError(problems)
    print_problems(problems, fmt)
    if fmt == "text" and not quiet:
        count = len(publishing.manifest(folder).files)
        what = "as it was built" if not problems else summary(problems)
        click.echo(f"{shown(folder)}: {count} files, {what}")


def _fails(problems: tuple[Problem, ...], *, strict: bool) -> bool:
    return any(strict or problem.severity is Severity.ERROR for problem in problems)


def _readers(tier: Access) -> str:
    return "the public" if tier is Access.PUBLIC else "members"
