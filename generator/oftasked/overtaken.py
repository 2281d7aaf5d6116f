"""A knowledge base -> the phrasings for which visitors are shown another entry first.

Each is asked of the index that a visitor of its entry's tier searches: the same analysis, the same
order, all audiences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from oftasked import editions
from oftasked.contents import search_index
from oftasked.editions import Edition
from oftasked.model import Access, Entry, KnowledgeBase, Place
from oftasked.progress import Progress
from oftasked_search.rivals import Rivals


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A phrasing of an entry, and the entries that stand before it, the first first."""

    entry: Entry
    phrasing: str
    place: Place
    before: tuple[str, ...]


def overtaken(
    knowledge: KnowledgeBase, half_life: float, progress: Progress, *, meaning: bool = True
) -> Iterator[Overtaken]:
    """Yield every such phrasing of every entry that is published and current."""
    for tier in Access:
        if any(entry.access is tier for entry in knowledge.entries):
            for lang in knowledge.languages:
                edition = editions.cut(knowledge, lang=lang, tier=tier, half_life=half_life)
                if own_entries(edition):
                    index = search_index(edition, meaning=meaning, progress=progress)
                    yield from overtaken_in(edition, index, progress)


def overtaken_in(
    edition: Edition, index: Mapping[str, bytes], progress: Progress
) -> Iterator[Overtaken]:
    """Yield every such phrasing of an edition's own entries; ``index`` is the edition's."""
    own = own_entries(edition)
    rivals = Rivals(index.__getitem__)
    for done, entry in enumerate(own, start=1):
        wording = edition.wording(entry)
        for number, phrasing in enumerate(wording.phrasings):
            before = rivals.before(phrasing, entry.id)
            if before:
                yield Overtaken(entry, phrasing, wording.place_of(number), before)
        progress("asking", done, len(own))


def own_entries(edition: Edition) -> tuple[Entry, ...]:
    """Return the entries of an edition's own tier that are written in its language."""
    return tuple(
        entry
        for entry in edition.entries.values()
        if entry.access is edition.tier and edition.wording(entry).lang == edition.lang
    )
