"""What ``search --explain`` prints: for people a few lines a hit, for programs everything."""

from __future__ import annotations

import dataclasses
import json
import unicodedata
from collections.abc import Iterator

import click

from oftasked_search.counting import MEANING, PRIOR, ROW, Part
from oftasked_search.explaining import Explained, Explanation

SMALL = 100
"""Parts of less than a hundredth of the score are summed up in one line."""
SAID = {
    "exact": "exact",
    "form": "word form “{}”",
    "completion": "beginning of “{}”",
    "typo": "typo of “{}”",
    "split": "split, “{}”",
    "joined": "joined, “{}”",
    "synonym": "synonym “{}”",
    "related": "related word “{}”",
    ROW: "words in a row, as in the phrasing",
    MEANING: "near in meaning to the entry as a whole",
    PRIOR: "asked often",
}
PLACES = {"phrasing": "phrasing", "joined": "all phrasings", "body": "answer", "covered": "entry"}


def for_people(explanation: Explanation) -> str:
    """Return the hits with what their scores are made of, in percent."""
    lines = []
    if explanation.unknown:
        lines.append(f"nothing stands for: {', '.join(explanation.unknown)}")
    if not explanation.hits:
        return "\n".join([*lines, "nothing found"])
    sure = "an answer" if explanation.sureness >= explanation.bar else "no good answer"
    lines.append(f"{sure}: sureness {explanation.sureness}, needed {explanation.bar}")
    for rank, hit in enumerate(explanation.hits, start=1):
        lines += _hit(rank, hit)
    return "\n".join(lines)


def as_json(query: str, explanation: Explanation) -> str:
    """Return everything as one JSON object; the scores of parts add up to their hit's."""
    hits = [
        {
            "id": hit.id,
            "score": hit.score,
            "phrasing": hit.phrasing,
            "parts": [_row(part) for part in hit.parts],
        }
        for hit in explanation.hits
    ]
    value = {
        "query": query,
        "hits": hits,
        "confident": bool(hits) and explanation.sureness >= explanation.bar,
        "sureness": explanation.sureness,
        "bar": explanation.bar,
        "unknown": list(explanation.unknown),
    }
    return json.dumps(value, ensure_ascii=False)


def _row(part: Part) -> dict[str, object]:
    return {**dataclasses.asdict(part), "places": dict(part.places), "score": part.score}


def _hit(rank: int, hit: Explained) -> Iterator[str]:
    yield f"{rank:>2}. {click.style(hit.title, bold=True)}  ({hit.id}, {hit.score:,} points)"
    if hit.phrasing and hit.phrasing != hit.title:
        yield f"    best phrasing: “{hit.phrasing}”"
    large = [part for part in hit.parts if part.score * SMALL >= hit.score]
    width = max((_width(part.asked) for part in large if part.through != MEANING), default=0)
    for part in large:
        asked = "" if part.through == MEANING else part.asked
        padded = asked + " " * (width - _width(asked))
        yield f"    {_percent(part.score, hit)}  {padded}  {_how(part)}"
    if rest := [part.score for part in hit.parts if part not in large]:
        yield f"    {_percent(sum(rest), hit)}  {len(rest)} more"


def _percent(score: int, hit: Explained) -> str:
    return f"{100 * score / hit.score:>5.1f} %"


def _how(part: Part) -> str:
    """Say what the points are for, where the word stands, and what it is worth."""
    said = SAID[part.through].format(part.found)
    if part.through == "related" and not part.found:
        said = "related words"
    if part.near is not None:
        said += f", {part.near} % near"
    if part.through == MEANING:
        said += f": {part.asked}"
    if part.worth != 100:
        said += f", counts {part.worth} %"
    places = [PLACES[name] for name, _ in part.places if name in PLACES]
    return f"{said} ({', '.join(places)})" if places and part.through != ROW else said


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
