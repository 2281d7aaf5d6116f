"""A project's parts -> what is well with each, what is missing, and what would break a build.

For people who set up a site or ask for help with one; nothing here judges the entries' texts.
"""

from __future__ import annotations

import enum
import json
import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

from oftasked import __version__, publishing
from oftasked.folder import ASKS, QUESTIONS, SYNONYMS
from oftasked.knowledge import Reading
from oftasked.model import Contact, KnowledgeBase
from oftasked.problems import BuildError, Severity
from oftasked.schema import SCHEMAS, json_schemas, schema_path

LIBRARIES = (
    "mkdocs",
    "mkdocs-material",
    "numpy",
    "whoosh-reloaded",
    "pydantic",
    "PyYAML",
    "Markdown",
    "pymdown-extensions",
    "nh3",
    "snowballstemmer",
    "click",
)
"""Distributions whose versions explain what a site looks like or why a build fails."""
LEDGER_DAYS = 90
"""A ledger whose newest row is older no longer says what people ask now."""
_EXAMPLE_HOSTS = ("example.com", "example.org", "example.net", "localhost")


class State(enum.StrEnum):
    """How a part of the project is."""

    OK = "ok"
    NOTE = "note"
    """Works, but could be better."""
    PROBLEM = "problem"
    """Breaks a build."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one part, and what to do (empty where there is nothing to do)."""

    about: str
    state: State
    message: str
    remedy: str = ""


def refused(about: str, error: BuildError) -> Finding:
    """Return what was refused; a message says after its last semicolon what to do."""
    what, _, remedy = str(error).rpartition("; ")
    return Finding(about, State.PROBLEM, what or remedy, remedy if what else "")


def versions() -> Iterator[Finding]:
    """Say which versions run."""
    yield Finding("oftasked", State.OK, __version__)
    yield Finding("Python", State.OK, f"{platform.python_version()} ({platform.system()})")
    for name in LIBRARIES:
        try:
            yield Finding(name, State.OK, metadata.version(name))
        except metadata.PackageNotFoundError:
            remedy = "install oftasked again in this environment: it brings what it needs"
            yield Finding(name, State.PROBLEM, "is not installed", remedy)


def address(site_url: str) -> Finding:
    """Judge the address under which the site will be published."""
    about = "site_url"
    if not site_url:
        remedy = "set it in mkdocs.yml; without it there is no sitemap and no canonical address"
        return Finding(about, State.NOTE, "is not set", remedy)
    if _is_example(urlsplit(site_url).hostname or ""):
        return Finding(about, State.NOTE, f"is still {site_url}", "set your own in mkdocs.yml")
    return Finding(about, State.OK, site_url)


def content(reading: Reading) -> Iterator[Finding]:
    """Judge the knowledge base: its problems, then the files beside the entries."""
    errors = sum(problem.severity is Severity.ERROR for problem in reading.problems)
    warnings = len(reading.problems) - errors
    found = reading.knowledge
    if found is None:
        remedy = "`oftasked check` lists them with their remedies"
        yield Finding("entries", State.PROBLEM, f"{errors} errors", remedy)
        return
    if warnings:
        remedy = "`oftasked check` lists them; they fail a build with --strict"
        yield Finding("entries", State.NOTE, f"{len(found.entries)}; {warnings} warnings", remedy)
    else:
        yield Finding("entries", State.OK, str(len(found.entries)))
    yield _contacts(found.contacts)
    yield _recorded(found)
    yield _synonyms(found)
    yield _ledger(found)


def _contacts(contacts: Sequence[Contact]) -> Finding:
    about = "contacts.yml"
    if not contacts:
        remedy = "add one with `default`: visitors without an answer have nobody to ask"
        return Finding(about, State.NOTE, "names no department", remedy)
    examples = [contact.id for contact in contacts if any(map(_is_example, _hosts(contact)))]
    if examples:
        message = f"example addresses in: {', '.join(examples)}"
        return Finding(about, State.NOTE, message, "write your own before you publish")
    return Finding(about, State.OK, f"{len(contacts)} departments, {contacts[0].id} by default")


def _hosts(contact: Contact) -> Iterator[str]:
    """Yield the hosts that a department's channels lead to."""
    if contact.email:
        yield contact.email.rpartition("@")[2]
    for link in (contact.form, contact.im, contact.community):
        yield urlsplit(link or "").hostname or ""


def _is_example(host: str) -> bool:
    """Tell whether a host is one of those that are reserved for examples (RFC 2606)."""
    name = host.lower().rstrip(".")
    reserved = name.endswith((".example", ".test", ".invalid", ".localhost"))
    return reserved or any(name == each or name.endswith(f".{each}") for each in _EXAMPLE_HOSTS)


