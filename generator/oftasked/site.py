"""A project's ``mkdocs.yml`` -> the finished site with every language, published at once.

It loads the configuration and runs one MkDocs build for each edition.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # Material's notice about MkDocs 2

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException

from oftasked import dates, knowledge, publishing
from oftasked.folder import site_languages
from oftasked.plugin import OftaskedPlugin
from oftasked.problems import BuildError, ContentError, Problem, Severity
from oftasked.progress import Progress, silent
from oftasked.settings import check_config, default_language

log = logging.getLogger("oftasked")


@dataclass(frozen=True, slots=True)
class Project:
    """What a configuration says, as far as commands other than a build need it."""

    faq: Path
    site_dir: Path
    languages: tuple[str, ...]
    half_life: float
    site_url: str = ""


@dataclass(frozen=True, slots=True)
class Built:
    """A finished build: where it is, how many entries each language holds, whether swapped."""

    site_dir: Path
    entries: tuple[tuple[str, int], ...]
    at_once: bool


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
    )


def check_settings(config_file: Path) -> None:
    """Raise BuildError if a configuration says what no build of ours can work with."""
    with mkdocs_errors():
        check_config(load(config_file))


def build(
    config_file: Path,
    *,
    site_dir: Path | None = None,
    strict: bool = False,
    as_of: dt.date | None = None,
    progress: Progress = silent,
    on_problems: Callable[[tuple[Problem, ...]], None] = lambda _: None,
) -> Built:
    """Build every language beside the published site and put the whole in its place.

    ``on_problems`` is told what was found while reading. Raises ContentError for mistakes in the
    content (with ``strict``, for doubts as well) and BuildError for everything else; the
    published site is then as it was.
    """
    target = (site_dir or project(config_file).site_dir).absolute()
    check_place(target, config_file)
    with rare_garbage_collection(), publishing.staging_folder(target) as staging:
        entries = render(
            config_file,
            staging,
            strict=strict,
            as_of=as_of,
            progress=progress,
            on_problems=on_problems,
        )
        publishing.write_manifest(staging)
        at_once = publishing.publish(staging, target)
    return Built(target, entries, at_once)


def check_place(target: Path, config_file: Path) -> None:
    """Raise BuildError unless the site may stand there, replacing what does."""
    sources = config_file.absolute().parent.resolve()
    if sources.is_relative_to(target.resolve()):
        raise BuildError(f"{target} holds the site's own sources; name another --site-dir")
    publishing.check_target(target)


def render(
    config_file: Path,
    folder: Path,
    *,
    strict: bool = False,
    as_of: dt.date | None = None,
    site_url: str | None = None,
    progress: Progress = silent,
    on_problems: Callable[[tuple[Problem, ...]], None] = lambda _: None,
) -> tuple[tuple[str, int], ...]:
    """Render every language into ``folder``, the default one at its root.

    Returns ``((language, number of entries), ...)``. The knowledge base is read once.
    """
    with mkdocs_errors():
        main = load(config_file, site_dir=folder, strict=strict, site_url=site_url)
        plugin = _plugin(main)
        plugin.as_of = dates.as_of(as_of, os.environ)
        reading = plugin.read(main)
        on_problems(reading.problems)
        _refuse(reading, strict=strict)
        languages = reading.knowledge.languages if reading.knowledge else ()
        with _mkdocs_clock(plugin.as_of):
            counts = tuple(
                (lang, _render_language(config_file, folder, main, lang, reading, progress))
                for lang in languages
            )
    _merge_redirects(folder, languages[1:])
    return counts


def _merge_redirects(folder: Path, languages: Sequence[str]) -> None:
    """Put every language's redirects into the file at the root, the only one that hosts read."""
    for lang in languages:
        part = folder / lang / "_redirects"
        if part.is_file():
            with (folder / "_redirects").open("a", encoding="utf-8") as whole:
                whole.write(part.read_text(encoding="utf-8"))
            part.unlink()


def _render_language(
    config_file: Path,
    folder: Path,
    main: MkDocsConfig,
    lang: str,
    reading: knowledge.Reading,
    progress: Progress,
) -> int:
    is_main = lang == default_language(main)
    config = load(
        config_file,
        site_dir=folder if is_main else folder / lang,
        strict=bool(main.strict),
        site_url=main.site_url if is_main or not main.site_url else f"{main.site_url}{lang}/",
    )
    plugin = _plugin(config)
    plugin.lang, plugin.reading, plugin.progress = lang, reading, progress
    config.theme["language"] = lang
    mkdocs_build(config)
    return plugin.entry_count


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
    with _named_mistakes(config_file):
        return load_config(config_file=str(config_file), **given)


@contextlib.contextmanager
def _named_mistakes(config_file: Path) -> Iterator[None]:
    """Raise what is wrong with a configuration: MkDocs only logs it, and says that it stops."""
    mistakes: list[str] = []

    def kept(record: logging.LogRecord) -> bool:
        if record.levelno >= logging.ERROR:
            mistakes.append(record.getMessage().removeprefix("Config value "))
        return record.levelno < logging.ERROR

    logger = logging.getLogger("mkdocs.config")
    logger.addFilter(kept)
    try:
        yield
    except (Abort, MkDocsException) as error:
        said = " and ".join(mistakes) or " ".join(str(error).split())
        raise BuildError(f"{config_file}: {said.rstrip('.')}; correct it there") from error
    finally:
        logger.removeFilter(kept)


def _plugin(config: MkDocsConfig) -> OftaskedPlugin:
    for plugin in config.plugins.values():
        if isinstance(plugin, OftaskedPlugin):
            return plugin
    raise BuildError(f"{config.config_file_path} lacks our plugin; add `plugins: [oftasked]`")


@contextlib.contextmanager
def rare_garbage_collection() -> Iterator[None]:
    """Let Python look for cycles rarely: a build makes many values, few of them in cycles."""
    threshold = gc.get_threshold()
    gc.set_threshold(200_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*threshold)


@contextlib.contextmanager
def _mkdocs_clock(day: dt.date) -> Iterator[None]:
    """Let MkDocs take ``day`` for today: its only clock is read from the environment."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str((day - dt.date(1970, 1, 1)).days * 86400)
    try:
        yield
    finally:
        if given is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = given


@contextlib.contextmanager
def mkdocs_errors() -> Iterator[None]:
    """Turn what MkDocs raises into a BuildError."""
    try:
        yield
    except Abort as error:
        said = str(error).rstrip(".!") or "the build was stopped"
        raise BuildError(f"{said}; mend what was printed above and build again") from error
    except MkDocsException as error:
        raise BuildError(str(error)) from error
