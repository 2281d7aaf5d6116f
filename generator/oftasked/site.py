"""A project's ``mkdocs.yml`` -> the finished sites with every language, each published at once.

It loads the configuration and runs one MkDocs build for each edition.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # Material's notice about MkDocs 2

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from oftasked import auditing, dates, destinations, disclosing, knowledge
from oftasked.destinations import Configured, Destination
from oftasked.embedding import (
    mkdocs_clock,
    mkdocs_errors,
    named_mistakes,
    rare_garbage_collection,
)
from oftasked.folder import site_languages
from oftasked.making import Making, making
from oftasked.model import Access
from oftasked.plugin import OftaskedPlugin
from oftasked.problems import BuildError, ContentError, Problem, Severity
from oftasked.progress import Progress, silent
from oftasked.remembering import Memory
from oftasked.settings import check_config, default_language
from oftasked.surroundings import surroundings
from oftasked_search import FolderCache


@dataclass(frozen=True, slots=True)
class Project:
    """What a configuration says, as far as commands other than a build need it."""

    faq: Path
    site_dir: Path
    languages: tuple[str, ...]
    half_life: float
    site_url: str = ""
    meaning: bool = True


@dataclass(frozen=True, slots=True)
class Built:
    """A finished site: where it is, how many entries each language holds, whether swapped."""

    site_dir: Path
    entries: tuple[tuple[str, int], ...]
    at_once: bool
    tier: Access = Access.PUBLIC


def project(config_file: Path) -> Project:
    """Read a configuration. Raises BuildError if it is not one of ours."""
    with mkdocs_errors():
        config = load(config_file)
    plugin = _plugin(config)
    return Project(
        faq=Path(config.docs_dir),
        site_dir=Path(config.site_dir),
        languages=site_languages(default_language(config), plugin.config.languages),
        half_life=float(plugin.config.half_life),
        site_url=config.site_url or "",
        meaning=plugin.config.meaning,
    )


def check_settings(config_file: Path) -> None:
    """Raise BuildError if a configuration says what no build of ours can work with."""
    with mkdocs_errors():
        check_config(load(config_file))


def build(
    config_file: Path,
    *,
    site_dir: Path | None = None,
    tier: Access | None = None,
    strict: bool = False,
    as_of: dt.date | None = None,
    progress: Progress = silent,
    on_problems: Callable[[tuple[Problem, ...]], None] = lambda _: None,
) -> tuple[Built, ...]:
    """Build every language beside the published site and put the whole in its place.

    Without a ``tier`` that is the public site, and the members' one if the configuration has a
    folder for it. ``on_problems`` is told what was found while reading. Raises ContentError for
    mistakes in the content (with ``strict``, for doubts as well) and BuildError for everything
    else; what is published is then as it was.
    """
    wanted = destinations.destinations(_configured(config_file), tier=tier, site_dir=site_dir)
    wanted = tuple(replace(each, folder=each.folder.absolute()) for each in wanted)
    with rare_garbage_collection(), contextlib.ExitStack() as held:
        reading = read(config_file, strict=strict, as_of=as_of, progress=progress)
        on_problems(reading.problems)
        _refuse(reading, strict=strict)
        cache = cache_of(config_file)
        sites = [held.enter_context(making(each.folder, cache=cache)) for each in wanted]
        entries = [
            _finished(config_file, each, made, reading, strict=strict, progress=progress)
            for each, made in zip(wanted, sites, strict=True)
        ]
        return tuple(
            Built(each.folder, counts, made.publish(each.tier), each.tier)
            for each, made, counts in zip(wanted, sites, entries, strict=True)
        )


def _finished(
    config_file: Path,
    wanted: Destination,
    made: Making,
    reading: knowledge.Reading,
    *,
    strict: bool,
    progress: Progress,
) -> tuple[tuple[str, int], ...]:
    """Make a whole site, ready to be published."""
    entries = render(
        config_file,
        made,
        reading,
        tier=wanted.tier,
        strict=strict,
        site_url=wanted.site_url,
        progress=progress,
    )
    made.finish(wanted.tier)
    refuse_leaks(config_file, made.folder, reading, tier=wanted.tier)
    return entries


def refuse_leaks(
    config_file: Path,
    folder: Path,
    reading: knowledge.Reading,
    *,
    tier: Access,
    shown_as: str | None = None,
) -> None:
    """Raise ContentError if a tier's site in ``folder`` holds anything that is withheld from it."""
    if reading.knowledge is None:
        raise ContentError(reading.problems)
    with mkdocs_errors():
        config = load(config_file)
    faq, custom = Path(config.docs_dir), config.theme.custom_dir
    around = surroundings(config_file, faq, reading.knowledge.languages, custom_dir=custom)
    hidden = disclosing.withheld(reading.knowledge, tier, around)
    if leaks := auditing.audit(folder, hidden, shown_as=shown_as or "site"):
        raise ContentError(leaks)


