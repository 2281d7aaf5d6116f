"""Pages -> a site with a peer's search, made by the peer's own programs as its users run them.

Material: ``mkdocs build`` with the theme and its search plugin, and with jieba for Chinese.
Pagefind: its binary over HTML pages. MiniSearch: sections indexed as VitePress does it, a page
being one section.
"""

from __future__ import annotations

import html
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import material_pages
from peers.packages import installed, wanted, with_segmenter
from peers.pages import Page
from programs import run

DRIVERS = Path(__file__).with_name("drivers")
HOME = "---\nsearch:\n  exclude: true\n---\n\n# Benchmark\n"
"""A page that is no entry, and must not stand before one."""
MKDOCS = Path(sys.executable).with_name("mkdocs")


@dataclass(frozen=True, slots=True)
class Site:
    """A folder to be served, its pages' language, the engine's driver, the script that it ships."""

    folder: Path
    lang: str
    driver: str
    entrance: str


@dataclass(frozen=True, slots=True)
class Peer:
    """An engine by its name, and what makes a site with it in an empty folder."""

    name: str
    make: Callable[[Path, Sequence[Page], str], Site]


def material(folder: Path, pages: Sequence[Page], lang: str) -> Site:
    """Build a site of MkDocs with Material."""
    docs = folder / "docs"
    docs.joinpath("q").mkdir(parents=True)
    docs.joinpath("index.md").write_text(HOME, "utf-8")
    for page in pages:
        docs.joinpath("q", f"{page.id}.md").write_text(page.markdown, "utf-8")
    material_pages.write_configuration(folder, [{"Home": "index.md"}], lang=lang)
    variables = with_segmenter() if lang.startswith("zh") else {}
    run([str(MKDOCS), "build", "-q", "-f", str(folder / "mkdocs.yml")], variables=variables)
    site = folder / "site"
    (worker,) = site.glob("assets/javascripts/workers/search.*.min.js")
    return Site(site, lang, "material.mjs", f"/{worker.relative_to(site).as_posix()}")


def pagefind(folder: Path, pages: Sequence[Page], lang: str) -> Site:
    """Write plain HTML pages and let Pagefind index them."""
    folder.joinpath("q").mkdir()
    for page in pages:
        title, entry = html.escape(page.title), folder / "q" / f"{page.id}.html"
        main = f"<main data-pagefind-body><h1>{title}</h1>\n{page.html}</main>"
        head = f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{title}</title>'
        entry.write_text(f"{head}{main}</html>\n", "utf-8")
    program = installed() / ".bin" / "pagefind"
    run([str(program), "--site", str(folder), "--quiet"])
    return Site(folder, lang, "pagefind.mjs", "/pagefind/pagefind.js")


def minisearch(folder: Path, pages: Sequence[Page], lang: str) -> Site:
    """Index the pages with MiniSearch; it knows no languages."""
    installed()
    sections = [
        {"id": f"q/{page.id}/", "title": page.title, "titles": [], "text": page.text}
        for page in pages
    ]
    program = DRIVERS / "build_minisearch.mjs"
    run(["node", str(program), str(folder)], text=json.dumps(sections))
    return Site(folder, lang, "minisearch.mjs", "/minisearch.js")


def _named(name: str, version: str) -> str:
    """Return how tables call a peer: major and minor version are enough to know it by."""
    return f"{name} {'.'.join(version.split('.')[:2])}"


PEERS = {
    "material": Peer(_named("Material", metadata.version("mkdocs-material")), material),
    "pagefind": Peer(_named("Pagefind", wanted()["pagefind"]), pagefind),
    "minisearch": Peer(_named("MiniSearch", wanted()["minisearch"]), minisearch),
}
"""By the names that the command line knows."""
