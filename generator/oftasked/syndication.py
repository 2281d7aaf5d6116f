"""An edition -> what others than browsers read of a site: feed, browser search, llms.txt."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from oftasked.documents import entry_url
from oftasked.editions import Shelf
from oftasked.frame import Frame
from oftasked.model import Entry

FEED_ENTRIES = 50
"""So many of the last changes stand in the feed; readers remember what they saw before."""
SHORT_NAME = 16
"""Characters that OpenSearch 1.1 allows a short name."""
LISTED = 40
"""So many entries of a topic stand in llms.txt; faq.json holds every one."""


def files(frame: Frame) -> dict[str, bytes]:
    """Return the files by their paths from the edition's root.

    Feed and browser search need the site's absolute address, and a feed needs dates.
    """
    made = {"llms.txt": llms_txt(frame)}
    if frame.feed_url:
        made[frame.feed_url] = feed_xml(frame, last_changes(frame))
    if frame.opensearch_url:
        made[frame.opensearch_url] = opensearch_xml(frame)
    return {path: text.encode() for path, text in made.items()}


def last_changes(frame: Frame) -> tuple[Entry, ...]:
    """Return the entries that changed last, the newest first; of one day, by id."""
    dated = [entry for _, entry in sorted(frame.edition.entries.items()) if entry.changed]
    dated.sort(key=lambda entry: entry.changed or entry.id, reverse=True)
    return tuple(dated[:FEED_ENTRIES])


def feed_xml(frame: Frame, entries: Sequence[Entry]) -> str:
    """Return an Atom feed (RFC 4287) of ``entries``; its clock is the newest ``changed``."""
    base, name = html.escape(frame.site_url), html.escape(frame.about.name)
    own = f"{base}{frame.feed_url}"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{html.escape(frame.edition.lang)}">',
        f"<title>{name}</title>",
        f"<id>{base}</id>",
        f'<link href="{base}"/>',
        f'<link rel="self" type="application/atom+xml" href="{own}"/>',
        f"<updated>{_midnight(entries[0])}</updated>",
        f"<author><name>{name}</name></author>",
        *(_feed_entry(frame, entry) for entry in entries),
        "</feed>",
        "",
    ]
    return "\n".join(lines)


def _feed_entry(frame: Frame, entry: Entry) -> str:
    wording = frame.edition.wording(entry)
    address = html.escape(frame.site_url + entry_url(entry.id))
    audience = frame.audiences[next(each for each in entry.audiences if each in frame.audiences)]
    term, label = html.escape(audience["id"]), html.escape(audience["title"])
    parts = [
        f"<title>{html.escape(wording.question)}</title>",
        f'<id>{address}</id><link href="{address}"/>',
        f"<updated>{_midnight(entry)}</updated>",
        f'<category term="{term}" label="{label}"/>',
        f"<summary>{html.escape(wording.summary)}</summary>",
    ]
    return f"<entry>{''.join(parts)}</entry>"


def _midnight(entry: Entry) -> str:
    """Write an entry's day of change as a feed's point in time."""
    return f"{entry.changed}T00:00:00Z"


def opensearch_xml(frame: Frame) -> str:
    """Return an OpenSearch 1.1 description: a browser may offer to search this site."""
    base, name = html.escape(frame.site_url), frame.about.name
    results = f"{base}{frame.SEARCH_URL}?q={{searchTerms}}"
    return "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
            f"<ShortName>{html.escape(_short(name))}</ShortName>",
            f"<Description>{html.escape(name)}</Description>",
            f"<Language>{html.escape(frame.edition.lang)}</Language>",
            "<InputEncoding>UTF-8</InputEncoding>",
            f'<Url type="text/html" template="{results}"/>',
            "</OpenSearchDescription>",
            "",
        ]
    )


def _short(name: str) -> str:
    """Cut a name to what is allowed, between words if there are any."""
    if len(name) <= SHORT_NAME:
        return name
    return name[: SHORT_NAME + 1].rpartition(" ")[0] or name[:SHORT_NAME]


def llms_txt(frame: Frame) -> str:
    """Return the site's contents as llmstxt.org proposes: a Markdown list for language models."""
    lines = [f"# {_line(frame.about.name)}", ""]
    if frame.about.description:
        lines += [f"> {_line(frame.about.description)}", ""]
    lines += [f"- [faq.json]({frame.base}faq.json)", ""]
    for audience in frame.edition.audiences:
        lines += [f"## {_line(frame.audiences[audience.id]['title'])}", ""]
        for shelf in frame.edition.shelves[audience.id]:
            lines += [*_listed(frame, shelf), ""]
    return "\n".join(lines)


def _listed(frame: Frame, shelf: Shelf) -> Iterator[str]:
    yield f"### {_line(shelf.title)}"
    yield ""
    for entry in shelf.entries[:LISTED]:
        wording = frame.edition.wording(entry)
        address = frame.base + quote(entry_url(entry.id))
        yield f"- [{_line(wording.question)}]({address}): {_line(wording.summary)}"


def _line(text: str) -> str:
    """Return a text as one line of Markdown in which brackets are only brackets."""
    return " ".join(text.split()).replace("[", "\\[").replace("]", "\\]")
