"""A document -> the words as they are written in it, for terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oftasked_search.phrases import words_of
from oftasked_search.terms import is_unspaced
from oftasked_search.texts import phrasings

if TYPE_CHECKING:
    from oftasked_search.documents import Document
    from oftasked_search.terms import Analyser


class Wordings:
    """The forms in which each term stands in one document, its phrasings first."""

    def __init__(self, document: Document, analyser: Analyser) -> None:
        self._phrasings = phrasings(document)
        self._forms: dict[str, list[str]] = {}
        for text in (*self._phrasings, document.body, *document.tags):
            for word in analyser.words(text):
                forms = self._forms.setdefault(word.term, [])
                if word.surface not in forms:
                    forms.append(word.surface)

    def has(self, term: str) -> bool:
        """Whether the document has a term."""
        return term in self._forms

    def forms(self, term: str) -> tuple[str, ...]:
        """Return how a term is written there."""
        return tuple(self._forms.get(term, ()))

    def written(self, term: str) -> str:
        """Return the first of its forms; of a phrase, those of its words."""
        text = ""
        for word in words_of(term):
            form = next(iter(self.forms(word)), word)
            overlaps = is_unspaced(form) and text.endswith(form[0])
            text = text + form[1:] if overlaps else f"{text} {form}".lstrip()
        return text

    def phrasing(self, number: int) -> str:
        """Return the text of a phrasing."""
        return self._phrasings[number] if number < len(self._phrasings) else ""
