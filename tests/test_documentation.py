"""The documents agree with the product: what exists is documented, what is documented works."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
from click.testing import CliRunner, Result

from oftasked import knowledge, ledger, loading
from oftasked.cli import main
from oftasked.schema import (
    AudienceFields,
    AudiencesFields,
    ContactFields,
    ContactsFields,
    EntryFields,
    QuestionFields,
    QuestionsFields,
    SynonymsFields,
    TopicFields,
    TopicHeaderFields,
    TranslatedEntryFields,
    json_schemas,
)
from oftasked.settings import Options
from options_tables import yaml_text
from support import AS_OF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic import BaseModel

    from oftasked.model import KnowledgeBase

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted(ROOT.glob("*.md"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
LANGUAGES = ("en", "zh")

SHELL_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"""\]\(([^)\s]+)\)|(?:src|href)="([^"]+)\"""")
YAML_BLOCK = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)
EXAMPLES: dict[str, type[BaseModel]] = {
    "topic": TopicFields,
    "entries": TopicFields,
    "- id": TopicFields,
    "audiences": AudiencesFields,
    "default": ContactsFields,
    "en": SynonymsFields,
    "- ask": QuestionsFields,
}
"""What an example of the content format begins with; the others are pieces or `mkdocs.yml`."""
FIELDS: dict[str, Iterable[str]] = {
    "entry-fields": [*EntryFields.model_fields, *TopicHeaderFields.model_fields, "email", "im"],
    "translate": [*TranslatedEntryFields.model_fields, *TopicFields.model_fields],
    "own-audiences": [*AudiencesFields.model_fields, *AudienceFields.model_fields],
    "contacts": [*ContactsFields.model_fields, *ContactFields.model_fields],
    "question-set": QuestionFields.model_fields,
    "record-asks": ledger.COLUMNS,
}
"""The entry that describes a kind of file, and all that it must name."""
NEVER_ENDING = {"serve"}
"""Commands that run until they are stopped: their lines are parsed, not run."""


@pytest.fixture(scope="module")
def faq() -> KnowledgeBase:
    reading = knowledge.read(ROOT / "faq", languages=LANGUAGES, as_of=AS_OF)
    assert reading.problems == ()
    assert reading.knowledge is not None
    return reading.knowledge


@pytest.fixture(scope="module")
def answers(faq: KnowledgeBase) -> dict[str, str]:
    """Everything the FAQ answers in public, by language."""
    return {
        lang: "\n".join(entry.wording(lang).answer for entry in faq.entries if entry.access == 0)
        for lang in LANGUAGES
    }


# The product is documented.


def commands() -> list[str]:
    return sorted(main.commands)


def options(command: str) -> Iterator[str]:
    """Yield the options of a command that not every command has."""
    yield from set(long_options(main.commands[command])) - set(long_options(main))


def long_options(command: click.Command) -> Iterator[str]:
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            yield max(parameter.opts, key=len)


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_readme_and_in_the_faq(
    command: str, answers: dict[str, str]
) -> None:
    assert f"`oftasked {command}" in README
    for lang in LANGUAGES:
        assert f"oftasked {command}" in answers[lang]


@pytest.mark.parametrize("command", commands())
def test_the_readme_lists_exactly_the_options_of_each_command(command: str) -> None:
    row = re.search(rf"^\| `oftasked {command}\b.*", README, re.MULTILINE)
    assert row is not None
    assert set(re.findall(r"--[a-z-]+", row[0])) == set(options(command))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_option_is_in_the_faq(lang: str, answers: dict[str, str]) -> None:
    known = {option for command in commands() for option in options(command)}
    known |= set(long_options(main))
    named = set(re.findall(r"--[a-z-]+", answers[lang]))
    assert known - named == set()


def fields(schema: Any) -> Iterator[str]:
    """Yield the name of every field that a JSON Schema allows, at any depth."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for part in schema.values():
            yield from fields(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from fields(part)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(json_schemas()))
def test_every_yaml_field_is_in_the_faq(kind: str, lang: str, answers: dict[str, str]) -> None:
    code = " ".join(re.findall(r"```.*?```|`[^`]+`", answers[lang], re.DOTALL))
    named = set(re.findall(r"\w+", code))
    assert set(fields(json_schemas()[kind])) - named == set()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("entry_id", FIELDS)
