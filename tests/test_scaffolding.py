"""`oftasked init` makes a project that works at once, with its pipelines."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml

from oftasked.starters import TEMPLATES
from starting_anew import contents, init, run

if TYPE_CHECKING:
    from collections.abc import Iterator

CHOICES = ("en", "zh", "en,zh", "zh,en")
SCHEMA_COMMENT = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


class Plain(yaml.SafeLoader):
    """Reads YAML as JSON knows values: a date is text."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - as the parent class declares it
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def plain(text: str) -> Any:
    return yaml.load(text, Plain)  # noqa: S506 - a safe loader


@pytest.fixture(
    scope="module",
    params=[(name, langs) for name in TEMPLATES for langs in CHOICES],
    ids="-".join,
)
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new project of each template in each choice of languages."""
    template, languages = request.param
    folder = tmp_path_factory.mktemp("new") / "project"
    return init(folder, "--template", template, "--languages", languages)


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    return init(tmp_path / "blank", "--template", "blank", "--languages", "en,zh")


# What is made, works.


def test_a_new_project_is_clean_and_builds(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    for command in (("check", "--strict"), ("build", "--strict")):
        result = run(*command)
        assert result.exit_code == 0, result.output
        assert "warning:" not in result.output
    assert (project / "site" / "index.html").is_file()


def test_every_file_of_the_content_names_a_schema_that_it_fulfils(project: Path) -> None:
    files = [path for path in (project / "faq").rglob("*.yml") if path.is_file()]
    assert len(files) > len(("audiences", "contacts", "synonyms", "questions"))
    for path in files:
        text = path.read_text("utf-8")
        named = SCHEMA_COMMENT.match(text)
        assert named, path
        schema = json.loads((path.parent / named[1]).read_text("utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.validate(plain(text), schema, jsonschema.Draft202012Validator)


def test_the_editor_knows_a_schema_for_every_file_of_the_content(project: Path) -> None:
    settings = json.loads((project / ".vscode" / "settings.json").read_text("utf-8"))
    schemas: dict[str, list[str]] = settings["yaml.schemas"]
    for path in (project / "faq").rglob("*.yml"):
        relative = path.relative_to(project)
        taken = [
            schema
            for schema, patterns in schemas.items()
            if any(relative.match(each) for each in patterns if not each.startswith("!"))
            and not any(relative.match(each[1:]) for each in patterns if each.startswith("!"))
        ]
        named = SCHEMA_COMMENT.match(path.read_text("utf-8"))
        assert named
        assert taken == [os.path.relpath(path.parent / named[1], project)]


def commands_of(project: Path) -> Iterator[str]:
    """Every command that the pipelines and the hook run."""
    workflow = plain((project / ".github/workflows/faq.yml").read_text("utf-8"))
    for job in workflow["jobs"].values():
        yield from (step["run"] for step in job["steps"] if "run" in step)
    for job in plain((project / ".gitlab-ci.yml").read_text("utf-8")).values():
        if isinstance(job, dict):
            yield from job.get("script", ())
    for repository in plain((project / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]:
        yield from (hook["entry"] for hook in repository["hooks"])


def test_the_commands_of_the_pipelines_succeed(
    blank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(blank)
    ours = [shlex.split(line)[1:] for line in commands_of(blank) if line.startswith("oftasked ")]
    assert {command[0] for command in ours} == {"check", "test", "build"}
    for command in ours:
        result = run(*command)
        assert result.exit_code == 0, result.output
    assert (blank / "public" / "index.html").is_file()


def test_github_publishes_from_main_only_and_may_do_nothing_else(blank: Path) -> None:
    workflow = plain((blank / ".github/workflows/faq.yml").read_text("utf-8"))
    triggers = workflow[True]  # in YAML 1.1 `on` means true; GitHub reads it as a name
    assert triggers["push"] == {"branches": ["main"]}
    assert "pull_request" in triggers
    assert workflow["permissions"] == {"contents": "read"}
    build, publish = workflow["jobs"]["build"], workflow["jobs"]["publish"]
    assert "permissions" not in build
    assert publish["permissions"] == {"pages": "write", "id-token": "write"}
    assert publish["if"] == "github.ref == 'refs/heads/main'"
    assert publish["needs"] == "build"
    [upload] = [step for step in build["steps"] if "upload" in step.get("uses", "")]
    assert (upload["if"], upload["with"]) == (publish["if"], {"path": "site"})


def test_gitlab_publishes_from_the_default_branch_what_the_build_leaves(blank: Path) -> None:
    pipeline = plain((blank / ".gitlab-ci.yml").read_text("utf-8"))
    pages = pipeline["pages"]
    assert pages["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert pages["artifacts"]["paths"] == ["public"]
    assert any("--site-dir public" in line for line in pages["script"])
    assert pipeline["check"]["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]


def test_the_hook_runs_for_content_and_configuration_only(blank: Path) -> None:
    [repository] = plain((blank / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    [hook] = repository["hooks"]
    assert hook["entry"] == "oftasked check --quick"
    touched = {
        path: bool(re.search(hook["files"], path))
        for path in ("faq/contacts.yml", "faq/a/b.zh.yml", "mkdocs.yml", "README.md", "x/faq.yml")
    }
    assert [path for path, runs in touched.items() if runs] == list(touched)[:3]


def test_git_keeps_the_rows_of_both_branches_and_not_what_is_built(blank: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=blank, check=True)
    asked = ["git", "check-attr", "merge", "eol", "--", "faq/asks.csv"]
    said = subprocess.run(asked, cwd=blank, check=True, capture_output=True, text=True).stdout
    assert said.splitlines() == ["faq/asks.csv: merge: union", "faq/asks.csv: eol: lf"]
    assert run("build", "-f", blank / "mkdocs.yml").exit_code == 0
    assert run("find", "-f", blank / "mkdocs.yml", "phone").exit_code == 0
    listed = ["git", "status", "--porcelain", "--untracked-files=all"]
    new = subprocess.run(listed, cwd=blank, check=True, capture_output=True, text=True).stdout
    assert not [line for line in new.splitlines() if "site/" in line or ".cache" in line]
    assert "?? faq/contacts.yml" in new


def test_a_site_below_a_folder_names_its_own_addresses(tmp_path: Path) -> None:
    folder = init(tmp_path, "--template", "blank", "--url", "https://team.github.io/help")
    assert run("build", "--strict", "-f", folder / "mkdocs.yml").exit_code == 0
    pages = [raw.decode() for name, raw in contents(folder / "site").items() if ".html" in name]
    assert 'href="https://team.github.io/help/q/reach-a-person/"' in "".join(pages)
    at_root = [link for page in pages for link in re.findall(r'(?:href|src)="(/[^"]*)"', page)]
    assert [link for link in at_root if not link.startswith("/help/")] == []
