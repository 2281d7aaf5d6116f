"""What `oftasked init` says when it is done: what it wrote, what to put right, what to do next.

It is said in the project's default language, like the note for editors that stands in the project.
"""

from __future__ import annotations

import itertools
import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from oftasked.dates import shown
from oftasked.placing import Placed
from oftasked.provenance import WHEELS, Requirement
from oftasked.scaffolding import EXAMPLE_URL, FAQ, Wanted

_FEW = 3
"""So many files of a folder are named, more are counted."""
_COLUMN = 20
"""Where explanations begin, in characters from that of the names."""

_CHINESE = {
    "Written{}:": "已写入{}：",
    "Left as it was{}:": "保持原样{}：",
    " in {}": "（{}）",
    "{} ({} files)": "{}（{} 个文件）",
    "Before you publish, put right:": "正式上线之前，请先改好：",
    "your own addresses, numbers and hours": "换成您自己的邮箱、电话和服务时间",
    "site_url: the address that the site will have": "site_url：网站将来的网址",
    "is missing, and the pipelines install it; to make it:": "还没有，而流水线要安装它；生成方法：",
    "pip wheel --no-deps --wheel-dir {} SOURCE-FOLDER": (
        "pip wheel --no-deps --wheel-dir {} 源代码文件夹"
    ),
    "Next:": "接下来：",
    "shows the site and follows every change": "显示网站，保存后立即更新",
    "adds an entry": "添加条目",
    "finds mistakes": "检查错误",
}
_TEXTS: Mapping[str, Mapping[str, str]] = {"zh": _CHINESE}
"""What is said in other languages, by the English text."""


@dataclass(frozen=True, slots=True)
class _Words:
    """What is said, in one language; in English where we do not speak it."""

    lang: str

    def __call__(self, text: str, *values: object) -> str:
        """Return a text in this language, with values in its places."""
        return _TEXTS.get(self.lang, {}).get(text, text).format(*values)


def say(folder: Path, wanted: Wanted, needed: Requirement, placed: Iterable[Placed]) -> None:
    """Say what was written and what was there before, what to put right, and what to do next."""
    words = _Words(wanted.languages[0])
    for line in (
        *_report(folder, tuple(placed), words),
        *_faults(folder, wanted, needed, words),
        *_next(folder, words),
    ):
        click.echo(line)


def _report(folder: Path, placed: Iterable[Placed], words: _Words) -> Iterator[str]:
    place = "" if folder == Path() else words(" in {}", shown(folder))
    written = [path for each in placed for path in each.written]
    kept = [path for each in placed for path in each.kept]
    for what, paths in (("Written{}:", written), ("Left as it was{}:", kept)):
        if paths:
            yield _heading(words(what, place))
            yield from (f"  {each}" for each in _summed_up(paths, words))


def _summed_up(paths: Iterable[str], words: _Words) -> Iterator[str]:
    """Name files, and of the folders that hold more than a few the number of files."""
    for top, found in itertools.groupby(sorted(paths), lambda path: path.partition("/")[0]):
        files = [path for path in found if not path.endswith("/")]
        if len(files) > _FEW:
            yield words("{} ({} files)", f"{top}/", len(files))
        else:
            yield from files or [f"{top}/"]


def _faults(folder: Path, wanted: Wanted, needed: Requirement, words: _Words) -> Iterator[str]:
    """Say what to put right first."""
    yield _heading(words("Before you publish, put right:"), apart=True)
    yield _row(f"{FAQ}/contacts.yml", words("your own addresses, numbers and hours"))
    if wanted.url == EXAMPLE_URL:
        yield _row("mkdocs.yml", words("site_url: the address that the site will have"))
    wheel = needed.wanted_wheel
    if wheel and not (folder / wheel).exists():
        yield f"  {wheel}"
        yield _row("", words("is missing, and the pipelines install it; to make it:"))
        yield _row("", words("pip wheel --no-deps --wheel-dir {} SOURCE-FOLDER", WHEELS))


def _next(folder: Path, words: _Words) -> Iterator[str]:
    """Say what to do next."""
    yield _heading(words("Next:"), apart=True)
    if folder.resolve() != Path.cwd():
        yield f"  cd {shlex.quote(str(folder))}"
    yield _row("oftasked serve", words("shows the site and follows every change"))
    yield _row("oftasked new", words("adds an entry"))
    yield _row("oftasked check", words("finds mistakes"))


def _heading(text: str, *, apart: bool = False) -> str:
    return ("\n" if apart else "") + click.style(text, bold=True)


def _row(name: str, meaning: str) -> str:
    return f"  {name:<{_COLUMN}}{meaning}"
