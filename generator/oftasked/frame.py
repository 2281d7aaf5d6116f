"""An edition -> what every page of it has in common, and the values that several pages show.

Nothing here knows the renderer. A `Page` carries what a template reads: plain dicts, lists,
strings and numbers, as the theme's THEME.md lists them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from oftasked.channels import Occasion, channels
from oftasked.documents import entry_url
from oftasked.editions import Edition
from oftasked.model import Audience, Contact, Entry
from oftasked.typography import joined

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})

LANGUAGE_NAMES = {
    "ar": "العربية", "de": "Deutsch", "en": "English", "es": "Español", "fr": "Français",
    "it": "Italiano", "ja": "日本語", "ko": "한국어", "nl": "Nederlands", "pl": "Polski",
    "pt": "Português", "ru": "Русский", "tr": "Türkçe", "zh": "中文", "zh-Hant": "繁體中文",
    "zh-TW": "繁體中文",
}  # fmt: skip

INDEX_FOLDER = "assets/search/"
RUNTIME_FOLDER = "assets/oftasked/runtime/"

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """One page: ``url`` from the edition's root, the template's values, the body as safe HTML."""

    url: str
    values: Values
    body: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What a site's owner says about it as a whole."""

    name: str = ""
    description: str = ""
    url: str = ""
    """The absolute address of the edition's root; "" where unknown."""
    feedback_url: str = ""
    """Asked for when a visitor says whether an answer helped; "" sends nothing."""
    feedback_searches: bool = False
    sign_in: str = ""
    allowed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What browsers may load from elsewhere, by directive of the Content-Security-Policy."""
    meaning: bool = True
    """Whether search knows what words mean."""


class Frame:
    """What the pages of one edition share; ``texts`` are the interface texts of its language."""

    SEARCH_URL = "search/"

    def __init__(self, edition: Edition, *, texts: Mapping[str, str], about: About) -> None:
        self.edition = edition
        self.texts = dict(texts)
        self.about = about
        self.site_url = site_url = about.url
        folder = "" if edition.lang == edition.default_lang else f"{edition.lang}/"
        self.base = site_url or f"/{folder}"
        """The edition's root for programs; without a ``site_url``, as if on top of its host."""
        self._top = (urlsplit(site_url).path or "/").removesuffix(folder) or "/"
        self.rows = {id_: self._row(entry) for id_, entry in edition.entries.items()}
        """By id: an entry as lists show it."""
        self.audiences = {each.id: self._audience(each) for each in edition.audiences}
        """By id: an audience with its address and number of entries."""
        dated = any(entry.changed for entry in edition.entries.values())
        self.feed_url = "feed.xml" if site_url and dated else None
        """Where the feed is: without the site's address or any date of change there is none."""

    @property
    def opensearch_url(self) -> str | None:
        """Where a browser learns to search this site: it needs the site's address."""
        return "opensearch.xml" if self.site_url and self.about.name else None

    def page(self, kind: str, url: str, values: Values, *, title: str, description: str) -> Page:
        """Return a page of a kind, with its own values and those that all pages have."""
        return Page(url, self.common(kind, url, title=title, description=description) | values)

    def common(self, kind: str, url: str, *, title: str = "", description: str = "") -> Values:
        """Return the values that every page has."""
        lang = self.edition.lang
        return {
            "kind": kind,
            "lang": lang,
            "dir": "rtl" if lang.partition("-")[0] in RIGHT_TO_LEFT else "ltr",
            "t": self.texts,
            "total": len(self.edition.entries),
            "audiences": list(self.audiences.values()),
            "alternates": self._alternates("" if kind == "notfound" else url, kind),
            "index": INDEX_FOLDER,
            "runtime": RUNTIME_FOLDER + "oftasked-search.js",
            "home_url": "",
            "search_url": self.SEARCH_URL,
            "feed_url": self.feed_url,
            "opensearch_url": self.opensearch_url,
            "feedback": {
                "url": self.about.feedback_url,
                "searches": bool(self.about.feedback_url) and self.about.feedback_searches,
            },
            "contact_url": "contact/" if self.edition.contacts else None,
            "url": url,
            "title": title,
            "description": description,
        }

    def rows_of(self, entries: Iterable[Entry]) -> list[Values]:
        """Return entries as lists show them."""
        return [self.rows[entry.id] for entry in entries]

    def contact(self, key: str | None, occasion: Occasion) -> Values | None:
        """Return a department (or the default one) with its channels filled in."""
        contact = self.edition.contact_of(key)
        return None if contact is None else self._contact(contact, occasion)

    def _contact(self, contact: Contact, occasion: Occasion) -> Values:
        lang = self.edition.lang
        return {
            "id": contact.id,
            "title": contact.title.get(lang),
            "hours": joined(contact.hours.get(lang)) if contact.hours else None,
            "reply_within": joined(contact.reply_within.get(lang))
            if contact.reply_within
            else None,
            "post": contact.post.get(lang) if contact.post else None,
            "channels": self._channels(contact, occasion),
        }

    def _channels(self, contact: Contact, occasion: Occasion) -> list[Values]:
        """List a department's channels. Where no question is known yet, each has a ``template``.

        The visitor's browser fills in what was searched before.
        """
        open_ones = channels(contact, Occasion("{question}", "{url}"), self.texts)
        return [
            {"kind": channel.kind, "href": channel.href, "label": channel.label}
            | ({} if occasion.question or each.href == channel.href else {"template": each.href})
            for channel, each in zip(
                channels(contact, occasion, self.texts), open_ones, strict=True
            )
        ]

    def _row(self, entry: Entry) -> Values:
        wording = self.edition.wording(entry)
        return {
            "id": entry.id,
            "question": joined(wording.question),
            "summary": joined(wording.summary),
            "url": entry_url(entry.id),
            "rising": entry.id in self.edition.ranking.rising,
        }

    def _audience(self, audience: Audience) -> Values:
        return {
            "id": audience.id,
            "title": audience.title.get(self.edition.lang),
            "url": f"{audience.id}/",
            "count": sum(len(shelf.entries) for shelf in self.edition.shelves[audience.id]),
        }

    def _alternates(self, url: str, kind: str) -> list[Values]:
        """List the same page in every language, as addresses relative to this page.

        The error page is shown at any address, so its links begin at the top of the host.
        """
        edition = self.edition
        if len(edition.languages) == 1:
            return []
        up = "../" * (url.count("/") + (edition.lang != edition.default_lang))
        up = self._top if kind == "notfound" else up
        folders = {
            lang: "" if lang == edition.default_lang else f"{lang}/" for lang in edition.languages
        }
        top = self.site_url.removesuffix(folders[edition.lang])
        return [
            {
                "lang": lang,
                "name": language_name(lang),
                "href": (up + folder + url) or "./",
                "address": self.site_url and top + folder + url,
                "current": lang == edition.lang,
            }
            for lang, folder in folders.items()
        ]


def language_name(lang: str) -> str:
    """Return a language's own name for itself, or its code."""
    return LANGUAGE_NAMES.get(lang) or LANGUAGE_NAMES.get(lang.partition("-")[0], lang)
