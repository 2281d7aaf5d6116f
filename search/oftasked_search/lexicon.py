"""The words of an index as people write them: for prefixes, typos, split words, synonyms.

``FORMAT.md`` ("Lexicon") is the specification; `runtime/lexicon.js` mirrors the lookups.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple, TypedDict

from oftasked_search import han
from oftasked_search.fronted import front, unfront

MAX_WORDS = 4000  # the most frequent: the others are found as written and by their stems
MAX_COMPLETIONS = 12
MAX_CORRECTIONS = 8
FAR_FROM = 8  # words of this length may have two typos


class Stored(TypedDict):
    """A lexicon in JSON."""

    complete: bool
    words: str
    frequencies: str
    han: str
    synonyms: list[list[list[str]]]


class Found(NamedTuple):
    """A word of the lexicon, its frequency and how far it is from what was looked up."""

    word: str
    frequency: int
    distance: int


class Lexicon:
    """Sorted words with their frequencies (powers of two), Han pairs, groups of synonyms."""

    def __init__(self, stored: Stored) -> None:
        self.complete: bool = stored["complete"]
        self.han: dict[int, str] = han.from_pairs(stored["han"])
        self.synonyms: list[list[list[str]]] = stored["synonyms"]
        self._words = unfront(stored["words"])
        self._keys = [sort_key(word) for word in self._words]
        self._classes = [int(digit, 36) for digit in stored["frequencies"]]
        self._masks = [_mask(word) for word in self._words]

    def __contains__(self, word: str) -> bool:
        at = bisect_left(self._keys, sort_key(word))
        return at < len(self._words) and self._words[at] == word

    def completions(self, start: str) -> list[Found]:
        """Return the most frequent words that begin with the letters, the word itself included."""
        at, found = bisect_left(self._keys, sort_key(start)), []
        while at < len(self._words) and self._words[at].startswith(start):
            found.append(Found(self._words[at], 1 << self._classes[at], 0))
            at += 1
        return sorted(found, key=_by_frequency)[:MAX_COMPLETIONS]

    def near(self, word: str) -> list[Found]:
        """Return the closest words within the number of typos that the length allows."""
        limit = allowed_typos(word)
        mask, found = _mask(word), []
        for at, other in enumerate(self._words):
            if (
                abs(len(other) - len(word)) > limit
                or (mask ^ self._masks[at]).bit_count() > 2 * limit
            ):
                continue
            distance = edits(word, other, limit)
            if 0 < distance <= limit and (other[0] == word[0] or distance == 1):
                found.append(Found(other, 1 << self._classes[at], distance))
        closest = min((entry.distance for entry in found), default=0)
        return sorted((f for f in found if f.distance == closest), key=_by_frequency)[
            :MAX_CORRECTIONS
        ]


def encode(frequencies: dict[str, int], han_pairs: str, synonyms: list[list[list[str]]]) -> Stored:
    """Return the lexicon as the manifest has it."""
    frequent = sorted(frequencies, key=lambda word: (-frequencies[word], sort_key(word)))[
        :MAX_WORDS
    ]
    words = sorted(frequent, key=sort_key)
    return {
        "complete": len(words) == len(frequencies),
        "words": front(words),
        "frequencies": "".join(_class_digit(frequencies[word]) for word in words),
        "han": han_pairs,
        "synonyms": synonyms,
    }


def sort_key(text: str) -> bytes:
    """Orders texts as JavaScript does: by UTF-16 code units."""
    return text.encode("utf-16-be", "surrogatepass")


def allowed_typos(word: str) -> int:
    """Return how many typos a word of its length may have."""
    return 2 if len(word) >= FAR_FROM else 1


def edits(a: str, b: str, limit: int) -> int:
    """Return how many insertions, deletions, changes and swaps of neighbours lie between two words.

    More than ``limit`` are not counted: limit + 1.
    """
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        above, row = row, [i]
        for j, other in enumerate(b, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        before = above
    return min(row[-1], limit + 1)


def _by_frequency(found: Found) -> tuple[int, bytes]:
    return (-found.frequency, sort_key(found.word))


def _mask(word: str) -> int:
    mask = 0
    for letter in word:
        mask |= 1 << (ord(letter) & 31)
    return mask


def _class_digit(frequency: int) -> str:
    return "0123456789abcdefghijklmnopqrstuvwxyz"[frequency.bit_length() - 1]
