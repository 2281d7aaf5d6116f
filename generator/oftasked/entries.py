"""Topic files and their translations -> topics and entries, each with what it inherits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from oftasked.assembly import access_of, at_least, humanised
from oftasked.folder import TopicPath
from oftasked.loading import EntryFile, EntrySource
from oftasked.model import Audience, Entry, Place, Replies, Status, Text, Topic, Wording
from oftasked.notes import Notes
from oftasked.schema import (
    EntryFields,
    RepliesFields,
    TopicFields,
    TopicHeaderFields,
    TranslatedEntryFields,
    TranslationFields,
)

TopicFile = EntryFile[TopicFields, EntryFields]
TranslationFile = EntryFile[TranslationFields, TranslatedEntryFields]
Original = EntrySource[EntryFields]
Translated = tuple[str, EntrySource[TranslatedEntryFields]]
"""A language, and an entry in it."""


@dataclass(frozen=True, slots=True)
class TopicFiles:
    """A topic file with its translations by language, all read."""

    where: TopicPath
    file: TopicFile
    translations: Mapping[str, TranslationFile]


@dataclass(slots=True)
class Contents:
    """All topics and entries, with the sources that tell where everything stands.

    ``claimed`` holds the ids that faulty files seem to define.
    """

    topics: list[Topic] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    originals: dict[str, Original] = field(default_factory=dict)
    translated: list[Translated] = field(default_factory=list)
    claimed: set[str] = field(default_factory=set)


def contents_of(
    files: Iterable[TopicFiles],
    audiences: Mapping[str, Audience],
    default_contact: str | None,
    default_lang: str,
    notes: Notes,
) -> Contents:
    """Assemble every topic, in the order of their files."""
    contents = Contents()
    for of_topic in files:
        topic = topic_of(of_topic, audiences[of_topic.where.audience], default_lang, notes)
        contents.topics.append(topic)
        contents.claimed |= of_topic.file.source.claimed
        translated = _translations_by_id(of_topic, notes)
        contents.translated += [entry for entries in translated.values() for entry in entries]
        for original in of_topic.file.entries:
            if _is_new(original, contents, notes):
                name = original.part.fields.id
                wordings = [_wording(original, default_lang, ())]
                wordings += _translated_wordings(translated.get(name, ()), wordings[0])
                contents.originals[name] = original
                contents.entries[name] = _entry(original, wordings, topic, default_contact, notes)
    return contents


def _is_new(original: Original, contents: Contents, notes: Notes) -> bool:
    """Tell whether an id is met for the first time."""
    name = original.part.fields.id
    first = contents.originals.get(name)
    if first is None:
        return True
    place = first.part.place("id")
    what = f"the id `{name}` is taken (by {place.path}:{place.line})"
    notes.error(original.part.place("id"), what, "choose another id, or delete one of the entries")
    return False


def _translations_by_id(of_topic: TopicFiles, notes: Notes) -> dict[str, list[Translated]]:
    """Return the translations of a topic's entries by id; report those of no entry in it."""
    source = of_topic.file.source
    known = {original.part.fields.id for original in of_topic.file.entries} | source.claimed
    is_whole = source.whole is not None
    found: dict[str, list[Translated]] = {}
    for lang, translation in of_topic.translations.items():
        seen: set[str] = set()
        for entry in translation.entries:
            name = entry.part.fields.id
            place = entry.part.place("id")
            if name in seen:
                notes.error(place, f"`{name}` is translated twice", "keep one of them")
            elif name not in known and is_whole:
                what = f"`{name}` is not an entry of {source.path}"
                notes.error(place, what, "translate an entry of that file, or delete this one")
            else:
                found.setdefault(name, []).append((lang, entry))
            seen.add(name)
    return found


def topic_of(of_topic: TopicFiles, audience: Audience, default_lang: str, notes: Notes) -> Topic:
    """Return a topic with its titles in every language it is written in."""
    where, whole = of_topic.where, of_topic.file.source.whole
    header = (whole.fields.topic if whole else None) or TopicHeaderFields()
    titles = [(default_lang, header.title or humanised(where.stem))]
    abouts = [(default_lang, header.description or "")]
    for lang, translation in of_topic.translations.items():
        fields = translation.source.whole.fields.topic if translation.source.whole else None
        titles += [(lang, fields.title)] if fields and fields.title else []
        abouts += [(lang, fields.description)] if fields and fields.description else []
    access = access_of(header.access)
    if whole and header.access and access < audience.access:
        what = f"the topic is more open than its audience, `{audience.id}`"
        notes.error(whole.place("topic", "access"), what, f"write {at_least(audience.access)}")
    return Topic(
        id=f"{where.audience}/{where.stem}",
        audience=where.audience,
        stem=where.stem,
        title=Text(tuple(titles)),
        description=Text(tuple(abouts) if any(text for _, text in abouts) else ()),
        contact=header.contact,
        access=max(access, audience.access),
        teaser=bool(header.teaser),
        place=whole.place() if whole else Place(of_topic.file.source.path),
    )


def _entry(
    source: Original,
    wordings: Iterable[Wording],
    topic: Topic,
    default_contact: str | None,
    notes: Notes,
) -> Entry:
    """Return an entry with what it inherits from its topic."""
    fields, part = source.part.fields, source.part
    access = access_of(fields.access)
    if fields.access and access < topic.access:
        what = f"the entry is more open than its topic, `{topic.id}`"
        notes.error(part.place("access"), what, f"write {at_least(topic.access)}")
    if fields.valid_from and fields.valid_until and fields.valid_until < fields.valid_from:
        what = "`valid_until` is before `valid_from`"
        notes.error(part.place("valid_until"), what, "exchange the two dates")
    return Entry(
        id=fields.id,
        audience=topic.audience,
        topic=topic.id,
        wordings=tuple(wordings),
        also_for=tuple(dict.fromkeys(fields.also_for or ())),
        asked=fields.asked or 0,
        pinned=bool(fields.pinned),
        access=max(access, topic.access),
        status=Status(fields.status or "published"),
        contact=fields.contact or topic.contact or default_contact,
        owner=fields.owner,
        changed=fields.changed,
        reviewed=fields.reviewed,
        review_every=fields.review_every,
        valid_from=fields.valid_from,
        valid_until=fields.valid_until,
        related=tuple(dict.fromkeys(fields.related or ())),
        replaces=tuple(dict.fromkeys(fields.replaces or ())),
        notes=fields.notes,
        place=part.place(),
    )


def _translated_wordings(entries: Iterable[Translated], original: Wording) -> list[Wording]:
    return [_wording(entry, lang, original.tags) for lang, entry in entries]


def _wording(
    source: EntrySource[EntryFields] | EntrySource[TranslatedEntryFields],
    lang: str,
    inherited_tags: tuple[str, ...],
) -> Wording:
    fields, place = source.part.fields, source.part.place
    asked = fields.also_asked or []
    also_asked = tuple(dict.fromkeys(asked))
    return Wording(
        lang=lang,
        question=fields.question,
        answer=fields.answer,
        summary=source.summary,
        also_asked=also_asked,
        tags=tuple(dict.fromkeys(fields.tags or ())) or inherited_tags,
        replies=_replies(fields.replies),
        place=place(),
        summary_given=fields.summary is not None,
        phrased_at=(
            place("question"),
            *(place("also_asked", asked.index(text)) for text in also_asked),
        ),
    )


def _replies(fields: RepliesFields | None) -> Replies:
    return Replies(fields.email, fields.im) if fields else Replies()
