"""Setting up: locks that hold, and scripts that say what is missing by name."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt")
SCRIPTS = sorted(path.name for path in (ROOT / "scripts").iterdir())
SHELL_TOOLS = ("dirname", "fc-list", "id", "sed", "sh", "uname")


def requirements(lock: str) -> dict[str, list[str]]:
    """Each pinned requirement of a lock, with its hashes."""
    lines = (ROOT / lock).read_text("utf-8").replace("\\\n", " ").splitlines()
    return {
        line.partition(" --hash")[0].strip(): re.findall(r"sha256:\w{64}", line) for line in lines
    }


def script(name: str, *arguments: str, path: Path, **environment: str) -> tuple[int, str]:
    """Run a set-up script with nothing but ``path`` to find programs; its status and words."""
    done = subprocess.run(
        ["/bin/sh", ROOT / "scripts" / name, *arguments],
        env={"PATH": str(path), **environment},
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stderr


def program(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder of programs with a shell's usual tools: no browser, no Node, no apt-get."""
    for name in SHELL_TOOLS:
        found = shutil.which(name)
        if found:
            (tmp_path / name).symlink_to(found)
    return tmp_path


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_and_hashed(lock: str) -> None:
    locked = requirements(lock)
    assert locked
    assert [name for name in locked if not re.match(r"[\w.-]+==\S+", name)] == []
    assert [name for name, hashes in locked.items() if not hashes] == []


def test_a_lock_names_no_index() -> None:
    assert [lock for lock in LOCKS if "://" in (ROOT / lock).read_text("utf-8")] == []
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text("utf-8")


def test_development_runs_on_what_visitors_of_the_package_get() -> None:
    assert requirements("requirements.txt").items() <= requirements("requirements-dev.txt").items()


def test_the_lock_of_the_browser_checks_fits_what_they_ask_for() -> None:
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))["devDependencies"]
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    assert lock["packages"][""]["devDependencies"] == wanted
    own = lock["packages"]["node_modules/@biomejs/biome"]
    names = {f"node_modules/{name}" for name in own["optionalDependencies"]}
    assert names <= set(lock["packages"])


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_a_program(name: str) -> None:
    path = ROOT / "scripts" / name
    assert path.stat().st_mode & 0o111
    assert subprocess.run(["sh", "-n", path], check=False).returncode == 0


def test_missing_node_is_named(bare: Path) -> None:
    status, words = script("need-node", path=bare)
    assert status == 1
    assert "node is missing" in words


def test_an_old_node_is_named(bare: Path) -> None:
    program(bare, "node", "echo v18.20.4")
    program(bare, "npm", "exit 0")
    status, words = script("need-node", path=bare)
    assert status == 1
    assert "v18.20.4 is too old" in words


def test_a_missing_browser_is_named(bare: Path) -> None:
    status, words = script("need-browser", path=bare, CHROMIUM="/nowhere/chromium")
    assert status == 1
    assert "Chromium" in words
    assert "apt-get install chromium fonts-noto-cjk" in words


def test_root_on_debian_gets_what_is_missing(bare: Path) -> None:
    for name in ("id", "fc-list"):
        (bare / name).unlink(missing_ok=True)
    program(bare, "id", "echo 0")
    program(bare, "fc-list", f"[ ! -e {bare}/installed ] || echo a font")
    program(bare, "apt-get", f'[ "$1" = update ] || echo "$@" > {bare}/installed')
    program(bare, "chromium", "exit 0")
    assert script("need-browser", path=bare) == (0, "")
    asked_for = (bare / "installed").read_text("utf-8").split()
    assert asked_for[-2:] == ["chromium", "fonts-noto-cjk"]


def test_a_browser_can_be_named(bare: Path) -> None:
    program(bare, "my-browser", "exit 0")
    status, words = script("find-chromium", path=bare, CHROMIUM="my-browser")
    assert (status, words) == (0, "")


def test_a_missing_python_is_named(bare: Path) -> None:
    status, words = script("python-environment", "requirements.txt", path=bare, PYTHON="python9")
    assert status == 1
    assert "python9 is missing" in words


def test_an_old_python_is_named(bare: Path) -> None:
    program(bare, "python3", '[ "$1" = --version ] && echo Python 3.9.1 || exit 1')
    status, words = script("python-environment", "requirements.txt", path=bare)
    assert status == 1
    assert "Python 3.9.1 is too old" in words
