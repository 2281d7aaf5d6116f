"""A document -> its terms: what it contributes to an index, a pure function of its text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from oftasked_search import terms

if TYPE_CHECKING:
    from oftasked_search.documents import Document

MAX_PHRASINGS = 64  # further ones say nothing new


@dataclass(frozen=True, slots=True)
class Analysed:
    """The terms of one document, by field; plain tuples, so that it can be stored and sent.

    ``phrasings`` are sequences of terms, ``body_terms`` and ``body_counts`` go together,
    ``surfaces`` are the distinct spaced words as written, sorted.
    """

    lang: str
    phrasings: tuple[tuple[str, ...], ...]
    body_terms: tuple[str, ...]
    body_counts: tuple[int, ...]
    surfaces: tuple[str, ...]


def analyse(document: Document) -> Analysed:
    """Return the terms of a document: its phrasings (or its title), its body and tags."""
    analyser = terms.analyser(document.lang)
    asked = [analyser.words(text) for text in phrasings(document)]
    body = analyser.counted("\n".join((document.body, *document.tags)))
    counts: dict[str, int] = {}
    surfaces = {word.surface for phrasing in asked for word in phrasing}
    for words, count in body:
        for surface, term in words:
            counts[term] = counts.get(term, 0) + count
            surfaces.add(surface)
    return Analysed(
        document.lang,
        tuple(tuple(word.term for word in phrasing) for phrasing in asked),
        tuple(counts),
        tuple(counts.values()),
        tuple(sorted(filter(_is_listed, surfaces))),
    )


def phrasings(document: Document) -> tuple[str, ...]:
    """Return the distinct texts that ask for a document: its phrasings, or else its title."""
    distinct = tuple(dict.fromkeys(document.phrasings or (document.title,)))
    return distinct[:MAX_PHRASINGS]


@cache
def _is_listed(surface: str) -> bool:
    """Whether a word is one that prefixes and typos are looked up among."""
    return not terms.is_unspaced(surface) and max(surface) <= "\uffff"
