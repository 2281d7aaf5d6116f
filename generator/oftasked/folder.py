"""A folder -> its files by what they are for. Nothing is skipped silently.

Names that begin with a dot are not ours: version control and editors keep their things there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from oftasked.problems import BuildError, Problem, shown
from oftasked.suggestions import closest

AUDIENCES, CONTACTS = "audiences.yml", "contacts.yml"
SYNONYMS, QUESTIONS = "synonyms.yml", "questions.yml"
ASKS = "asks.csv"
SPECIAL = (AUDIENCES, CONTACTS, SYNONYMS, QUESTIONS)
RESERVED = ("q", "contact", "search", "members", "assets")
"""First parts of addresses that the site itself uses."""

_STEM = re.compile(r"\w+(?:[.-]\w+)*")
_CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LANGUAGE = re.compile(r"[a-z]{2}([-_]([a-z]{2}|hans|hant|latn|cyrl|arab))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Files:
    """The readable files below a folder, relative to it, with forward slashes, sorted."""

    paths: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class TopicPath:
    """A topic file's address: `<audience>/<stem>.yml`, or a translation of it."""

    path: str
    audience: str
    stem: str
    lang: str | None = None
    """None: the default language."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of a knowledge base by their role."""

    topics: tuple[TopicPath, ...]
    translations: tuple[TopicPath, ...]
    pages: tuple[str, ...]
    problems: tuple[Problem, ...]


def scan(root: Path, shown_as: str) -> Files:
    """List a folder. Links that lead out of it, or to folders, are problems."""
    paths: list[str] = []
    problems: list[Problem] = []
    inside = root.resolve()
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted([*files, *folders]):
            path = Path(folder, name)
            relative = path.relative_to(root).as_posix()
            if name.startswith(".") or (name in folders and not path.is_symlink()):
                continue
            trouble = _link_trouble(path, inside) if path.is_symlink() else None
            if trouble:
                problems.append(Problem(f"{shown_as}/{relative}", 1, 1, *trouble))
            else:
                paths.append(relative)
    return Files(tuple(sorted(paths)), tuple(problems))


def _link_trouble(path: Path, inside: Path) -> tuple[str, str] | None:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return "the symbolic link leads nowhere", "delete it, or put the file here"
    if not target.is_relative_to(inside):
        return "the symbolic link leads out of the folder", "put the file itself here"
    if target.is_dir():
        return "the symbolic link leads to a folder", "put the folder itself here"
    return None


def lay_out(
    files: Sequence[str], audiences: Collection[str], languages: Sequence[str], shown_as: str
) -> Layout:
    """Sort files into their roles, and say of each misplaced one where it belongs."""
    topics: list[TopicPath] = []
    problems: list[Problem] = []
    for path in files:
        pure = PurePosixPath(path)
        if pure.suffix.lower() not in (".yml", ".yaml"):
            trouble = _ledger_trouble(pure)
        elif path in SPECIAL:
            continue
        else:
            trouble = _misplaced(pure, audiences)
            if trouble is None:
                topics.append(_topic_path(pure, languages))
        if trouble:
            problems.append(Problem(f"{shown_as}/{path}", 1, 1, *trouble))
    originals = tuple(topic for topic in topics if topic.lang is None)
    translations = tuple(topic for topic in topics if topic.lang is not None)
    pages = tuple(path for path in files if path.endswith(".md"))
    unlisted = _unlisted_languages(originals, languages, shown_as)
    problems += unlisted.values()
    originals = tuple(topic for topic in originals if topic not in unlisted)
    problems += _twins(translations, shown_as)
    problems += _clashes(files, originals, audiences, languages, shown_as)
    return Layout(originals, translations, pages, tuple(problems))


def _ledger_trouble(path: PurePosixPath) -> tuple[str, str] | None:
    if path.name.lower() == ASKS and str(path) != ASKS:
        return "the ledger does not stand here", f"move it to {ASKS} at the top of the folder"
    return None


