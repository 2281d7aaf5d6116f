"""The command ``doctor``: everything that somebody who helps from afar would ask first."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from oftasked import destinations, diagnosis, site
from oftasked.cli import options
from oftasked.cli.endings import FAILED
from oftasked.dates import shown
from oftasked.diagnosis import Finding, State
from oftasked.problems import BuildError
from oftasked.progress import silent

_COLOURS = {State.OK: "green", State.NOTE: "yellow", State.PROBLEM: "red"}

Section = tuple[str, tuple[Finding, ...]]


@click.command()
@options.config_file
@options.as_of
@options.as_json
def doctor(config_file: Path, as_of: dt.datetime | None, as_json: bool) -> None:
    """Say what is installed, what is set up, and what is missing.

    Each part is ok, a note (it works, but could be better) or a problem (it breaks a build), with
    what to do about it. The exit status is 1 if there is a problem.
    """
    sections = tuple((name, tuple(found)) for name, found in _sections(config_file, as_of))
    click.echo(_json(sections) if as_json else "\n".join(_lines(sections)))
    if any(diagnosis.is_broken(found) for _, found in sections):
        sys.exit(FAILED)


def _sections(
    config_file: Path, as_of: dt.datetime | None
) -> Iterator[tuple[str, Iterator[Finding]]]:
    yield "versions", diagnosis.versions()
    try:
        found = site.project(config_file)
    except BuildError as error:
        yield "configuration", iter([_unusable(config_file, error)])
        return
    yield "configuration", _configuration(config_file, found)
    try:
        reading = options.read(found, as_of, silent)
    except BuildError as error:
        yield "content", iter([diagnosis.refused("date", error)])
    else:
        yield "content", diagnosis.content(reading)
    project = config_file.absolute().parent
    yield "beside it", diagnosis.workplace(project, found.faq)
    yield "publishing", _target(config_file, found)


def _unusable(config_file: Path, error: BuildError) -> Finding:
    """Say why a configuration cannot be used."""
    if config_file.is_file():
        found = diagnosis.refused(shown(config_file), error)
        return dataclasses.replace(found, message=found.message.removeprefix(f"{config_file}: "))
    remedy = "`oftasked init` makes a project; or run this in the folder of one"
    return Finding(shown(config_file), State.PROBLEM, "does not exist", remedy)


def _configuration(config_file: Path, found: site.Project) -> Iterator[Finding]:
    try:
        site.check_settings(config_file)
    except BuildError as error:
        yield diagnosis.refused(shown(config_file), error)
    else:
        yield Finding(shown(config_file), State.OK, "is valid")
    yield Finding("docs_dir", State.OK, shown(found.faq))
    yield Finding("languages", State.OK, ", ".join(found.languages))
    yield diagnosis.address(found.site_url)


def _target(config_file: Path, found: site.Project) -> Iterator[Finding]:
    try:
        destinations.check_place(found.site_dir.absolute(), config_file.absolute().parent)
    except BuildError as error:
        yield diagnosis.refused("site_dir", error)
    else:
        yield from diagnosis.target(found.site_dir, shown(found.site_dir))


def _json(sections: tuple[Section, ...]) -> str:
    rows = [
        {"section": name, **dataclasses.asdict(finding)}
        for name, findings in sections
        for finding in findings
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _lines(sections: tuple[Section, ...]) -> Iterator[str]:
    """Yield a heading for each section and a line for each finding, then what it adds up to."""
    width = max(len(finding.about) for _, findings in sections for finding in findings)
    for name, findings in sections:
        yield click.style(name.capitalize(), bold=True)
        for finding in findings:
            state = click.style(f"{finding.state.value:<7}", fg=_COLOURS[finding.state])
            said = "; ".join(filter(None, (finding.message, finding.remedy)))
            yield f"  {state}  {finding.about:<{width}}  {said}"
    yield _sum(sections)


def _sum(sections: tuple[Section, ...]) -> str:
    states = [finding.state for _, findings in sections for finding in findings]
    problems, notes = states.count(State.PROBLEM), states.count(State.NOTE)
    if problems:
        return click.style(f"A build would fail: {problems} to mend first.", fg="red")
    if notes:
        return click.style(f"A build would work; {notes} could be better.", fg="yellow")
    return click.style("All is well.", fg="green")
