"""An edition -> what programs read: JSON-LD, sitemap, robots, faq.json, redirects."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from oftasked.documents import entry_url
from oftasked.editions import Edition
from oftasked.frame import Values
from oftasked.model import Entry

FAQ_JSON_VERSION = 1
PRIVATE_ROBOTS = "User-agent: *\nDisallow: /\n"


def json_ld(question: str, answer_html: str, *, lang: str, base: str, up: str) -> str:
    """Return schema.org's description of an entry page (FAQPage), safe inside a script element.

    It repeats the visible text: the question and the answer as they stand on the page. ``base`` is
    the absolute address of the edition's root, ``up`` how the page itself refers to it.
    """
    answer = answer_html.replace(f'="{up}', f'="{html.escape(base)}')
    value = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "inLanguage": lang,
        "mainEntity": [
            {
                "@type": "Question",
                "name": question,
                "acceptedAnswer": {"@type": "Answer", "text": answer},
            }
        ],
    }
    return script_json(value)


def script_json(value: Any) -> str:
    """Return JSON that may stand inside a script element: no ``<``, ``>``, ``&`` in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def redirect_html(row: Values, *, up: str, canonical: str, lang: str, text: str) -> str:
    """Return a page that leads on to ``row``; ``text`` is the sentence shown, already filled."""
    target = html.escape(up + row["url"])
    return (
        f'<!doctype html>\n<html lang="{html.escape(lang)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{html.escape(row['question'])}</title>\n"
        f'<meta http-equiv="refresh" content="0; url={target}">\n'
        f'<link rel="canonical" href="{html.escape(canonical)}">\n'
        f'<meta name="robots" content="noindex">\n</head>\n<body>\n'
        f'<p><a href="{target}">{html.escape(text)}</a></p>\n</body>\n</html>\n'
    )


def faq_json(edition: Edition, bodies: Mapping[str, str], *, base: str) -> bytes:
    """Return every entry of the edition for programs, as JSON, one a line.

    ``bodies`` holds the answers as plain text by id, ``base`` is the edition's absolute root:
    ``{"version": 1, "lang": ..., "entries": [{"id", "url", "question", "also_asked", "summary",
    "answer" (plain text), "audiences", "topic", "tags", "changed", "lang"}]}``, sorted by id.
    """
    lang = json.dumps(edition.lang)
    head = f'{{"version": {FAQ_JSON_VERSION}, "lang": {lang}, "entries": [\n'
    lines = (
        json.dumps(_entry_values(edition, entry, bodies[id_], base), ensure_ascii=False).encode()
        for id_, entry in sorted(edition.entries.items())
    )
    return head.encode() + b",\n".join(lines) + b"\n]}\n"


def _entry_values(edition: Edition, entry: Entry, body: str, base: str) -> Values:
    wording = edition.wording(entry)
    return {
        "id": entry.id,
        "url": base + entry_url(entry.id),
        "lang": wording.lang,
        "question": wording.question,
        "also_asked": list(wording.also_asked),
        "summary": wording.summary,
        "answer": body,
        "audiences": [each for each in entry.audiences if each in edition.shelves],
        "topic": entry.topic,
        "tags": list(wording.tags),
        "changed": entry.changed.isoformat() if entry.changed else None,
    }


def sitemap_xml(urls: Iterable[tuple[str, str | None]], *, base: str) -> str:
    """Return a sitemap (sitemaps.org 0.9) of ``(url, date of change or None)``, sorted."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">')
    for url, changed in sorted(urls):
        lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
        lines.append(f"<url><loc>{html.escape(base + quote(url))}</loc>{lastmod}</url>")
    return "\n".join([*lines, "</urlset>", ""])


def robots_txt(sitemaps: Iterable[str]) -> str:
    """Return a robots.txt that allows everything and names the sitemaps (absolute addresses)."""
    return "".join(["User-agent: *\nAllow: /\n", *(f"Sitemap: {each}\n" for each in sitemaps)])


def redirects_txt(redirects: Iterable[tuple[str, Values]], *, path: str) -> str:
    """Return a ``_redirects`` file (old path, new path, status a line) for hosts that read one.

    ``path`` is the site's own path on its host, with slashes at both ends.
    """
    return "".join(
        f"{path}{old} {path}{row['url']} 301\n"
        for old, row in sorted(redirects, key=lambda pair: pair[0])
    )
