"""`oftasked init` says what somebody wants, and asks for it where somebody can answer."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from oftasked import provenance, site
from oftasked.cli import main, starting
from oftasked.problems import BuildError
from oftasked.provenance import Requirement, installed_from
from oftasked.scaffolding import site_name, site_url
from starting_anew import contents, init, run

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
        *(
            "foo",
            "me@example.com",
            "ftp://example.com/",
            "https://",
            "https:///x",
            "http://[",
            "x y",
        ),
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


def test_an_address_without_its_scheme_is_one_of_https() -> None:
    assert site_url("help.example.com") == "https://help.example.com/"
    assert site_url("team.github.io/faq") == "https://team.github.io/faq/"


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


def test_a_project_names_no_path_of_the_machine(tmp_path: Path) -> None:
    blank = init(tmp_path, "--template", "blank")
    here = str(Path(__file__).resolve().parent.parent)
    texts = {path: raw.decode() for path, raw in contents(blank).items()}
    assert [path for path, text in texts.items() if here in text or str(blank) in text] == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_note_for_editors_names_commands_and_files_that_exist(
    lang: str, tmp_path: Path
) -> None:
    init(tmp_path, "--template", "blank", "--languages", lang)
    note = (tmp_path / "README.md").read_text("utf-8")
    named = re.findall(r"^oftasked (\w+)", note, re.MULTILINE)
    assert set(named) == {"serve", "new", "check", "test"} <= set(main.commands)
    files = re.findall(r"`((?:\.|faq/)[\w./-]+\.(?:yml|yaml|csv))`", note)
    assert len(files) > 3
    assert [path for path in files if not (tmp_path / path).is_file()] == []
    [example] = re.findall(r"^```yaml\n(.*?)^```", note, re.MULTILINE | re.DOTALL)
    topic = tmp_path / "faq/individual-help/contact.yml"
    topic.write_text(f"{topic.read_text('utf-8')}\n{example}", "utf-8")
    result = run("check", "--strict", "-f", tmp_path / "mkdocs.yml")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_note_for_editors_asks_for_an_address_only_if_none_was_given(
    lang: str, tmp_path: Path
) -> None:
    chosen = ("--template", "blank", "--languages", lang)
    without = init(tmp_path / "without", *chosen) / "README.md"
    given = init(tmp_path / "given", *chosen, "--url", "https://a.example/") / "README.md"
    [asking] = [line for line in without.read_text("utf-8").splitlines() if "`site_url`" in line]
    assert given.read_text("utf-8") == without.read_text("utf-8").replace(f"{asking}\n", "")


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


def test_whoever_starts_in_chinese_is_told_in_chinese_what_to_do_next(tmp_path: Path) -> None:
    chosen = ("--template", "blank", "--languages", "zh", "--no-input")
    first, second = (run("init", tmp_path, *chosen).output for _ in range(2))
    assert "正式上线之前" in first
    for said in (first, second):
        assert re.findall(r"^  oftasked (\w+)", said, re.MULTILINE) == ["serve", "new", "check"]
        assert re.search(r"(?!DIR|SOURCE)\b[A-Z][a-z]+ [a-z]+", said) is None


def test_whoever_has_another_default_language_is_told_in_english(tmp_path: Path) -> None:
    config = "site_name: Hilfe\ndocs_dir: faq\ntheme: {name: oftasked, language: de}\n"
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq" / "index.md").write_text("Hallo\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text(f"{config}plugins: [oftasked]\n", "utf-8")
    assert "Before you publish" in run("init", tmp_path, "--no-input").output
