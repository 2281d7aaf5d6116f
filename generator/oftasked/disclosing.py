"""A knowledge base and a tier -> what its site may say, and what is withheld from it."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from urllib.parse import unquote

from oftasked import answers, channels, folder, headers, machine, publishing, stamping, syndication
from oftasked.editions import Edition, cut
from oftasked.model import Access, Entry, KnowledgeBase, Place, Status, Text, Topic, Wording
from oftasked.plaintext import plain
from oftasked.withheld import Allowed, Joints, Secret, Withheld
from oftasked_search.function_words import Importance
from oftasked_search.terms import analyser
from oftasked_search.vocabulary import Vocabulary

WRITERS: tuple[ModuleType, ...] = (
    answers, channels, headers, machine, publishing, stamping, syndication,
)  # fmt: skip
"""Modules whose own words stand in every site: names of elements, fields and headers."""

_SENTENCE = re.compile(r"(?<=[.!?\u3002\uff01\uff1f])\s*|\n+")
_PLACEHOLDER = re.compile(r"\{\w*\}")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a site says beside its entries.

    ``settings`` and ``theme`` are the texts of mkdocs.yml, of pages, of the theme's files;
    ``messages`` the interface texts, with placeholders; ``media`` the knowledge base's pictures
    and the like by path, with what they say if they are text.
    """

    settings: tuple[str, ...]
    theme: tuple[str, ...]
    messages: tuple[str, ...]
    media: Mapping[str, str]


def withheld(knowledge: KnowledgeBase, tier: Access, around: Surroundings) -> Withheld:
    """Return what must be in no file of a tier's site."""
    editions = [cut(knowledge, lang=lang, tier=tier) for lang in knowledge.languages]
    shown = editions[0]
    visible = {entry.id: entry for entry in (*shown.entries.values(), *shown.retired)}
    secrets = tuple(_secrets(knowledge, visible, shown, around))
    if not secrets:
        return Withheld(Allowed(tuple), lambda _: ())
    allowed = _allowed(knowledge, editions, visible.values(), around)
    languages = knowledge.languages
    always = frozenset(word for lang in languages for word in Importance(lang).function_terms())
    general = frozenset(word for lang in languages for word in _general_words(lang))
    analysers = [analyser(lang) for lang in languages]

    def terms_of(word: str) -> Iterator[str]:
        yield word
        for each in analysers:
            yield from (found.term for found in each.words(word))

    hidden = Withheld(allowed, terms_of, always, general)
    for secret in secrets:
        hidden.add(secret)
    return hidden


def _allowed(
    knowledge: KnowledgeBase,
    editions: Iterable[Edition],
    visible: Collection[Entry],
    around: Surroundings,
) -> Allowed:
    structure = [text for edition in editions for text in _structure(edition, knowledge)]
    texts = [*around.settings, *around.theme, *around.messages, *structure]
    texts += [text for module in WRITERS for text in _literals(module)]
    spoken = [text for entry in visible for text in _spoken(entry)]
    texts += _shown_media(around.media, "\n".join((*around.settings, *spoken)))

    def in_full() -> Iterator[str]:
        yield from texts
        yield from spoken
        for wording in (wording for entry in visible for wording in entry.wordings):
            yield plain(wording.answer)
            yield " ".join(wording.tags)  # a page and its data list them in a row

    allowed = Allowed(in_full, joints=_joints(around.messages, [*structure, *spoken]))
    for text in texts:
        allowed.add(text)
    allowed.add("\n".join(spoken))
    allowed.close()
    return allowed


def _shown_media(media: Mapping[str, str], spoken: str) -> Iterator[str]:
    """Yield what the files say that a visible text names."""
    plainly = unquote(spoken)
    return (text for path, text in media.items() if path.rpartition("/")[2] in plainly)


def _spoken(entry: Entry) -> Iterator[str]:
    """Yield all that a visible entry says. Its notes and its owner are never published."""
    yield entry.id
    yield entry.topic.partition("/")[2]
    for wording in entry.wordings:
        yield from (text for _, text in _texts(wording))


def _texts(wording: Wording) -> Iterator[tuple[str, str]]:
    """Yield what a wording says, with what to call it."""
    yield "the question", wording.question
    yield "the answer", wording.answer
    yield "the summary", wording.summary
    yield from (("a phrasing", each) for each in wording.also_asked)
    yield from (("a tag", each) for each in wording.tags)
    for reply in (wording.replies.email, wording.replies.im):
        if reply:
            yield "a reply", reply


