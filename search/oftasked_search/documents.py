"""What can be searched: the one value that the search package takes in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """Something a visitor may look for, with the words that lead to it. All texts are plain.

    ``phrasings`` are the ways people ask for it, the first one its title as a rule. ``facets``
    are generic: ``((name, (value, ...)), ...)`` sorted by name; values are what `narrow` proposes.
    ``boost`` is a prior in 0..1 that breaks near-ties (1: asked most). ``url`` is relative to the
    edition's root.
    """

    id: str
    url: str
    title: str
    phrasings: tuple[str, ...]
    body: str = ""
    summary: str = ""
    tags: tuple[str, ...] = ()
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    boost: float = 0.0
    lang: str = "en"
