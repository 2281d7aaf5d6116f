"""The domain, as immutable values: what a knowledge base is once it has been read and checked.

Standard library only; every other module may import this one, and it imports none of them.
Collections are tuples in their final order, so that equal input gives equal output.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass, field


class Access(enum.IntEnum):
    """Who may read something. Greater is stricter, so the stricter of two is their maximum."""

    PUBLIC = 0
    MEMBERS = 1
    INTERNAL = 2


class Status(enum.StrEnum):
    """Where an entry is in its life."""

    PUBLISHED = "published"
    DRAFT = "draft"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in the sources: ``path`` with forward slashes, counted from 1."""

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one or several languages: ``((lang, text), ...)`` with the default one first."""

    by_lang: tuple[tuple[str, str], ...]

    def get(self, lang: str) -> str:
        """Return the text in ``lang``, or else in the default language."""
        for key, value in self.by_lang:
            if key == lang:
                return value
        return self.by_lang[0][1] if self.by_lang else ""


@dataclass(frozen=True, slots=True)
class Replies:
    """Prepared answers for channels other than the site; plain text, None where derived."""

    email: str | None = None
    im: str | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """What an entry says in one language. ``question`` and ``also_asked`` are its phrasings."""

    lang: str
    question: str
    answer: str
    """Markdown."""
    summary: str
    """Plain text, one sentence or so; derived from the answer where none is given."""
    also_asked: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    replies: Replies = field(default_factory=Replies)
    place: Place = field(default_factory=lambda: Place(""))
    summary_given: bool = True
    """False where `summary` was derived."""
    phrased_at: tuple[Place, ...] = ()
    """Where each of `phrasings` stands."""

    @property
    def phrasings(self) -> tuple[str, ...]:
        """Every way customers ask for this entry, the question first."""
        return (self.question, *self.also_asked)

    def place_of(self, number: int) -> Place:
        """Return where a phrasing stands; 0 is the question."""
        return self.phrased_at[number] if number < len(self.phrased_at) else self.place


@dataclass(frozen=True, slots=True)
class Entry:
    """One question with its answer, in every language it is written in."""

    id: str
    audience: str
    """The id of the folder it stands in."""
    topic: str
    """The id of its topic, ``<audience>/<stem>``."""
    wordings: tuple[Wording, ...]
    """One a language, the default language first."""
    also_for: tuple[str, ...] = ()
    asked: float = 0
    pinned: bool = False
    access: Access = Access.PUBLIC
    """Effective: the strictest of audience, topic and entry."""
    status: Status = Status.PUBLISHED
    contact: str | None = None
    """Effective contact key: the entry's, the topic's or the site's default."""
    owner: str | None = None
    changed: dt.date | None = None
    reviewed: dt.date | None = None
    review_every: int | None = None
    """Days."""
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    related: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    notes: str | None = None
    place: Place = field(default_factory=lambda: Place(""))

    @property
    def audiences(self) -> tuple[str, ...]:
        """Every audience it is shown to, its own first."""
        return (self.audience, *self.also_for)

    def wording(self, lang: str) -> Wording:
        """Return the wording in ``lang``, or else in the default language."""
        for wording in self.wordings:
            if wording.lang == lang:
                return wording
        return self.wordings[0]

    def is_current(self, as_of: dt.date) -> bool:
        """Tell whether ``as_of`` lies within ``valid_from`` and ``valid_until``, both included."""
        begun = self.valid_from is None or self.valid_from <= as_of
        return begun and (self.valid_until is None or as_of <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject inside an audience; one YAML file. ``id`` is ``<audience>/<stem>``."""

    id: str
    audience: str
    stem: str
    title: Text
    description: Text
    contact: str | None = None
    access: Access = Access.PUBLIC
    """Effective: the stricter of the audience's and its own."""
    teaser: bool = False
    place: Place = field(default_factory=lambda: Place(""))


@dataclass(frozen=True, slots=True)
class Audience:
    """A group of people who ask."""

    id: str
    title: Text
    description: Text
    access: Access = Access.PUBLIC


@dataclass(frozen=True, slots=True)
class Contact:
    """A department with its channels. ``form`` and ``im`` may hold {question} and {url}."""

    id: str
    title: Text
    email: str | None = None
    form: str | None = None
    phone: str | None = None
    im: str | None = None
    community: str | None = None
    post: Text | None = None
    hours: Text | None = None
    reply_within: Text | None = None


@dataclass(frozen=True, slots=True)
class RecordedQuestion:
    """A real customer question. ``expect`` holds the entries that answer it; empty: none does."""

    ask: str
    expect: tuple[str, ...]
    audience: str | None
    lang: str
    place: Place


@dataclass(frozen=True, slots=True)
class AskRow:
    """A row of the ledger: ``count`` asks for ``entry`` on ``date``."""

    date: dt.date
    entry: str
    audience: str | None
    channel: str
    count: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """The order that the ledger gives, as of one date. Ids of published, current entries.

    ``by_audience``: ``((audience, (entry id, ...)), ...)``; ``overall``: most asked over all
    audiences; ``topics``: ``((audience, (topic id, ...)), ...)`` by the sum of their entries;
    ``rising``: ids whose asks at least doubled; ``score``: decayed asks over all audiences by id.
    """

    by_audience: tuple[tuple[str, tuple[str, ...]], ...] = ()
    overall: tuple[str, ...] = ()
    topics: tuple[tuple[str, tuple[str, ...]], ...] = ()
    rising: frozenset[str] = frozenset()
    score: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """Everything the sources say, checked and ranked. ``entries`` is sorted by id."""

    root: str
    """The folder it was read from, as given; for messages, never for output."""
    as_of: dt.date
    languages: tuple[str, ...]
    """The default language first."""
    audiences: tuple[Audience, ...]
    topics: tuple[Topic, ...]
    """Sorted by id."""
    entries: tuple[Entry, ...]
    contacts: tuple[Contact, ...]
    """As declared; the default one first."""
    synonyms: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    """``((lang, ((word, word, ...), ...)), ...)``"""
    questions: tuple[RecordedQuestion, ...]
    ledger: tuple[AskRow, ...]
    """Sorted; rows with equal keys added up."""
    ranking: Ranking

    @property
    def counted(self) -> tuple[AskRow, ...]:
        """The rows of the ledger that count already on the day."""
        return tuple(row for row in self.ledger if row.date <= self.as_of)

    @property
    def default_lang(self) -> str:
        """The language that every entry is written in."""
        return self.languages[0]

    @property
    def default_contact(self) -> Contact | None:
        """Who answers where no department is named."""
        return self.contacts[0] if self.contacts else None
