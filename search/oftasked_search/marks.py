"""Which parts of a text match a query, as offsets in UTF-16 code units (what browsers count)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from oftasked_search.terms import DROPPED, MARKS, fold, is_unspaced

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from oftasked_search.terms import Analyser

# A character with what belongs to it, so that folding one cannot change its neighbours.
_CLUSTER = re.compile(rf".[{MARKS}{DROPPED}\u3099\u309a]*", re.DOTALL)

Range = tuple[int, int]


class Offsets:
    """A folded text and where each of its characters came from."""

    def __init__(self, text: str) -> None:
        folded: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        for match in _CLUSTER.finditer(text):
            piece = fold(match.group())
            folded.append(piece)
            self._starts += [match.start()] * len(piece)
            self._ends += [match.end()] * len(piece)
        self.folded = "".join(folded)

    def original(self, start: int, end: int) -> Range:
        """Return the range in the original text of a range in the folded one."""
        return self._starts[start], self._ends[end - 1]


def marks_of(
    texts: Sequence[str], matched: AbstractSet[str], analyser: Analyser
) -> list[tuple[Range, ...]]:
    """Return the marks of texts that are shown together.

    A single character of an unspaced script says little beside a longer match: it is marked only
    where these texts have none.
    """
    longer = {term for term in matched if len(term) > 1 or not is_unspaced(term)}
    found = [marks(text, longer, analyser) for text in texts]
    return found if any(found) else [marks(text, matched, analyser) for text in texts]


def marks(text: str, matched: AbstractSet[str], analyser: Analyser) -> tuple[Range, ...]:
    """Return the ranges whose words are among the matched terms; touching ones become one."""
    offsets = Offsets(text)
    ranges: list[Range] = []
    for token in analyser.tokens(offsets.folded):
        if is_unspaced(offsets.folded[token.start : token.end]):
            ranges += [
                offsets.original(*r)
                for r in _gram_ranges(token.start, token.end, token.words, matched)
            ]
        elif any(word.term in matched for word in token.words):
            ranges.append(offsets.original(token.start, token.end))
    return tuple((_units(text, start), _units(text, end)) for start, end in _merged(ranges))


def _gram_ranges(
    start: int, end: int, words: tuple[tuple[str, str], ...], matched: AbstractSet[str]
) -> list[Range]:
    pairs = end - start - 1
    found = []
    for number, (_, term) in enumerate(words):
        if term in matched:
            first = start + (number if number < pairs else number - pairs)
            found.append((first, first + (2 if number < pairs else 1)))
    return found


def _merged(ranges: list[Range]) -> tuple[Range, ...]:
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _units(text: str, offset: int) -> int:
    """Return an offset in code points as one in UTF-16 code units."""
    return offset + sum(character > "\uffff" for character in text[:offset])
