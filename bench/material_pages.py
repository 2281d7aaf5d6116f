"""Entries -> a project of plain pages for MkDocs with Material, the peer that builds are timed by.

It offers what our site offers without our plugin: a page for each entry, one for each topic and
audience that lists its entries, these in the navigation and the entries outside of it.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from synthetic import SyntheticEntry


def write_project(folder: Path, entries: Sequence[SyntheticEntry]) -> None:
    """Write ``mkdocs.yml`` and ``docs/``."""
    docs = folder / "docs"
    docs.joinpath("q").mkdir(parents=True)
    for entry in entries:
        answer = entry.answer(lambda target: f"{target}.md")
        docs.joinpath("q", f"{entry.id}.md").write_text(f"# {entry.question}\n\n{answer}", "utf-8")
    docs.joinpath("index.md").write_text("# Benchmark\n", "utf-8")
    home: dict[str, object] = {"Home": "index.md"}
    navigation = [home, *_write_lists(docs, entries)]
    write_configuration(folder, navigation)


def _write_lists(docs: Path, entries: Sequence[SyntheticEntry]) -> list[dict[str, object]]:
    """Write a page for each audience and topic; returns their part of the navigation."""
    ordered = sorted(entries, key=lambda entry: (entry.audience, entry.topic, entry.id))
    sections: list[dict[str, object]] = []
    for audience, asked in itertools.groupby(ordered, key=lambda entry: entry.audience):
        of_audience = list(asked)
        pages = [{"All": _write_list(docs, audience, "index", of_audience)}]
        for topic, rows in itertools.groupby(of_audience, key=lambda entry: entry.topic):
            pages.append({topic: _write_list(docs, audience, topic, list(rows))})
        sections.append({audience: pages})
    return sections


def _write_list(docs: Path, audience: str, name: str, entries: Sequence[SyntheticEntry]) -> str:
    """Write a page of links to entries; returns its address for the navigation."""
    links = "\n".join(f"- [{entry.question}](../q/{entry.id}.md)" for entry in entries)
    path = docs / audience / f"{name}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"# {audience}: {name}\n\n{links}\n", "utf-8")
    return f"{audience}/{name}.md"


def write_configuration(
    folder: Path, navigation: Sequence[dict[str, object]], *, lang: str = "en"
) -> None:
    """Write the ``mkdocs.yml`` of a site whose entries, in ``q/``, are not in the navigation."""
    configuration = {
        "site_name": "Benchmark",
        "site_url": "https://help.example.com/",
        "theme": {"name": "material", "font": False, "language": lang},
        "plugins": ["search"],
        "markdown_extensions": ["fenced_code", "tables"],
        "not_in_nav": "/q/",
        "nav": [*navigation],
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(configuration, sort_keys=False), "utf-8")
