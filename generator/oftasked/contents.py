"""An edition -> everything its site consists of, before any renderer: pages, files, media.

This is the last stage that knows no renderer. An adapter (`plugin`) turns an `SiteContents` into a
site with a renderer's frame around each page.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from urllib.parse import urlsplit

from oftasked import answers, machine
from oftasked.documents import documents, entry_url
from oftasked.editions import Edition
from oftasked.pages import Page, Pages, entry_body
from oftasked.related import related
from oftasked_search import Analysed, Document, analyse, compile_index, runtime_files

Progress = Callable[[str, int, int], None]
"""``(what is being done, how many are done, of how many)``"""

INDEX_FOLDER = "assets/search/"
RUNTIME_FOLDER = "assets/oftasked/runtime/"


def silent(_what: str, _done: int, _total: int) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True, slots=True)
class SiteContents:
    """One edition, ready to be rendered."""

    edition: Edition
    pages: Pages
    answers: Mapping[str, str]
    """By id: the answer as safe HTML, not yet fitted to its page, see `answers.place`."""
    site_url: str
    texts: Mapping[str, str]
    index: Mapping[str, bytes]
    """The visitors' search index, by file name."""

    def entry_pages(self) -> Iterator[Page]:
        """Yield the page of every entry, complete, sorted by id."""
        base = self.site_url or "/"
        for entry, page in self.pages.entries():
            body = entry_body(entry, self.edition, self.answers[entry.id])
            full = Page(page.url, page.values, body)
            full.values["json_ld"] = machine.json_ld(full, base=base)
            yield full

    def media(self) -> frozenset[str]:
        """Return the files of the knowledge base that answers of this edition show or link to."""
        return frozenset(
            path
            for id_, html in self.answers.items()
            for path in answers.media(html, self.edition.entries[id_].audience)
        )

    def files(self) -> dict[str, bytes]:
        """Return every file that is not a rendered page: path from the edition's root, content."""
        files = {INDEX_FOLDER + name: each for name, each in self.index.items()}
        files |= {RUNTIME_FOLDER + name: each for name, each in runtime_files().items()}
        titles = json.dumps(self.pages.titles(), ensure_ascii=False, separators=(",", ":"))
        files[INDEX_FOLDER + "titles.json"] = titles.encode()
        files["faq.json"] = machine.faq_json(self.edition, base=self.site_url or "/").encode()
        return files | self._redirects() | self._for_crawlers()

    def _redirects(self) -> dict[str, bytes]:
        redirects = tuple(self.pages.redirects())
        files = {}
        for old, row in redirects:
            text = self.texts["redirect_text"].replace("{question}", row["question"])
            page = machine.redirect_html(
                row,
                up="../../",
                canonical=(self.site_url or "/") + row["url"],
                lang=self.edition.lang,
                text=text,
            )
            files[old + "index.html"] = page.encode()
        if redirects:
            path = urlsplit(self.site_url).path or "/"
            files["_redirects"] = machine.redirects_txt(redirects, path=path).encode()
        return files

    def _for_crawlers(self) -> dict[str, bytes]:
        """Make sitemap and robots; without an absolute address there is no valid sitemap."""
        main = self.edition.lang == self.edition.default_lang
        if not self.site_url:
            return {"robots.txt": machine.robots_txt(()).encode()} if main else {}
        urls: list[tuple[str, str | None]] = [(page.url, None) for page in self.pages.listings()]
        urls += [
            (entry_url(id_), entry.changed.isoformat() if entry.changed else None)
            for id_, entry in self.edition.entries.items()
        ]
        files = {"sitemap.xml": machine.sitemap_xml(urls, base=self.site_url).encode()}
        if main:
            folders = ["", *(f"{lang}/" for lang in self.edition.languages[1:])]
            sitemaps = [f"{self.site_url}{folder}sitemap.xml" for folder in folders]
            files["robots.txt"] = machine.robots_txt(sitemaps).encode()
        return files


def collect(
    edition: Edition,
    *,
    texts: Mapping[str, str],
    site_url: str = "",
    progress: Progress = silent,
) -> SiteContents:
    """Convert an edition's answers, compile its index, find what is related, prepare its pages."""
    converted = {}
    for done, (id_, entry) in enumerate(sorted(edition.entries.items()), start=1):
        converted[id_] = answers.to_html(edition.wording(entry).answer)
        progress("answers", done, len(edition.entries))
    found = documents(edition)
    analysed = _analysed(found, progress)
    index = compile_index(found, lang=edition.lang, synonyms=edition.synonyms, analysed=analysed)
    named = {id_: entry.related for id_, entry in edition.entries.items()}
    terms = {id_: chain.from_iterable(each.phrasings) for id_, each in analysed.items()}
    pages = Pages(
        edition,
        texts=texts,
        site_url=site_url,
        related=related(edition.ranking.overall, named, terms),
    )
    return SiteContents(edition, pages, converted, site_url, texts, index)


def search_index(edition: Edition, *, progress: Progress = silent) -> dict[str, bytes]:
    """Compile the visitors' index of an edition: file name, content."""
    found = documents(edition)
    analysed = _analysed(found, progress)
    return compile_index(found, lang=edition.lang, synonyms=edition.synonyms, analysed=analysed)


def _analysed(found: Sequence[Document], progress: Progress) -> dict[str, Analysed]:
    analysed = {}
    for done, document in enumerate(found, start=1):
        analysed[document.id] = analyse(document)
        progress("index", done, len(found))
    return analysed
