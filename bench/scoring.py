"""A question set and an engine's replies -> the figures: how good, how sure, how dear."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from question_sets import Kind, QuestionSet

if TYPE_CHECKING:
    from collections.abc import Sequence

OURS = "Oftasked"
HITS = 10
CUTOFFS = (1, 3, 5)


@dataclass(frozen=True, slots=True)
class Load:
    """What a browser with an empty cache fetches for one query."""

    kilobytes: float
    requests: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What an engine said to one query: ids best first, whether it is sure, and the cost.

    ``confident`` is None if the engine does not say, ``load`` if it was not counted.
    """

    ids: tuple[str, ...]
    confident: bool | None
    load: Load | None
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Success:
    """Shares (0..1) of ``queries`` whose entry is among the first 1, 3 or 5 hits."""

    queries: int
    at_1: float
    at_3: float
    at_5: float
    mrr: float
    no_hits: float


@dataclass(frozen=True, slots=True)
class Confidence:
    """Whether ``confident`` can be believed.

    ``recall`` is the share of answerable questions that it keeps, ``recognised`` the share of
    unanswerable ones that it refuses, ``precision`` the share of answerable ones among those it
    keeps; the last two are None where a set has no unanswerable questions.
    """

    recall: float
    recognised: float | None
    precision: float | None


@dataclass(frozen=True, slots=True)
class Cost:
    """What a query costs: KB and requests with an empty cache, milliseconds warm; of clean ones."""

    kilobytes_p50: float
    kilobytes_max: float
    requests_max: int
    ms_p50: float
    ms_p95: float


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one set and engine; no ``confidence`` if the engine has none."""

    engine: str
    name: str
    lang: str
    entries: int
    success: dict[Kind, Success]
    confidence: Confidence | None
    cost: Cost


def reply(answer: dict[str, Any]) -> Reply:
    """Read one line of the runtime's program."""
    return Reply(
        tuple(hit["id"] for hit in answer["hits"]),
        answer["confident"],
        Load(answer["bytes"] / 1000, answer["requests"]),
        answer["ms"],
    )


def report(
    questions: QuestionSet, ids: dict[str, str], replies: dict[str, Reply], *, engine: str = OURS
) -> Report:
    """Sum up an engine's replies to a set."""
    asked: dict[Kind, list[tuple[frozenset[str], Reply]]] = {kind: [] for kind in Kind}
    for query in questions.queries:
        relevant = frozenset(ids[name] for name in query.relevant if name in ids)
        asked[query.kind].append((relevant, replies[query.text]))
    answerable = [kind for kind in Kind if kind is not Kind.UNANSWERABLE and asked[kind]]
    clean = [answer for _, answer in asked[Kind.CLEAN]]
    unanswerable = [answer for _, answer in asked[Kind.UNANSWERABLE]]
    return Report(
        engine,
        questions.name,
        questions.lang,
        len(questions.items),
        {kind: success(asked[kind]) for kind in answerable},
        confidence(clean, unanswerable),
        cost(clean),
    )


def success(asked: Sequence[tuple[frozenset[str], Reply]]) -> Success:
    """Count where the first relevant entry stands."""
    places = [place_of(relevant, answer.ids) for relevant, answer in asked]
    total = len(places)
    at_1, at_3, at_5 = (sum(0 < place <= cutoff for place in places) / total for cutoff in CUTOFFS)
    mrr = sum(1 / place for place in places if place) / total
    no_hits = sum(not answer.ids for _, answer in asked) / total
    return Success(total, at_1, at_3, at_5, mrr, no_hits)


def mean_success(found: Sequence[Success]) -> Success:
    """Return the mean over several sets, each counting once; the queries are added up."""
    return Success(
        queries=sum(one.queries for one in found),
        at_1=statistics.mean(one.at_1 for one in found),
        at_3=statistics.mean(one.at_3 for one in found),
        at_5=statistics.mean(one.at_5 for one in found),
        mrr=statistics.mean(one.mrr for one in found),
        no_hits=statistics.mean(one.no_hits for one in found),
    )


def place_of(relevant: frozenset[str], ids: Sequence[str]) -> int:
    """Return the place, from 1, of the first relevant id among the first ten; 0: not there."""
    return next((place for place, one in enumerate(ids[:HITS], 1) if one in relevant), 0)


def confidence(clean: Sequence[Reply], unanswerable: Sequence[Reply]) -> Confidence | None:
    """Compare what the engine was sure of with what can be answered; None if it does not say."""
    if any(answer.confident is None for answer in clean):
        return None
    kept = sum(bool(answer.confident) for answer in clean)
    claimed = sum(bool(answer.confident) for answer in unanswerable)
    recall = kept / len(clean)
    if not unanswerable:
        return Confidence(recall, None, None)
    precision = kept / (kept + claimed) if kept + claimed else None
    return Confidence(recall, 1 - claimed / len(unanswerable), precision)


def cost(answers: Sequence[Reply]) -> Cost:
    """Sum up what whole questions cost."""
    times = sorted(answer.milliseconds for answer in answers)
    loads = [answer.load for answer in answers if answer.load]
    sizes = [load.kilobytes for load in loads]
    return Cost(
        statistics.median(sizes),
        max(sizes),
        max(load.requests for load in loads),
        times[len(times) // 2],
        times[int(len(times) * 0.95)],
    )
