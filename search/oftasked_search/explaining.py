"""A visitor's query -> why each hit stands where it does: parts that add up to its score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from oftasked_search.asking import Asked, ask, rank
from oftasked_search.counting import FORM, RELATED, Counted, Offer, Part, Places, through_what
from oftasked_search.queries import Through
from oftasked_search.relating_words import Neighbours
from oftasked_search.scoring import Scored
from oftasked_search.storage import Storage
from oftasked_search.terms import Analyser
from oftasked_search.vocabulary import Vocabulary
from oftasked_search.wording import Wordings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from oftasked_search.documents import Document


@dataclass(frozen=True, slots=True)
class Explained:
    """A hit; the scores of its parts add up to its own. ``phrasing`` is its best one."""

    id: str
    title: str
    score: int
    phrasing: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The hits of a query. ``unknown`` are the words that nothing stands for.

    ``sureness`` and ``bar``: how sure the first hit is, and how sure it must be, in percent.
    """

    hits: tuple[Explained, ...]
    unknown: tuple[str, ...]
    sureness: int
    bar: int


class Explainer:
    """An opened index with the documents that it was made of."""

    def __init__(self, load: Callable[[str], bytes], documents: Iterable[Document]) -> None:
        """Open the index whose files ``load`` gives by name. Raises `SearchError`."""
        self._storage = Storage(load)
        manifest = self._storage.manifest
        self._analyser = Analyser(manifest.stemmer, self._storage.lexicon.han)
        self._documents = {document.id: document for document in documents}
        vocabulary = Vocabulary.open(manifest.lang) if manifest.scales else None
        self._near = Neighbours(vocabulary, self._has).of if vocabulary else lambda _: ()

    def explain(
        self, query: str, *, limit: int = 10, facets: Mapping[str, str] | None = None
    ) -> Explanation:
        """Explain the hits that `Index.search` gives for a query."""
        storage = self._storage
        asked = ask(query, storage, self._analyser)
        wanted = (lambda number: storage.facets.allows(number, facets)) if facets else None
        ranked, sureness = rank(asked, storage, wanted)
        return Explanation(
            tuple(self._explained(asked, hit) for hit in ranked[: max(0, limit)]),
            tuple(
                word.surface
                for word, sought in zip(asked.words, asked.sought, strict=True)
                if not sought.candidates and not sought.related
            ),
            sureness,
            storage.manifest.confident,
        )

    def _has(self, term: str) -> bool:
        return bool(self._storage.entries([term]))

    def _explained(self, asked: Asked, hit: Scored) -> Explained:
        identity, _, title, _, _ = self._storage.document(hit.document)
        document = self._documents[identity]
        counted = Counted(self._storage, asked, hit)
        wordings = Wordings(document, self._analyser)
        parts = [
            *(
                self._part(asked, at, offer, places, wordings)
                for at, offer, places in counted.words()
            ),
            *counted.rows(),
            *counted.whole(),
        ]
        parts.sort(key=lambda part: -part.score)
        return Explained(
            identity,
            title,
            hit.score,
            wordings.phrasing(counted.best),
            tuple(part for part in parts if part.score),
        )

    def _part(
        self,
        asked: Asked,
        at: int,
        offer: Offer,
        places: Places,
        wordings: Wordings,
    ) -> Part:
        surface, worth = asked.words[at].surface, offer.percent
        if offer.is_related:
            near = [(term, near) for term, near in self._near(offer.term) if wordings.has(term)]
            found = wordings.written(near[0][0]) if near else ""
            return Part(surface, RELATED, found, worth, near[0][1] if near else None, places)
        through = through_what(asked, at, offer)
        if through is Through.ITSELF:
            exact = surface in wordings.forms(offer.term)
            found = surface if exact else wordings.written(offer.term)
            return Part(surface, "exact" if exact else FORM, found, worth, None, places)
        return Part(surface, through.value, wordings.written(offer.term), worth, None, places)
