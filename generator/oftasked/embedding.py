"""MkDocs as a library: what it raises and logs as one of our errors, its clock set by us."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import logging
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException

from oftasked.problems import BuildError


@contextlib.contextmanager
def named_mistakes(config_file: Path) -> Iterator[None]:
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
def mkdocs_clock(day: dt.date) -> Iterator[None]:
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


PAGE_EVENTS = (
    "pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page",
)  # fmt: skip


def others_hearing(config: MkDocsConfig, own: object, events: Iterable[str]) -> list[str]:
    """Name the plugins and hooks beside our ``own`` one that some events are told to."""
    methods = [method for event in events for method in config.plugins.events[event]]
    owners = [getattr(method, "__self__", method) for method in methods]
    return sorted({type(owner).__name__ for owner in owners if owner is not own})