def _structure(edition: Edition, knowledge: KnowledgeBase) -> Iterator[str]:
    """Yield the titles around an edition's entries, its contacts and synonyms."""
    for audience in knowledge.audiences:
        if audience.access <= edition.tier:
            yield from (audience.id, *_in_all(audience.title), *_in_all(audience.description))
    for shelves in edition.shelves.values():
        yield from (text for shelf in shelves for text in (shelf.title, shelf.description))
    yield from (title for titles in edition.teasers.values() for title in titles)
    for contact in knowledge.contacts:
        fields = (contact.title, contact.post, contact.hours, contact.reply_within)
        yield from (text for each in fields if each for text in _in_all(each))
        ways = (contact.email, contact.form, contact.phone, contact.im, contact.community)
        yield from (contact.id, *(way for way in ways if way))
    for _, groups in knowledge.synonyms:
        yield from (phrase for group in groups for phrase in group)


def _in_all(text: Text) -> Iterator[str]:
    yield from (value for _, value in text.by_lang)


def _joints(messages: Iterable[str], values: Iterable[str]) -> Joints:
    pieces = [_PLACEHOLDER.split(text) for text in messages]
    before = [piece for each in pieces for piece in each[:-1]]
    behind = [piece for each in pieces for piece in each[1:]]
    values = [text for text in values if not text.isascii()]
    sizes = (1, 2)
    return Joints(
        before=frozenset(text[-n:] for text in before for n in sizes if text),
        starts=frozenset(text[:n] for text in values for n in sizes),
        ends=frozenset(text[-n:] for text in values for n in sizes),
        behind=frozenset(text[:n] for text in behind for n in sizes if text),
    )


def _literals(module: ModuleType) -> Iterator[str]:
    """Yield the texts in a module's source that it may write, documentation left out."""
    tree = ast.parse(inspect.getsource(module))
    documented = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in documented:
            yield str(node.value)  # type: ignore[attr-defined]  # is_text says so


def _general_words(lang: str) -> Iterator[str]:
    vocabulary = Vocabulary.open(lang)
    if vocabulary:
        yield from vocabulary.terms


def _secrets(
    knowledge: KnowledgeBase, visible: Mapping[str, Entry], shown: Edition, around: Surroundings
) -> Iterator[Secret]:
    for entry in knowledge.entries:
        if entry.id not in visible:
            yield from _of_hidden(entry, knowledge)
        name = f"`{entry.id}`"
        if entry.owner:
            yield Secret(f"the owner of {name}", entry.owner, entry.place)
        yield from _sentences(f"a note of {name}", entry.notes or "", entry.place)
    seen = {shelf.id for shelves in shown.shelves.values() for shelf in shelves}
    seen |= {entry.topic for entry in visible.values()}
    for topic in knowledge.topics:
        if topic.id not in seen:
            yield from _of_topic(topic)
    for audience in knowledge.audiences:
        if audience.access > shown.tier:
            place, whose = Place(folder.AUDIENCES), f"of the audience `{audience.id}`"
            yield Secret(f"the id {whose}", audience.id, place, is_name=True)
            for text in (*_in_all(audience.title), *_in_all(audience.description)):
                yield from _sentences(f"a text {whose}", text, place)
    for path in around.media:
        name = path.rpartition("/")[2]
        yield Secret(f"the name of the file `{path}`", name, Place(path), is_name=True)


def _of_hidden(entry: Entry, knowledge: KnowledgeBase) -> Iterator[Secret]:
    whose = f"`{entry.id}`, which {_why(entry, knowledge)}"
    yield Secret(f"the id of {whose}", entry.id, entry.place, is_name=True)
    for wording in entry.wordings:
        for what, text in _texts(wording):
            if what == "the answer":
                yield from _sentences(f"a sentence of {whose}", plain(text), wording.place)
                yield Secret(f"a word of {whose}", text, wording.place, is_whole=True)
            else:
                yield from _sentences(f"{what} of {whose}", text, wording.place)


def _of_topic(topic: Topic) -> Iterator[Secret]:
    whose = f"of the topic `{topic.id}`, of which nothing is shown"
    yield Secret(f"the file name {whose}", topic.stem, topic.place, is_name=True)
    for text in (*_in_all(topic.title), *_in_all(topic.description)):
        yield from _sentences(f"a text {whose}", text, topic.place)


def _sentences(what: str, text: str, place: Place) -> Iterator[Secret]:
    for sentence in _SENTENCE.split(text):
        if sentence.strip():
            yield Secret(what, sentence.strip(), place)


def _why(entry: Entry, knowledge: KnowledgeBase) -> str:
    if entry.status is Status.DRAFT:
        return "is a draft"
    if entry.access is not Access.PUBLIC:
        return "is for members" if entry.access is Access.MEMBERS else "is internal"
    return f"is not valid on {knowledge.as_of.isoformat()}"
