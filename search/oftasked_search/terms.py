"""Text -> words -> terms: the pure functions behind the Whoosh chain of `analysis`.

`runtime/analysis.js` mirrors this module; `FORMAT.md` ("Analysis") is the specification of both.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from oftasked_search import han, stemmers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

# Scripts written without spaces between words: Thai, Lao, Burmese, Khmer, kana, Han, Hangul.
UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u103f\u1050-\u109f\u1780-\u17d3\u3005-\u3007\u3041-\u309f"
    "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U000323af"
)
# Signs inside words that are neither letters nor numbers to Unicode: Indic vowels, Tibetan,
# Cyrillic titlo.
MARKS = (
    "\u0483-\u0487\u0900-\u0963\u0966-\u096f\u0971-\u0df3\u0f18-\u0f19\u0f35-\u0f39\u0f71-\u0fbc"
)
# Accents, vowel points, tatweel, invisible joiners: what people leave out when they type.
DROPPED = (
    "\u00ad\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff"
)
LETTERS = {"ß": "ss", "ς": "σ", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i"}
APOSTROPHES = "'’ʼ‘`´"
HYPHENS = "\\-\u2010"  # escaped: it stands inside character classes
MAX_WORD = 64  # code points; the rest of a longer word is noise
MAX_JOINED = 3  # parts of a hyphenated word that are also tried as one word

_LETTER = rf"(?:[^\W_{UNSPACED}{APOSTROPHES}]|[{MARKS}])"
_JOINER = rf"(?:[{APOSTROPHES}{HYPHENS}]|(?<=[0-9])[.,](?=[0-9]))"
_TOKEN = re.compile(rf"[{UNSPACED}]+|{_LETTER}+(?:{_JOINER}{_LETTER}+)*")
_ASCII_TOKEN = re.compile(r"[a-z0-9]+(?:(?:['`-]|(?<=[0-9])[.,](?=[0-9]))[a-z0-9]+)*")
_UNSPACED = re.compile(rf"[{UNSPACED}]")
_DROPPED = re.compile(rf"[{DROPPED}]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}]s$")
_APOSTROPHE = re.compile(rf"[{APOSTROPHES}]")
_HYPHEN = re.compile(rf"[{HYPHENS}]")
_LETTERS = str.maketrans(LETTERS)


class Word(NamedTuple):
    """A word as written (folded) and the term that stands for it in the index."""

    surface: str
    term: str


class Token(NamedTuple):
    """A stretch of folded text and the words it gives: several for a compound or unspaced text."""

    start: int
    end: int
    words: tuple[Word, ...]


class Analyser:
    """The analysis of one language; remembers what it has worked out for a token."""

    def __init__(self, stemmer: str | None, han_pairs: Mapping[int, str]) -> None:
        self._stem: Callable[[str], str] = stemmers.stemmer(stemmer)
        self._han = han_pairs
        self._known: dict[str, tuple[Word, ...]] = {}

    def tokens(self, folded: str) -> Iterator[Token]:
        """Return the tokens of a text that went through `fold`, in reading order."""
        for match in pattern(folded).finditer(folded):
            yield Token(match.start(), match.end(), self.words_of(match.group()))

    def words(self, text: str) -> list[Word]:
        """All words of a text as it was written, in reading order."""
        folded = fold(text)
        known = self._known
        words: list[Word] = []
        for token in pattern(folded).findall(folded):
            words += known.get(token) or self.words_of(token)
        return words

    def counted(self, text: str) -> list[tuple[tuple[Word, ...], int]]:
        """Return the words of each distinct token of a text and how often it occurs."""
        folded = fold(text)
        tokens, known = Counter(pattern(folded).findall(folded)), self._known
        return [(known.get(token) or self.words_of(token), n) for token, n in tokens.items()]

    def words_of(self, token: str) -> tuple[Word, ...]:
        """Return the words that one token of folded text gives."""
        words = self._known.get(token)
        if words is None:
            words = self._split(token)
            self._known[token] = words
        return words

    def _split(self, token: str) -> tuple[Word, ...]:
        if is_unspaced(token):
            return tuple(Word(gram, gram) for gram in grams(token.translate(self._han)))
        return tuple(Word(part, self._stem(part)) for part in parts(token))


@cache
def analyser(lang: str) -> Analyser:
    """Return the analyser of a language for texts that are indexed."""
    return Analyser(stemmers.name_for(lang), han.simplified())


def fold(text: str) -> str:
    """Text with everything folded that people write in several ways: width, case, accents."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", _SURROGATES.sub(" ", text)).lower().translate(_LETTERS)
    return unicodedata.normalize("NFC", _DROPPED.sub("", unicodedata.normalize("NFD", text)))


def pattern(folded: str) -> re.Pattern[str]:
    """Return the expression that finds tokens: a quick one where the text is plain ASCII."""
    return _ASCII_TOKEN if folded.isascii() else _TOKEN


def is_unspaced(text: str) -> bool:
    """Whether the text starts in a script that is written without spaces."""
    return _UNSPACED.match(text) is not None


def grams(run: str) -> list[str]:
    """Overlapping pairs of characters, then the single characters."""
    return [run[i : i + 2] for i in range(len(run) - 1)] + list(run)


def parts(token: str) -> list[str]:
    """Return the words in a token: ``e-mail`` gives *email* and *mail*."""
    pieces = [_plain(piece) for piece in _HYPHEN.split(token)]
    if len(pieces) == 1:
        return pieces
    joined = ["".join(pieces)[:MAX_WORD]] if len(pieces) <= MAX_JOINED else []
    return joined + [piece for piece in pieces if len(piece) > 1]


def _plain(piece: str) -> str:
    without = _APOSTROPHE.sub("", _POSSESSIVE.sub("", piece))
    return without.replace(",", ".")[:MAX_WORD]
