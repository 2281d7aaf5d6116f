"""The files at the top of the folder -> audiences, contacts, synonyms and questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from oftasked.defaults import default_audiences
from oftasked.folder import is_reserved
from oftasked.loading import Part, Source
from oftasked.model import (
    Access,
    Audience,
    Contact,
    RecordedQuestion,
    Text,
)
from oftasked.notes import Notes
from oftasked.problems import shown
from oftasked.schema import (
    AudiencesFields,
    ContactFields,
    ContactsFields,
    QuestionsFields,
    SynonymsFields,
)
from oftasked.yamltext import Mapping

_CHANNELS = frozenset({"email", "form", "phone", "im", "community", "post"})

Synonyms = tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]


def audiences_of(
    source: Source[AudiencesFields] | None, languages: Sequence[str], notes: Notes
) -> tuple[Audience, ...]:
    """Return the declared audiences, in their order, or else the default ones."""
    if source is None:
        return default_audiences(languages)
    if source.whole is None or not source.whole.fields.audiences:
        return tuple(_faulty_audiences(source, (), languages)) or default_audiences(languages)
    defaults = {audience.id: audience for audience in default_audiences(languages)}
    audiences: dict[str, Audience] = {}
    for index, fields in enumerate(source.whole.fields.audiences):
        place = source.whole.place("audiences", index, "id")
        if is_reserved(fields.id, languages):
            notes.error(place, f"`{fields.id}` is a reserved name", "choose another id")
        if fields.id in audiences:
            notes.error(place, f"the audience `{fields.id}` is declared twice", "keep one")
        part = source.whole.part(fields, "audiences", index)
        base = defaults.get(fields.id, Audience(fields.id, _plain(fields.id, languages), Text(())))
        audiences[fields.id] = Audience(
            id=fields.id,
            title=_text(fields.title, part, "title", languages, notes) or base.title,
            description=_text(fields.description, part, "description", languages, notes)
            or base.description,
            access=access_of(fields.access),
        )
    return (*audiences.values(), *_faulty_audiences(source, audiences, languages))


def _faulty_audiences(
    source: Source[AudiencesFields], read: Iterable[str], languages: Sequence[str]
) -> list[Audience]:
    """Return what faulty declarations seem to name, lest their folders count as undeclared."""
    return [
        Audience(name, _plain(name, languages), Text(()))
        for name in sorted(source.claimed - set(read))
    ]


def contacts_of(
    source: Source[ContactsFields] | None, languages: Sequence[str], notes: Notes
) -> tuple[Contact, ...]:
    """Return the departments as declared, the default one first."""
    whole = source.whole if source else None
    if whole is None:
        return ()
    declared = whole.fields.contacts or {}
    contacts = [
        _contact(key, whole.part(fields, "contacts", key), languages, notes)
        for key, fields in declared.items()
    ]
    default = whole.fields.default
    if default and default not in (declared_contacts(source) or ()):
        remedy = f"use one of {', '.join(sorted(declared))}" if declared else "declare it below"
        notes.error(whole.place("default"), f"`{default}` is not a contact", remedy)
    return tuple(sorted(contacts, key=lambda contact: contact.id != default))


def declared_contacts(source: Source[ContactsFields] | None) -> frozenset[str] | None:
    """Return the departments that a file declares, however faulty; None: it cannot be told."""
    if source is None or source.whole is None:
        return None if source and source.problems else frozenset()
    node = source.whole.node
    contacts = node.items.get("contacts") if isinstance(node, Mapping) else None
    return frozenset(contacts.keys) if isinstance(contacts, Mapping) else frozenset()


def _contact(
    key: str, part: Part[ContactFields], languages: Sequence[str], notes: Notes
) -> Contact:
    fields = part.fields
    named = part.node.keys if isinstance(part.node, Mapping) else ()
    if not _CHANNELS.intersection(named):
        notes.warn(part.place(), f"the contact `{key}` has no channel", "add `email:` or another")
    return Contact(
        id=key,
        title=_text(fields.title, part, "title", languages, notes) or _plain(key, languages),
        email=fields.email,
        form=fields.form,
        phone=fields.phone,
        im=fields.im,
        community=fields.community,
        post=_text(fields.post, part, "post", languages, notes),
        hours=_text(fields.hours, part, "hours", languages, notes),
        reply_within=_text(fields.reply_within, part, "reply_within", languages, notes),
    )


def synonyms_of(
    source: Source[SynonymsFields] | None, languages: Sequence[str], notes: Notes
) -> Synonyms:
    """Return the groups of words per language of the site."""
    if source is None or source.whole is None:
        return ()
    groups = {lang: found or [] for lang, found in source.whole.fields.root.items()}
    for lang in sorted(set(groups) - set(languages)):
        what = f"`{lang}` is not a language of this site"
        notes.warn(source.whole.place(lang), what, "delete the group, or add the language")
    return tuple(
        (lang, tuple(tuple(dict.fromkeys(group)) for group in groups[lang]))
        for lang in languages
        if lang in groups
    )


def questions_of(
    source: Source[QuestionsFields] | None, languages: Sequence[str], notes: Notes
) -> tuple[RecordedQuestion, ...]:
    """Return the question set, in the order of its file."""
    if source is None or source.whole is None:
        return ()
    questions = []
    for index, fields in enumerate(source.whole.fields.root):
        lang = fields.lang or languages[0]
        place = source.whole.place(index)
        expect = tuple(dict.fromkeys(fields.expect))
        questions.append(RecordedQuestion(fields.ask, expect, fields.audience, lang, place))
    _doubt_languages(source.whole, questions, languages, notes)
    return tuple(questions)


def _doubt_languages(
    whole: Part[QuestionsFields],
    questions: Sequence[RecordedQuestion],
    languages: Sequence[str],
    notes: Notes,
) -> None:
    """Name each language that the site lacks once, at its first question: there may be hundreds."""
    asked_in = [question.lang for question in questions]
    for lang, count in Counter(asked_in).items():
        if lang in languages:
            continue
        times = f" ({count} questions are in it)" if count > 1 else ""
        what = f"`{shown(lang)}` is not a language of this site{times}"
        remedy = f"use {', '.join(languages)}, or add `{shown(lang)}` to the languages"
        notes.error(whole.place(asked_in.index(lang), "lang"), what, remedy)


def humanised(name: str) -> str:
    """Return a file or folder name as a title: `order-status` as "Order status"."""
    words = " ".join(name.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:]


def _plain(name: str, languages: Sequence[str]) -> Text:
    return Text(((languages[0], humanised(name)),))


def access_of(name: str | None) -> Access:
    """Return the access of that name; public where none is given."""
    return Access[name.upper()] if name else Access.PUBLIC


def at_least(access: Access) -> str:
    """Name what is as strict as ``access`` or stricter, for a remedy."""
    return " or ".join(f"`{level.name.lower()}`" for level in Access if level >= access)


def _text(
    texts: dict[str, str] | None,
    part: Part[Any],
    name: str,
    languages: Sequence[str],
    notes: Notes,
) -> Text | None:
    """Return a text in the site's languages, the default one first."""
    if texts is None:
        return None
    default = languages[0]
    given = {lang or default: text for lang, text in texts.items()}
    if default not in given:
        what = f"`{name}` lacks the default language, `{default}`"
        notes.error(part.place(name), what, f"add `{default}: ...`")
        return None
    for lang in sorted(set(given) - set(languages)):
        what = f"`{shown(lang)}` is not a language of this site"
        notes.warn_once(part.place(name, lang), what, "delete its texts, or add the language")
    return Text(tuple((lang, given[lang]) for lang in languages if lang in given))
