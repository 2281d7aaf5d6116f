"""The pages that are few: home, audiences, topics, contact, search; all in rank order."""

from __future__ import annotations

from collections.abc import Iterator

from oftasked.channels import Occasion
from oftasked.editions import Shelf
from oftasked.frame import Frame, Page, Values
from oftasked.model import Audience

HOME_TOP = 8
CARD_TOP = 3
EXAMPLES = 3
EXAMPLE_LENGTH = 40
AUDIENCE_TOP = 10
AUDIENCE_ROWS = 40
"""So many rows of a topic stand on its audience's page; the rest is one click further."""
SEARCH_ROWS = 40
TITLES_VERSION = 1


def listings(frame: Frame) -> Iterator[Page]:
    """Yield every listing of an edition, the home page first."""
    yield home(frame)
    for audience in frame.edition.audiences:
        yield audience_page(frame, audience)
        for shelf in frame.edition.shelves[audience.id]:
            yield topic_page(frame, audience, shelf)
    if frame.edition.contacts:
        yield contact_page(frame)
    yield search_page(frame)


def home(frame: Frame) -> Page:
    """Make the home page; its introduction is the renderer's affair (``index.md``)."""
    edition = frame.edition
    cards = [
        frame.audiences[audience.id]
        | {
            "description": audience.description.get(edition.lang),
            "top": frame.rows_of(edition.ranked(audience.id)[:CARD_TOP]),
        }
        for audience in edition.audiences
    ]
    values: Values = {
        "audiences": cards,
        "most_asked": frame.rows_of(edition.most_asked()[:HOME_TOP]),
        "contact": frame.contact(None, Occasion(url=frame.site_url)),
        "examples": _examples(frame),
    }
    description = frame.about.description or " ".join(
        filter(None, (card["description"] for card in cards))
    )
    return frame.page("home", "", values, title="", description=description)


def audience_page(frame: Frame, audience: Audience) -> Page:
    """Make an audience's page: the most asked, then its topics."""
    link = frame.audiences[audience.id]
    values: Values = {
        "id": audience.id,
        "count": link["count"],
        "most_asked": frame.rows_of(frame.edition.ranked(audience.id)[:AUDIENCE_TOP]),
        "topics": [
            _excerpt(frame, shelf, AUDIENCE_ROWS) for shelf in frame.edition.shelves[audience.id]
        ],
        "teasers": list(frame.edition.teasers.get(audience.id, ())),
        "sign_in": frame.about.sign_in,
        "contact": frame.contact(None, Occasion(url=frame.site_url + link["url"])),
        "others": [each for id_, each in frame.audiences.items() if id_ != audience.id],
    }
    description = audience.description.get(frame.edition.lang)
    return frame.page("audience", link["url"], values, title=link["title"], description=description)


def topic_page(frame: Frame, audience: Audience, shelf: Shelf) -> Page:
    """Make a topic's page: all its entries, and the other topics of its audience."""
    url = f"{shelf.id}/"
    siblings = [
        {
            "title": other.title,
            "url": f"{other.id}/",
            "count": len(other.entries),
            "current": other.stem == shelf.stem,
        }
        for other in frame.edition.shelves[audience.id]
    ]
    values: Values = {
        "audience": {
            "id": audience.id,
            "title": frame.audiences[audience.id]["title"],
            "url": f"{audience.id}/",
        },
        "count": len(shelf.entries),
        "rows": frame.rows_of(shelf.entries),
        "siblings": siblings,
        "contact": frame.contact(shelf.contact, Occasion(url=frame.site_url + url)),
    }
    return frame.page("topic", url, values, title=shelf.title, description=shelf.description)


def contact_page(frame: Frame) -> Page:
    """Make the page of every department with its channels."""
    occasion = Occasion(url=frame.site_url)
    contacts = [frame.contact(key, occasion) for key in frame.edition.contacts]
    title = frame.texts["contact_title"]
    lead = frame.texts["contact_lead"]
    return frame.page("contact", "contact/", {"contacts": contacts}, title=title, description=lead)


def search_page(frame: Frame) -> Page:
    """Make the results page; without JavaScript it lists everything by topic."""
    groups = [
        {
            "title": link["title"],
            "url": link["url"],
            "topics": [_excerpt(frame, shelf, SEARCH_ROWS) for shelf in frame.edition.shelves[id_]],
        }
        for id_, link in frame.audiences.items()
    ]
    title = frame.texts["search_title"]
    return frame.page("search", "search/", {"groups": groups}, title=title, description="")


def titles(frame: Frame) -> Values:
    """Return what the search element shows around hits: titles, most asked, departments.

    ``most_asked`` lists rows by audience, those of all under "". ``contacts`` are the departments
    that somebody may be led to, by id, the default one under ""; ``contact_of`` names that of a
    topic.
    """
    shelves = [shelf for found in frame.edition.shelves.values() for shelf in found]
    contact_of = {
        shelf.id: shelf.contact
        for shelf in shelves
        if shelf.contact and shelf.contact in frame.edition.contacts
    }
    # the placeholders stay: the search element fills in what was asked, and where
    blank = Occasion("{question}", "{url}")
    default = frame.contact(None, blank)
    ranked = {"": frame.edition.most_asked()} | {
        audience.id: frame.edition.ranked(audience.id) for audience in frame.edition.audiences
    }
    return {
        "version": TITLES_VERSION,
        "audience": {id_: link["title"] for id_, link in frame.audiences.items()},
        "topic": {shelf.id: shelf.title for shelf in shelves},
        "most_asked": {id_: frame.rows_of(found[:HOME_TOP]) for id_, found in ranked.items()},
        "contacts": ({"": default} if default else {})
        | {key: frame.contact(key, blank) for key in sorted({*contact_of.values()})},
        "contact_of": contact_of,
    }


def _excerpt(frame: Frame, shelf: Shelf, most: int) -> Values:
    """List a topic on a page of several: at most ``most`` of its entries."""
    return {
        "title": shelf.title,
        "description": shelf.description,
        "url": f"{shelf.id}/",
        "anchor": shelf.stem,
        "count": len(shelf.entries),
        "rows": frame.rows_of(shelf.entries[:most]),
        "more": max(0, len(shelf.entries) - most),
    }


def _examples(frame: Frame) -> list[str]:
    """Offer short phrasings of much-asked entries, as customers say them, to try."""
    top = frame.edition.most_asked()[:HOME_TOP]
    phrasings = (frame.edition.wording(entry).also_asked for entry in top)
    first = (spoken[0] for spoken in phrasings if spoken)
    return [each for each in first if len(each) <= EXAMPLE_LENGTH][:EXAMPLES]
