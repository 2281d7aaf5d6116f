"""A question set (JSON) -> the queries visitors would type for it, and how well they were answered.

A set is ``{"name", "lang", "entries": [{"id", "question", "answer", "variants"}], "queries":
[{"q", "relevant": [id, ...]}], "oos": [question, ...]}``; ``oos`` are questions that no entry
answers. Every query is asked in four ways (`Kind`); the variations are drawn from seeds made of
the query's own text, so that they are the same in every run and on every machine.
"""

from __future__ import annotations

import enum
import json
import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEED = 7
MOST_UNANSWERABLE = 200
KEYWORDS = 3

_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

_ENGLISH = """
a about am an and any are as at be been but by can can't cant could did do does don't done dont for
from get got had has have hello here hey hi how i i'm if im in into is it its just know let may me
might mine must my need no not of ok on or our please shall should so some tell than that the then
there these this those to too us very want was we were what when where which who whom whose why
will with would you your also
"""
_GERMAN = """
als an auch auf aus aber bei das dem den der des die du ein eine einem einen einer es für gibt ich
im in ist kann kein können könnte man mein meine mich mir mit muss nicht noch oder sich sie sind so
soll sollte uns und von wann war warum was welche welcher wenn wer werden wie wir wird wo zu über am
dann
"""
_FUNCTION_WORDS = frozenset(f"{_ENGLISH} {_GERMAN}".split())
"""What somebody who types keywords leaves out."""


class Kind(enum.StrEnum):
    """A way of asking: as recorded, mistyped, not yet finished, keywords only, or unanswerable."""

    CLEAN = "clean"
    TYPO = "typo"
    TYPING = "typing"
    KEYWORDS = "keywords"
    UNANSWERABLE = "unanswerable"


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a set: its id there, the question, the answer, further phrasings."""

    id: str
    question: str
    answer: str
    variants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """One thing a visitor types, and the ids of the entries that answer it."""

    kind: Kind
    text: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A named set in one language: its entries, and the queries asked of them."""

    name: str
    lang: str
    items: tuple[Item, ...]
    queries: tuple[Query, ...]


def read_set(path: Path, *, limit: int = 500) -> QuestionSet:
    """Read a set and draw at most ``limit`` of its recorded queries (0: all)."""
    source = json.loads(path.read_text("utf-8"))
    recorded = source["queries"]
    if limit and len(recorded) > limit:
        draw = random.Random(f"{SEED}:{source['name']}")  # noqa: S311 - a repeatable sample
        recorded = draw.sample(recorded, limit)
    queries = [
        query for row in recorded for query in ways_to_ask(row["q"], frozenset(row["relevant"]))
    ]
    queries += [
        Query(Kind.UNANSWERABLE, text, frozenset()) for text in source["oos"][:MOST_UNANSWERABLE]
    ]
    items = tuple(
        Item(row["id"], row["question"], row["answer"], tuple(row.get("variants") or ()))
        for row in source["entries"]
    )
    return QuestionSet(source["name"], source["lang"], items, tuple(queries))


def ways_to_ask(text: str, relevant: frozenset[str]) -> Iterator[Query]:
    """Yield one recorded query as each answerable kind; some have no keywords."""
    yield Query(Kind.CLEAN, text, relevant)
    yield Query(Kind.TYPO, mistyped(text), relevant)
    yield Query(Kind.TYPING, unfinished(text), relevant)
    keywords = keywords_of(text)
    if keywords:
        yield Query(Kind.KEYWORDS, keywords, relevant)


def mistyped(text: str) -> str:
    """Return the text with one slip in one of its three longest words; CJK: in one character."""
    draw = random.Random(f"typo:{SEED}:{text}")  # noqa: S311 - a repeatable slip
    if _CJK.search(text):
        return _mistyped_characters(text, draw)
    words = sorted(_LONG_WORD.finditer(text), key=lambda match: -len(match.group()))
    if not words:
        return text
    chosen = draw.choice(words[:3])
    slipped = _slip(chosen.group(), draw)
    return text[: chosen.start()] + slipped + text[chosen.end() :]


def _slip(word: str, draw: random.Random) -> str:
    """Swap two letters, drop one, replace one or double one; never the first."""
    at = draw.randrange(1, len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    match draw.choice("sdrx"):
        case "s":
            return before + after[0] + letter + after[1:]
        case "d":
            return before + after
        case "r":
            return before + draw.choice(_LETTERS) + after
        case _:
            return before + letter + letter + after


def _mistyped_characters(text: str, draw: random.Random) -> str:
    places = [at for at in range(1, len(text) - 1) if _CJK.match(text[at])]
    if not places:
        return text
    at = draw.choice(places)
    if draw.random() < 0.5:
        return text[:at] + text[at + 1 :]
    return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]


def unfinished(text: str) -> str:
    """Return the text while its last word is half typed; CJK: without its last quarter."""
    if _CJK.search(text):
        return text[: max(2, len(text) - len(text) // 4)]
    text = text.rstrip(" ?!.,")
    last = re.search(r"\S+$", text)
    if not last:
        return text
    word = last.group()
    return text[: last.start()] + word[: max(1, (len(word) + 1) // 2)]


def keywords_of(text: str) -> str | None:
    """Return the three longest words that mean something, in their order; none for CJK."""
    if _CJK.search(text):
        return None
    words = [
        word
        for word in re.findall(r"[\w'-]+", text)
        if word.lower() not in _FUNCTION_WORDS and len(word) > 1
    ]
    longest = sorted(words, key=lambda word: -len(word))[:KEYWORDS]
    return " ".join(dict.fromkeys(word for word in words if word in longest)) or None
