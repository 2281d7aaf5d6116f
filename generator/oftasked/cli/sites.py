"""Commands that make a site: ``build`` and ``serve``."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from oftasked import previewing, site
from oftasked.cli import options
from oftasked.cli.endings import FAILED
from oftasked.cli.output import ProgressBar, ending, log_to_terminal, print_problems
from oftasked.dates import shown
from oftasked.model import Access
from oftasked.problems import ContentError, OftaskedError, Problem, Severity


@click.command()
@options.config_file
@click.option(
    "--site-dir",
    "-d",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the site goes (default: site_dir of mkdocs.yml, else site/).",
)
@click.option(
    "--tier",
    type=click.Choice(["public", "members"]),
    help="Build this edition only (default: public, and members if mkdocs.yml has a place for it).",
)
@options.strict
@options.as_of
@options.quiet
@options.verbose
@options.as_json
def build(
    config_file: Path,
    site_dir: Path | None,
    tier: str | None,
    strict: bool,
    as_of: dt.datetime | None,
    quiet: bool,
    verbose: bool,
    as_json: bool,
) -> None:
    """Build the site with all its languages and put it in the place of the old one.

    The new site is made beside the old one and swapped in when it is finished; a failed build
    changes nothing. With --json, one object says what was built, or what was wrong.
    """
    log_to_terminal(quiet=quiet, verbose=verbose)
    met: list[Problem] = []

    def show_warnings(problems: tuple[Problem, ...]) -> None:
        met.extend(problems)
        failing = strict or any(problem.severity is Severity.ERROR for problem in problems)
        if not failing and not as_json:  # those that fail are printed at the end
            print_problems(problems, "text")

    with _outcome(met, as_json=as_json):
        built = site.build(
            config_file,
            site_dir=site_dir,
            tier=Access[tier.upper()] if tier else None,
            strict=strict,
            as_of=as_of.date() if as_of else None,
            progress=ProgressBar(quiet=quiet),
            on_problems=show_warnings,
        )
    if as_json:
        click.echo(_json(met, built=built))
        return
    for each in built:
        _say(each, quiet=quiet)


def _say(built: site.Built, *, quiet: bool) -> None:
    """Tell about one finished site."""
    if not built.at_once:
        click.echo(
            f"{shown(built.site_dir)} was replaced file by file: folders cannot be exchanged here",
            err=True,
        )
    if not quiet:
        counts = ", ".join(f"{lang}: {count} entries" for lang, count in built.entries)
        place = click.style(shown(built.site_dir), bold=True)
        whose = "" if built.tier is Access.PUBLIC else "for members, "
        click.echo(f"{place} is {click.style('built', fg='green')} ({whose}{counts})")


@contextlib.contextmanager
def _outcome(met: list[Problem], *, as_json: bool) -> Iterator[None]:
    """Print why a build failed: its problems, or with ``as_json`` the object that says so."""
    if not as_json:
        with ending():
            yield
        return
    try:
        yield
    except OftaskedError as error:
        known = error.problems if isinstance(error, ContentError) else tuple(met)
        said = None if isinstance(error, ContentError) else str(error)
        click.echo(_json(known, error=said))
        sys.exit(FAILED)


def _json(
    problems: Iterable[Problem], *, built: Sequence[site.Built] = (), error: str | None = None
) -> str:
    """Return what came of a build as one JSON object; its members' site stands in it likewise."""
    of_tier = {each.tier: each for each in built}
    first = of_tier.get(Access.PUBLIC) or next(iter(built), None)
    others = [each for each in built if each is not first]
    value = {
        "built": first is not None,
        **_values(first),
        "members": _values(others[0]) if others else None,
        "error": error,
        "problems": [dataclasses.asdict(problem) for problem in sorted(problems)],
    }
    return json.dumps(value, ensure_ascii=False, indent=2)


def _values(built: site.Built | None) -> dict[str, object]:
    return {
        "tier": built.tier.name.lower() if built else None,
        "site_dir": shown(built.site_dir) if built else None,
        "entries": dict(built.entries) if built else {},
        "at_once": built.at_once if built else None,
    }


@click.command()
@options.config_file
@click.option(
    "--address",
    "-a",
    metavar="HOST:PORT",
    default="127.0.0.1:8000",
    show_default=True,
    help="Where to serve.",
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
            click.echo(f"{click.style('error:', fg='red', bold=True)} {error}", err=True)

    with ending():
        previewing.preview(
            config_file,
            address=address,
            as_of=as_of.date() if as_of else None,
            on_error=show,
            on_ready=lambda url: click.echo(f"Serving on {url} (Ctrl-C stops)"),
            on_mended=lambda: click.echo("mended; the site follows again"),
        )
