"""Entries -> the pages that somebody would write of them for a generator of plain pages.

The question is the heading, the answer follows as it is, and then the list of other phrasings.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import markdown
import nh3

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from question_sets import Item

_MARKUP = re.compile(r"([\\`*_{}\[\]#+!.-])")
_ADDRESS = re.compile(r"(?:^|/)q/([a-z0-9-]+)(?:/|\.html|$)")


@dataclass(frozen=True, slots=True)
class Page:
    """One entry as a page: its id, its title, and what is below the title, as Markdown."""

    id: str
    title: str
    below: str

    @property
    def markdown(self) -> str:
        """The whole page."""
        return f"# {_literal(self.title)}\n\n{self.below}"

    @property
    def html(self) -> str:
        """What is below the title."""
        return nh3.clean(markdown.markdown(self.below, extensions=["fenced_code", "tables"]))

    @property
    def text(self) -> str:
        """What is below the title, without markup."""
        return html.unescape(re.sub(r"<[^>]*>", "", self.html))


def pages_of(items: Iterable[Item], ids: Mapping[str, str]) -> tuple[Page, ...]:
    """Return the pages of a set's entries."""
    return tuple(page_of(ids[item.id], item.question, item.answer, item.variants) for item in items)


def page_of(page_id: str, question: str, answer: str, variants: Iterable[str]) -> Page:
    """Return the page of one entry."""
    phrasings = "".join(f"- {_literal(text)}\n" for text in variants)
    parts = (answer, phrasings and f"Also asked as:\n\n{phrasings}")
    return Page(page_id, " ".join(question.split()), "\n\n".join(filter(None, parts)) + "\n")


def _literal(text: str) -> str:
    """Return plain text as one line of Markdown that means just this."""
    plain = html.escape(" ".join(text.split()), quote=False)
    return _MARKUP.sub(r"\\\1", plain)


def entry_at(address: str) -> str:
    """Return the id of the entry whose page has this address; raises LookupError."""
    found = _ADDRESS.search(address.partition("#")[0])
    if not found:
        raise LookupError(f"{address!r} is not the address of an entry")
    return found[1]
