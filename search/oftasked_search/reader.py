"""A visitor's query -> results; `runtime/oftasked-search.js` gives the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oftasked_search import stemmers
from oftasked_search.asking import ask, rank
from oftasked_search.errors import SearchError
from oftasked_search.marks import Offsets, marks_of
from oftasked_search.phrases import words_of
from oftasked_search.queries import MAX_QUERY, QueryWord
from oftasked_search.results import NOTHING, Hit, Marks, Result
from oftasked_search.scoring import Scored, Sought
from oftasked_search.storage import Storage
from oftasked_search.terms import Analyser

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from oftasked_search.queries import Option
    from oftasked_search.scoring import TermEntry

MARKED_SHARE = 4  # words below a quarter of the heaviest word's weight are not marked


class Index:
    """An opened index. A file that fails is tried once more, with the manifest read again."""

    def __init__(self, load: Callable[[str], bytes]) -> None:
        self._load = load
        self._open(again=False)

    def search(
        self, query: str, *, limit: int = 10, facets: Mapping[str, str] | None = None
    ) -> Result:
        """Return the documents that answer a question best. Raises `SearchError`."""
        try:
            return self._search(query, limit, facets or {})
        except SearchError as error:
            if error.kind not in {"unavailable", "corrupt"}:
                raise
            self._open(again=True)
            return self._search(query, limit, facets or {})

    def _open(self, *, again: bool) -> None:
        self._storage = Storage(self._load, again=again)
        self._analyser: Analyser | None = None

    def _search(self, query: str, limit: int, facets: Mapping[str, str]) -> Result:
        storage, analyser = self._storage, self._query_analyser()
        asked = ask(query, storage, analyser)
        if not asked.words:
            return NOTHING
        wanted = None if not facets else (lambda number: storage.facets.allows(number, facets))
        ranked, sureness = rank(asked, storage, wanted)
        matched = _matched(asked.sought, asked.entries)
        corrected = _corrected(query, asked.words, asked.choices, asked.entries)
        return Result(
            tuple(self._hit(entry, matched) for entry in ranked[: max(0, limit)]),
            len(ranked),
            confident=bool(ranked) and sureness >= storage.manifest.confident,
            corrections=() if corrected is None else (corrected,),
            narrow=storage.facets.narrow([entry.document for entry in ranked]),
        )

    def _query_analyser(self) -> Analyser:
        if self._analyser is None:
            name = self._storage.manifest.stemmer
            if name not in stemmers.NAMES:
                raise SearchError("version", f"unknown stemmer {name}")
            self._analyser = Analyser(name, self._storage.lexicon.han)
        return self._analyser

    def _hit(self, entry: Scored, matched: frozenset[str]) -> Hit:
        identity, url, title, summary, facets = self._storage.document(entry.document)
        marked = marks_of((title, summary), matched, self._query_analyser())
        return Hit(identity, url, title, summary, Marks(*marked), facets, entry.score)


def open_index(load: Callable[[str], bytes]) -> Index:
    """Open an index whose files ``load`` gives by name. Raises `SearchError`."""
    return Index(load)


def _matched(sought: Sequence[Sought], entries: Mapping[str, TermEntry]) -> frozenset[str]:
    """Return the terms worth marking: all but the least important words."""
    heaviest = max((entries[t].weight for word in sought for t, _ in word.candidates), default=0)
    terms = {t for word in sought for t, _ in word.candidates}
    heavy = (t for t in terms if entries[t].weight * MARKED_SHARE >= heaviest)
    return frozenset(part for term in heavy for part in words_of(term))


def _corrected(
    query: str,
    words: Sequence[QueryWord],
    choices: Sequence[Sequence[Option]],
    entries: Mapping[str, TermEntry],
) -> str | None:
    """Return the query with mistyped words replaced by the likeliest; None if there are none."""
    text = query[:MAX_QUERY]
    offsets = Offsets(text)
    corrected = text
    for word, choice in reversed(list(zip(words, choices, strict=True))):
        better = next((o.correction for o in choice if o.correction and o.term in entries), None)
        if choice[0].term in entries or better is None or word.end > len(offsets.folded):
            continue
        start, end = offsets.original(word.start, word.end)
        corrected = corrected[:start] + better + corrected[end:]
    return corrected if corrected != text else None
