"""What a shell may complete an option's value with: audiences, topics, entries, languages.

Somebody waits for these at a prompt: files are searched as text, not loaded and checked, and any
fault means that nothing is proposed.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from oftasked.bilingual import LANGUAGES
from oftasked.defaults import default_audiences

MOST = 2000
"""More would only scroll by."""

_ID = re.compile(r"""(?:^|[{,\s])id:[ \t]*["']?([a-z0-9]+(?:-[a-z0-9]+)*)""", re.MULTILINE)
_KEY = re.compile(r"^( +)([\w-]+):", re.MULTILINE)
_TAGS = re.compile(r"^\s+tags:[ \t]*\[([^\]]*)\]", re.MULTILINE)
_DOCS_DIR = re.compile(r"""^docs_dir:[ \t]*["']?([^"'#\n]+?)["']?[ \t]*(?:#.*)?$""", re.MULTILINE)
_LANGUAGE = re.compile(r"""\blanguage:[ \t]*["']?([A-Za-z-]+)""")
_LANGUAGES = re.compile(r"\blanguages:[ \t]*\[([^\]]*)\]")
_LANGUAGE_ITEMS = re.compile(r"\blanguages:[ \t]*((?:\n[ \t]*-[ \t]*[\"'\w-]+)+)")

Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def _completer(proposed: Callable[[click.Context], Iterable[str]]) -> Completer:
    """Return what click calls: those of the proposed that begin as typed; nothing on a fault."""

    @functools.wraps(proposed)
    def complete(
        ctx: click.Context, _parameter: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        try:
            found = sorted({each for each in proposed(ctx) if each.startswith(incomplete)})
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return []
        return [CompletionItem(each) for each in found[:MOST]]

    return complete


@_completer
def entry_ids(ctx: click.Context) -> Iterable[str]:
    """Propose the id of every entry."""
    for path in _topic_files(_faq(ctx)):
        yield from _ID.findall(_text(path))


@_completer
def topics(ctx: click.Context) -> Iterable[str]:
    """Propose the topics, of the audience that was named if one was."""
    audience = ctx.params.get("audience")
    for path in _topic_files(_faq(ctx)):
        if not audience or path.parent.name == audience:
            yield path.stem.split(".")[0]


@_completer
def audiences(ctx: click.Context) -> Iterable[str]:
    """Propose the audiences that are declared, or else the default four."""
    declared = _faq(ctx) / "audiences.yml"
    if declared.is_file():
        return _ID.findall(_text(declared))
    return [audience.id for audience in default_audiences(("en",))]


@_completer
def contacts(ctx: click.Context) -> Iterable[str]:
    """Propose the departments."""
    text = "\n" + _text(_faq(ctx) / "contacts.yml")
    keys = _KEY.findall(text.partition("\ncontacts:")[2])
    return [name for indent, name in keys if indent == keys[0][0]]


@_completer
def tags(ctx: click.Context) -> Iterable[str]:
    """Propose the tags that other entries have."""
    for path in _topic_files(_faq(ctx)):
        for listed in _TAGS.findall(_text(path)):
            yield from _listed(listed)


@_completer
def languages(ctx: click.Context) -> Iterable[str]:
    """Propose the languages of the site."""
    text = _text(_config_file(ctx))
    yield from _LANGUAGE.findall(text)
    for listed in (*_LANGUAGES.findall(text), *_LANGUAGE_ITEMS.findall(text)):
        yield from _listed(listed.replace("\n", ",").replace("- ", ""))


@_completer
def template_languages(_ctx: click.Context) -> Iterable[str]:
    """Propose what the templates speak: one language, or several, the default one first."""
    for count in range(1, len(LANGUAGES) + 1):
        yield from map(",".join, itertools.permutations(LANGUAGES, count))


def _listed(text: str) -> list[str]:
    """Return the items of a list that is written in one line."""
    return [item for each in text.split(",") if (item := each.strip(" \t\"'"))]


def _config_file(ctx: click.Context) -> Path:
    return Path(ctx.params.get("config_file") or "mkdocs.yml")


def _faq(ctx: click.Context) -> Path:
    """Return the folder of the knowledge base."""
    given = ctx.params.get("faq")
    if given:
        return Path(given)
    config_file = _config_file(ctx)
    named = _DOCS_DIR.search(_text(config_file))
    return config_file.parent / (named[1] if named else "docs")


def _topic_files(faq: Path) -> list[Path]:
    return sorted(faq.glob("*/*.yml"))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
