"""A knowledge base without errors -> what an editor should look at once more.

A build asks none of this: these doubts come with the days and from comparing everything with
everything. What is not published, or not now, is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from oftasked import upkeep
from oftasked.model import Entry, KnowledgeBase, Status
from oftasked.notes import Notes
from oftasked.overtaken import Overtaken, overtaken
from oftasked.problems import Problem, shown
from oftasked.progress import Progress, silent
from oftasked.ranking import HALF_LIFE
from oftasked.similar import Pair, Phrasings


def review(
    knowledge: KnowledgeBase,
    *,
    half_life: float = HALF_LIFE,
    meaning: bool = True,
    progress: Progress = silent,
) -> tuple[Problem, ...]:
    """Return the doubts about a knowledge base as warnings, sorted by place."""
    notes = Notes()
    entries = reviewed_entries(knowledge)
    doubled = _near_duplicates(knowledge, entries, notes)
    for each in overtaken(knowledge, half_life, progress, meaning=meaning):
        if frozenset((each.entry.id, each.before[0])) not in doubled:
            _overtaken(each, notes)
    upkeep.missing_translations(knowledge, entries, notes)
    upkeep.stale_reviews(knowledge, entries, notes)
    upkeep.unasked(knowledge, entries, notes)
    return tuple(sorted(set(notes.found)))


def reviewed_entries(knowledge: KnowledgeBase) -> tuple[Entry, ...]:
    """Return the entries that somebody can read today, of every tier."""
    return tuple(
        entry
        for entry in knowledge.entries
        if entry.status is Status.PUBLISHED and entry.is_current(knowledge.as_of)
    )


def _near_duplicates(
    knowledge: KnowledgeBase, entries: Iterable[Entry], notes: Notes
) -> frozenset[frozenset[str]]:
    """Warn of entries that are asked for with nearly the same words; return the pairs of ids."""
    by_id = {entry.id: entry for entry in entries}
    doubled: set[frozenset[str]] = set()
    for lang in knowledge.languages:
        for pair in Phrasings.of(by_id.values(), lang).near_duplicates():
            ids = frozenset((pair.one.entry_id, pair.other.entry_id))
            if ids not in doubled:
                doubled.add(ids)
                _doubled(pair, by_id, lang, notes)
    return frozenset(doubled)


def _doubled(pair: Pair, by_id: dict[str, Entry], lang: str, notes: Notes) -> None:
    one, other = by_id[pair.one.entry_id], by_id[pair.other.entry_id]
    said, like = shown(pair.one.text), shown(pair.other.text)
    what = f"`{one.id}` and `{other.id}` answer nearly the same question: “{said}”, “{like}”"
    if pair.one.number or pair.other.number:
        remedy = "leave the phrasing to one of them"
        remedy += f", or merge them with `replaces: [{other.id}]`"
    else:
        remedy = f"merge them with `replaces: [{other.id}]`, or make the questions differ"
    notes.warn(one.wording(lang).place_of(pair.one.number), what, remedy)


def _overtaken(each: Overtaken, notes: Notes) -> None:
    first, *others = each.before
    also = f" (and {len(others)} more)" if others else ""
    what = f"“{shown(each.phrasing)}” finds `{first}`{also} before `{each.entry.id}`"
    remedy = f"say what is particular to `{each.entry.id}`, or move the phrasing to `{first}`"
    notes.warn(each.place, what, remedy)
