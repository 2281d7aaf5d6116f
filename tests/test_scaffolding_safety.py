"""`oftasked init` never costs what is there, and leaves nothing half."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from oftasked import placing
from oftasked.cli import starting
from starting_anew import AROUND, contents, init, run


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    return init(tmp_path / "blank", "--template", "blank", "--languages", "en,zh")


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
    assert there.keys() == wanted.keys()


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
