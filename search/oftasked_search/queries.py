"""A visitor's question -> its words, and for each word the terms that may stand for it.

`runtime/queries.js` mirrors this module, figure by figure.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from oftasked_search.lexicon import allowed_typos, edits, sort_key
from oftasked_search.phrases import as_phrase
from oftasked_search.terms import fold, is_unspaced

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from oftasked_search.lexicon import Lexicon
    from oftasked_search.terms import Analyser

MAX_QUERY = 1000  # code points
MAX_WORDS = 32
# Percent of a word's weight that a term found in its place is worth.
EXACT = 100
COMPLETED, COMPLETED_KNOWN, BASE_SHARE = 80, 50, 35
MOST_MEANT = 2  # completions of a word whose related words count, too
ONE_TYPO, TWO_TYPOS, FIRST_LETTER = 85, 60, 80
JOINED, SPLIT, SYNONYM = 90, 60, 80
MIN_COMPLETED, MIN_TYPO, MIN_FIRST_LETTER, MIN_HALF = 2, 4, 5, 3
# A typo of a general word that the index lacks: percent of what a typo of its own word is worth,
# words at most, letters at the beginning that must be right (those words are in the same block).
GENERAL_TYPO, MOST_GENERAL, SURE_LETTERS = 70, 2, 2


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A word of the query; ``open``: more letters may follow; ``whole``: all of its token."""

    surface: str
    term: str
    start: int
    end: int
    open: bool
    whole: bool


class Through(enum.StrEnum):
    """How a term came to stand for a query word; scores do not depend on it."""

    ITSELF = "itself"
    COMPLETION = "completion"
    TYPO = "typo"
    SPLIT = "split"
    JOINED = "joined"
    SYNONYM = "synonym"


@dataclass(frozen=True, slots=True)
class Option:
    """A term that may stand for a query word: its percentage if the index has the word, and if not.

    The term may be a phrase (`phrases`). ``correction`` is the word as written, where the option
    assumes a typo; ``related`` says that what is related to the term counts, too, ``general`` that
    nothing else does.
    """

    term: str
    known: int
    unknown: int
    correction: str | None = None
    related: bool = False
    general: bool = False
    through: Through = Through.ITSELF


def parse(query: str, analyser: Analyser) -> list[QueryWord]:
    """Return the distinct words of a query in their order."""
    folded = fold(query[:MAX_QUERY])
    words: dict[str, QueryWord] = {}
    for token in analyser.tokens(folded):
        for word in token.words:
            is_open = token.end == len(folded) and word is token.words[-1]
            whole = len(token.words) == 1
            words.setdefault(
                word.term,
                QueryWord(word.surface, word.term, token.start, token.end, is_open, whole),
            )
    return list(words.values())[:MAX_WORDS]


