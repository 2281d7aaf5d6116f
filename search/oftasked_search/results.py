"""What a search gives back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Marks:
    """The matching ranges of a hit's texts, in UTF-16 code units."""

    title: tuple[tuple[int, int], ...]
    summary: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found."""

    id: str
    url: str
    title: str
    summary: str
    marks: Marks
    facets: dict[str, list[str]]
    score: int


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A facet value that would split the results, and how many of them have it."""

    facet: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Result:
    """The best hits.

    ``total`` counts all results, ``confident`` says whether the first really answers,
    ``corrections`` are queries that were perhaps meant.
    """

    hits: tuple[Hit, ...]
    total: int
    confident: bool
    corrections: tuple[str, ...]
    narrow: tuple[Narrowing, ...]


NOTHING = Result((), 0, confident=False, corrections=(), narrow=())
