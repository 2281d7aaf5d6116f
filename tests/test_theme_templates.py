"""The templates by themselves: whatever values they are given, what comes out is sound HTML."""

from __future__ import annotations

import html.parser
from functools import cache
from types import SimpleNamespace
from typing import Any

import jinja2
import pytest
from mkdocs.theme import Theme
from mkdocs.utils.templates import url_filter

import oftasked_theme

ATTACK = """"'><script>hacked()</script>&{n}"""
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
ROW = {"id": "a", "question": ATTACK, "summary": ATTACK, "url": "q/a/", "rising": True}
CONTACT = {
    "id": "team",
    "title": ATTACK,
    "hours": ATTACK,
    "reply_within": ATTACK,
    "post": ATTACK,
    "channels": [
        {
            "kind": kind,
            "href": f"https://example.com/?{ATTACK}",
            "template": f"https://example.com/{{question}}?{ATTACK}",
            "label": ATTACK,
        }
        for kind in ("email", "form", "phone", "im", "community")
    ],
}
TOPIC = {"title": ATTACK, "description": ATTACK, "url": "p/t/", "anchor": "t", "count": 9}
AUDIENCE = {
    "id": "p",
    "title": ATTACK,
    "description": ATTACK,
    "url": "p/",
    "count": 9,
    "top": [ROW],
}
COMMON = {
    "lang": "en",
    "dir": "ltr",
    "total": 9,
    "audiences": [AUDIENCE],
    "alternates": [
        {"lang": "en", "name": "English", "href": "/", "current": True},
        {"lang": "zh", "name": ATTACK, "href": "/zh/", "current": False},
    ],
    "index": "assets/search/",
    "runtime": "assets/oftasked/runtime/oftasked-search.js",
    "home_url": "",
    "search_url": "search/",
    "contact_url": "contact/",
    "feed_url": "feed.xml",
    "opensearch_url": "opensearch.xml",
    "feedback": {"url": f"/seen?{ATTACK}", "searches": True},
    "title": ATTACK,
    "description": ATTACK,
}
KINDS: dict[str, dict[str, Any]] = {
    "home": {"most_asked": [ROW], "contact": CONTACT, "examples": [ATTACK]},
    "audience": {
        "id": "p",
        "url": "p/",
        "count": 9,
        "most_asked": [ROW],
        "topics": [{**TOPIC, "rows": [ROW], "more": 8}],
        "others": [AUDIENCE],
        "teasers": [ATTACK],
        "contact": CONTACT,
        "sign_in": f"/in?{ATTACK}",
    },
    "topic": {
        "audience": AUDIENCE,
        "count": 9,
        "rows": [ROW],
        "siblings": [{**TOPIC, "current": True}],
        "contact": CONTACT,
    },
    "entry": {
        **ROW,
        "reviewed": "2026-09-01",
        "changed": "2026-08-01",
        "audience": AUDIENCE,
        "topic": TOPIC,
        "tags": [ATTACK],
        "untranslated": True,
        "text_lang": "zh",
        "neighbours": [{**ROW, "current": True}],
        "related": [ROW],
        "contact": CONTACT,
        "json_ld": "{}",
    },
    "retired": {"id": "a", "question": ATTACK, "replaced_by": [ROW], "contact": CONTACT},
    "contact": {"contacts": [{**CONTACT, "id": f"team-{n}"} for n in range(5)]},
    "search": {
        "groups": [{"title": ATTACK, "url": "p/", "topics": [{**TOPIC, "rows": [ROW], "more": 8}]}]
    },
    "notfound": {},
    "page": {},
}


@cache
def environment() -> jinja2.Environment:
    """Return MkDocs' own environment for the theme, which escapes nothing by itself."""
    found = Theme(name="oftasked").get_env()
    found.undefined = jinja2.ChainableUndefined
    found.filters["url"] = url_filter
    return found


def values(kind: str, lang: str = "en", **more: Any) -> dict[str, Any]:
    """Return the values that a page of a kind is given."""
    return {**COMMON, "kind": kind, "t": oftasked_theme.messages(lang), **KINDS[kind], **more}


def page_of(of: dict[str, Any]) -> SimpleNamespace:
    """Return what stands in for MkDocs' page."""
    return SimpleNamespace(
        meta={"oftasked": of},
        url="q/a/",
        title=ATTACK,
        content="<p>Answer</p>",
        toc=[],
        canonical_url="https://example.com/q/a/",
    )