def _misplaced(path: PurePosixPath, audiences: Collection[str]) -> tuple[str, str] | None:
    """Say what is wrong with the place or name of a YAML file, if anything."""
    if path.suffix != ".yml":
        return f"`{shown(path.suffix)}` files are not read", f"name it {shown(path.stem)}.yml"
    if len(path.parts) == 1:
        return _unknown_at_top(path)
    folder = path.parts[0]
    if len(path.parts) > 2:
        return "topic files do not stand this deep", f"move it to {shown(folder)}/{path.name}"
    if folder not in audiences:
        known = _or(sorted(audiences))
        what = f"`{shown(folder)}` is not an audience"
        return what, f"move the file to {known}, or declare the audience in {AUDIENCES}"
    if not _STEM.fullmatch(path.stem) or path.stem.lower() == "index":
        what = f"`{shown(path.stem)}` cannot name a topic"
        return what, "use letters, digits and hyphens; the header's `title` may hold anything"
    return None


def _unknown_at_top(path: PurePosixPath) -> tuple[str, str]:
    what = f"`{shown(path.name)}` is not known here"
    close = closest(path.name, SPECIAL)
    if close:
        return what, f"did you mean {close}?"
    return what, f"move it into the folder of an audience, or name it {_or(SPECIAL)}"


def _topic_path(path: PurePosixPath, languages: Sequence[str]) -> TopicPath:
    stem, _, suffix = path.stem.rpartition(".")
    for lang in languages:
        if stem and suffix.lower() == lang.lower():
            return TopicPath(str(path), path.parts[0], stem, lang)
    return TopicPath(str(path), path.parts[0], path.stem)


def _unlisted_languages(
    topics: Sequence[TopicPath], languages: Sequence[str], shown_as: str
) -> dict[TopicPath, Problem]:
    """Find what look like translations into a language that the site does not have."""
    names = {(topic.audience, topic.stem) for topic in topics}
    problems = {}
    for topic in topics:
        stem, _, suffix = topic.stem.rpartition(".")
        if _LANGUAGE.fullmatch(suffix) and (topic.audience, stem) in names:
            what = f"`{suffix}` is not a language of this site ({', '.join(languages)})"
            code = suffix.replace("_", "-")
            remedy = f"add `{code}` to the languages, or rename the file"
            remedy = f"name it {stem}.{code}.yml" if code in languages else remedy
            problems[topic] = Problem(f"{shown_as}/{topic.path}", 1, 1, what, remedy)
    return problems


def _twins(translations: Sequence[TopicPath], shown_as: str) -> list[Problem]:
    """Find translations of one topic into one language whose names differ in case only."""
    first: dict[tuple[str, str, str | None], str] = {}
    problems = []
    for each in translations:
        other = first.setdefault((each.audience, each.stem, each.lang), each.path)
        if other != each.path:
            what = f"{shown(other)} already translates the topic into `{each.lang}`"
            problems.append(
                Problem(f"{shown_as}/{each.path}", 1, 1, what, "merge the two files into one")
            )
    return problems


def _clashes(
    files: Sequence[str],
    topics: Sequence[TopicPath],
    audiences: Collection[str],
    languages: Sequence[str],
    shown_as: str,
) -> list[Problem]:
    """Find Markdown pages and topics that would get the address of something else."""
    taken = dict.fromkeys((*RESERVED, *languages), "the site itself")
    taken |= dict.fromkeys(audiences, "an audience")
    problems = []
    pages = [path for path in files if path.endswith(".md")]
    for path, address in sorted([(t.path, f"{t.audience}/{t.stem}") for t in topics]) + [
        (page, re.sub(r"/?(?:index|README)$", "", page.removesuffix(".md"))) for page in pages
    ]:
        key = address.lower()
        if key in taken and key:
            what = f"its address /{shown(address)}/ already belongs to {shown(taken[key])}"
            problems.append(Problem(f"{shown_as}/{path}", 1, 1, what, "rename the file"))
        taken.setdefault(key, path)
    return problems


def site_languages(default: str, others: Iterable[str]) -> tuple[str, ...]:
    """Return the languages of a site, the default first; all but that one get a folder."""
    languages = (default, *(each for each in others if each != default))
    for index, lang in enumerate(languages):
        if not _CODE.fullmatch(lang):
            raise BuildError(f"{lang!r} is not a language code; write it like `zh` or `zh-TW`")
        if lang.lower() in {each.lower() for each in languages[:index]}:
            raise BuildError(f"the language `{lang}` is named twice; keep one in `languages`")
    return languages


def is_reserved(name: str, languages: Sequence[str]) -> bool:
    """Tell whether an audience may not have this name, for the site needs its address."""
    is_language = _LANGUAGE.fullmatch(name) is not None
    return name in RESERVED or is_language or name in {lang.lower() for lang in languages}


def _or(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" or {names[-1]}"
