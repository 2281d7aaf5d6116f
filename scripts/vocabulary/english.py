"""What the English table is made of."""

from __future__ import annotations

from pathlib import Path

from vocabulary import sources
from vocabulary.making import Material
from vocabulary.sentences import sentences
from vocabulary.terms import bags_of, terms_of
from vocabulary.words import known_words, used

CONSIDERED = 60_000  # words that vectors are learnt for


def material(model: Path, spelling: Path, wordnet: Path) -> Material:
    """Return the known words and the sentences to learn from."""
    meanings = list(sources.synsets(wordnet))
    uses = used(text for meaning in meanings for text in (meaning.definition, *meaning.examples))
    known = known_words(
        sources.whole_words(model / "vocab.txt"),
        sources.spelling_levels(spelling),
        sources.listed(Path(__file__).with_name("modern.txt")),
        uses,
    )[:CONSIDERED]
    irregular = {part: sources.inflections(wordnet, part) for part in ("noun", "verb")}
    texts = sentences(known, meanings, sources.chief_meanings(wordnet), irregular)
    terms = terms_of(known)
    return Material(known, terms, texts, bags_of(texts, terms))