def standing(query: str, analyser: Analyser, general: Collection[str]) -> set[str]:
    """Return the general words but those that only seem to be in a query without spaces.

    From the start of a run of such text a pair of characters stands if it is a general word, else
    a single character.
    """
    found: set[str] = set()
    for token in analyser.tokens(fold(query[:MAX_QUERY])):
        terms = [word.term for word in token.words]
        pairs, singles, at = terms[: len(terms) // 2], terms[len(terms) // 2 :], 0
        while at < len(singles):
            pair = at < len(pairs) and pairs[at] in general
            found.add(pairs[at] if pair else singles[at])
            at += 2 if pair else 1
    return {term for term in general if term in found or not is_unspaced(term)}


def options(words: Sequence[QueryWord], lexicon: Lexicon, analyser: Analyser) -> list[list[Option]]:
    """For each word what may stand for it, itself first."""
    found = [_own_options(word, lexicon, analyser) for word in words]
    for at, option in _joined(words, lexicon, analyser):
        found[at].append(option)
        found[at + 1].append(option)
    for start, end, option in _synonyms(words, lexicon):
        for at in range(start, end):
            found[at].append(option)
    return found


def widened(
    words: Sequence[QueryWord],
    choices: Sequence[Sequence[Option]],
    lexicon: Lexicon,
    neighbours: Callable[[str], Collection[str]],
) -> list[list[Option]]:
    """Add, to words that nothing knows, the general words that they may be typos of.

    ``neighbours`` gives the general words of the block where a term would be: no more is read for
    a typo than for the word itself.
    """
    return [
        [*choice, *_general_typos(word, neighbours(word.term))]
        if may_be_typo(word, lexicon)
        else list(choice)
        for word, choice in zip(words, choices, strict=True)
    ]


def _general_typos(word: QueryWord, neighbours: Collection[str]) -> list[Option]:
    if word.term in neighbours:
        return []
    limit, start = allowed_typos(word.surface), word.term[:SURE_LETTERS]
    near = sorted(
        (distance, -len(other), sort_key(other), other)
        for other in neighbours
        if other.startswith(start)
        and (distance := min(edits(own, other, limit) for own in (word.term, word.surface)))
        <= limit
    )
    closest = [(distance, other) for distance, _, _, other in near if distance == near[0][0]]
    return [_general(other, distance) for distance, other in closest[:MOST_GENERAL]]


def _general(term: str, distance: int) -> Option:
    percent = (ONE_TYPO if distance <= 1 else TWO_TYPOS) * GENERAL_TYPO // 100
    return Option(term, 0, percent, related=True, general=True, through=Through.TYPO)


def may_be_typo(word: QueryWord, lexicon: Lexicon) -> bool:
    """Whether a word is looked for among those that are spelt nearly like it."""
    surface = word.surface
    spelt = not is_unspaced(surface) and max(surface) <= "\uffff" and len(surface) >= MIN_TYPO
    return spelt and surface not in lexicon and not any("0" <= c <= "9" for c in surface)


def _own_options(word: QueryWord, lexicon: Lexicon, analyser: Analyser) -> list[Option]:
    exact = Option(word.term, EXACT, EXACT, related=True)
    if is_unspaced(word.surface) or max(word.surface) > "\uffff":
        return [exact]
    completions = _completions(word, lexicon, analyser) if word.open else []
    typos = _typos(word, lexicon, analyser, halved=bool(completions))
    splits = [] if typos or completions else _splits(word, lexicon, analyser)
    return [exact, *completions, *typos, *splits]


def _completions(word: QueryWord, lexicon: Lexicon, analyser: Analyser) -> list[Option]:
    if len(word.surface) < MIN_COMPLETED:
        return []
    found = lexicon.completions(word.surface)
    total = sum(entry.frequency for entry in found)
    options: list[Option] = []
    for entry in found:
        if entry.word != word.surface:
            share = BASE_SHARE + (100 - BASE_SHARE) * entry.frequency // total
            known, unknown = COMPLETED_KNOWN * share // 100, COMPLETED * share // 100
            term, meant = _stem(entry.word, analyser), len(options) < MOST_MEANT
            through = Through.COMPLETION
            options.append(Option(term, known, unknown, related=meant, through=through))
    return options


def _typos(word: QueryWord, lexicon: Lexicon, analyser: Analyser, *, halved: bool) -> list[Option]:
    surface = word.surface
    if not may_be_typo(word, lexicon):
        return []
    options = []
    for entry in lexicon.near(surface):
        percent = ONE_TYPO if entry.distance == 1 else TWO_TYPOS
        if entry.word[0] != surface[0]:
            percent = percent * FIRST_LETTER // 100 if len(surface) >= MIN_FIRST_LETTER else 0
        percent = percent // 2 if halved else percent
        if percent:
            correction = entry.word if word.whole and not halved else None
            term = _stem(entry.word, analyser)
            options.append(Option(term, 0, percent, correction, related=True, through=Through.TYPO))
    return options


def _splits(word: QueryWord, lexicon: Lexicon, analyser: Analyser) -> list[Option]:
    surface = word.surface
    if surface in lexicon:
        return []
    halves = []
    for at in range(MIN_HALF, len(surface) - MIN_HALF + 1):
        left, right = surface[:at], surface[at:]
        if left in lexicon and right in lexicon:
            halves += [left, right]
    return [Option(_stem(half, analyser), 0, SPLIT, through=Through.SPLIT) for half in halves]


def _joined(
    words: Sequence[QueryWord], lexicon: Lexicon, analyser: Analyser
) -> Iterator[tuple[int, Option]]:
    """Neighbours that the index has as one word: *pass code* for *passcode*."""
    for at in range(len(words) - 1):
        joined = words[at].surface + words[at + 1].surface
        if not is_unspaced(joined) and joined in lexicon:
            yield at, Option(_stem(joined, analyser), JOINED, JOINED, through=Through.JOINED)


def _synonyms(words: Sequence[QueryWord], lexicon: Lexicon) -> Iterator[tuple[int, int, Option]]:
    """Yield each synonym that the query has: where, and another of its group.

    The words of a phrase have together what fewer words in its place are worth.
    """
    terms = [word.term for word in words]
    for group in lexicon.synonyms:
        for phrase in group:
            for start in _occurrences(phrase, terms):
                for other in group:
                    if other and other != phrase:
                        unknown = SYNONYM * min(len(other), len(phrase)) // len(phrase)
                        term = as_phrase(other)
                        option = Option(term, SYNONYM, unknown, through=Through.SYNONYM)
                        yield start, start + len(phrase), option


def _occurrences(phrase: Sequence[str], terms: Sequence[str]) -> Iterator[int]:
    for start in range(len(terms) - len(phrase) + 1):
        if phrase and list(terms[start : start + len(phrase)]) == list(phrase):
            yield start


def _stem(surface: str, analyser: Analyser) -> str:
    return analyser.words_of(surface)[0].term
