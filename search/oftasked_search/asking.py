"""A visitor's query -> its words, and what an index has for them.

`reader` scores it, `explaining` takes its score apart; both look it up here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from oftasked_search.phrases import with_phrases, words_of
from oftasked_search.queries import options, parse, standing, widened
from oftasked_search.scoring import Scorer, by_meaning, seek, sureness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from oftasked_search.directions import Question, Space
    from oftasked_search.queries import Option, QueryWord
    from oftasked_search.scoring import RelatedEntry, Scored, Sought, TermEntry
    from oftasked_search.storage import Storage
    from oftasked_search.terms import Analyser


@dataclass(frozen=True, slots=True)
class Asked:
    """A query: its words, what may stand for each, and what the index has for that."""

    words: Sequence[QueryWord]
    choices: Sequence[Sequence[Option]]
    sought: Sequence[Sought]
    entries: Mapping[str, TermEntry]
    related: Mapping[str, RelatedEntry]


def ask(query: str, storage: Storage, analyser: Analyser) -> Asked:
    """Look a query up. Raises `SearchError`."""
    words = parse(query, analyser)
    own = options(words, storage.lexicon, analyser)
    terms = {option.term for choice in own for option in choice}
    parts = {part for term in terms for part in words_of(term)}
    entries = with_phrases(storage.entries(parts), terms)
    choices = widened(words, own, storage.lexicon, storage.general_near)
    general = storage.related({o.term for choice in choices for o in choice if o.related})
    related = {term: general[term] for term in standing(query, analyser, general)}
    unknown = storage.manifest.unknown
    sought = [seek(choice, entries, related, unknown) for choice in choices]
    return Asked(words, choices, sought, entries, related)


def rank(
    asked: Asked, storage: Storage, allowed: Callable[[int], bool] | None = None
) -> tuple[list[Scored], int]:
    """Return the allowed documents that have any word, best first; and how sure the first is."""
    scorer = Scorer(storage.manifest, asked.entries, asked.related)
    for word in asked.sought:
        scorer.add(word)
    question = meaning(asked.sought, asked.related, storage.manifest.space)
    ranked = by_meaning(
        scorer.ranked(allowed),
        asked.sought,
        storage.manifest,
        lambda number: question.nearness(storage.direction(number)),
    )
    return ranked, sureness(ranked, asked.sought, storage.manifest.unknown)


def meaning(
    sought: Iterable[Sought], related: Mapping[str, RelatedEntry], space: Space
) -> Question:
    """Return what the general words of a query mean together."""
    words = [one for word in sought for one in word.related]
    return space.question((percent, related[term].vector) for term, percent in words)
