"""A synonym of several words as one term: it is where all its words are.

`runtime/phrases.js` mirrors this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from oftasked_search.postings import Place, Posting
from oftasked_search.scoring import TermEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

T = TypeVar("T")
_BETWEEN = " "  # no term has one


def as_phrase(terms: Sequence[str]) -> str:
    """Return the term that stands for several together; of one, that term."""
    return _BETWEEN.join(terms)


def words_of(term: str) -> list[str]:
    """Return the terms that a term stands for: itself, or those of a phrase."""
    return term.split(_BETWEEN)


def with_phrases(entries: Mapping[str, TermEntry], terms: Iterable[str]) -> dict[str, TermEntry]:
    """Add those of the terms that are phrases and have all their words in an index."""
    found = dict(entries)
    for term in terms:
        parts = all_of(entries, words_of(term))
        if parts and len(parts) > 1:
            weight = max(part.weight for part in parts)
            found[term] = TermEntry(weight, list(together([part.postings for part in parts])))
    return found


def all_of(known: Mapping[str, T], keys: Sequence[str]) -> list[T] | None:
    """Return the values of all keys, or None if one is missing."""
    return [known[key] for key in keys] if all(key in known for key in keys) else None


def together(postings: Sequence[Sequence[Posting]]) -> Iterator[Posting]:
    """Yield where several terms are together: in one phrasing, or all in the body."""
    first, *others = postings
    known = [{posting.document: posting for posting in each} for each in others]
    for posting in first:
        found = all_of_document(posting, known)
        if found.joined or found.body:
            yield found


def all_of_document(posting: Posting, others: Sequence[Mapping[int, Posting]]) -> Posting:
    """Return the least that several terms have in a document; in phrasings, in the same one."""
    there = [each.get(posting.document, Posting(0, 0, 0, ())) for each in others]
    impacts = [{place.phrasing: place.impact for place in each.places} for each in there]
    places = tuple(
        Place(number, min(impact, *(each[number] for each in impacts)), position)
        for number, impact, position in posting.places
        if all(number in each for each in impacts)
    )
    joined = min(posting.joined, *(each.joined for each in there)) if places else 0
    body = min(posting.body, *(each.body for each in there))
    return Posting(posting.document, joined, body, places)
