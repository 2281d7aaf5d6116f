"""The Whoosh chain that says what a term is: ``Tokens() | Terms()``.

`terms` holds the pure functions that the chain is made of; where millions of words are indexed they
are called directly (`occurrences`), and a test proves that both give the same terms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh.analysis import Filter, Token, Tokenizer

from oftasked_search.marks import Offsets
from oftasked_search.terms import analyser, fold, is_unspaced, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oftasked_search.terms import Word


def chain(lang: str) -> Any:  # Whoosh has no types
    """Return the analyser of a language for a Whoosh field."""
    return Tokens() | Terms(lang)


def finding_chain(lang: str) -> Any:
    """Return the chain for editors: words as written beside stems, so that wildcards match."""
    return Tokens() | Terms(lang, surfaces=True)


def spelling_chain(lang: str) -> Any:
    """Return the chain of words as written, from which corrections are chosen."""
    return Tokens() | Surfaces(lang)


class Tokens(Tokenizer):  # type: ignore[misc]  # Whoosh has no types
    """Folds a text and cuts it into tokens; offsets are those of the text as written."""

    def __call__(self, value: str, **asked: Any) -> Iterator[Token]:
        """Yield one reused token, as Whoosh's tokenizers do."""
        mode, chars = asked.get("mode", ""), asked.get("chars", False)
        positions = asked.get("positions", False)
        token = Token(positions, chars, mode=mode)
        offsets = Offsets(value) if chars else None
        folded = offsets.folded if offsets else fold(value)
        for number, match in enumerate(pattern(folded).finditer(folded)):
            token.text = token.original = match.group()
            token.pos = asked.get("start_pos", 0) + number
            if offsets:
                start, end = offsets.original(match.start(), match.end())
                token.startchar = asked.get("start_char", 0) + start
                token.endchar = asked.get("start_char", 0) + end
            yield token


class Terms(Filter):  # type: ignore[misc]  # Whoosh has no types
    """Turns each token into its terms; with ``surfaces`` also into the words as written."""

    def __init__(self, lang: str, *, surfaces: bool = False) -> None:
        self.lang = lang
        self.surfaces = surfaces

    def __call__(self, tokens: Iterator[Token]) -> Iterator[Token]:
        """Yield the token once for each term; each word has a position of its own."""
        words_of, position = analyser(self.lang).words_of, 0
        for token in tokens:
            words = words_of(token.text)
            if token.mode == "query" and len(words) > 1 and is_unspaced(token.text):
                words = tuple(word for word in words if len(word.term) > 1)
            for word in words:
                token.pos = position
                position += 1
                for text in self._texts(word, token.mode):
                    token.text = text
                    yield token

    def _texts(self, word: Word, mode: str) -> tuple[str, ...]:
        if self.surfaces and mode != "query" and word.surface != word.term:
            return (word.term, word.surface)
        return (word.term,)


class Surfaces(Filter):  # type: ignore[misc]  # Whoosh has no types
    """Turns each token into its words as written."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __call__(self, tokens: Iterator[Token]) -> Iterator[Token]:
        """Yield the token once for each word."""
        words_of = analyser(self.lang).words_of
        for token in tokens:
            for word in words_of(token.text):
                token.text = word.surface
                yield token
