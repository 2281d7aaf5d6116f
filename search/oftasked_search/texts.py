"""The texts of a document that ask for it, and their terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oftasked_search import terms

if TYPE_CHECKING:
    from oftasked_search.documents import Document

MAX_PHRASINGS = 64  # further ones say nothing new


def phrasings(document: Document) -> tuple[str, ...]:
    """Return the distinct texts that ask for a document: its phrasings, or else its title."""
    distinct = tuple(dict.fromkeys(document.phrasings or (document.title,)))
    return distinct[:MAX_PHRASINGS]


def told(document: Document) -> str:
    """Return the text that is searched beside them: the body and the tags."""
    return "\n".join((document.body, *document.tags))


def asked_terms(document: Document) -> list[str]:
    """Return the terms of all texts that ask for a document, in reading order."""
    words = terms.analyser(document.lang).words
    return [word.term for text in phrasings(document) for word in words(text)]