def test_a_kind_of_file_is_described_in_one_entry(
    entry_id: str, lang: str, faq: KnowledgeBase
) -> None:
    answer = answer_of(faq, entry_id, lang)
    code = " ".join(re.findall(r"```.*?```|`[^`]+`", answer, re.DOTALL))
    assert set(FIELDS[entry_id]) - set(re.findall(r"\w+", code)) == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_of_an_entrys_fields_is_complete(lang: str, faq: KnowledgeBase) -> None:
    rows = re.findall(r"^\| (`.*?`) \|", answer_of(faq, "entry-fields", lang), re.MULTILINE)
    named = [field for cell in rows for field in re.findall(r"\w+", cell)]
    assert sorted(named) == sorted(EntryFields.model_fields)


def answer_of(faq: KnowledgeBase, entry_id: str, lang: str) -> str:
    [entry] = [entry for entry in faq.entries if entry.id == entry_id]
    return str(entry.wording(lang).answer)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_faq_lists_exactly_the_plugin_options_with_their_defaults(
    lang: str, faq: KnowledgeBase
) -> None:
    answer = answer_of(faq, "plugin-options", lang)
    table = dict(re.findall(r"^\| `(\w+)` \| `([^`]+)` \|", answer, re.MULTILINE))
    assert table == {name: yaml_text(default) for name, default in Options().items()}


# The FAQ is what it tells others to write.


def test_every_entry_is_written_in_every_language(faq: KnowledgeBase) -> None:
    assert [entry.id for entry in faq.entries if len(entry.wordings) != len(LANGUAGES)] == []


def test_every_public_entry_has_phrasings_a_summary_and_dates(faq: KnowledgeBase) -> None:
    poor = [
        entry.id
        for entry in faq.entries
        if entry.access == 0
        and not (
            entry.changed
            and entry.reviewed
            and all(len(w.also_asked) >= 3 and w.summary_given for w in entry.wordings)
        )
    ]
    assert poor == []


def test_every_audience_has_entries_of_its_own(faq: KnowledgeBase) -> None:
    assert {entry.audience for entry in faq.entries} == {each.id for each in faq.audiences}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_yaml_example_of_the_faq_is_accepted(lang: str, answers: dict[str, str]) -> None:
    tried = 0
    for example in YAML_BLOCK.findall(answers[lang]):
        kind = EXAMPLES.get(example.split(":")[0])
        if kind is not None:
            text = f"entries:\n{example}" if example.startswith("- id") else example
            assert loading.read_file(kind, text, "example.yml").problems == ()
            tried += 1
    assert tried >= len(EXAMPLES)


# The documents work.


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = ["".join(link) for link in LINK.findall(text)]
    targets = [link for link in links if not re.match(r"[a-z]+:", link)]
    missing = [link for link in targets if not (ROOT / link.partition("#")[0]).exists()]
    assert missing == []


def test_the_layout_in_the_readme_is_the_layout_of_the_repository() -> None:
    shown = set(re.findall(r"^\| `([a-z]+)/` \|", README, re.MULTILINE))
    assert {name for name in shown if not (ROOT / name).is_dir()} == set()
    assert shown >= {"faq", "generator", "search", "themes", "tests"}


def test_every_module_of_the_generator_is_on_the_code_map() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    modules = [*ROOT.glob("generator/oftasked/[a-z]*.py"), ROOT / "generator/oftasked/cli"]
    assert sorted(each.stem for each in modules if f"`{each.stem}`" not in text) == []


def shell_commands(text: str) -> list[list[str]]:
    """Return the lines of a document's shell blocks that call the product, as arguments."""
    lines = "\n".join(SHELL_BLOCK.findall(text)).splitlines()
    calls = [shlex.split(line, comments=True) for line in lines if line.startswith("oftasked ")]
    return [[word for word in call[1:] if word != ">"] for call in calls]


def run(arguments: list[str]) -> Result:
    """Run a command line, or only parse it where it would never end."""
    if arguments[0] in NEVER_ENDING:
        arguments = [*arguments, "--help"]
    return CliRunner().invoke(main, arguments)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_commands_of_the_faq_run(
    lang: str, answers: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "faq", tmp_path / "faq")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    monkeypatch.chdir(tmp_path)
    known = shell_commands(answers[LANGUAGES[0]]) if lang != LANGUAGES[0] else []
    for arguments in shell_commands(answers[lang]):
        if arguments in known:  # and so run for the other language
            continue
        words = arguments[:2] if arguments[0] == "schema" else arguments
        result = run(words)
        assert result.exit_code == 0, f"{words}: {result.output}"
