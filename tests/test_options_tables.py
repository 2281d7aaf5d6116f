"""The options tables of the FAQ are those of the program; `make tables` renews them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest

import options_tables
from oftasked.cli import main
from oftasked.settings import Options

if TYPE_CHECKING:
    from pathlib import Path

FILES = list(options_tables.topic_files())
LANGUAGES = sorted({lang for _, lang in FILES})


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("path", "lang"), FILES, ids=[path.name for path, _ in FILES])
def test_the_tables_are_up_to_date(path: Path, lang: str) -> None:
    new = options_tables.renewed(text_of(path), options_tables.language(lang))
    assert new == text_of(path), "run `make tables`, and commit what it changes"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_command_with_options_has_one_table(lang: str) -> None:
    found = [
        subject
        for path, written in FILES
        if written == lang
        for subject in options_tables.subjects(text_of(path))
    ]
    common = {option.name for option in main.params}
    with_options = {
        name
        for name, command in main.commands.items()
        if any(isinstance(p, click.Option) and p.name not in common for p in command.params)
    }
    assert sorted(found) == sorted({*with_options, "commands", "everywhere", "plugin"})


def test_an_outdated_table_is_written_anew_and_the_rest_is_kept() -> None:
    text = "before\n  <!-- options: plugin -->\n  old\n  <!-- /options -->\nafter\n"
    new = options_tables.renewed(text, options_tables.language("en"))
    assert new.startswith("before\n  <!-- options: plugin -->\n\n  | Option | Default |")
    assert "  | `half_life` | `90` | Days after which an ask counts half. |\n" in new
    assert new.endswith("\n\n  <!-- /options -->\nafter\n")
    assert options_tables.renewed(new, options_tables.language("en")) == new


def test_a_help_text_without_translation_is_named() -> None:
    nothing_known = options_tables.Language("zh", {})
    with pytest.raises(options_tables.MissingTextError, match=r"options\.zh\.toml lacks 'Option'"):
        options_tables.renewed("<!-- options: build -->\n<!-- /options -->\n", nothing_known)


@pytest.mark.parametrize("lang", sorted(set(LANGUAGES) - {options_tables.SOURCE}))
def test_no_translation_is_left_over(lang: str) -> None:
    used: set[str] = set()

    class Noting(dict[str, str]):
        def __getitem__(self, text: str) -> str:
            used.add(text)
            return text

    for path, written in FILES:
        if written == lang:
            options_tables.renewed(text_of(path), options_tables.Language(lang, Noting()))
    assert set(options_tables.language(lang).texts) - used == set()


def test_every_plugin_option_says_what_it_means() -> None:
    assert set(options_tables.descriptions()) == set(Options().keys())
