"""Chinese words, how common they are, and the sentences that their vectors are learnt from."""

from __future__ import annotations

import re
from collections import defaultdict
from math import log10
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from oftasked_search import han
from vocabulary.making import Material
from vocabulary.sources import listed
from vocabulary.terms import Terms
from vocabulary.words import MODERN, Known

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SEED = 20261122
CONSIDERED = 26_000  # words that vectors are learnt for
LONGEST_WORD = 4
FILLED = 45_000
FAVOUR_COMMON = 0.5
# jieba's marks for kinds of words: names of persons, numerals and idioms have no meaning that
# a question would be about.
WITHOUT = ("nr", "m", "x", "eng")
KINDS = {"n": "n", "nz": "n", "v": "v", "vn": "vn", "a": "a", "ns": "s", "s": "s", "t": "t"}
_SLOT = re.compile(r"\{([a-z]+)\}")
_HAN = re.compile(r"[\u4e00-\u9fff]+")


def simplified(word: str) -> str:
    """Return the word as the search's analysis folds it."""
    return word.translate(han.simplified())


def material(dictionary: Path) -> Material:
    """Return the known words and the sentences to learn from; each word is a term."""
    known, kinds = known_words(dictionary, CONSIDERED)
    names = tuple(word.surface for word in known)
    numbers = {name: number for number, name in enumerate(names)}
    commonness = np.array([word.commonness for word in known], np.float32)
    terms = Terms(names, numbers, tuple(range(len(names))), commonness)
    texts = sentences(known, kinds)
    bags = [[numbers[word] for word in segment(text, numbers)] for text in texts]
    return Material(known, terms, texts, bags)


def known_words(dictionary: Path, count: int) -> tuple[list[Known], dict[str, str]]:
    """Return the commonest words of jieba's dictionary and ours, and the kind of each."""
    uses: defaultdict[str, float] = defaultdict(float)
    kinds: dict[str, str] = {}
    total = 0
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, number, kind = line.split(" ")
        total += int(number)
        if _HAN.fullmatch(word) and len(word) <= LONGEST_WORD and not kind.startswith(WITHOUT):
            uses[simplified(word)] += int(number)
            kinds.setdefault(simplified(word), kind)
    for word in map(simplified, listed(Path(__file__).with_name("modern_zh.txt"))):
        uses[word] = max(uses[word], total * 10 ** (MODERN - 9))
        kinds.setdefault(word, "n")
    chosen = sorted(uses, key=lambda word: (-uses[word], word))[:count]
    return [Known(word, round(log10(uses[word] / total) + 9, 3)) for word in chosen], kinds


def sentences(known: Sequence[Known], kinds: dict[str, str]) -> list[str]:
    """Return patterns filled with words, each once; every word is filled in somewhere."""
    chance = Random(SEED)  # noqa: S311 - repeatable on purpose
    by_kind: defaultdict[str, list[Known]] = defaultdict(list)
    for word in known:
        if kinds[word.surface] in KINDS:
            by_kind[KINDS[kinds[word.surface]]].append(word)
    filler = _Filler(by_kind, chance)
    patterns = _patterns()
    made = {filler.fill(chance.choice(patterns)) for _ in range(FILLED)}
    made |= {filler.fill(chance.choice(SHOWN).replace("{w}", word.surface)) for word in known}
    mixed = sorted(made)
    chance.shuffle(mixed)
    return mixed


SHOWN = ("{w}{n}", "{n}{w}", "{v}{w}", "{w}是什么", "我的{w}", "{a}的{w}", "如何{w}", "请问{w}")


def _patterns() -> list[str]:
    lines = Path(__file__).with_name("templates_zh.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


class _Filler:
    def __init__(self, by_kind: dict[str, list[Known]], chance: Random) -> None:
        self._words = {kind: [word.surface for word in words] for kind, words in by_kind.items()}
        self._weights = {
            kind: [10 ** (FAVOUR_COMMON * word.commonness) for word in words]
            for kind, words in by_kind.items()
        }
        self._chance = chance

    def fill(self, pattern: str) -> str:
        return _SLOT.sub(lambda slot: self._draw(slot.group(1)), pattern)

    def _draw(self, kind: str) -> str:
        return self._chance.choices(self._words[kind], self._weights[kind])[0]


def segment(text: str, words: Iterable[str], longest: int = LONGEST_WORD) -> list[str]:
    """Return the known words in a text: at each place the longest."""
    known = words if isinstance(words, (set, frozenset, dict)) else set(words)
    found, at = [], 0
    folded = simplified(text)
    while at < len(folded):
        ends = range(min(len(folded), at + longest), at, -1)
        end = next((end for end in ends if folded[at:end] in known), None)
        if end is not None:
            found.append(folded[at:end])
        at = end or at + 1
    return found