def _recorded(found: KnowledgeBase) -> Finding:
    if found.questions:
        return Finding(QUESTIONS, State.OK, f"{len(found.questions)} recorded questions")
    remedy = "write down what customers really ask, each with the entry that answers it"
    return Finding(QUESTIONS, State.NOTE, "holds no question", remedy)


def _synonyms(found: KnowledgeBase) -> Finding:
    counts = {lang: len(groups) for lang, groups in found.synonyms if groups}
    lacking = [lang for lang in found.languages if lang not in counts]
    if lacking:
        message = f"holds no group for: {', '.join(lacking)}"
        return Finding(SYNONYMS, State.NOTE, message, "list the words that mean the same to you")
    said = ", ".join(f"{lang}: {count} groups" for lang, count in sorted(counts.items()))
    return Finding(SYNONYMS, State.OK, said)


def _ledger(found: KnowledgeBase) -> Finding:
    dates = [row.date for row in found.counted]
    if not dates:
        remedy = "count asks there: without them nothing says what is asked most"
        return Finding(ASKS, State.NOTE, "holds no row yet", remedy)
    newest = max(dates)
    age = (found.as_of - newest).days
    said = f"newest row {newest.isoformat()}, {age} days before {found.as_of.isoformat()}"
    if age > LEDGER_DAYS:
        return Finding(ASKS, State.NOTE, said, "add what was asked since; ranking follows it")
    return Finding(ASKS, State.OK, said)


def workplace(project: Path, faq: Path) -> Iterator[Finding]:
    """Judge what lies beside the content for the sake of git and editors."""
    if (faq / ASKS).is_file():
        yield _merging(project, faq)
    yield _schemas(project)


def _merging(project: Path, faq: Path) -> Finding:
    about = ".gitattributes"
    try:
        path = (faq / ASKS).resolve().relative_to(project.resolve()).as_posix()
    except ValueError:
        path = ASKS
    attributes = project / about
    lines = attributes.read_text("utf-8", "replace").splitlines() if attributes.is_file() else []
    if any("merge=union" in line.split() and ASKS in line for line in lines):
        return Finding(about, State.OK, "branches that both count asks merge without a conflict")
    message = "lets two branches that both count asks conflict"
    return Finding(about, State.NOTE, message, f"add the line `{path} merge=union`")


def _schemas(project: Path) -> Finding:
    ours = json_schemas()
    stored = {kind: project / schema_path(kind) for kind in ours}
    missing = [kind for kind, path in stored.items() if not path.is_file()]
    if len(missing) == len(stored):
        remedy = "`oftasked init` writes them; editors then complete and check while you type"
        return Finding(SCHEMAS, State.NOTE, "holds no JSON Schema", remedy)
    other = [kind for kind, path in stored.items() if path.is_file() and _json(path) != ours[kind]]
    stale = sorted([*missing, *other])
    if stale:
        message = f"not those of this version: {', '.join(stale)}"
        remedy = f"`oftasked schema KIND > {schema_path('KIND')}` for each"
        return Finding(SCHEMAS, State.NOTE, message, remedy)
    return Finding(SCHEMAS, State.OK, f"{len(stored)} JSON Schemas of this version")


def _json(path: Path) -> object:
    try:
        value: object = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return value


def target(site_dir: Path, shown_as: str) -> Iterator[Finding]:
    """Judge the place of the finished site."""
    about = "site_dir"
    try:
        publishing.check_target(site_dir)
    except BuildError as error:
        yield refused(about, error)
        return
    parent = _existing(site_dir.absolute().parent)
    if not os.access(parent, os.W_OK | os.X_OK):
        remedy = "change its permissions, or set another site_dir"
        yield Finding(about, State.PROBLEM, f"{parent} cannot be written", remedy)
        return
    is_there = site_dir.is_dir() and any(site_dir.iterdir())
    yield Finding(about, State.OK, f"{shown_as} ({'replaceable' if is_there else 'free'})")
    if publishing.can_exchange(parent):
        yield Finding("publishing", State.OK, "a new site replaces the old one in one step")
    else:
        remedy = "visitors may meet old and new pages together for a moment; a local disk avoids it"
        message = "a new site replaces the old one file by file here"
        yield Finding("publishing", State.NOTE, message, remedy)


def _existing(folder: Path) -> Path:
    """Return a folder, or the nearest one above it that exists."""
    return next(each for each in (folder, *folder.parents) if each.is_dir())


def is_broken(findings: Iterable[Finding]) -> bool:
    """Tell whether something found would break a build."""
    return any(finding.state is State.PROBLEM for finding in findings)
