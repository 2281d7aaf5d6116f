"""The wheel alone, in an empty folder, without this checkout: what a stranger gets."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parent.parent
CONFIGURATION = """\
site_name: A small shop
site_url: https://help.example.com/
docs_dir: faq
theme: {name: oftasked, language: en}
plugins:
  - oftasked:
      languages: [en, zh]
"""
TOPIC = """\
topic: {title: Delivery}
entries:
  - id: delivery-time
    question: How long does delivery take?
    answer: Two to four working days. [Track it](faq:track-parcel).
    also_asked: [when will my parcel arrive]
    asked: 7
  - id: track-parcel
    question: Where is my parcel?
    answer: |
      Open *Orders* and choose **Track**.

      ```console
      $ track PARCEL
      ```
"""
TRANSLATION = """\
entries:
  - id: delivery-time
    question: 配送需要多长时间？
    answer: 两到四个工作日。
"""


def run(
    *command: str | Path, folder: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a program outside of the checkout; its failure is the test's, in its own words."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    clean |= environment or {}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=clean,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet")
    offline = ("--no-index", "--no-deps", "--no-build-isolation")
    run(*pip, *offline, "--wheel-dir", folder, ROOT, folder=folder)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="session")
def stranger(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that holds the wheel and its dependencies only.

    The dependencies are lent by a path file; an editable installation beside them is not, because
    a path file's folders are searched for modules, not for further path files.
    """
    folder = tmp_path_factory.mktemp("stranger") / "env"
    venv.create(folder, with_pip=False, symlinks=True)
    programs = folder / "bin"
    python = programs / "python"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python)
    run(*pip, "install", "--quiet", "--no-index", "--no-deps", wheel, folder=folder)
    where = run(
        python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=folder
    )
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    Path(where.stdout.strip(), "lent.pth").write_text("\n".join(sorted(lent)) + "\n", "utf-8")
    return programs


def knowledge_base(folder: Path) -> Path:
    """Write two entries in two languages."""
    topics = folder / "faq" / "new-customers"
    topics.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(CONFIGURATION, "utf-8")
    (topics / "delivery.yml").write_text(TOPIC, "utf-8")
    (topics / "delivery.zh.yml").write_text(TRANSLATION, "utf-8")
    return folder


def contents(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def test_the_wheel_holds_everything_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    top = {name.partition("/")[0] for name in names}
    assert {name for name in top if not name.endswith(".dist-info")} == {
        "oftasked",
        "oftasked_search",
        "oftasked_theme",
    }
    wanted = {
        "oftasked/py.typed",
        "oftasked/templates/blank/faq/index.zh.md",
        "oftasked/templates/project/github-workflow.yml",
        "oftasked/templates/shop/faq/asks.csv",
        "oftasked/templates/shop/faq/new-customers/delivery.zh.yml",
        "oftasked_search/FORMAT.md",
        "oftasked_search/runtime/cli.mjs",
        "oftasked_search/runtime/oftasked-search.js",
        "oftasked_theme/main.html",
        "oftasked_theme/messages/en.toml",
        "oftasked_theme/messages/zh.toml",
        "oftasked_theme/mkdocs_theme.yml",
        "oftasked_theme/partials/oftasked/entry.html",
    }
    assert wanted <= set(names)
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]


def test_the_installed_product_is_the_wheel_not_the_checkout(
    stranger: Path, tmp_path: Path
) -> None:
    code = "import oftasked, oftasked_search, oftasked_theme as t; print(oftasked.__file__)"
    where = run(stranger / "python", "-c", code, folder=tmp_path).stdout
    assert str(ROOT) not in where
    assert str(stranger.parent) in where


def test_the_command_tells_its_version(stranger: Path, tmp_path: Path) -> None:
    assert "0.1.0" in run(stranger / "oftasked", "--version", folder=tmp_path).stdout


def test_plain_mkdocs_builds_with_the_plugin_alone(stranger: Path, tmp_path: Path) -> None:
    folder = knowledge_base(tmp_path / "shop")
    run(stranger / "python", "-m", "mkdocs", "build", "--strict", folder=folder)
    site = contents(folder / "site")
    assert "How long does delivery take?" in site["q/delivery-time/index.html"].decode()
    sources = (".yml", ".csv", ".toml", ".typed", ".py")
    assert [name for name in site if name.endswith(sources)] == []


@pytest.mark.parametrize("template", ["shop", "blank"])
def test_a_project_started_from_the_wheel_builds_and_carries_the_wheel(
    template: str, wheel: Path, stranger: Path, tmp_path: Path
) -> None:
    options = ("--template", template, "--languages", "zh,en", "--no-input")
    run(stranger / "oftasked", "init", "help", *options, folder=tmp_path)
    folder = tmp_path / "help"
    assert (folder / "wheels" / wheel.name).read_bytes() == wheel.read_bytes()
    run(stranger / "oftasked", "check", "--strict", folder=folder)
    run(stranger / "oftasked", "build", "--strict", folder=folder)
    assert (folder / "site" / "en" / "index.html").is_file()
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python")
    install = ("install", "--no-index", "--no-deps", "--dry-run", "--force-reinstall")
    said = run(
        *pip, stranger / "python", *install, "--requirement", "requirements.txt", folder=folder
    )
    assert "Would install oftasked-0.1.0" in said.stdout


def test_two_builds_anywhere_give_the_same_bytes(stranger: Path, tmp_path: Path) -> None:
    built = []
    for name, zone, seed in (("here", "Pacific/Auckland", "1"), ("else/where", "Etc/GMT+12", "2")):
        folder = knowledge_base(tmp_path / name)
        command = (stranger / "oftasked", "build", "--strict", "--as-of", "2026-06-01")
        run(*command, folder=folder, environment={"TZ": zone, "PYTHONHASHSEED": seed})
        built.append(contents(folder / "site"))
    here, elsewhere = built
    assert here.keys() == elsewhere.keys()
    assert [name for name in here if here[name] != elsewhere[name]] == []
    assert "配送需要多长时间" in here["zh/q/delivery-time/index.html"].decode()