def render(kind: str, palette: Any = (), **more: Any) -> str:
    """Render a whole page as MkDocs does."""
    of = values(kind, **more)
    theme = {"palette": palette or Theme(name="oftasked")["palette"], "favicon": "f.svg"}
    config = {"site_name": ATTACK, "extra": {}, "extra_css": [], "extra_javascript": []}
    page = None if kind == "notfound" else page_of(of)
    return (
        environment()
        .get_template("404.html" if kind == "notfound" else "main.html")
        .render(
            page=page, of=of, base_url=".", nav={"pages": []}, config={**config, "theme": theme}
        )
    )


class Reading(html.parser.HTMLParser):
    """What a page holds: its elements with their attributes, and whether they nest properly."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.faults: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.faults += [f"<{tag}> stays open" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of every element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_is_escaped(kind: str) -> None:
    assert "hacked()" in render(kind)
    assert "<script>hacked()" not in render(kind)
    assert all(
        "hacked()" not in name for _, found in Reading(render(kind)).elements for name in found
    )


@pytest.mark.parametrize("kind", KINDS)
def test_elements_nest_properly(kind: str) -> None:
    assert Reading(render(kind)).faults == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_has_one_main_heading(kind: str) -> None:
    assert len(Reading(render(kind)).all("h1")) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_an_id_is_given_once_and_references_lead_to_one(kind: str) -> None:
    elements = Reading(render(kind)).elements
    ids = [found["id"] for _, found in elements if "id" in found]
    assert len(ids) == len(set(ids))
    named = {
        found[name] for _, found in elements for name in ("for", "aria-labelledby") if name in found
    }
    assert named <= set(ids)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_needs_no_inline_style_or_script(kind: str) -> None:
    reading = Reading(render(kind))
    assert not [name for _, found in reading.elements for name in found if name.startswith("on")]
    assert not [found for _, found in reading.elements if "style" in found]
    assert reading.all("style") == []
    inline = [found.get("type") for found in reading.all("script") if "src" not in found]
    assert set(inline) <= {"application/json", "application/ld+json"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_fetches_from_its_own_site_only(kind: str) -> None:
    reading = Reading(render(kind))
    sheets = [found["href"] for found in reading.all("link") if found.get("rel") == "stylesheet"]
    scripts = [found["src"] for found in reading.all("script") if "src" in found]
    assert sheets
    assert not [address for address in sheets + scripts if "//" in str(address)]


def test_an_entry_needs_nothing_but_its_values_its_content_and_the_url_filter() -> None:
    strict = environment().overlay(undefined=jinja2.StrictUndefined, cache_size=0)
    template = strict.get_template("partials/oftasked/entry.html")
    page = SimpleNamespace(url="q/a/", content="<p>Answer</p>")
    part = template.render(of=values("entry"), page=page, base_url=".")
    assert part.strip() in render("entry")


def test_a_sparse_entry_leaves_no_empty_parts() -> None:
    nothing: dict[str, Any] = {
        "related": [],
        "contact": None,
        "reviewed": None,
        "changed": None,
        "summary": "",
    }
    text = render("entry", rising=False, untranslated=False, contact_url=None, **nothing)
    assert not [part for part in ("of-block", "of-help", "of-lead", "<time") if part in text]


@pytest.mark.parametrize(
    ("lang", "shown"), [("en", ">1 September 2026<"), ("zh", ">2026年9月1日<")]
)
def test_a_day_is_written_as_its_language_writes_it(lang: str, shown: str) -> None:
    assert shown in render("entry", t=oftasked_theme.messages(lang))


def test_a_palette_of_two_follows_the_system_and_offers_a_switch() -> None:
    text = render("home")
    assert "data-md-color-scheme" not in text
    assert "data-of-palette" in text


def test_a_single_palette_is_fixed() -> None:
    text = render("home", palette={"scheme": "slate", "primary": "deep orange"})
    (root,) = Reading(text).all("html")
    assert root["data-md-color-scheme"] == "slate"
    assert root["data-md-color-primary"] == "deep-orange"
    assert "data-of-palette" not in text
    assert "palette.css" in text


@pytest.mark.parametrize(("count", "folded"), [(3, False), (4, True)])
def test_many_languages_fold_into_a_list_and_none_is_lost(count: int, folded: bool) -> None:
    languages = [
        {"lang": f"l{n}", "name": f"Name {n}", "href": f"/l{n}/", "current": n == 0}
        for n in range(count)
    ]
    reading = Reading(render("home", alternates=languages))
    offered = [found["href"] for found in reading.all("a") if "hreflang" in found]
    assert offered == [f"/l{n}/" for n in range(1, count)]
    assert bool(reading.all("details")) is folded
