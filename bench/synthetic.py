"""Any number of help entries, made from a seed: the same bytes on every machine.

The texts mean nothing, but have the shape of real ones: questions of five to ten words, answers
of about 600 characters with lists, links, bold and code, words as unevenly frequent as in a
language (Zipf), a vocabulary of several thousand words.
"""

from __future__ import annotations

import bisect
import itertools
import math
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from question_sets import Item, Kind, Query, QuestionSet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

AUDIENCES = ("prospects", "new-customers", "returning-customers", "individual-help")
VOCABULARY = 8000
ZIPF_EXPONENT = 1.05
MOST_TOPICS = 10
"""Of one audience."""
MOST_QUESTIONS = 100

_EVERYDAY = """
the your you a to of and in is for it on can with or we be this from that if not when at by as our
will have are account order payment parcel delivery invoice card plan address password refund
email page button option choose open send receive change cancel renew check day week month before
after until only also each every new old first last free paid price code number name date time
team phone form list file image report setting profile contract warranty repair return exchange
stock store voucher discount balance receipt courier tracking label warehouse holiday evening
morning support answer question request ticket message notice letter copy proof identity privacy
data export import
"""
_ONSETS = """
b br c ch d dr f g gl h j k l m n p pl pr qu r s st t tr v w
"""
_RHYMES = """
a an ar e el en er i in is o ol on or u um un
"""
_ENDINGS = ["", "", "ing", "ed", "er", "tion", "ment", "ness", "able", "ly", "s"]
_OPENINGS = [
    "How do I",
    "Can I",
    "Why does my",
    "Where do I find the",
    "When will my",
    "What is the",
]


@dataclass(frozen=True, slots=True)
class SyntheticEntry:
    """One made-up entry; ``answer(link)`` is its Markdown, links being what ``link(id)`` says."""

    id: str
    audience: str
    topic: str
    question: str
    also_asked: tuple[str, ...]
    tags: tuple[str, ...]
    asked: int
    paragraphs: tuple[str, ...]
    neighbour: str

    def answer(self, link: Callable[[str], str]) -> str:
        """Return the Markdown of the answer."""
        see_also = f"See also [{self.neighbour}]({link(self.neighbour)})."
        return "\n\n".join((*self.paragraphs, see_also)) + "\n"


class Words:
    """Draws words by Zipf's law from a vocabulary of everyday and coined words."""

    def __init__(self) -> None:
        self._words = tuple(itertools.islice(_vocabulary(), VOCABULARY))
        weights = (1 / (rank + 2) ** ZIPF_EXPONENT for rank in range(VOCABULARY))
        self._reach = tuple(itertools.accumulate(weights))

    def draw(self, chance: random.Random, count: int) -> list[str]:
        """Draw ``count`` words."""
        top = self._reach[-1]
        places = (bisect.bisect(self._reach, chance.random() * top) for _ in range(count))
        return [self._words[place] for place in places]


def synthetic_entries(count: int) -> Iterator[SyntheticEntry]:
    """Yield ``count`` entries; entry n is the same whatever the count, but for its links."""
    words = Words()
    topics = min(MOST_TOPICS, max(2, math.isqrt(count) // 2))
    for number in range(count):
        chance = random.Random(number)  # noqa: S311 - the number makes the entry
        yield SyntheticEntry(
            id=entry_id(number),
            audience=chance.choice(AUDIENCES),
            topic=f"topic-{chance.randrange(topics) + 1:02d}",
            question=_question(words, chance),
            also_asked=tuple(_question(words, chance) for _ in range(2)),
            tags=tuple(sorted({f"tag-{chance.randrange(40)}" for _ in range(2)})),
            asked=int(20 * chance.paretovariate(1.1)),
            paragraphs=_paragraphs(words, chance),
            neighbour=entry_id(chance.randrange(count)),
        )


def synthetic_set(count: int) -> QuestionSet:
    """Return entries as a question set, to know what search costs; some ask their own question."""
    items = [
        Item(entry.id, entry.question, entry.answer(_address), entry.also_asked)
        for entry in synthetic_entries(count)
    ]
    queries = [
        Query(Kind.CLEAN, item.question, frozenset({item.id}))
        for item in items[:: -(-count // MOST_QUESTIONS)]
    ]
    return QuestionSet(f"{count:,} made-up entries", "en", tuple(items), tuple(queries))


def _address(target: str) -> str:
    return f"https://help.example.com/q/{target}/"


def entry_id(number: int) -> str:
    """Return the id of the entry with this number."""
    return f"entry-{number:06d}"


def _vocabulary() -> Iterator[str]:
    seen = dict.fromkeys(_EVERYDAY.split())
    yield from seen
    onsets, rhymes = _ONSETS.split(), _RHYMES.split()
    chance = random.Random("vocabulary")  # noqa: S311 - the same words for everybody
    while True:
        syllables = chance.choice((1, 2, 2, 3))
        stem = "".join(chance.choice(onsets) + chance.choice(rhymes) for _ in range(syllables))
        word = stem + chance.choice(_ENDINGS)
        if word not in seen:
            seen[word] = None
            yield word


def _question(words: Words, chance: random.Random) -> str:
    return f"{chance.choice(_OPENINGS)} {' '.join(words.draw(chance, chance.randint(3, 6)))}?"


def _sentence(words: Words, chance: random.Random, shortest: int, longest: int) -> str:
    drawn = words.draw(chance, chance.randint(shortest, longest))
    drawn[0] = drawn[0].capitalize()
    if chance.random() < 0.25:
        drawn[len(drawn) // 2] = f"**{drawn[len(drawn) // 2]}**"
    if chance.random() < 0.1:
        drawn[-1] = f"`{drawn[-1]}`"
    return f"{' '.join(drawn)}."


def _paragraphs(words: Words, chance: random.Random) -> tuple[str, ...]:
    prose = " ".join(_sentence(words, chance, 9, 15) for _ in range(3))
    bullet = "1." if chance.random() < 0.5 else "-"
    steps = "\n".join(f"{bullet} {_sentence(words, chance, 5, 9)}" for _ in range(4))
    closing = _sentence(words, chance, 8, 14)
    draw = chance.random()
    if draw < 0.15:
        rows = "\n".join(f"| {' | '.join(words.draw(chance, 3))} |" for _ in range(3))
        return prose, steps, f"| option | meaning | limit |\n| --- | --- | --- |\n{rows}", closing
    if draw < 0.3:
        code = " ".join(words.draw(chance, 4))
        return prose, steps, f"```console\n$ {code}\n```", closing
    return prose, steps, closing
