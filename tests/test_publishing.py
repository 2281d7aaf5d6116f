"""Publishing: the new site takes the old one's place at once, and nothing else is touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from oftasked import publishing
from oftasked.problems import BuildError
from support import write


def published(folder: Path, files: dict[str, str]) -> bool:
    with publishing.staging_folder(folder / "site") as staging:
        write(staging, files)
        publishing.write_manifest(staging)
        return publishing.publish(staging, folder / "site")


def content(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != publishing.MANIFEST
    }


def test_the_first_site_appears_whole(tmp_path: Path) -> None:
    assert published(tmp_path, {"index.html": "1"})
    assert content(tmp_path / "site") == {"index.html": "1"}


def test_a_new_site_replaces_the_old_one_and_leaves_no_trace_of_it(tmp_path: Path) -> None:
    published(tmp_path, {"index.html": "1", "old/a.html": "1"})
    published(tmp_path, {"index.html": "2"})
    assert content(tmp_path / "site") == {"index.html": "2"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_files_of_others_are_carried_over(tmp_path: Path) -> None:
    published(tmp_path, {"index.html": "1"})
    write(tmp_path / "site", {"CNAME": "help.example.com"})
    published(tmp_path, {"index.html": "2"})
    assert content(tmp_path / "site") == {"CNAME": "help.example.com", "index.html": "2"}


@pytest.mark.parametrize("exchange", [True, False])
def test_file_by_file_gives_the_same_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool
) -> None:
    if not exchange:
        monkeypatch.setattr(publishing, "_exchange", lambda one, other: False)
    published(tmp_path, {"a/b/c.html": "1", "d.html": "1"})
    assert published(tmp_path, {"d.html": "2"}) is exchange
    assert content(tmp_path / "site") == {"d.html": "2"}
    assert not (tmp_path / "site" / "a").exists()


def test_a_folder_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "site", {"thesis.txt": "years of work"})
    with pytest.raises(BuildError, match="not made by this program"):
        published(tmp_path, {"index.html": "1"})
    assert content(tmp_path / "site") == {"thesis.txt": "years of work"}


def test_the_manifest_lists_every_file_with_its_hash(tmp_path: Path) -> None:
    published(tmp_path, {"b.html": "", "a/x.txt": "x"})
    files = json.loads((tmp_path / "site" / publishing.MANIFEST).read_text())["files"]
    assert list(files) == ["a/x.txt", "b.html"]
    assert files["b.html"] == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_file_of_others_gives_way_to_one_of_ours(tmp_path: Path) -> None:
    published(tmp_path, {"index.html": "1"})
    write(tmp_path / "site", {"faq.json/note": "theirs", "q": "theirs"})
    (tmp_path / "site/gone").symlink_to("nowhere")
    published(tmp_path, {"faq.json": "ours", "q/a/index.html": "ours"})
    assert content(tmp_path / "site") == {"faq.json": "ours", "q/a/index.html": "ours"}
    assert (tmp_path / "site/gone").is_symlink()


def test_what_a_killed_build_left_is_cleared_but_not_what_a_running_one_needs(
    tmp_path: Path,
) -> None:
    write(
        tmp_path, {".site-oftasked-killed/index.html": "half", ".site-backup1/index.html": "mine"}
    )
    with publishing.staging_folder(tmp_path / "site") as running:
        published(tmp_path, {"index.html": "1"})
        assert running.is_dir()
        assert not (tmp_path / ".site-oftasked-killed").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site-backup1", "site"]
