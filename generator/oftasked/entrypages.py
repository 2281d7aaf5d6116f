"""The pages that are many: one for each entry, for each retired one, for each merged one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from oftasked import answers, machine
from oftasked.channels import Occasion
from oftasked.documents import entry_url
from oftasked.editions import Shelf
from oftasked.frame import Frame, Page, Values
from oftasked.model import Entry
from oftasked.typography import joined, joined_html

NEIGHBOURS = 8
_LINK = re.compile(r'="[Ff][Aa][Qq]:([^"#]*)')
UP = "../../"
"""From an entry's page to its edition's root."""


class EntryPages:
    """Makes the pages of one edition's entries.

    ``converted`` maps ids to answers as safe HTML (`answers.to_html`), ``related`` maps ids to
    the ids of what people also ask.
    """

    def __init__(
        self,
        frame: Frame,
        *,
        converted: Mapping[str, str],
        related: Mapping[str, Sequence[str]],
    ) -> None:
        self._frame = frame
        self._edition = frame.edition
        self._converted = converted
        self._related = related
        self._retired = {entry.id: entry for entry in self._edition.retired}
        self._known = self._edition.entries.keys() | self._retired.keys()
        self._shelves = {
            (shelf.audience, shelf.stem): shelf
            for shelves in self._edition.shelves.values()
            for shelf in shelves
        }

    def __iter__(self) -> Iterator[Page]:
        """Yield the page of every entry, sorted by id."""
        for entry in self.entries():
            yield self.page(entry)

    def entries(self) -> Iterator[Entry]:
        """Yield every entry, sorted by id."""
        yield from (entry for _, entry in sorted(self._edition.entries.items()))

    def common_key(self) -> str:
        """Return all that the pages of all entries are made from; see `key`."""
        common = self._frame.common("entry", entry_url("id"))
        return repr((common, self._frame.about, self._frame.base, self._edition.contacts))

    def key(self, entry: Entry) -> str:
        """Return all that the page of one entry is made from, beside what all are.

        Two pages with the same keys are the same. This is asked of every entry in every build,
        so it only names parts and makes none: what `page` and its helpers read must stand here.
        """
        wording, shelf = self._edition.wording(entry), self._shelf(entry)
        answer = self._converted[entry.id]
        own = (
            entry.id,
            entry.audience,
            entry.contact,
            entry.reviewed and entry.reviewed.isoformat(),
            entry.changed and entry.changed.isoformat(),
            entry.id in self._edition.ranking.rising,
            wording.question,
            wording.summary,
            wording.summary_given,
            wording.tags,
            wording.lang,
            [link in self._known for link in _LINK.findall(answer)],
            entry.id in self._shelf_keys[shelf.id][1],
        )
        rows = [self._row_keys[id_] for id_ in self._related.get(entry.id, ())]
        return "\n".join((repr(own), self._shelf_keys[shelf.id][0], *rows, answer))

    @cached_property
    def _row_keys(self) -> dict[str, str]:
        return {id_: repr(row) for id_, row in self._frame.rows.items()}

    @cached_property
    def _shelf_keys(self) -> dict[str, tuple[str, frozenset[str]]]:
        """By shelf: what pages show of it, and the ids of its first entries."""
        keys = {}
        for shelf in self._shelves.values():
            first = [entry.id for entry in shelf.entries[:NEIGHBOURS]]
            shown = (shelf.id, shelf.title, shelf.contact, len(shelf.entries))
            rows = [self._row_keys[id_] for id_ in first]
            keys[shelf.id] = "\n".join((repr(shown), *rows)), frozenset(first)
        return keys

    def page(self, entry: Entry) -> Page:
        """Make one entry's page."""
        url = entry_url(entry.id)
        body = answers.place(
            self._converted[entry.id], folder=entry.audience, up=UP, address=self.address
        )
        wording = self._edition.wording(entry)
        made = self._frame.page(
            "entry",
            url,
            self._values(entry),
            title=wording.question,
            description=wording.summary,
        )
        made.values["json_ld"] = machine.json_ld(
            wording.question, body, lang=wording.lang, base=self._frame.base, up=UP
        )
        return Page(url, made.values, joined_html(body))

    def retired(self) -> Iterator[Page]:
        """Yield the short pages of retired entries that nothing replaces."""
        replaced = {old for entry in self._edition.entries.values() for old in entry.replaces}
        for id_, entry in self._retired.items():
            if id_ in replaced:
                continue
            question = self._edition.wording(entry).question
            rows = self._frame.rows
            values: Values = {
                "id": id_,
                "question": question,
                "replaced_by": [rows[each] for each in entry.related if each in rows],
                "contact": self._frame.contact(
                    entry.contact,
                    Occasion(question, self._frame.site_url + entry_url(id_)),
                ),
            }
            yield self._frame.page(
                "retired", entry_url(id_), values, title=question, description=""
            )

    def redirects(self) -> Iterator[tuple[str, Values]]:
        """Yield ``(old address, row of the entry to go to)`` for entries that were merged."""
        for id_, entry in sorted(self._edition.entries.items()):
            for old in entry.replaces:
                if old in self._retired:
                    yield entry_url(old), self._frame.rows[id_]

    def _values(self, entry: Entry) -> Values:
        wording = self._edition.wording(entry)
        shelf = self._shelf(entry)
        occasion = Occasion(wording.question, self._frame.site_url + entry_url(entry.id))
        link = self._frame.audiences[shelf.audience]
        return {
            "id": entry.id,
            "question": joined(wording.question),
            # A summary that the answer itself begins with would be read twice.
            "summary": joined(wording.summary) if wording.summary_given else "",
            "reviewed": entry.reviewed.isoformat() if entry.reviewed else None,
            "changed": entry.changed.isoformat() if entry.changed else None,
            "audience": {"id": link["id"], "title": link["title"], "url": link["url"]},
            "topic": {"title": shelf.title, "url": f"{shelf.id}/", "count": len(shelf.entries)},
            "tags": list(wording.tags),
            "rising": entry.id in self._edition.ranking.rising,
            "untranslated": wording.lang != self._edition.lang,
            "text_lang": wording.lang,
            "neighbours": self._neighbours(entry, shelf),
            "related": [self._frame.rows[id_] for id_ in self._related.get(entry.id, ())],
            "contact": self._frame.contact(entry.contact or shelf.contact, occasion),
        }

    def _shelf(self, entry: Entry) -> Shelf:
        """Return where the entry stands: under its own audience, else the first that is shown."""
        stem = entry.topic.partition("/")[2]
        return next(
            self._shelves[audience, stem]
            for audience in entry.audiences
            if (audience, stem) in self._shelves
        )

    def _neighbours(self, entry: Entry, shelf: Shelf) -> list[Values]:
        """List the topic's first entries, and this one wherever it ranks."""
        first = shelf.entries[:NEIGHBOURS]
        if all(each.id != entry.id for each in first):
            first = (*first[:-1], entry)
        return [self._frame.rows[each.id] | {"current": each.id == entry.id} for each in first]

    def address(self, id_: str) -> str | None:
        """Return an entry's address from its edition's root; None: this edition lacks it."""
        return entry_url(id_) if id_ in self._known else None
