"""`oftasked init`: a project that works at once, and never at the cost of what is there."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result

from oftasked import placing, provenance, site
from oftasked.cli import main, starting
from oftasked.problems import BuildError
from oftasked.provenance import Requirement, installed_from
from oftasked.scaffolding import site_name, site_url
from oftasked.starters import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Iterator

CHOICES = ("en", "zh", "en,zh", "zh,en")
AROUND = {
    ".gitattributes",
    ".github/workflows/faq.yml",
    ".gitignore",
    ".gitlab-ci.yml",
    ".pre-commit-config.yaml",
    ".vscode/extensions.json",
    ".vscode/settings.json",
    "README.md",
    "mkdocs.yml",
    "requirements.txt",
}
SCHEMA_COMMENT = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


def run(*arguments: str | Path, given: str = "") -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments], input=given)


def init(folder: Path, *arguments: str) -> Path:
    """Start a project without asking."""
    result = run("init", folder, "--no-input", *arguments)
    assert result.exit_code == 0, result.output
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


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
    ids=lambda param: "-".join(param),
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
    assert {command[0] for command in ours} == {"check", "build"}
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


# It says what somebody wants.


NAMES = [
    "Linden & Co. help",
    'it\'s "quoted": a # name',
    "- [x]: {y}",
    "yes",
    "2026-01-01",
    "!ENV HOME",
    "*bold* <b>&amp;</b> `code`",
    "帮助中心 🏠",
    "back\\slash \\n",
    "@language@ @site_url@ %s {0}",
    "two\nlines\tand\u2028more",
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_stands_in_the_configuration_and_on_the_site(name: str, tmp_path: Path) -> None:
    init(tmp_path, "--template", "blank", "--name", name)
    wanted = " ".join(name.replace("\u2028", " ").split())
    assert site.load(tmp_path / "mkdocs.yml").site_name == wanted
    assert "@" not in (tmp_path / "mkdocs.yml").read_text("utf-8").replace(wanted, "")
    heading = (tmp_path / "README.md").read_text("utf-8").splitlines()[0]
    assert heading.startswith("# ")
    assert re.sub(r"\\([\\`*_{}\[\]<>#|~&])", r"\1", heading[2:]) == wanted


def test_a_hostile_name_is_only_text_on_the_site(tmp_path: Path) -> None:
    name = "<script>alert(1)</script> \"'{{ config }}"
    init(tmp_path, "--template", "blank", "--name", name)
    result = run("build", "--strict", "-f", tmp_path / "mkdocs.yml")
    assert result.exit_code == 0, result.output
    for path, raw in contents(tmp_path / "site").items():
        if path.endswith(".html"):
            assert b"<script>alert" not in raw


@pytest.mark.parametrize("text", ["", " \n", "\x00\x1b", "\u2028"])
def test_a_name_of_nothing_is_refused(text: str) -> None:
    with pytest.raises(BuildError, match="write the site's title"):
        site_name(text)


@pytest.mark.parametrize(
    "text",
    [
        *("help.example.com", "ftp://example.com/", "https://", "https:///x", "http://[", "x y"),
        *("https://a.example/?q=1", "https://a.example/#top", "https://me:pw@a.example/"),
        *("https://a.example:99999/", "https://a.example/a b", 'https://a.example/"', "a\nb"),
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(BuildError, match="write it in full"):
        site_url(text)


def test_an_address_ends_in_a_slash() -> None:
    assert site_url(" https://team.github.io/help ") == "https://team.github.io/help/"
    assert site_url("http://localhost:8000/") == "http://localhost:8000/"
    assert site_url("https://例子.example/") == "https://例子.example/"


@pytest.mark.parametrize("text", ["", "fr", "en,fr", "en,en", "en zh", ","])
def test_languages_that_no_template_speaks_are_wrong_usage(text: str, tmp_path: Path) -> None:
    result = run("init", tmp_path / "new", "--languages", text)
    assert result.exit_code == 2
    assert "write one of them, or both" in result.output
    assert not (tmp_path / "new").exists()


def test_reviews_begin_on_the_day_of_the_start(tmp_path: Path) -> None:
    init(tmp_path, "--template", "blank", "--as-of", "2031-05-04")
    topic = (tmp_path / "faq/individual-help/contact.yml").read_text("utf-8")
    assert "    reviewed: 2031-05-04\n" in topic
    assert "    changed: 2026-11-22\n" in topic


def test_two_starts_on_one_day_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = (
        contents(init(tmp_path / name, "--as-of", "2030-01-01")) for name in ("one", "other")
    )
    assert one == other


def test_a_project_names_no_path_of_the_machine(blank: Path) -> None:
    here = str(Path(__file__).resolve().parent.parent)
    texts = {path: raw.decode() for path, raw in contents(blank).items()}
    assert [path for path, text in texts.items() if here in text or str(blank) in text] == []


# Questions are asked on a terminal only.


@pytest.fixture
def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "_is_terminal", lambda: True)


@pytest.mark.usefixtures("on_a_terminal")
def test_on_a_terminal_it_asks_for_what_no_option_says(tmp_path: Path) -> None:
    answers = "neither\nblank\nzh,xx\nzh,en\n\nhelp.me\nhttps://help.me\n"
    result = run("init", tmp_path, given=answers)
    assert result.exit_code == 0, result.output
    assert "帮助中心" in result.output  # the default title is in the default language
    assert site.project(tmp_path / "mkdocs.yml").languages == ("zh", "en")
    assert site.load(tmp_path / "mkdocs.yml").site_url == "https://help.me/"
    assert (tmp_path / "faq/prospects/deciding.en.yml").is_file()


@pytest.mark.usefixtures("on_a_terminal")
def test_it_asks_nothing_that_an_option_says(tmp_path: Path) -> None:
    given = (
        "--template",
        "blank",
        "--languages",
        "en",
        "--name",
        "A",
        "--url",
        "https://a.example",
    )
    result = run("init", tmp_path, *given)
    assert result.exit_code == 0, result.output
    assert "[" not in result.output


@pytest.mark.usefixtures("on_a_terminal")
def test_who_stops_answering_gets_no_half_project(tmp_path: Path) -> None:
    result = run("init", tmp_path / "new", given="blank\n")
    assert result.exit_code != 0
    assert not (tmp_path / "new").exists()


def test_elsewhere_it_takes_defaults(tmp_path: Path) -> None:
    result = run("init", tmp_path, "--template", "blank", given="never read\n")
    assert result.exit_code == 0, result.output
    assert site.project(tmp_path / "mkdocs.yml").languages == ("en",)


def test_it_says_what_to_put_right_and_what_to_do_next(tmp_path: Path) -> None:
    folder = tmp_path / "my shop"
    said = run("init", folder, "--template", "blank", "--no-input").output
    assert "faq/contacts.yml" in said
    assert "site_url" in said
    assert f"cd '{folder}'" in said
    named = re.findall(r"^  oftasked (\w+)", said, re.MULTILINE)
    assert named == [name for name in named if name in main.commands]
    assert len(named) == 3


# Nothing is lost.


def test_running_it_again_changes_no_byte(blank: Path) -> None:
    before = contents(blank)
    (blank / "faq" / "prospects" / "deciding.yml").write_text("entries: []\n")
    (blank / "faq" / "synonyms.yml").unlink()
    edited = contents(blank)
    init(blank, "--template", "shop", "--languages", "en,zh")
    assert contents(blank) == edited != before


@pytest.mark.parametrize("path", sorted(AROUND))
def test_a_file_that_is_there_is_left_and_a_missing_one_is_made(path: str, blank: Path) -> None:
    wanted = contents(blank)
    mine = b"site_name: mine\ntheme: {name: oftasked}\ndocs_dir: faq\nplugins: [oftasked]\n"
    (blank / path).write_bytes(mine)
    (blank / ".gitattributes").unlink()
    result = run("init", blank)
    assert result.exit_code == 0
    assert (blank / path).read_bytes() == (wanted[path] if path == ".gitattributes" else mine)
    assert (blank / ".gitattributes").read_bytes() == wanted[".gitattributes"]


def test_it_lists_what_it_wrote_and_what_it_left(blank: Path) -> None:
    (blank / "README.md").unlink()
    said = run("init", blank).output
    written, left = re.split("Left as it was.*\n", said.partition("Before you publish")[0])
    assert written.split()[-1] == "README.md"
    assert {"faq/", "mkdocs.yml", "requirements.txt"} <= set(left.split())


def test_a_folder_for_content_that_holds_only_a_tools_file_is_filled(tmp_path: Path) -> None:
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq" / ".gitkeep").touch()
    init(tmp_path, "--template", "blank")
    assert (tmp_path / "faq" / "contacts.yml").is_file()
    assert (tmp_path / "faq" / ".gitkeep").is_file()


def test_content_in_other_languages_is_left_and_the_rest_is_made(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Hilfe\ndocs_dir: faq\ntheme: {name: oftasked, language: de}\n"
        "plugins: [oftasked]\n"
    )
    result = run("init", tmp_path)
    assert result.exit_code == 1
    assert "the templates speak en and zh, not de" in result.output
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq" / "index.md").write_text("Hallo\n")
    init(tmp_path)
    assert {path for path in contents(tmp_path) if "schema" not in path} == AROUND | {
        "faq/index.md"
    }


# It refuses, saying what to do, before anything is written.


def refused(folder: Path, *arguments: str) -> str:
    result = run("init", folder, "--no-input", *arguments)
    assert result.exit_code == 1, result.output
    assert "Traceback" not in result.output
    return result.output


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    assert "is a file; name a folder" in refused(tmp_path / "file")
    assert "; " in refused(tmp_path / "file" / "below")


def test_the_installed_program_is_no_place(tmp_path: Path) -> None:
    package = Path(starting.__file__).parent.parent
    assert "choose a folder of your own" in refused(package / "templates" / "new")
    (tmp_path / "link").symlink_to(package)
    assert "choose a folder of your own" in refused(tmp_path / "link")


def test_a_project_of_another_kind_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Other\n")
    (tmp_path / "docs").mkdir()
    assert "plugin" in refused(tmp_path)
    own = "site_name: A\ntheme: {name: oftasked}\nplugins: [oftasked]\n"
    (tmp_path / "mkdocs.yml").write_text(own)
    assert "start in another folder" in refused(tmp_path)
    assert contents(tmp_path) == {"mkdocs.yml": own.encode()}


def test_languages_that_contradict_the_configuration_are_refused(blank: Path) -> None:
    assert "leave out --languages" in refused(blank, "--languages", "zh")


@pytest.mark.parametrize("name", [".github", ".vscode", "faq"])
def test_no_link_is_followed_out_of_the_folder(name: str, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / name).symlink_to(tmp_path / "elsewhere")
    assert "leads out of" in refused(tmp_path / "new", "--template", "blank")
    assert contents(tmp_path) == {}


def test_a_link_in_the_place_of_a_file_is_left(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "README.md").symlink_to(tmp_path / "nowhere")
    init(tmp_path / "new", "--template", "blank")
    assert not (tmp_path / "nowhere").exists()
    assert (tmp_path / "new" / "README.md").is_symlink()


def test_a_folder_in_the_place_of_another_kind_of_file_is_named(tmp_path: Path) -> None:
    (tmp_path / ".github").write_text("mine")
    assert "move it away" in refused(tmp_path, "--template", "blank")
    assert contents(tmp_path) == {".github": b"mine"}


def test_what_the_system_refuses_is_said_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, _raw: bytes) -> int:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    said = refused(tmp_path / "new", "--template", "blank")
    assert "Permission denied; choose another folder" in said
    assert contents(tmp_path) == {}


# Nothing is ever half there.


def test_a_start_that_fails_midway_leaves_no_content_and_no_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path.write_bytes
    written: list[Path] = []

    def run_full(path: Path, raw: bytes) -> int:
        written.append(path)
        if len(written) == 5:
            whole(path, raw[:10])
            raise OSError(28, "No space left on device", str(path))
        return whole(path, raw)

    monkeypatch.setattr(Path, "write_bytes", run_full)
    assert "No space left" in refused(tmp_path, "--template", "blank")
    assert contents(tmp_path) == {}
    monkeypatch.undo()
    init(tmp_path, "--template", "blank")


def test_a_killed_start_leaves_whole_files_and_can_be_repeated(tmp_path: Path) -> None:
    code = "import sys; sys.argv[0] = 'oftasked'; from oftasked.cli import main; main()"
    folder = tmp_path / "new"
    arguments = ["init", str(folder), "--template", "blank", "--no-input", "--as-of", "2030-01-01"]
    wanted = contents(init(tmp_path / "whole", "--template", "blank", "--as-of", "2030-01-01"))
    process = subprocess.Popen([sys.executable, "-c", code, *arguments])
    while process.poll() is None and not list(folder.glob("*")):
        time.sleep(0.001)
    process.kill()
    process.wait()
    run("init", folder, "--no-input", "--template", "blank", "--as-of", "2030-01-01")
    there = contents(folder)
    assert {path: there.get(path) for path in wanted} == wanted
    assert [path for path in there if path not in wanted and "oftasked-" in path] == []


def test_a_file_that_appears_meanwhile_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path.write_bytes

    def write_late(path: Path, raw: bytes) -> int:
        (tmp_path / "a").write_text("somebody else's")
        return whole(path, raw)

    monkeypatch.setattr(Path, "write_bytes", write_late)
    placing.place(tmp_path, {"a": b"ours"})
    assert (tmp_path / "a").read_text() == "somebody else's"
    assert list(tmp_path.iterdir()) == [tmp_path / "a"]


def test_files_are_placed_where_there_are_no_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path, _target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    placing.place(tmp_path, {"a/b": b"ours"})
    assert contents(tmp_path) == {"a/b": b"ours"}


# A pipeline installs the same version.


@pytest.mark.parametrize(
    ("record", "line"),
    [
        (
            {"url": "https://git.example/o.git", "vcs_info": {"vcs": "git", "commit_id": "ab12"}},
            "oftasked @ git+https://git.example/o.git@ab12",
        ),
        (
            {"url": "https://a.example/oftasked-0.1.0-py3-none-any.whl", "archive_info": {}},
            "oftasked @ https://a.example/oftasked-0.1.0-py3-none-any.whl",
        ),
        (
            {"url": "file:///home/me/oftasked", "dir_info": {"editable": True}},
            "./wheels/oftasked-0.1.0-py3-none-any.whl",
        ),
        (
            {"url": "file:///gone/oftasked-0.1.0-py3-none-any.whl", "archive_info": {}},
            "./wheels/oftasked-0.1.0-py3-none-any.whl",
        ),
        (
            {"url": "file:///home/me/o", "vcs_info": {"vcs": "git", "commit_id": "ab12"}},
            "./wheels/oftasked-0.1.0-py3-none-any.whl",
        ),
    ],
)
def test_a_pipeline_installs_what_is_installed_here(record: dict[str, Any], line: str) -> None:
    assert installed_from(record) == Requirement(line)


def test_a_copy_from_an_index_is_named_by_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    class Distribution:
        def read_text(self, _name: str) -> None:
            return None

    monkeypatch.setattr(metadata, "distribution", lambda _name: Distribution())
    assert provenance.requirement() == Requirement("oftasked==0.1.0")


def test_the_wheel_that_was_installed_travels_with_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = tmp_path / "a b" / "oftasked-0.1.0-py3-none-any.whl"
    wheel.parent.mkdir()
    wheel.write_bytes(b"PK")
    needed = installed_from({"url": wheel.as_uri(), "archive_info": {}})
    monkeypatch.setattr(provenance, "requirement", lambda: needed)
    init(tmp_path / "new", "--template", "blank")
    assert (tmp_path / "new" / "wheels" / wheel.name).read_bytes() == b"PK"
    required = (tmp_path / "new" / "requirements.txt").read_text("utf-8")
    assert required == f"./wheels/{wheel.name}\n"


def test_a_wheel_that_is_missing_is_announced(tmp_path: Path) -> None:
    said = run("init", tmp_path, "--template", "blank", "--no-input").output
    if (tmp_path / "requirements.txt").read_text().startswith("./wheels/"):
        assert "pip wheel --no-deps --wheel-dir wheels" in said
