"""One rendered entry page -> every entry page, by filling in what differs.

A renderer spends nearly all of its time on a frame that is the same for every entry. So it
renders one *shell*, whose values are sentinels; the shell is cut at them, and each entry's own
values are put in between. The result is what the renderer itself would have written.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import escape

from oftasked.documents import entry_url
from oftasked.frame import Page, Values
from oftasked.problems import BuildError

MARK = "qz0"
"""Every sentinel begins so, in any case; no template does."""

SENTINELS = {
    name: f"{MARK}{name.replace('_', '')}z"
    for name in ("id", "title", "description", "json_ld", "part")
}


@dataclass(frozen=True, slots=True)
class Shell:
    """A page cut at its sentinels: ``parts[0] + value[slots[0]] + parts[1] + ...``."""

    parts: tuple[str, ...]
    slots: tuple[str, ...]

    def stamp(self, values: Mapping[str, str]) -> str:
        """Fill in the values, already escaped for where they stand; one for each sentinel."""
        pieces = [self.parts[0]]
        for slot, part in zip(self.slots, self.parts[1:], strict=True):
            pieces += (values[slot], part)
        return "".join(pieces)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the entry part of a template sees of its page, under MkDocs' names."""

    url: str
    canonical_url: str
    title: str
    content: str
    meta: Mapping[str, Values]


def shown(page: Page, site_url: str) -> Shown:
    """Return an entry's page as its template part sees it."""
    return Shown(
        url=page.url,
        canonical_url=site_url + page.url,
        title=page.values["title"],
        content=page.body,
        meta={"oftasked": page.values},
    )


def shell_page(model: Page) -> Page:
    """Return a page like the entry's ``model``, with sentinels where another entry's differs."""
    url = entry_url(SENTINELS["id"])
    alternates = [
        each | {name: each[name].replace(model.url, url) for name in ("href", "address")}
        for each in model.values["alternates"]
    ]
    own = {name: SENTINELS[name] for name in ("id", "title", "description", "json_ld")}
    return Page(url, model.values | own | {"url": url, "alternates": alternates}, "<p></p>")


def shell_from(rendered: str, part: str) -> Shell:
    """Cut the rendered shell page; ``part`` is what the template's entry part made of it."""
    if rendered.count(part) != 1:
        raise BuildError("the template of an entry's page must show its entry part once")
    return cut(rendered.replace(part, SENTINELS["part"]), SENTINELS, required=("part", "title"))


def stamped(shell: Shell, page: Page, part: str) -> str:
    """Return an entry's page; ``part`` is what the template's entry part made of it."""
    values = page.values
    return shell.stamp(
        {
            "id": values["id"],
            "title": escaped(values["title"]),
            "description": escaped(values["description"]),
            "json_ld": values["json_ld"],
            "part": part,
        }
    )


def cut(page: str, sentinels: Mapping[str, str], *, required: Collection[str] = ()) -> Shell:
    """Cut a rendered page at its sentinels, ``{name: sentinel}``.

    Raises BuildError if a ``required`` one is missing or if a template has changed one (cut it
    short, say, or put it in capitals): pages made from such a shell would not be what they seem.
    """
    missing = [name for name in sorted(required) if sentinels[name] not in page]
    if missing:
        raise BuildError(f"the page of an entry does not show its {', '.join(missing)}")
    by_sentinel = {sentinel: name for name, sentinel in sentinels.items()}
    pattern = "|".join(re.escape(each) for each in sorted(by_sentinel, key=len, reverse=True))
    pieces = re.split(f"({pattern})", page)
    parts = tuple(pieces[::2])
    if any(MARK in part.lower() for part in parts):
        raise BuildError("a template changes the title, description or id of an entry's page")
    return Shell(parts, tuple(by_sentinel[each] for each in pieces[1::2]))


def escaped(text: str) -> str:
    """Escape as templates do (markupsafe), so that stamped and rendered pages are the same."""
    return escape(text, quote=False).replace('"', "&#34;").replace("'", "&#39;")
