"""What the tests of `oftasked init` share: running it, and looking at what it made."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from oftasked.cli import main

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
"""What a new project has beside its content and its schemas."""


def run(*arguments: str | Path, given: str = "") -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments], input=given)


def init(folder: Path, *arguments: str) -> Path:
    """Start a project without asking."""
    result = run("init", folder, "--no-input", *arguments)
    assert result.exit_code == 0, result.output
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
