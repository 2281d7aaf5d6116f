"""Entries and the ledger -> the order in which a site shows them. Pure functions only.

Sums are exact (`math.fsum`), so that no order of rows can change a rank.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from oftasked.model import Access, AskRow, Audience, Entry, Ranking, Status, Topic
from oftasked.problems import OftaskedError

HALF_LIFE = 90.0
"""Days after which an ask counts half."""
RISING_DAYS = 30
RISING_ASKS = 10
RISING_FACTOR = 2

Decayed = Mapping[str, Mapping[str | None, Sequence[float]]]
"""By entry and audience (None: not said), the decayed counts of the rows."""


def rank(
    entries: Iterable[Entry],
    topics: Iterable[Topic],
    audiences: Iterable[Audience],
    ledger: Iterable[AskRow],
    as_of: dt.date,
    half_life: float = HALF_LIFE,
) -> Ranking:
    """Rank those of ``entries`` that are published and current on ``as_of``.

    An ask counts once in *most asked*, in however many audiences its entry is shown.
    """
    if not half_life > 0:
        raise OftaskedError(f"the half-life must be more than 0 days, not {half_life:g}")
    shown = sorted((e for e in entries if is_ranked(e, as_of)), key=lambda entry: entry.id)
    rows = [row for row in ledger if row.date <= as_of]
    newest = max((row.date for row in rows), default=as_of)
    decayed = _decayed(rows, newest, half_life)
    overall = {entry.id: _overall(entry, decayed) for entry in shown}
    by_audience, by_topic = [], []
    known = frozenset(topic.id for topic in topics)
    for audience in audiences:
        here = [entry for entry in shown if audience.id in entry.audiences]
        scores = {entry.id: score(entry, audience.id, decayed) for entry in here}
        by_audience.append((audience.id, _ordered(here, scores)))
        by_topic.append((audience.id, _topics(audience.id, here, scores, known)))
    return Ranking(
        by_audience=tuple(by_audience),
        overall=tuple(sorted(overall, key=lambda key: (-overall[key], key))),
        topics=tuple(by_topic),
        rising=_rising(rows, newest) & frozenset(overall),
        score=tuple(sorted(overall.items())),
    )


def is_ranked(entry: Entry, as_of: dt.date) -> bool:
    """Tell whether an entry has a place in the order: it is published, and today."""
    published = entry.status is Status.PUBLISHED and entry.access is not Access.INTERNAL
    return published and entry.is_current(as_of)


def weight(age_days: int, half_life: float) -> float:
    """Return how much an ask of this age counts: half after each half-life."""
    return math.exp2(-age_days / half_life)


def score(entry: Entry, audience: str, decayed: Decayed) -> float:
    """Return an entry's decayed asks inside one audience, its baseline included."""
    rows = decayed.get(entry.id, {})
    return math.fsum((entry.asked, *rows.get(audience, ()), *rows.get(None, ())))


def _overall(entry: Entry, decayed: Decayed) -> float:
    rows = decayed.get(entry.id, {})
    return math.fsum((entry.asked, *(count for counts in rows.values() for count in counts)))


def _decayed(rows: Iterable[AskRow], newest: dt.date, half_life: float) -> Decayed:
    counts: dict[str, dict[str | None, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        value = row.count * weight((newest - row.date).days, half_life)
        counts[row.entry][row.audience].append(value)
    return counts


def _ordered(entries: Iterable[Entry], scores: Mapping[str, float]) -> tuple[str, ...]:
    """Order entries: pinned first, then by score, ties by id."""
    order = sorted(entries, key=lambda entry: (not entry.pinned, -scores[entry.id], entry.id))
    return tuple(entry.id for entry in order)


def _topics(
    audience: str, entries: Iterable[Entry], scores: Mapping[str, float], known: frozenset[str]
) -> tuple[str, ...]:
    """Order an audience's topics by the sum of the entries that stand under them, ties by id.

    An entry with ``also_for`` stands under the topic of the same name in its other audiences.
    """
    sums: dict[str, list[float]] = defaultdict(list)
    for entry in entries:
        if entry.topic in known:
            sums[f"{audience}/{entry.topic.partition('/')[2]}"].append(scores[entry.id])
    return tuple(sorted(sums, key=lambda topic: (-math.fsum(sums[topic]), topic)))


def _rising(rows: Iterable[AskRow], newest: dt.date) -> frozenset[str]:
    """Return the entries asked much more often in the last days than in as many before."""
    last: dict[str, int] = defaultdict(int)
    before: dict[str, int] = defaultdict(int)
    for row in rows:
        age = (newest - row.date).days
        if age < RISING_DAYS:
            last[row.entry] += row.count
        elif age < 2 * RISING_DAYS:
            before[row.entry] += row.count
    return frozenset(
        entry
        for entry, asks in last.items()
        if asks >= RISING_ASKS and asks >= RISING_FACTOR * before[entry]
    )
