"""The README's tour can be walked, and its pictures are those of the product."""

from __future__ import annotations

import json
import os
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

import screenshots
from oftasked.cli import main

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
YAML_BLOCK = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)
PICTURE = re.compile(r'<img src="docs/screenshots/([\w-]+)\.webp"')
LARGEST_PICTURE = 60 * 1024


@dataclass(frozen=True, slots=True)
class Step:
    """One command of the tour: its arguments, and what it printed."""

    arguments: tuple[str, ...]
    output: str


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Step]]:
    """Walk the tour: the folder where it ends, and its steps. A preview is not waited for."""
    before = Path.cwd()
    os.chdir(tmp_path_factory.mktemp("tour"))
    try:
        return Path.cwd() / "my-shop", list(filter(None, map(walk, commands())))
    finally:
        os.chdir(before)


def commands() -> list[list[str]]:
    lines = "\n".join(SHELL_BLOCK.findall(README)).splitlines()
    return [shlex.split(line, comments=True) for line in lines if line]


def walk(words: list[str]) -> Step | None:
    """Do one line of the tour; the installation has been done for this test already."""
    if words[0] == "cd":
        os.chdir(words[1])
    if words[0] != "oftasked":
        return None
    arguments = words[1:] if words[1] != "serve" else ["serve", "--help"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, f"{words}: {result.output}"
    return Step(tuple(words[1:]), result.output)


def printed(tour: tuple[Path, list[Step]], command: str) -> str:
    [first, *_] = (step.output for step in tour[1] if step.arguments[0] == command)
    return first


def test_the_tour_shows_every_command_that_a_beginner_needs(
    tour: tuple[Path, list[Step]],
) -> None:
    walked = {step.arguments[0] for step in tour[1]}
    assert walked >= {"init", "serve", "search", "new", "check", "build"}


def test_the_tour_ends_with_a_site(tour: tuple[Path, list[Step]]) -> None:
    added = "q/can-you-deliver-to-a-boat-in-the-marina/index.html"
    assert (tour[0] / "site" / added).is_file()
    assert (tour[0] / "site" / "zh" / added).is_file()


def test_the_tour_finds_the_parcel_despite_its_misspelling(
    tour: tuple[Path, list[Step]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tour[0])
    [question] = [step.arguments for step in tour[1] if step.arguments[0] == "search"]
    found = json.loads(CliRunner().invoke(main, [*question, "--json"]).output)
    assert found["hits"][0]["id"] == "parcel-late"
    assert found["confident"]


def test_the_tour_shows_the_lines_that_the_command_writes(tour: tuple[Path, list[Step]]) -> None:
    [shown] = YAML_BLOCK.findall(README)
    written = tour[0] / "faq" / "new-customers" / "delivery.yml"
    assert shown in written.read_text(encoding="utf-8")


def test_the_translation_is_all_that_the_tour_leaves_to_do(
    tour: tuple[Path, list[Step]],
) -> None:
    told = printed(tour, "check")
    assert "1 warning" in told
    assert "is not written in `zh`" in told


def test_the_readme_shows_the_pictures_that_are_taken() -> None:
    assert PICTURE.findall(README) == [shot.name for shot in screenshots.SHOTS]
    kept = sorted(picture.name for picture in screenshots.PICTURES.iterdir())
    assert kept == sorted(f"{shot.name}.webp" for shot in screenshots.SHOTS)


@pytest.mark.parametrize("shot", screenshots.SHOTS, ids=lambda shot: shot.name)
def test_a_picture_is_small(shot: screenshots.Shot) -> None:
    picture = (screenshots.PICTURES / f"{shot.name}.webp").read_bytes()
    assert picture[:4] == b"RIFF"
    assert picture[8:12] == b"WEBP"
    assert len(picture) <= LARGEST_PICTURE


def test_the_picture_of_the_search_asks_what_the_tour_asks() -> None:
    [typed] = [shot.typed for shot in screenshots.SHOTS if shot.typed]
    assert f'oftasked search "{typed}"' in README
    assert f"“{typed}”" in README
