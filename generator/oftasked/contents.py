"""An edition -> everything its site consists of, before any renderer: pages, files, media.

This is the last stage that knows no renderer. An adapter (`plugin`) turns an `SiteContents` into a
site with a renderer's frame around each page.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from oftasked import answers, headers, limits, machine, syndication
from oftasked.documents import documents, entry_url
from oftasked.editions import Edition
from oftasked.entrypages import EntryPages
from oftasked.frame import INDEX_FOLDER, RUNTIME_FOLDER, About, Frame, Page
from oftasked.listings import listings, titles
from oftasked.model import Access, Wording
from oftasked.plaintext import plain
from oftasked.problems import ContentError, Problem
from oftasked.progress import Progress, silent
from oftasked.related import related
from oftasked.remembering import Memory, Table, digest
from oftasked_search import Cache, Document, asked_terms, compile_index, runtime_files


@dataclass(frozen=True, slots=True)
class SiteContents:
    """One edition, ready to be rendered."""

    frame: Frame
    entry_pages: EntryPages
    media: frozenset[str]
    """The files of the knowledge base that answers of this edition show or link to."""
    files: dict[str, bytes]
    """What is no rendered page and not for crawlers: path from the edition's root, content."""

    def listings(self) -> Iterator[Page]:
        """Yield the pages that are few; `entry_pages` holds the many."""
        yield from listings(self.frame)
        yield from self.entry_pages.retired()

    def for_crawlers(self, ordinary: Iterable[str]) -> dict[str, bytes]:
        """Return sitemap and robots.txt; ``ordinary`` are the files of the other pages.

        Without the site's absolute address there is no valid sitemap. What only members may read
        is for no crawler.
        """
        edition, base = self.frame.edition, self.frame.site_url
        main = edition.lang == edition.default_lang
        if edition.tier is not Access.PUBLIC:
            return {"robots.txt": machine.PRIVATE_ROBOTS.encode()} if main else {}
        if not base:
            return {"robots.txt": machine.robots_txt(()).encode()} if main else {}
        files = {"sitemap.xml": machine.sitemap_xml(self._dated(ordinary), base=base).encode()}
        if main:
            folders = ["", *(f"{lang}/" for lang in edition.languages[1:])]
            sitemaps = [f"{base}{folder}sitemap.xml" for folder in folders]
            files["robots.txt"] = machine.robots_txt(sitemaps).encode()
        return files

    def _dated(self, ordinary: Iterable[str]) -> Iterator[tuple[str, str | None]]:
        """Yield every page's address and date of change; one of results asks not to be listed."""
        yield from ((file.removesuffix("index.html"), None) for file in ordinary)
        for page in listings(self.frame):
            if page.values["kind"] != "search":
                yield page.url, None
        for id_, entry in self.frame.edition.entries.items():
            yield entry_url(id_), entry.changed.isoformat() if entry.changed else None


def collect(
    edition: Edition,
    *,
    texts: Mapping[str, str],
    about: About,
    progress: Progress = silent,
    memory: Memory | None = None,
) -> SiteContents:
    """Convert an edition's answers, compile its index, find what is related, prepare its pages.

    What is in ``memory`` is not computed again; the result is the same with and without it.
    """
    memory = memory or Memory()
    converted = _converted(edition, memory, progress)
    found = documents(edition, as_plain=partial(_remembered, memory.table("plain"), plain))
    index = _compiled(edition, found, progress, memory.folder, meaning=about.meaning)
    named = {id_: entry.related for id_, entry in edition.entries.items()}
    terms = {document.id: _asked(document, memory) for document in found}
    frame = Frame(edition, texts=texts, about=about)
    kin = related(edition.ranking.overall, named, terms, memory.table("related"))
    entry_pages = EntryPages(frame, converted=converted, related=kin)
    return SiteContents(
        frame=frame,
        entry_pages=entry_pages,
        media=frozenset(
            path
            for id_, html in converted.items()
            for path in answers.media(html, edition.entries[id_].audience)
        ),
        files=dict(sorted(_files(frame, entry_pages, found, index).items())),
    )


def _converted(edition: Edition, memory: Memory, progress: Progress) -> dict[str, str]:
    """Return every answer as safe HTML, by id."""
    table, converted = memory.table("answers"), {}
    for done, (id_, entry) in enumerate(sorted(edition.entries.items()), start=1):
        converted[id_] = _html(table, edition.wording(entry))
        progress("answers", done, len(edition.entries))
    return converted


def _html(table: Table, wording: Wording) -> str:
    """Return an answer as safe HTML; one that cannot be converted is a problem with its place."""
    try:
        with limits.seconds():
            return _remembered(table, answers.to_html, wording.answer)
    except (limits.TooLongError, RecursionError) as error:
        what = "the answer's Markdown cannot be converted"
        remedy = "it is nested too deeply, or opens too much that it never closes: simplify it"
        place = wording.place
        problem = Problem(place.path, place.line, place.column, what, remedy)
        raise ContentError([problem]) from error


def _remembered(table: Table, compute: Callable[[str], str], text: str) -> str:
    return table.recall(digest(text), lambda: compute(text))


def _asked(document: Document, memory: Memory) -> list[str]:
    """Return the terms of all texts that ask for a document."""
    key = digest(document.lang, document.title, *document.phrasings)
    return memory.table("asked").recall(key, lambda: " ".join(asked_terms(document))).split(" ")


def search_index(
    edition: Edition, *, meaning: bool = True, progress: Progress = silent
) -> dict[str, bytes]:
    """Compile the visitors' index of an edition: file name, content."""
    return _compiled(edition, documents(edition), progress, meaning=meaning)


def _compiled(
    edition: Edition,
    found: Sequence[Document],
    progress: Progress,
    cache: Cache | None = None,
    *,
    meaning: bool,
) -> dict[str, bytes]:
    """Return the index of an edition's documents by file name."""
    return compile_index(
        found,
        meaning=meaning,
        lang=edition.lang,
        synonyms=edition.synonyms,
        progress=lambda done, total: progress("index", done, total),
        cache=cache,
    )


def _files(
    frame: Frame, entry_pages: EntryPages, found: Sequence[Document], index: Mapping[str, bytes]
) -> dict[str, bytes]:
    files = {INDEX_FOLDER + name: each for name, each in index.items()}
    files |= {RUNTIME_FOLDER + name: each for name, each in runtime_files().items()}
    around = json.dumps(titles(frame), ensure_ascii=False, separators=(",", ":"))
    files[INDEX_FOLDER + "titles.json"] = around.encode()
    bodies = {document.id: document.body for document in found}
    files["faq.json"] = machine.faq_json(frame.edition, bodies, base=frame.base)
    files |= syndication.files(frame)
    if frame.edition.lang == frame.edition.default_lang:
        files |= headers.files(frame.about.allowed, tier=frame.edition.tier)
    return files | _redirects(frame, entry_pages)


def _redirects(frame: Frame, entry_pages: EntryPages) -> dict[str, bytes]:
    redirects = tuple(entry_pages.redirects())
    files = {}
    for old, row in redirects:
        text = frame.texts["redirect_text"].replace("{question}", row["question"])
        page = machine.redirect_html(
            row,
            up="../../",
            canonical=frame.base + row["url"],
            lang=frame.edition.lang,
            text=text,
        )
        files[old + "index.html"] = page.encode()
    if redirects:
        path = urlsplit(frame.base).path
        files["_redirects"] = machine.redirects_txt(redirects, path=path).encode()
    return files
