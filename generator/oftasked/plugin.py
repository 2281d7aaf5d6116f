"""MkDocs' events -> calls into the generator. What else knows MkDocs: `site`.

A build has one edition. Its knowledge base is read in `on_config`, its pages join MkDocs' own in
`on_files`, their values are handed to the templates in `on_page_markdown`. Entry pages are
stamped from one rendered shell in `on_post_build`, see `stamping`.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import posixpath
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel

import oftasked_theme
from oftasked import answers, dates, editions, knowledge, stamping
from oftasked.contents import SiteContents, collect
from oftasked.documents import entry_url
from oftasked.embedding import PAGE_EVENTS, others_hearing
from oftasked.folder import site_languages
from oftasked.frame import INDEX_FOLDER, Page
from oftasked.making import Making
from oftasked.model import Access
from oftasked.problems import BuildError, ContentError, OftaskedError, Severity
from oftasked.progress import Progress, silent
from oftasked.remembering import Memory, digest, program
from oftasked.settings import Options, about, check_config, default_language, look, texts
from oftasked.templating import EntryPart, told

if TYPE_CHECKING:
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page as MkDocsPage
    from mkdocs.utils.templates import TemplateContext

log = logging.getLogger("mkdocs.plugins.oftasked")


class OftaskedPlugin(BasePlugin[Options]):
    """One edition of the knowledge base in ``docs_dir`` becomes a site.

    Plain ``mkdocs build`` makes the public edition in the default language. `site` sets ``lang``,
    ``tier``, ``as_of``, ``reading``, ``progress``, ``memory`` and ``made``, the site
    of which this build makes the folder ``made_in``, to make the others.
    """

    def __init__(self) -> None:
        """Start with nothing read; MkDocs calls the events in order."""
        super().__init__()
        self.lang: str | None = None
        self.tier = Access.PUBLIC
        self.as_of: dt.date | None = None
        self.reading: knowledge.Reading | None = None
        self.progress: Progress = silent
        self.memory: Memory | None = None
        self.made: Making | None = None
        self.made_in = ""
        self._contents: SiteContents | None = None
        self._pages: dict[str, Page] = {}
        self._shell_uri: str | None = None
        self._shell: stamping.Shell | None = None
        self._shell_context: dict[str, Any] = {}
        self._env: Environment | None = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the knowledge base and cut this build's edition out of it."""
        check_config(config)
        try:
            reading = self.reading or self.read(config)
        except BuildError as error:
            raise PluginError(f"oftasked: {error}") from error
        if reading.knowledge is None:
            raise PluginError(str(ContentError(reading.problems)))
        if self.reading is None:
            report(reading)
        lang = self.lang or default_language(config)
        half_life = float(self.config.half_life)
        edition = editions.cut(reading.knowledge, lang=lang, tier=self.tier, half_life=half_life)
        self._contents = collect(
            edition,
            texts=texts(config, lang),
            about=about(config, self.config),
            progress=self.progress,
            memory=self.memory,
        )
        config.theme.static_templates.discard("sitemap.xml")  # ours is complete and has no clock
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Keep pages and the media they use; add the generated pages and files."""
        kept = Files(list(self._published(files, config)))
        self._pages = {page.url + "index.md": page for page in self._generated(config)}
        for uri, page in self._pages.items():
            if kept.get_file_from_path(uri) is None:
                kept.append(_generated(config, uri, ""))
            elif uri != "index.md":
                raise PluginError(f"{uri} stands where the page of {page.url} belongs; rename it")
        pages = [file for file in kept if file.is_documentation_page()]
        ordinary = [file.dest_uri for file in pages if file.src_uri not in self._pages]
        for path, content in (self._site.files | self._site.for_crawlers(ordinary)).items():
            if self.made and path.startswith(INDEX_FOLDER):
                self.made.write(self.made_in + path, content)
            else:
                kept.append(_generated(config, path, content))
        return kept

    def on_page_markdown(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Hand the template its values; of a generated page there is no Markdown to convert."""
        own = self._pages.get(page.file.src_uri)
        if own is None:
            values = self._site.frame.common("page", page.url)
            page.meta.setdefault("oftasked", values)
            return markdown
        page.meta["oftasked"] = own.values
        for key in ("title", "description"):
            if own.values[key]:
                page.meta.setdefault(key, own.values[key])
        return self._introduction(config) or markdown if own.url == "" else ""

    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Put an entry's answer in, which was converted and made safe before."""
        own = self._pages.get(page.file.src_uri)
        if own is not None and own.body:
            return own.body
        return answers.place_page(html, page.url, self._site.entry_pages.address)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Remember the templates for stamping."""
        self._env = env
        return env

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give the error page, which MkDocs renders without a page, its values."""
        context["of"] = self._site.frame.common("notfound", "404.html")  # type: ignore[typeddict-unknown-key]  # our templates' own variable
        return context

    def on_page_context(
        self,
        context: TemplateContext,
        *,
        page: MkDocsPage,
        config: MkDocsConfig,
        nav: Navigation,
    ) -> TemplateContext:
        """Keep the shell's context: every entry's part is rendered in it."""
        if page.file.src_uri == self._shell_uri:
            self._shell_context = dict(context)
        return context

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Cut the shell at its sentinels instead of publishing it."""
        if page.file.src_uri != self._shell_uri:
            return output
        try:
            part = self._part().render(self._pages[page.file.src_uri])
            self._shell = stamping.shell_from(output, part)
        except OftaskedError as error:
            raise PluginError(f"{error}; set `stamp: false` to have every page rendered") from error
        return ""

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Stamp the entry pages; those made from the same as the published ones stay."""
        if self._shell is None:
            return
        pages, part, common = self._site.entry_pages, self._part(), self._rests_on(config)
        for done, entry in enumerate(pages.entries(), start=1):
            path = f"{entry_url(entry.id)}index.html"
            key = digest(common, pages.key(entry)).hex() if common else ""
            if not self.made or not self.made.keep(self.made_in + path, key):
                page = pages.page(entry)
                html = stamping.stamped(self._shell, page, part.render(page))
                self._write(config, path, html.encode(), key)
            self.progress("pages", done, self.entry_count)

    # What the events are made of.

    @property
    def entry_count(self) -> int:
        """The number of entries of the edition that was built."""
        return len(self._site.frame.edition.entries)

    @property
    def _site(self) -> SiteContents:
        if self._contents is None:
            raise PluginError("oftasked: on_config has not run")
        return self._contents

    def read(self, config: MkDocsConfig) -> knowledge.Reading:
        """Read the knowledge base in ``docs_dir`` with this configuration's languages."""
        docs_dir = Path(config.docs_dir)
        return knowledge.read(
            docs_dir,
            languages=site_languages(default_language(config), self.config.languages),
            as_of=self.as_of or dates.as_of(None, os.environ),
            half_life=float(self.config.half_life),
            shown_as=dates.shown(docs_dir),
            progress=self.progress,
            memory=self.memory,
        )

    def _introduction(self, config: MkDocsConfig) -> str:
        """Return what ``index.<lang>.md`` says on the home page of that language, if it exists."""
        path = Path(config.docs_dir, f"index.{self._site.frame.edition.lang}.md")
        return path.read_text(encoding="utf-8-sig") if path.is_file() else ""

    def _published(self, files: Files, config: MkDocsConfig) -> Iterator[File]:
        """Choose from what MkDocs found: pages, the media that they use, the theme's assets."""
        docs_dir = Path(config.docs_dir)
        used = {*self._site.media, *look(config)}
        introductions = {f"index.{lang}.md" for lang in self._site.frame.edition.languages}
        pages = [
            file
            for file in files
            if file.src_dir == config.docs_dir
            and file.is_documentation_page()
            and file.src_uri not in introductions
        ]
        for file in pages:
            text = (docs_dir / file.src_uri).read_text(encoding="utf-8-sig")
            used.update(answers.page_media(text, posixpath.dirname(file.src_uri)))
        for file in files:
            if file.src_dir != config.docs_dir:
                if _is_theme_asset(file, config):
                    yield file
            elif file in pages or file.src_uri in used:
                yield file

    def _generated(self, config: MkDocsConfig) -> Iterator[Page]:
        """Yield the pages that MkDocs renders: listings, retired, the shell or every entry."""
        yield from self._site.listings()
        foreign = others_hearing(config, self, PAGE_EVENTS)
        if foreign:
            log.info("Every entry page is rendered in full, because of: %s", ", ".join(foreign))
        self._shell_uri, self._shell = None, None
        model = next(iter(self._site.entry_pages), None)
        is_marked = stamping.MARK in f"{dict(config)}{model and model.values}".lower()
        if model is None or foreign or is_marked or not self.config.stamp:
            yield from self._site.entry_pages
            return
        shell = stamping.shell_page(model)
        self._shell_uri = shell.url + "index.md"
        yield shell

    def _part(self) -> EntryPart:
        """Return the entry part of the template in the shell's context."""
        if self._env is None:
            raise PluginError("oftasked: on_env has not run")
        return EntryPart(self._env, self._shell_context, self._site.frame.site_url)

    def _rests_on(self, config: MkDocsConfig) -> str:
        """Return what all entry pages are made from; "" where that cannot be told."""
        sources = self._part().sources()
        if others_hearing(config, self, ("env",)) or sources is None or self._shell is None:
            return ""
        said = told({**config, "theme": {name: config.theme[name] for name in config.theme}})
        common = self._site.entry_pages.common_key()
        return repr((program(), self._shell.parts, self._shell.slots, sources, said, common))

    def _write(self, config: MkDocsConfig, path: str, content: bytes, key: str = "") -> None:
        if self.made:
            self.made.write(self.made_in + path, content, key)
            return
        place = Path(config.site_dir, path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def report(reading: knowledge.Reading) -> None:
    """Log the warnings of a reading, so that a strict build fails on them."""
    for problem in reading.problems:
        if problem.severity is Severity.WARNING:
            log.warning("%s", replace(problem, severity=Severity.ERROR))


def _generated(config: MkDocsConfig, uri: str, content: str | bytes) -> File:
    return File.generated(config, uri, content=content, inclusion=InclusionLevel.NOT_IN_NAV)


def _is_theme_asset(file: File, config: MkDocsConfig) -> bool:
    """Tell whether a theme's file belongs in the site: Material's scripts and styles do not."""
    if file.src_dir == str(Path(oftasked_theme.__file__).parent):
        return file.src_uri.startswith("assets/")
    return file.src_dir == config.theme.custom_dir and not file.src_uri.startswith("messages/")
