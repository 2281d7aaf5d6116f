"""A folder -> a `KnowledgeBase`, or every problem at once."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from oftasked import folder, ledger
from oftasked.assembly import (
    audiences_of,
    contacts_of,
    declared_contacts,
    questions_of,
    synonyms_of,
)
from oftasked.entries import Contents, TopicFile, TopicFiles, TranslationFile, contents_of
from oftasked.limits import check_answer
from oftasked.links import links
from oftasked.loading import EntryFile, Source, read_topic, read_translation
from oftasked.model import (
    AskRow,
    Entry,
    KnowledgeBase,
    Place,
    RecordedQuestion,
)
from oftasked.notes import Notes
from oftasked.problems import Problem, Severity, shown
from oftasked.progress import Progress, silent
from oftasked.ranking import HALF_LIFE, rank
from oftasked.references import (
    Known,
    check_contact,
    check_entry,
    check_links,
    check_published,
    check_question,
    check_replacements,
)
from oftasked.remembering import Memory
from oftasked.rereading import reread
from oftasked.schema import (
    AudiencesFields,
    ContactsFields,
    QuestionsFields,
    SynonymsFields,
    TopicFields,
    TranslationFields,
)
from oftasked.sources import Sources
from oftasked.yamltext import text_problems


@dataclass(frozen=True, slots=True)
class Reading:
    """What a folder says. ``knowledge`` is None exactly if one of ``problems`` is an error."""

    knowledge: KnowledgeBase | None
    problems: tuple[Problem, ...]
    """Sorted by place."""
    readable: KnowledgeBase | None = None
    """What could be read despite errors: for tools that help to write, never for a site."""


def read(
    root: Path,
    *,
    languages: Sequence[str] = ("en",),
    as_of: dt.date,
    half_life: float = HALF_LIFE,
    shown_as: str | None = None,
    progress: Progress = silent,
    memory: Memory | None = None,
) -> Reading:
    """Read and check the knowledge base in ``root``.

    ``languages`` begins with the default one. ``shown_as`` is how the paths of problems begin;
    by default the folder as given. Topic files that ``memory`` knows are not parsed again.
    """
    named = (shown_as or root.as_posix()).rstrip("/") or "."
    shelf = Sources(root, named, Notes(), progress, (memory or Memory()).table("sources"))
    if not root.is_dir():
        shelf.notes.error(Place(shelf.shown_as), "there is no such folder", "create it")
        return Reading(None, tuple(shelf.notes.found))
    knowledge = _read(shelf, tuple(languages), as_of, half_life)
    problems = tuple(sorted(set(shelf.notes.found)))
    failed = any(problem.severity is Severity.ERROR for problem in problems)
    return Reading(None if failed else knowledge, problems, knowledge)


def _read(
    shelf: Sources, languages: tuple[str, ...], as_of: dt.date, half_life: float
) -> KnowledgeBase:
    """Read everything, in the order in which one thing needs another."""
    notes = shelf.notes
    files = folder.scan(shelf.root, shelf.shown_as)
    notes.found.extend(files.problems)
    audience_file = shelf.source(AudiencesFields, folder.AUDIENCES, files.paths)
    audiences = audiences_of(audience_file, languages, notes)
    contact_file = shelf.source(ContactsFields, folder.CONTACTS, files.paths)
    contacts = contacts_of(contact_file, languages, notes)
    by_id = {audience.id: audience for audience in audiences}
    layout = folder.lay_out(files.paths, by_id, languages, shelf.shown_as)
    notes.found.extend(layout.problems)
    default_contact = contacts[0].id if contacts else None
    topic_files = _topic_files(shelf, layout, languages[0])
    contents = contents_of(topic_files, by_id, default_contact, languages[0], notes)
    known = Known(
        entries=dict(contents.entries),
        claimed=frozenset(contents.claimed),
        audiences=frozenset(by_id),
        contacts=declared_contacts(contact_file),
        files=frozenset(files.paths),
        as_of=as_of,
    )
    entries = _checked_entries(contents, known, shelf)
    _check_topics(topic_files, known, notes)
    _check_pages(shelf, layout, known)
    synonym_file = shelf.source(SynonymsFields, folder.SYNONYMS, files.paths)
    question_file = shelf.source(QuestionsFields, folder.QUESTIONS, files.paths)
    questions = questions_of(question_file, languages, notes)
    _check_questions(question_file, questions, known, notes)
    rows = _ledger(shelf, files.paths, known)
    if not layout.problems:  # a file that stands in the wrong place may hold some
        check_published(entries, known, Place(shelf.shown_as), notes)
    topics = tuple(sorted(contents.topics, key=lambda topic: topic.id))
    return KnowledgeBase(
        root=shelf.root.as_posix(),
        as_of=as_of,
        languages=languages,
        audiences=audiences,
        topics=topics,
        entries=entries,
        contacts=contacts,
        synonyms=synonyms_of(synonym_file, languages, notes),
        questions=questions,
        ledger=rows,
        ranking=rank(entries, topics, audiences, rows, as_of, half_life),
    )


def _topic_files(shelf: Sources, layout: folder.Layout, default_lang: str) -> list[TopicFiles]:
    """Read the topic files, each with its translations."""
    translations: dict[tuple[str, str], dict[str, TranslationFile]] = {
        (where.audience, where.stem): {} for where in layout.topics
    }
    read = reread(read_translation, TranslationFields, shelf.read)
    for where in layout.translations:
        of_topic = translations.get((where.audience, where.stem))
        original = f"{where.audience}/{where.stem}.yml"
        place = Place(shelf.shown(where.path))
        if where.lang == default_lang:
            what = f"`{default_lang}` is the default language"
            shelf.notes.error(place, what, f"move the entries to {original}")
        elif of_topic is None:
            what = f"there is no {original} that this could translate"
            shelf.notes.error(place, what, "add it, or rename this file")
        elif where.lang and (text := shelf.text(where.path)) is not None:
            of_topic[where.lang] = read(text, place.path)
            shelf.notes.found.extend(of_topic[where.lang].source.problems)
    topics = []
    for done, where in enumerate(layout.topics, start=1):
        of_topic = translations[where.audience, where.stem]
        topics.append(TopicFiles(where, _topic_file(shelf, where), of_topic))
        shelf.progress("files", done, len(layout.topics))
    return topics


def _topic_file(shelf: Sources, where: folder.TopicPath) -> TopicFile:
    path, text = shelf.shown(where.path), shelf.text(where.path)
    if text is None:
        return EntryFile(Source(path, None, ()), ())
    file = reread(read_topic, TopicFields, shelf.read)(text, path)
    shelf.notes.found.extend(file.source.problems)
    return file


def _checked_entries(contents: Contents, known: Known, shelf: Sources) -> tuple[Entry, ...]:
    """Check every reference of every entry; return the entries sorted by id."""
    notes, originals = shelf.notes, contents.originals
    entries = []
    for name, entry in sorted(contents.entries.items()):
        original = originals[name]
        entries.append(check_entry(entry, original.part, known, notes))
        check_links(original.links, entry, _folder(entry), known, notes)
        check_answer(original.part.fields.answer, original.part.place("answer"), notes)
    for _, translated in contents.translated:
        entry_or_none = contents.entries.get(translated.part.fields.id)
        if entry_or_none is not None:
            check_links(translated.links, entry_or_none, _folder(entry_or_none), known, notes)
            check_answer(translated.part.fields.answer, translated.part.place("answer"), notes)

    def place(name: str, replaced: str) -> Place:
        part = originals[name].part
        return part.place("replaces", (part.fields.replaces or []).index(replaced))

    check_replacements(entries, place, notes)
    return tuple(entries)


def _folder(entry: Entry) -> str:
    return entry.audience


def _check_topics(files: Iterable[TopicFiles], known: Known, notes: Notes) -> None:
    for of_topic in files:
        whole = of_topic.file.source.whole
        if whole and whole.fields.topic:
            place = whole.place("topic", "contact")
            check_contact(whole.fields.topic.contact, place, known, notes)


def _check_pages(shelf: Sources, layout: folder.Layout, known: Known) -> None:
    """Check the Markdown pages for what would break the site; MkDocs checks their own links."""
    for path in layout.pages:
        text = shelf.text(path)
        if text is None:
            continue
        shown_path = shelf.shown(path)
        shelf.notes.found.extend(text_problems(text, shown_path, underlines=False))
        found = links(text, shown_path, source=text)
        check_links(found, None, PurePosixPath(path).parent.as_posix(), known, shelf.notes)


def _check_questions(
    file: Source[QuestionsFields] | None,
    questions: Iterable[RecordedQuestion],
    known: Known,
    notes: Notes,
) -> None:
    if file and file.whole:
        for index, question in enumerate(questions):
            check_question(question, partial(file.whole.place, index), known, notes)


def _ledger(shelf: Sources, paths: Sequence[str], known: Known) -> tuple[AskRow, ...]:
    """Read the ledger; what it names and nobody knows is a doubt, for entries come and go."""
    text = shelf.text(folder.ASKS) if folder.ASKS in paths else None
    if text is None:
        return ()
    path = shelf.shown(folder.ASKS)
    problems = text_problems(text, path)
    if problems:
        shelf.notes.found.extend(problems)
        return ()
    read_ledger = ledger.read(io.StringIO(text), path)
    shelf.notes.found.extend(read_ledger.problems)
    for name, line in read_ledger.entries:
        if not known.has_entry(name):
            what = f"`{shown(name)}` is not an entry"
            shelf.notes.warn(Place(path, line), what, "correct the id, or delete its rows")
    for name, line in read_ledger.audiences:
        if name not in known.audiences:
            what = f"`{shown(name)}` is not an audience"
            shelf.notes.warn(Place(path, line), what, "correct it, or leave it empty")
    return read_ledger.rows
