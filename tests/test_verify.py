"""A published site can be compared with what was built."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from oftasked import publishing
from oftasked.cli import main
from oftasked.integrity import differences
from oftasked.problems import BuildError
from support import write


@pytest.fixture
def site(tmp_path: Path) -> Path:
    with publishing.staging_folder(tmp_path / "site") as staging:
        write(staging, {"index.html": "1", "q/a/index.html": "2", "b.css": "3"})
        publishing.write_manifest(staging)
        publishing.publish(staging, tmp_path / "site")
    return tmp_path / "site"


def said(site: Path) -> list[str]:
    return [str(problem).partition(";")[0] for problem in differences(site, shown_as="site")]


def test_a_site_as_it_was_built_differs_in_nothing(site: Path) -> None:
    assert said(site) == []
    result = CliRunner().invoke(main, ["verify", str(site)])
    assert result.exit_code == 0
    assert "3 files, as it was built" in result.stdout


def test_files_missing_changed_and_added_are_named(site: Path) -> None:
    (site / "b.css").unlink()
    (site / "q/a/index.html").write_text("1")
    write(site, {"CNAME": "x"})
    assert said(site) == [
        "site/CNAME:1:1: warning: the file is none of the site's own",
        "site/b.css:1:1: the file is missing",
        "site/q/a/index.html:1:1: the file is not what was built",
    ]
    result = CliRunner().invoke(main, ["verify", str(site), "--json"])
    assert result.exit_code == 1
    assert [each["path"][-5:] for each in json.loads(result.stdout)] == ["CNAME", "b.css", ".html"]


def test_a_file_that_became_a_link_is_not_what_was_built(site: Path) -> None:
    (site / "b.css").rename(site.parent / "b.css")
    (site / "b.css").symlink_to(site.parent / "b.css")
    assert said(site) == ["site/b.css:1:1: the file is not what was built"]


def test_added_files_fail_a_strict_comparison_only(site: Path) -> None:
    write(site, {"CNAME": "x"})
    assert CliRunner().invoke(main, ["verify", str(site)]).exit_code == 0
    assert CliRunner().invoke(main, ["verify", str(site), "--strict"]).exit_code == 1


@pytest.mark.parametrize("text", ["", "{}", '{"format": 2, "files": {}}', "[]", '{"format": 1}'])
def test_a_manifest_that_cannot_be_read_is_said(site: Path, text: str) -> None:
    (site / publishing.MANIFEST).write_text(text)
    with pytest.raises(BuildError, match=r"cannot be read|unknown format"):
        differences(site, shown_as="site")
    assert CliRunner().invoke(main, ["verify", str(site)]).exit_code == 1
