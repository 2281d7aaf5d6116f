"""MkDocs' events -> calls into the generator. With `site`, the only module that knows MkDocs.

A build has one edition. Its knowledge base is read in `on_config`, its pages join MkDocs' own in
`on_files`, their values are handed to the templates in `on_page_markdown`. Entry pages are
stamped from one rendered shell in `on_post_build`, see `stamping`.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel

import oftasked_theme
from oftasked import dates, editions, knowledge, ranking, stamping
from oftasked.contents import Progress, SiteContents, collect, silent
from oftasked.pages import Page
from oftasked.problems import ContentError, OftaskedError, Severity

if TYPE_CHECKING:
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page as MkDocsPage
    from mkdocs.utils.templates import TemplateContext

log = logging.getLogger("mkdocs.plugins.oftasked")

ENTRY_PART = "partials/oftasked/entry.html"
"""The template part that holds all that differs in the body of one entry's page."""

SENTINELS = {
    name: f"{stamping.MARK}{name.replace('_', '')}z"
    for name in ("id", "title", "description", "json_ld", "part")
}

_PAGE_EVENTS = (
    "pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page",
)  # fmt: skip

_LINKED = re.compile(
    r"""\]\(\s*<?([^)\s>]+)|(?:src|href)=["']([^"']+)["']|^\[[^\]]+\]:\s*(\S+)""", re.MULTILINE
)


class Options(Config):
    """The plugin's options in ``mkdocs.yml``."""

    languages = config_options.ListOfItems(config_options.Type(str), default=[])
    """Languages beside ``theme.language``, each in a folder of its own."""
    half_life = config_options.Type((int, float), default=ranking.HALF_LIFE)
    """Days after which an ask counts half."""
    stamp = config_options.Type(bool, default=True)
    """Stamp entry pages from one rendered shell; false lets MkDocs render every one."""


@dataclass(frozen=True, slots=True)
class _Stamped:
    """What the entry part of a template sees of a page."""

    url: str
    canonical_url: str
    title: str
    content: str
    meta: dict[str, Any]


class OftaskedPlugin(BasePlugin[Options]):
    """One edition of the knowledge base in ``docs_dir`` becomes a site.

    Plain ``mkdocs build`` makes the public edition in the default language. `site` sets ``lang``,
    ``as_of``, ``reading`` and ``progress`` to make the others.
    """

    def __init__(self) -> None:
        """Start with nothing read; MkDocs calls the events in order."""
        super().__init__()
        self.lang: str | None = None
        self.as_of: dt.date | None = None
        self.reading: knowledge.Reading | None = None
        self.progress: Progress = silent
        self._contents: SiteContents | None = None
        self._pages: dict[str, Page] = {}
        self._shell_uri: str | None = None
        self._shell: stamping.Shell | None = None
        self._shell_context: dict[str, Any] = {}
        self._env: Environment | None = None

    # Events, in the order in which MkDocs calls them.

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the knowledge base and cut this build's edition out of it."""
        _check_config(config)
        reading = self.reading or self.read(config)
        if reading.knowledge is None:
            raise PluginError(str(ContentError(reading.problems)))
        if self.reading is None:
            report(reading)
        lang = self.lang or default_language(config)
        edition = editions.cut(reading.knowledge, lang=lang, half_life=float(self.config.half_life))
        self._contents = collect(
            edition,
            texts=oftasked_theme.messages(lang),
            site_url=config.site_url or "",
            progress=self.progress,
        )
        config.theme.static_templates.discard("sitemap.xml")  # ours is complete and has no clock
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Keep pages and the media they use; add the generated pages and files."""
        kept = Files(list(self._published(files, config)))
        self._pages = {page.url + "index.md": page for page in self._generated(config)}
        for uri, page in self._pages.items():
            written = kept.get_file_from_path(uri)
            if written is None:
                kept.append(_generated(config, uri, ""))
            elif uri != "index.md":
                raise PluginError(f"{uri} stands where the page of {page.url} belongs; rename it")
        for path, content in sorted(self._site.files().items()):
            kept.append(_generated(config, path, content))
        return kept

    def on_page_markdown(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Hand the template its values; of a generated page there is no Markdown to convert."""
        own = self._pages.get(page.file.src_uri)
        if own is None:
            values = self._site.pages.common("page", page.url)
            page.meta.setdefault("oftasked", values)
            return markdown
        page.meta["oftasked"] = own.values
        for key in ("title", "description"):
            if own.values[key]:
                page.meta.setdefault(key, own.values[key])
        return markdown

    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Put an entry's answer in, which was converted and made safe before."""
        own = self._pages.get(page.file.src_uri)
        return own.body if own is not None and own.body else html

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Remember the templates for stamping."""
        self._env = env
        return env

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give the error page, which MkDocs renders without a page, its values."""
        context["of"] = self._site.pages.common("notfound", "404.html")  # type: ignore[typeddict-unknown-key]  # our templates' own variable
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
        part = self._render_part(self._pages[page.file.src_uri], page)
        if output.count(part) != 1:
            raise PluginError(f"the template of an entry must include {ENTRY_PART} once")
        try:
            self._shell = stamping.cut(
                output.replace(part, SENTINELS["part"]), SENTINELS, required=("part", "title")
            )
        except OftaskedError as error:
            raise PluginError(f"{error}; set `stamp: false` to have every page rendered") from error
        return ""

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Stamp the entry pages."""
        if self._shell is None:
            return
        total = len(self._site.edition.entries)
        for done, page in enumerate(self._site.entry_pages(), start=1):
            target = Path(config.site_dir, page.url, "index.html")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(self._stamp(page).encode())
            self.progress("pages", done, total)

    # What the events are made of.

    @property
    def entry_count(self) -> int:
        """The number of entries of the edition that was built."""
        return len(self._site.edition.entries)

    @property
    def _site(self) -> SiteContents:
        if self._contents is None:
            raise PluginError("oftasked: on_config has not run")
        return self._contents

    def read(self, config: MkDocsConfig) -> knowledge.Reading:
        """Read the knowledge base in ``docs_dir`` with this configuration's languages."""
        default = default_language(config)
        docs_dir = Path(config.docs_dir)
        return knowledge.read(
            docs_dir,
            languages=(default, *(each for each in self.config.languages if each != default)),
            as_of=self.as_of or dates.as_of(None, os.environ),
            half_life=float(self.config.half_life),
            shown_as=dates.shown(docs_dir),
        )

    def _published(self, files: Files, config: MkDocsConfig) -> Iterator[File]:
        """Choose from what MkDocs found: pages, the media that they use, the theme's assets."""
        docs_dir = Path(config.docs_dir)
        used = set(self._site.media())
        pages = [file for file in files if file.src_dir == config.docs_dir and _is_page(file)]
        for file in pages:
            used.update(_linked(docs_dir / file.src_uri, file.src_uri))
        for file in files:
            if file.src_dir != config.docs_dir:
                if _is_theme_asset(file, config):
                    yield file
            elif _is_page(file) or file.src_uri in used:
                yield file

    def _generated(self, config: MkDocsConfig) -> Iterator[Page]:
        """Yield the pages that MkDocs renders: listings, retired, the shell or every entry."""
        site = self._site
        yield from site.pages.listings()
        yield from site.pages.retired()
        foreign = _foreign_page_plugins(config, self)
        if foreign:
            log.info("Every entry page is rendered in full, because of: %s", ", ".join(foreign))
        self._shell_uri, self._shell = None, None
        if not self.config.stamp or foreign or not site.edition.entries:
            yield from site.entry_pages()
            return
        shell = self._shell_page()
        self._shell_uri = shell.url + "index.md"
        yield shell

    def _shell_page(self) -> Page:
        """Return a page like an entry's, with a sentinel for each value outside the entry part."""
        entry = min(self._site.edition.entries.values(), key=lambda entry: entry.id)
        model = self._site.pages.entry(entry)
        url = model.url.replace(entry.id, SENTINELS["id"])
        alternates = [
            each | {"href": each["href"].replace(f"q/{entry.id}/", url)}
            for each in model.values["alternates"]
        ]
        values = model.values | {
            "id": SENTINELS["id"],
            "url": url,
            "alternates": alternates,
            "title": SENTINELS["title"],
            "description": SENTINELS["description"],
            "json_ld": SENTINELS["json_ld"],
        }
        return Page(url, values, "<p></p>")

    def _render_part(self, page: Page, shown: Any) -> str:
        if self._env is None:
            raise PluginError("oftasked: on_env has not run")
        template = self._env.get_template(ENTRY_PART)
        return template.render(self._shell_context | {"page": shown, "of": page.values})

    def _stamp(self, page: Page) -> str:
        if self._shell is None:
            raise PluginError("oftasked: there is no shell to stamp")
        base = self._site.site_url
        shown = _Stamped(
            url=page.url,
            canonical_url=base + page.url,
            title=page.values["title"],
            content=page.body,
            meta={"oftasked": page.values},
        )
        return self._shell.stamp(
            {
                "id": page.values["id"],
                "title": str(escape(page.values["title"])),
                "description": str(escape(page.values["description"])),
                "json_ld": page.values["json_ld"],
                "part": self._render_part(page, shown),
            }
        )


