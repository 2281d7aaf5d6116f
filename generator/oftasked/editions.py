"""A knowledge base -> what one edition (a tier in one language) contains, and nothing else.

Everything that a site shows is computed from an `Edition`, never from the knowledge base: what a
reader of this tier may not see is not in the value at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from oftasked import ranking
from oftasked.model import (
    Access,
    Audience,
    Contact,
    Entry,
    KnowledgeBase,
    Ranking,
    Status,
    Topic,
    Wording,
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A topic as one audience sees it: the entries that stand under it there, in rank order.

    An entry with ``also_for`` stands on a shelf of the same stem in each of its audiences.
    """

    audience: str
    stem: str
    title: str
    description: str
    contact: str | None
    entries: tuple[Entry, ...]

    @property
    def id(self) -> str:
        """``<audience>/<stem>``, as a topic's id."""
        return f"{self.audience}/{self.stem}"


@dataclass(frozen=True, slots=True)
class Edition:
    """One site: a tier in one language. ``entries`` holds the published and current ones by id."""

    lang: str
    languages: tuple[str, ...]
    """Every language of the site, the default first."""
    tier: Access
    audiences: tuple[Audience, ...]
    """Those with entries, as declared."""
    shelves: Mapping[str, tuple[Shelf, ...]]
    """By audience, the most asked topic first."""
    entries: Mapping[str, Entry]
    retired: tuple[Entry, ...]
    ranking: Ranking
    contacts: Mapping[str, Contact]
    """The default one first."""
    synonyms: tuple[tuple[str, ...], ...]
    teasers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By audience: titles, and nothing else, of the members' topics that may be announced here."""

    @property
    def scores(self) -> dict[str, float]:
        """By id: decayed asks over all audiences."""
        return dict(self.ranking.score)

    @property
    def default_lang(self) -> str:
        """The site's first language."""
        return self.languages[0]

    def wording(self, entry: Entry) -> Wording:
        """Return what the entry says in this edition's language, or in the default one."""
        return entry.wording(self.lang)

    def ranked(self, audience: str) -> tuple[Entry, ...]:
        """Return an audience's entries, the most asked first."""
        order = dict(self.ranking.by_audience).get(audience, ())
        return tuple(self.entries[id_] for id_ in order)

    def most_asked(self) -> tuple[Entry, ...]:
        """Return every entry, the one most asked over all audiences first."""
        return tuple(self.entries[id_] for id_ in self.ranking.overall)

    def contact_of(self, key: str | None) -> Contact | None:
        """Return a department, or the default one, or None where the site names none."""
        if key is not None and key in self.contacts:
            return self.contacts[key]
        return next(iter(self.contacts.values()), None)


def cut(
    knowledge: KnowledgeBase,
    *,
    lang: str,
    tier: Access = Access.PUBLIC,
    half_life: float = ranking.HALF_LIFE,
) -> Edition:
    """Cut one edition out of the knowledge base.

    Its ranking is computed anew from the visible entries and the ledger rows about them, so that
    no order, count or badge of a lower tier depends on what only a higher one may know.
    """
    seen = [entry for entry in knowledge.entries if entry.access <= tier]
    audiences = tuple(audience for audience in knowledge.audiences if audience.access <= tier)
    topics = tuple(topic for topic in knowledge.topics if topic.access <= tier)
    shown = tuple(
        entry
        for entry in seen
        if entry.status is Status.PUBLISHED and entry.is_current(knowledge.as_of)
    )
    ids = {entry.id for entry in shown}
    order = ranking.rank(
        shown,
        topics,
        audiences,
        tuple(row for row in knowledge.ledger if row.entry in ids),
        as_of=knowledge.as_of,
        half_life=half_life,
    )
    by_id = {entry.id: entry for entry in shown}
    shelves = {
        audience.id: _shelves(audience.id, by_id, topics, order, lang) for audience in audiences
    }
    return Edition(
        lang=lang,
        languages=knowledge.languages,
        tier=tier,
        audiences=tuple(audience for audience in audiences if shelves[audience.id]),
        shelves=shelves,
        entries=by_id,
        retired=tuple(entry for entry in seen if entry.status is Status.RETIRED),
        ranking=order,
        contacts={contact.id: contact for contact in knowledge.contacts},
        synonyms=dict(knowledge.synonyms).get(lang, ()),
        teasers={
            audience.id: _teasers(knowledge, audience.id, tier, lang) for audience in audiences
        },
    )


def _teasers(knowledge: KnowledgeBase, audience: str, tier: Access, lang: str) -> tuple[str, ...]:
    """Return the titles that ``teaser`` allows to name: of members' topics in which something is.

    Topics stand in the order of their files; any other would tell which are asked about most.
    """
    filled = {
        entry.topic
        for entry in knowledge.entries
        if entry.access <= Access.MEMBERS
        and entry.status is Status.PUBLISHED
        and entry.is_current(knowledge.as_of)
    }
    return tuple(
        topic.title.get(lang)
        for topic in sorted(knowledge.topics, key=lambda topic: topic.id)
        if topic.audience == audience
        and topic.teaser
        and tier < topic.access <= Access.MEMBERS
        and topic.id in filled
    )


def _shelves(
    audience: str,
    entries: Mapping[str, Entry],
    topics: tuple[Topic, ...],
    order: Ranking,
    lang: str,
) -> tuple[Shelf, ...]:
    """Put an audience's entries, already in rank order, on its shelves."""
    known = {topic.id: topic for topic in topics}
    grouped: dict[str, list[Entry]] = {}
    for id_ in dict(order.by_audience).get(audience, ()):
        entry = entries[id_]
        grouped.setdefault(entry.topic.partition("/")[2], []).append(entry)
    shelves = []
    for stem, group in grouped.items():
        topic = known.get(f"{audience}/{stem}") or known[group[0].topic]
        shelves.append(
            Shelf(
                audience=audience,
                stem=stem,
                title=topic.title.get(lang),
                description=topic.description.get(lang),
                contact=topic.contact,
                entries=tuple(group),
            )
        )
    place = {id_: at for at, id_ in enumerate(dict(order.topics).get(audience, ()))}
    return tuple(sorted(shelves, key=lambda shelf: (place.get(shelf.id, len(place)), shelf.id)))
