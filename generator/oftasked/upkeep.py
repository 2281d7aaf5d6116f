"""A knowledge base and its date -> what time has left behind: translations, reviews, demand."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from oftasked.model import Entry, KnowledgeBase
from oftasked.notes import Notes

YEAR = 365
"""Days without an ask after which an entry is worth a look."""
NAMED = 8
"""Ids that one warning names; the others are counted."""


def missing_translations(knowledge: KnowledgeBase, entries: Iterable[Entry], notes: Notes) -> None:
    """Warn, once for a topic and language, of entries that are not written in it."""
    by_topic = _by_topic(entries)
    for lang in knowledge.languages[1:]:
        for topic, of_topic in by_topic.items():
            missing = [entry for entry in of_topic if entry.wording(lang).lang != lang]
            if missing:
                what = f"{_of(missing, of_topic)} not written in `{lang}`: {_named(missing)}"
                remedy = f"write them in {topic}.{lang}.yml"
                notes.warn(missing[0].place, what, remedy)


def stale_reviews(knowledge: KnowledgeBase, entries: Iterable[Entry], notes: Notes) -> None:
    """Warn of entries whose next review was due before the day that the knowledge base is for."""
    remedy = "read it once more, and set `reviewed` to the day"
    for entry in entries:
        if entry.review_every is None:
            continue
        last = entry.reviewed or entry.changed
        if last is None:
            what = f"`{entry.id}` is to be reviewed every {entry.review_every} days, but never was"
            notes.warn(entry.place, what, remedy)
            continue
        overdue = (knowledge.as_of - last).days - entry.review_every
        if overdue > 0:
            days = "day" if overdue == 1 else "days"
            what = f"the review of `{entry.id}` is {overdue} {days} overdue (last {last})"
            notes.warn(entry.place, what, remedy)


def unasked(knowledge: KnowledgeBase, entries: Iterable[Entry], notes: Notes) -> None:
    """Warn, once for a topic, of entries that nobody asked for a year, if the ledger says so."""
    since = _year_of_asks(knowledge)
    if since is None:
        return
    asked = {row.entry for row in knowledge.counted if row.date > since}
    for of_topic in _by_topic(entries).values():
        silent = [entry for entry in of_topic if entry.id not in asked and _is_old(entry, since)]
        if silent:
            what = f"nobody has asked since {since} for: {_named(silent)}"
            remedy = "add the words that customers use, or retire what is of no use any more"
            notes.warn(silent[0].place, what, remedy)


def _year_of_asks(knowledge: KnowledgeBase) -> dt.date | None:
    """Return the day a year before the newest ask; None if the ledger does not go back so far."""
    dates = [row.date for row in knowledge.counted]
    if not dates:
        return None
    since = max(dates) - dt.timedelta(days=YEAR)
    return since if min(dates) <= since else None


def _is_old(entry: Entry, since: dt.date) -> bool:
    """Tell whether an entry has been there, as it is, for the whole year."""
    dates = (entry.changed, entry.valid_from)
    return all(date is None or date <= since for date in dates)


def _by_topic(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Group entries by topic, in the order of their file."""
    by_topic: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_topic[entry.topic].append(entry)
    return {
        topic: sorted(found, key=lambda entry: entry.place)
        for topic, found in sorted(by_topic.items())
    }


def _of(some: Sequence[Entry], every: Sequence[Entry]) -> str:
    if len(every) == 1:
        return "the only entry is"
    if len(some) == len(every):
        return f"all {len(every)} entries are"
    return f"{len(some)} of {len(every)} entries {'is' if len(some) == 1 else 'are'}"


def _named(entries: Sequence[Entry]) -> str:
    """List ids; of very many the first, and how many more there are."""
    names = ", ".join(f"`{entry.id}`" for entry in entries[:NAMED])
    more = len(entries) - NAMED
    return f"{names} and {more} more" if more > 0 else names