def default_language(config: MkDocsConfig) -> str:
    """Return ``theme.language``, the language of the texts in the topic files."""
    return str(config.theme.get("language") or "en")


def report(reading: knowledge.Reading) -> None:
    """Log the warnings of a reading, so that a strict build fails on them."""
    for problem in reading.problems:
        if problem.severity is Severity.WARNING:
            log.warning("%s", replace(problem, severity=Severity.ERROR))


def _check_config(config: MkDocsConfig) -> None:
    if not config.use_directory_urls:
        raise PluginError("oftasked: addresses are folders; remove `use_directory_urls: false`")
    if config.theme.name != "oftasked" and not config.theme.custom_dir:
        raise PluginError("oftasked: the pages need its theme; set `theme: {name: oftasked}`")


def _generated(config: MkDocsConfig, uri: str, content: str | bytes) -> File:
    return File.generated(config, uri, content=content, inclusion=InclusionLevel.NOT_IN_NAV)


def _is_page(file: File) -> bool:
    return file.is_documentation_page()


def _is_theme_asset(file: File, config: MkDocsConfig) -> bool:
    """Tell whether a theme's file belongs in the site: Material's scripts and styles do not."""
    own = {config.theme.custom_dir, str(Path(oftasked_theme.__file__).parent)}
    return file.src_dir in own and not file.src_uri.endswith((".toml", ".typed"))


def _linked(path: Path, uri: str) -> Iterator[str]:
    """Yield the files that an ordinary page shows or links to, from the root of the pages."""
    folder = posixpath.dirname(uri)
    for groups in _LINKED.findall(path.read_text(encoding="utf-8-sig")):
        target = next(filter(None, groups), "").partition("#")[0]
        if target and ":" not in target:
            yield posixpath.normpath(posixpath.join(folder, target))


def _foreign_page_plugins(config: MkDocsConfig, own: OftaskedPlugin) -> list[str]:
    """Name the plugins and hooks that want to see every page: those cannot be stamped."""
    owners = [
        getattr(method, "__self__", method)
        for event in _PAGE_EVENTS
        for method in config.plugins.events[event]
    ]
    return sorted({type(owner).__name__ for owner in owners if owner is not own})
