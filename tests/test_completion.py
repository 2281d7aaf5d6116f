"""Completion on TAB: names, options and what the project holds; quick, and silent on any fault."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from oftasked.cli import candidates, main
from support import MKDOCS, SHOP, write


@pytest.fixture(autouse=True)
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write(tmp_path, SHOP)


def completed(*arguments: str, incomplete: str = "") -> list[str]:
    """Return what a shell is offered after some words of a command line."""
    asked = ShellComplete(main, {}, "oftasked", "_OFTASKED_COMPLETE")
    return [item.value for item in asked.get_completions(list(arguments), incomplete)]


def proposed(completer: candidates.Completer, incomplete: str = "", **params: object) -> list[str]:
    """Return what is proposed for a value when other options have been given."""
    context = click.Context(click.Command("any"))
    context.params.update(params)
    parameter = click.Option(["--any"])
    return [item.value for item in completer(context, parameter, incomplete)]


def test_commands_are_completed_with_what_they_do() -> None:
    assert completed(incomplete="se") == ["serve", "search"]
    asked = ShellComplete(main, {}, "oftasked", "_OFTASKED_COMPLETE")
    assert all(item.help for item in asked.get_completions([], ""))


def test_options_are_completed() -> None:
    assert completed("check", incomplete="--qu") == ["--quick", "--quiet"]
    assert completed("check", "--format", incomplete="g") == ["github"]
    assert completed("completion") == ["bash", "zsh", "fish"]
    assert completed("check", "--color") == ["auto", "always", "never"]


def test_audiences_are_the_declared_ones_or_else_the_default_four(shop: Path) -> None:
    assert completed("search", "--audience", incomplete="p") == ["prospects"]
    assert len(completed("search", "--audience")) == 4
    own = "audiences:\n  - id: guests\n    title: Guests\n  - {title: Staff, id: staff}\n"
    write(shop, {"faq/audiences.yml": own})
    assert completed("search", "--audience") == ["guests", "staff"]


def test_languages_are_those_of_the_site(shop: Path) -> None:
    assert completed("find", "parcel", "--lang") == ["en", "zh"]
    listed = "plugins:\n  - oftasked:\n      languages:\n        - zh\n        - 'pt-BR'\n"
    write(shop, {"mkdocs.yml": MKDOCS.partition("plugins:")[0] + listed})
    assert completed("index", "--lang") == ["en", "pt-BR", "zh"]


def test_a_new_project_may_have_the_languages_of_the_templates() -> None:
    assert completed("init", "--languages") == ["en", "en,zh", "zh", "zh,en"]
    assert completed("init", "--languages", incomplete="zh,") == ["zh,en"]


def test_entries_topics_contacts_and_tags_are_those_of_the_project() -> None:
    assert proposed(candidates.entry_ids, "d") == ["delivery-time", "drone-delivery"]
    assert proposed(candidates.topics) == ["delivery", "payment"]
    assert proposed(candidates.topics, audience="prospects") == ["payment"]
    assert proposed(candidates.contacts) == ["logistics", "support"]
    assert proposed(candidates.tags) == ["parcel"]


def test_the_project_that_was_named_is_asked(tmp_path: Path) -> None:
    entry = "entries:\n  - {id: other, question: Other?, answer: Yes.}\n"
    other = write(tmp_path / "other", {"faq/prospects/a.yml": entry, "mkdocs.yml": MKDOCS})
    assert proposed(candidates.entry_ids, config_file=other / "mkdocs.yml") == ["other"]
    assert proposed(candidates.entry_ids, faq=other / "faq") == ["other"]


@pytest.mark.parametrize(
    "files",
    [
        {"mkdocs.yml": "docs_dir: [\n"},
        {"mkdocs.yml": "docs_dir: gone\n"},
        {"mkdocs.yml": "\udcff".encode("utf-8", "surrogateescape").decode("latin-1")},
        {"faq/audiences.yml": "]]]", "faq/contacts.yml": "\x00"},
    ],
)
def test_a_fault_proposes_nothing_and_says_nothing(
    shop: Path, files: dict[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    write(shop, files)
    for completer in (candidates.entry_ids, candidates.audiences, candidates.languages):
        proposed(completer)
    assert capfd.readouterr() == ("", "")


def test_without_a_project_nothing_is_proposed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    for completer in (candidates.entry_ids, candidates.topics, candidates.languages):
        assert proposed(completer) == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_a_script(shell: str) -> None:
    result = CliRunner().invoke(main, ["completion", shell], catch_exceptions=False)
    assert result.exit_code == 0
    assert f"_OFTASKED_COMPLETE={shell}_complete" in result.stdout


def test_bash_completes_with_the_script() -> None:
    """As bash does on TAB: the script is read, and its function fills COMPREPLY."""
    program = Path(sys.executable).with_name("oftasked")
    script = (
        f'eval "$({program} completion bash)"\n'
        "COMP_WORDS=(oftasked search parcel --audience ret) COMP_CWORD=4\n"
        f"_oftasked_completion {program}\n"
        'printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", script],
        env=os.environ | {"PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert (done.stdout, done.stderr) == ("returning-customers\n", "")


def test_completing_a_command_imports_no_builder() -> None:
    """A name is completed without the half second that MkDocs, pydantic and Whoosh take."""
    code = (
        "import sys; from oftasked.cli import main\n"
        "try: main(prog_name='oftasked')\n"
        "except SystemExit: pass\n"
        "print(sorted({'mkdocs', 'pydantic', 'whoosh', 'yaml'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ
        | {
            "_OFTASKED_COMPLETE": "bash_complete",
            "COMP_WORDS": "oftasked se",
            "COMP_CWORD": "1",
        },
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.splitlines() == ["plain,serve", "plain,search", "[]"]