def _configured(config_file: Path) -> Configured:
    with mkdocs_errors():
        config = load(config_file)
    members = _plugin(config).config.members
    base = config_file.absolute().parent
    return Configured(
        sources=base,
        site_dir=Path(config.site_dir),
        site_url=config.site_url or "",
        members_dir=base / members.dir if members.dir else None,
        members_url=members.url,
    )


def read(
    config_file: Path,
    *,
    strict: bool = False,
    as_of: dt.date | None = None,
    progress: Progress = silent,
) -> knowledge.Reading:
    """Read a project's knowledge base, as of a date."""
    with mkdocs_errors():
        config = load(config_file, strict=strict)
        plugin = _plugin(config)
        plugin.as_of, plugin.progress = dates.as_of(as_of, os.environ), progress
        plugin.memory = Memory(FolderCache(cache_of(config_file)))
        reading = plugin.read(config)
        plugin.memory.save()
        return reading


def render(
    config_file: Path,
    made: Making,
    reading: knowledge.Reading,
    *,
    tier: Access = Access.PUBLIC,
    strict: bool = False,
    site_url: str | None = None,
    progress: Progress = silent,
) -> tuple[tuple[str, int], ...]:
    """Render every language of a tier into one site, the default one at its root.

    Returns ``((language, number of entries), ...)``. Raises ContentError if ``reading`` has
    errors.
    """
    if reading.knowledge is None:
        raise ContentError(reading.problems)
    languages = reading.knowledge.languages
    with mkdocs_errors():
        main = load(config_file, site_dir=made.rendered, strict=strict, site_url=site_url)
        edition = _Edition(main, reading, tier, progress)
        with mkdocs_clock(reading.knowledge.as_of):
            counts = tuple(
                (lang, _render_language(config_file, made, lang, edition)) for lang in languages
            )
    made.add(made.rendered)
    made.merge_redirects(languages[1:])
    return counts


@dataclass(frozen=True, slots=True)
class _Edition:
    """What the builds of all languages of a tier share; ``main`` is the default one's."""

    main: MkDocsConfig
    reading: knowledge.Reading
    tier: Access
    progress: Progress


def _render_language(config_file: Path, made: Making, lang: str, edition: _Edition) -> int:
    main = edition.main
    is_main = lang == default_language(main)
    config = load(
        config_file,
        site_dir=made.rendered if is_main else made.rendered / lang,
        strict=bool(main.strict),
        site_url=main.site_url if is_main or not main.site_url else f"{main.site_url}{lang}/",
    )
    plugin = _plugin(config)
    plugin.lang, plugin.tier = lang, edition.tier
    plugin.reading, plugin.progress = edition.reading, edition.progress
    plugin.memory = _memory(config_file, lang, edition.tier)
    plugin.made, plugin.made_in = made, "" if is_main else f"{lang}/"
    config.theme["language"] = lang
    mkdocs_build(config)
    plugin.memory.save()
    return plugin.entry_count


def _memory(config_file: Path, lang: str, tier: Access) -> Memory:
    """Return what the last build of an edition has left."""
    return Memory(FolderCache(cache_of(config_file) / f"{tier.name.lower()}-{lang}"))


def cache_of(config_file: Path) -> Path:
    """Return where builds leave what the next one may use; it can be deleted at any time."""
    return config_file.absolute().parent / ".cache" / "oftasked" / "build"


def _refuse(reading: knowledge.Reading, *, strict: bool) -> None:
    warned = any(problem.severity is Severity.WARNING for problem in reading.problems)
    if reading.knowledge is None or (strict and warned):
        raise ContentError(reading.problems)


def load(
    config_file: Path,
    *,
    site_dir: Path | None = None,
    strict: bool = False,
    site_url: str | None = None,
) -> MkDocsConfig:
    """Load a configuration; ``site_dir``, ``strict`` and ``site_url`` replace what it says."""
    if not config_file.is_file():
        remedy = "run this in the folder of mkdocs.yml, or start a project with `oftasked init`"
        raise BuildError(f"{config_file} does not exist; {remedy}")
    options: dict[str, Any] = {
        "site_dir": str(site_dir) if site_dir else None,
        "site_url": site_url,
        "strict": strict or None,
    }
    given = {key: value for key, value in options.items() if value is not None}
    with named_mistakes(config_file):
        return load_config(config_file=str(config_file), **given)


def _plugin(config: MkDocsConfig) -> OftaskedPlugin:
    for plugin in config.plugins.values():
        if isinstance(plugin, OftaskedPlugin):
            return plugin
    raise BuildError(f"{config.config_file_path} lacks our plugin; add `plugins: [oftasked]`")
