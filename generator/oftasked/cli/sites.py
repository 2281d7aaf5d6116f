"""Commands that make a site: ``build`` and ``serve``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from oftasked import previewing, site
from oftasked.cli import options
from oftasked.cli.output import ProgressBar, ending, log_to_terminal, print_problems
from oftasked.dates import shown
from oftasked.problems import ContentError, Problem, Severity


@click.command()
@options.config_file
@click.option(
    "--site-dir",
    "-d",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the site goes (default: site_dir of mkdocs.yml, else site/).",
)
@options.strict
@options.as_of
@options.quiet
@options.verbose
def build(
    config_file: Path,
    site_dir: Path | None,
    strict: bool,
    as_of: dt.datetime | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Build the site with all its languages and put it in the place of the old one.

    The new site is made beside the old one and swapped in when it is finished; a failed build
    changes nothing.
    """
    log_to_terminal(quiet=quiet, verbose=verbose)

    def show_warnings(problems: tuple[Problem, ...]) -> None:
        failing = strict or any(problem.severity is Severity.ERROR for problem in problems)
        if not failing:  # those that fail are printed at the end
            print_problems(problems, "text")

    with ending():
        built = site.build(
            config_file,
            site_dir=site_dir,
            strict=strict,
            as_of=as_of.date() if as_of else None,
            progress=ProgressBar(quiet=quiet),
            on_problems=show_warnings,
        )
    if not built.at_once:
        click.echo(
            f"{shown(built.site_dir)} was replaced file by file: folders cannot be exchanged here",
            err=True,
        )
    if not quiet:
        counts = ", ".join(f"{lang}: {count} entries" for lang, count in built.entries)
        click.echo(f"{shown(built.site_dir)} is built ({counts})")


@click.command()
@options.config_file
@click.option(
    "--address", "-a", default="127.0.0.1:8000", show_default=True, help="Where to serve."
)
@options.as_of
@options.quiet
@options.verbose
def serve(
    config_file: Path, address: str, as_of: dt.datetime | None, quiet: bool, verbose: bool
) -> None:
    """Preview the site in the browser; every saved change is rebuilt and reloaded."""
    log_to_terminal(quiet=quiet, verbose=verbose)

    def show(error: Exception) -> None:
        if isinstance(error, ContentError):
            print_problems(error.problems, "text")
        else:
            click.echo(f"error: {error}", err=True)

    with ending():
        previewing.preview(
            config_file,
            address=address,
            as_of=as_of.date() if as_of else None,
            on_error=show,
            on_ready=lambda url: click.echo(f"Serving on {url} (Ctrl-C stops)"),
        )
