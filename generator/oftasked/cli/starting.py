"""The command that starts a project: ``init``."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from oftasked import placing, provenance, scaffolding, site, starters
from oftasked.bilingual import LANGUAGES
from oftasked.cli import candidates, closing, options
from oftasked.dates import shown
from oftasked.problems import BuildError
from oftasked.scaffolding import EXAMPLE_URL, FAQ, NAMES, Wanted

_PACKAGE = Path(__file__).resolve().parent.parent


Kind = Callable[[str], Any]
"""Turns what somebody typed into a value; raises click's BadParameter if it is none."""
Ask = Callable[[str, Kind, str], Any]
"""Gets a value: a question, its kind, its default."""


def _checked(check: Kind) -> Kind:
    """Let click ask again, or end with wrong usage, where the generator refuses a value."""

    def value(text: str) -> Any:
        try:
            return check(text)
        except BuildError as error:
            raise click.BadParameter(str(error)) from error

    return value


_LANGUAGES = _checked(scaffolding.languages_of)
_NAME = _checked(scaffolding.site_name)
_URL = _checked(scaffolding.site_url)
_TEMPLATE = click.Choice(list(starters.TEMPLATES))
_TEMPLATES = "".join(f"  {name:<6} {what}\n" for name, what in starters.TEMPLATES.items())
_TEMPLATES = f"Templates to start from:\n{_TEMPLATES}Template"
_WHICH_LANGUAGES = "Languages (the first is the default one: en, zh, or en,zh)"


@click.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=Path())
@click.option("--template", type=_TEMPLATE, help="The content to start from (default: shop).")
@click.option(
    "--languages",
    type=_LANGUAGES,
    metavar="LANGS",
    shell_complete=candidates.template_languages,
    help=f"Some of {', '.join(LANGUAGES)}; the first is the default language (default: en).",
)
@click.option("--name", type=_NAME, metavar="TEXT", help="The site's title.")
@click.option("--url", type=_URL, metavar="URL", help="The address that the site will have.")
@click.option("--no-input", is_flag=True, help="Ask nothing; take defaults.")
@options.as_of
def init(folder: Path, no_input: bool, as_of: dt.datetime | None, **given: Any) -> None:
    """Start a project in DIR: content, configuration, pipelines.

    Asks for what no option says. Only what is missing is written: no file is ever overwritten, and
    content only where there is none yet.
    """
    _check_folder(folder)
    ask = _prompt if _is_terminal() and not no_input else _default
    wanted = _wanted(folder, given, ask, options.speaks_for(as_of))
    needed = provenance.requirement()
    files = scaffolding.project(wanted, needed)
    placing.check(folder, files)
    is_new = not placing.holds_content(folder / FAQ)
    content = placing.place_whole(folder, FAQ, scaffolding.content(wanted) if is_new else {})
    around = placing.place(folder, files)
    closing.say(folder, wanted, needed, (content, around))


def _is_terminal() -> bool:
    """Tell whether there is somebody to ask."""
    return sys.stdin.isatty()


def _check_folder(folder: Path) -> None:
    """Raise BuildError where no project can be."""
    if folder.exists() and not folder.is_dir():
        raise BuildError(f"{folder} is a file; name a folder, which is made if it does not exist")
    if folder.resolve().is_relative_to(_PACKAGE):
        raise BuildError(f"{folder} is inside the installed program; choose a folder of your own")


def _wanted(folder: Path, given: dict[str, Any], ask: Ask, day: dt.date) -> Wanted:
    """Return what is wanted: what the project says already, the options, answers, defaults."""
    given = given | _configured(folder, given)
    if given["template"] is None and not placing.holds_content(folder / FAQ):
        given["template"] = ask(_TEMPLATES, _TEMPLATE, "shop")
    languages = given["languages"] or ask(_WHICH_LANGUAGES, _LANGUAGES, LANGUAGES[0])
    return Wanted(
        template=given["template"] or "blank",  # where there is content, none is written
        languages=languages,
        name=given["name"] or ask("The site's title", _NAME, NAMES[languages[0]]),
        url=given["url"] or ask("The address it will have", _URL, EXAMPLE_URL),
        day=day,
    )


def _configured(folder: Path, given: dict[str, Any]) -> dict[str, Any]:
    """Return what an existing mkdocs.yml has decided. Raises BuildError where it contradicts."""
    config_file = folder / "mkdocs.yml"
    if not config_file.exists():
        return {}
    with _folder_that_mkdocs_wants(folder / FAQ):
        found, config = site.project(config_file), site.load(config_file)
    if found.faq.resolve() != (folder / FAQ).resolve():
        what = f"{config_file} keeps its content in {shown(found.faq)}"
        raise BuildError(f"{what}, and init knows {FAQ}/ only; start in another folder")
    if given["languages"] not in (None, found.languages):
        what = f"{config_file} says that the languages are {', '.join(found.languages)}"
        raise BuildError(f"{what}; leave out --languages, or change it there first")
    url = config.site_url or EXAMPLE_URL
    return {"languages": found.languages, "name": config.site_name, "url": url}


@contextlib.contextmanager
def _folder_that_mkdocs_wants(folder: Path) -> Iterator[None]:
    """Let a missing content folder be there while a configuration that names it is read."""
    is_missing = not os.path.lexists(folder)
    if is_missing:
        folder.mkdir()
    try:
        yield
    finally:
        if is_missing:
            folder.rmdir()


def _prompt(question: str, kind: Kind, default: str) -> Any:
    return click.prompt(question, value_proc=kind, default=default, err=True)


def _default(_question: str, kind: Kind, default: str) -> Any:
    return kind(default)
