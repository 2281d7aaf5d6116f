"""An edition -> its pages: addresses and the plain values that templates show.

Nothing here knows the renderer. A `Page` carries what a template reads (dicts, lists, strings,
numbers); `entry_pages` are many and alike, so they are made one at a time, on demand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from oftasked import answers
from oftasked.channels import Occasion, channels
from oftasked.documents import entry_url
from oftasked.editions import Edition, Shelf
from oftasked.model import Audience, Contact, Entry

AUDIENCE_TOP = 10
AUDIENCE_ROWS = 40
"""So many rows of a topic stand on its audience's page; the rest is one click further."""
SEARCH_ROWS = 40
HOME_TOP = 8
CARD_TOP = 3
NEIGHBOURS = 8

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """One page: ``url`` from the edition's root, the template's values, the body as safe HTML."""

    url: str
    values: Values
    body: str = ""


class Pages:
    """Makes every page of one edition.

    ``texts`` are the interface texts of its language, ``site_url`` the absolute address of its
    root ("" where unknown), ``related`` maps ids to the ids of what people also ask.
    """

    def __init__(
        self,
        edition: Edition,
        *,
        texts: Mapping[str, str],
        site_url: str = "",
        related: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._edition = edition
        self._texts = dict(texts)
        self._site_url = site_url
        self._related = related or {}
        self._rows = {id_: self._row(entry) for id_, entry in edition.entries.items()}
        self._audiences = [self._audience_link(audience) for audience in edition.audiences]

    def listings(self) -> Iterator[Page]:
        """Yield the pages that are few: home, audiences, topics, contact and search."""
        yield self.home()
        for audience in self._edition.audiences:
            yield self._audience(audience)
            for shelf in self._edition.shelves[audience.id]:
                yield self._topic(audience, shelf)
        if self._edition.contacts:
            yield self._contacts()
        yield self._search()

    def entries(self) -> Iterator[tuple[Entry, Page]]:
        """Yield the page of every entry, sorted by id, without its body."""
        for _, entry in sorted(self._edition.entries.items()):
            yield entry, self.entry(entry)

    def retired(self) -> Iterator[Page]:
        """Yield the short pages of retired entries that nothing replaces."""
        replaced = {old for entry in self._edition.entries.values() for old in entry.replaces}
        for entry in self._edition.retired:
            if entry.id in replaced:
                continue
            question = self._edition.wording(entry).question
            nearest = [self._rows[id_] for id_ in entry.related if id_ in self._rows]
            yield Page(
                entry_url(entry.id),
                self.common("retired", entry_url(entry.id), title=question)
                | {"id": entry.id, "question": question, "replaced_by": nearest},
            )

    def redirects(self) -> Iterator[tuple[str, Values]]:
        """Yield ``(old address, row of the entry to go to)`` for entries that were merged."""
        retired = {entry.id for entry in self._edition.retired}
        for _, entry in sorted(self._edition.entries.items()):
            for old in entry.replaces:
                if old in retired:
                    yield entry_url(old), self._rows[entry.id]

    def common(self, kind: str, url: str, *, title: str = "", description: str = "") -> Values:
        """Return the values that every page has, see THEME.md of the theme."""
        return {
            "kind": kind,
            "lang": self._edition.lang,
            "dir": "rtl" if self._edition.lang.partition("-")[0] in RIGHT_TO_LEFT else "ltr",
            "t": self._texts,
            "total": len(self._edition.entries),
            "audiences": self._audiences,
            "alternates": self._alternates(url),
            "index": "assets/search/",
            "runtime": "assets/oftasked/runtime/oftasked-search.js",
            "home_url": "",
            "search_url": "search/",
            "contact_url": "contact/" if self._edition.contacts else None,
            "url": url,
            "title": title,
            "description": description,
        }

    def home(self) -> Page:
        """Make the home page; its introduction is the renderer's affair (``index.md``)."""
        cards = [
            link
            | {
                "description": audience.description.get(self._edition.lang),
                "top": self._rows_of(self._edition.ranked(audience.id)[:CARD_TOP]),
            }
            for audience, link in zip(self._edition.audiences, self._audiences, strict=True)
        ]
        values = self.common("home", "") | {
            "audiences": cards,
            "most_asked": self._rows_of(self._edition.most_asked()[:HOME_TOP]),
            "contact": self._contact(None, Occasion(url=self._site_url)),
            "examples": self._examples(),
        }
        return Page("", values)

    def entry(self, entry: Entry) -> Page:
        """Make an entry's page, without its body."""
        wording = self._edition.wording(entry)
        url = entry_url(entry.id)
        shelf = self._shelf(entry)
        audience = next(link for link in self._audiences if link["id"] == shelf.audience)
        occasion = Occasion(question=wording.question, url=self._site_url + url)
        values = self.common("entry", url, title=wording.question, description=wording.summary)
        values |= {
            "id": entry.id,
            "question": wording.question,
            # A summary that the answer itself begins with would be read twice.
            "summary": wording.summary if wording.summary_given else "",
            "reviewed": entry.reviewed.isoformat() if entry.reviewed else None,
            "changed": entry.changed.isoformat() if entry.changed else None,
            "audience": {"title": audience["title"], "url": audience["url"]},
            "topic": {
                "title": shelf.title,
                "url": f"{shelf.id}/",
                "count": len(shelf.entries),
            },
            "tags": list(wording.tags),
            "rising": entry.id in self._edition.ranking.rising,
            "untranslated": wording.lang != self._edition.lang,
            "text_lang": wording.lang,
            "neighbours": self._neighbours(entry, shelf),
            "related": [self._rows[id_] for id_ in self._related.get(entry.id, ())],
            "contact": self._contact(entry.contact or shelf.contact, occasion),
            "json_ld": "",
        }
        return Page(url, values)

    def titles(self) -> Values:
        """Return what the search element shows around hits: titles, most asked, a department."""
        return {
            "audience": {link["id"]: link["title"] for link in self._audiences},
            "topic": {
                shelf.id: shelf.title
                for shelves in self._edition.shelves.values()
                for shelf in shelves
            },
            "most_asked": self._rows_of(self._edition.most_asked()[:HOME_TOP]),
            "contact": self._contact(None, Occasion()),
        }

    def _audience(self, audience: Audience) -> Page:
        link = next(each for each in self._audiences if each["id"] == audience.id)
        description = audience.description.get(self._edition.lang)
        values = self.common("audience", link["url"], title=link["title"], description=description)
        values |= {
            "id": audience.id,
            "count": link["count"],
            "most_asked": self._rows_of(self._edition.ranked(audience.id)[:AUDIENCE_TOP]),
            "topics": [
                self._excerpt(shelf, AUDIENCE_ROWS) for shelf in self._edition.shelves[audience.id]
            ],
            "others": [each for each in self._audiences if each["id"] != audience.id],
        }
        return Page(link["url"], values)

    def _topic(self, audience: Audience, shelf: Shelf) -> Page:
        title = audience.title.get(self._edition.lang)
        values = self.common(
            "topic", f"{shelf.id}/", title=shelf.title, description=shelf.description
        )
        values |= {
            "audience": {"title": title, "url": f"{audience.id}/"},
            "count": len(shelf.entries),
            "rows": self._rows_of(shelf.entries),
            "siblings": [
                {
                    "title": other.title,
                    "url": f"{other.id}/",
                    "count": len(other.entries),
                    "current": other.stem == shelf.stem,
                }
                for other in self._edition.shelves[audience.id]
            ],
            "contact": self._contact(shelf.contact, Occasion(url=f"{self._site_url}{shelf.id}/")),
        }
        return Page(f"{shelf.id}/", values)

    def _contacts(self) -> Page:
        values = self.common("contact", "contact/", title=self._texts["contact_title"])
        occasion = Occasion(url=self._site_url)
        values["contacts"] = [
            self._contact(contact.id, occasion) for contact in self._edition.contacts.values()
        ]
        return Page("contact/", values)

    def _search(self) -> Page:
        values = self.common("search", "search/", title=self._texts["search_title"])
        values["groups"] = [
            {
                "title": link["title"],
                "url": link["url"],
                "topics": [
                    self._excerpt(shelf, SEARCH_ROWS) for shelf in self._edition.shelves[link["id"]]
                ],
            }
            for link in self._audiences
        ]
        return Page("search/", values)

    def _excerpt(self, shelf: Shelf, most: int) -> Values:
        """List a topic on a page of several: at most ``most`` of its entries."""
        return {
            "title": shelf.title,
            "description": shelf.description,
            "url": f"{shelf.id}/",
            "anchor": shelf.stem,
            "count": len(shelf.entries),
            "rows": self._rows_of(shelf.entries[:most]),
            "more": max(0, len(shelf.entries) - most),
        }

    def _shelf(self, entry: Entry) -> Shelf:
        """Return where the entry stands: under its own audience, else the first that is shown."""
        stem = entry.topic.partition("/")[2]
        return next(
            shelf
            for audience in entry.audiences
            for shelf in self._edition.shelves.get(audience, ())
            if shelf.stem == stem
        )

    def _neighbours(self, entry: Entry, shelf: Shelf) -> list[Values]:
        """List the topic's first entries, and this one wherever it ranks."""
        first = shelf.entries[:NEIGHBOURS]
        if entry not in first:
            first = (*first[:-1], entry)
        return [self._rows[each.id] | {"current": each.id == entry.id} for each in first]

    def _contact(self, key: str | None, occasion: Occasion) -> Values | None:
        contact = self._edition.contact_of(key)
        return None if contact is None else self._contact_values(contact, occasion)

    def _contact_values(self, contact: Contact, occasion: Occasion) -> Values:
        lang = self._edition.lang
        return {
            "id": contact.id,
            "title": contact.title.get(lang),
            "hours": contact.hours.get(lang) if contact.hours else None,
            "reply_within": contact.reply_within.get(lang) if contact.reply_within else None,
            "post": contact.post.get(lang) if contact.post else None,
            "channels": [
                {"kind": channel.kind, "href": channel.href, "label": channel.label}
                for channel in channels(contact, occasion, self._texts)
            ],
        }

    def _examples(self) -> list[str]:
        """Offer short phrasings of much-asked entries, as customers say them, to try."""
        phrasings = (
            self._edition.wording(entry).also_asked
            for entry in self._edition.most_asked()[:HOME_TOP]
        )
        return [spoken[0] for spoken in phrasings if spoken and len(spoken[0]) <= 40][:3]

    def _row(self, entry: Entry) -> Values:
        wording = self._edition.wording(entry)
        return {
            "id": entry.id,
            "question": wording.question,
            "summary": wording.summary,
            "url": entry_url(entry.id),
            "rising": entry.id in self._edition.ranking.rising,
        }

    def _rows_of(self, entries: Iterable[Entry]) -> list[Values]:
        return [self._rows[entry.id] for entry in entries]

    def _audience_link(self, audience: Audience) -> Values:
        shelves = self._edition.shelves[audience.id]
        return {
            "id": audience.id,
            "title": audience.title.get(self._edition.lang),
            "url": f"{audience.id}/",
            "count": sum(len(shelf.entries) for shelf in shelves),
        }

    def _alternates(self, url: str) -> list[Values]:
        """List the same page in every language, as addresses relative to this page."""
        edition = self._edition
        if len(edition.languages) == 1:
            return []
        up = "../" * (url.count("/") + (edition.lang != edition.default_lang))
        return [
            {
                "lang": lang,
                "name": language_name(lang),
                "href": (up + ("" if lang == edition.default_lang else f"{lang}/") + url) or "./",
                "current": lang == edition.lang,
            }
            for lang in edition.languages
        ]


LANGUAGE_NAMES = {
    "ar": "العربية", "de": "Deutsch", "en": "English", "es": "Español", "fr": "Français",
    "it": "Italiano", "ja": "日本語", "ko": "한국어", "nl": "Nederlands", "pl": "Polski",
    "pt": "Português", "ru": "Русский", "tr": "Türkçe", "zh": "中文", "zh-Hant": "繁體中文",
    "zh-TW": "繁體中文",
}  # fmt: skip


def language_name(lang: str) -> str:
    """Return a language's own name for itself, or its code."""
    return LANGUAGE_NAMES.get(lang) or LANGUAGE_NAMES.get(lang.partition("-")[0], lang)


def entry_body(entry: Entry, edition: Edition, answer_html: str) -> str:
    """Fit a converted answer to its entry's page."""
    known = edition.entries.keys() | {each.id for each in edition.retired}
    return answers.place(
        answer_html,
        folder=entry.audience,
        up="../../",
        address=lambda id_: entry_url(id_) if id_ in known else None,
    )
