"""Documents -> the files of the visitors' index; ``FORMAT.md`` describes them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from oftasked_search import filing, han, lexicon, manifest, relating, stemmers, termblocks, unspaced
from oftasked_search.analysed import Analysed, analyse
from oftasked_search.calibrating import bar
from oftasked_search.function_words import Importance
from oftasked_search.inverting import Inverted
from oftasked_search.lexicon import sort_key
from oftasked_search.meanings import Meaning, RelatedTerm
from oftasked_search.sources import Compiled
from oftasked_search.termblocks import StoredTerm
from oftasked_search.terms import HYPHENS, analyser, is_unspaced
from oftasked_search.vocabulary import Vocabulary
from oftasked_search.weights import BOOST_LEVELS, boost_level, unknown_weight

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from oftasked_search.documents import Document

RERANKED = 16  # documents whose meaning counts: those that come first by their words
SHARES = manifest.Share(phrasing=10, joined=10, body=3, covered=0, adjacent=5, boost=20, sense=10)
UNSPACED_SHARES = manifest.Share(
    phrasing=10, joined=10, body=6, covered=3, adjacent=5, boost=20, sense=10
)
_HYPHEN = re.compile(rf"(?<=\w)[{HYPHENS}](?=\w)")
CHINESE_SHARES = replace(UNSPACED_SHARES, adjacent=0, sense=12)
_UNSPACED_LANGUAGES = frozenset({"zh", "ja", "ko", "th", "lo", "my", "km"})


def compile_index(
    documents: Sequence[Document],
    *,
    lang: str,
    synonyms: Sequence[Sequence[str]] = (),
    analysed: Mapping[str, Analysed] | None = None,
    meaning: bool = True,
) -> dict[str, bytes]:
    """Return the index of some documents by file name.

    ``analysed`` saves work: what `analyse` gave for a document id earlier, used if made for this
    language.
    ``synonyms`` are groups of words or phrases that mean the same.
    """
    ordered = _ordered(documents)
    parts = [_analysed(document, lang, analysed or {}) for document in ordered]
    treatment = _treatment(lang, meaning=meaning)
    inverted = Inverted(parts, treatment.importance)
    meant = treatment.mean(inverted, parts)
    related = _stored_related(meant.related)
    terms = _stored_terms(inverted)
    filed = filing.filed(ordered, meant.directions, terms, related, treatment.block_bytes)
    description = manifest.Manifest(
        lang=lang,
        stemmer=stemmers.name_for(lang),
        documents=len(ordered),
        blocks=filed.blocks,
        per_block=filed.per_block,
        phrasings=max((len(part.phrasings) for part in parts), default=1),
        unknown=unknown_weight(len(ordered)),
        confident=0,
        reranked=RERANKED,
        boosts=_boosts(ordered),
        share=treatment.share,
        scales=meant.space.scales,
        centre=meant.space.centre,
        terms=filed.terms,
        names=filed.names,
        lexicon=_lexicon(parts, inverted, lang, synonyms),
    )
    by_term = {term.term: term for term in related}
    source = Compiled(description, inverted, by_term, meant.directions)
    sure = replace(description, confident=bar(source, ordered))
    return {manifest.FILE: sure.encode(), **filed.files}


def _ordered(documents: Sequence[Document]) -> list[Document]:
    """Return documents by falling prior, alike ones side by side: so their facets take no room.

    Facets with few values come first, because they make the longest runs.
    """
    values = [{name: tuple(sorted(found)) for name, found in d.facets} for d in documents]
    kinds: dict[str, set[tuple[str, ...]]] = {}
    for facets in values:
        for name, found in facets.items():
            kinds.setdefault(name, set()).add(found)
    names = sorted(kinds, key=lambda name: (len(kinds[name]), name))
    places = {
        d.id: (-boost_level(d.boost), [facets.get(n, ()) for n in names], sort_key(d.id))
        for d, facets in zip(documents, values, strict=True)
    }
    return sorted(documents, key=lambda d: places[d.id])


@dataclass(frozen=True, slots=True)
class _Treatment:
    """How a language is indexed; ``mean`` gives its general words and what documents mean."""

    share: manifest.Share
    importance: Importance
    block_bytes: int
    mean: Callable[[Inverted, Sequence[Analysed]], Meaning]


def _treatment(lang: str, *, meaning: bool) -> _Treatment:
    language = stemmers.primary(lang)
    if language in unspaced.LANGUAGES:
        return _Treatment(
            CHINESE_SHARES,
            unspaced.importance(lang),
            unspaced.BLOCK_BYTES,
            lambda _, parts: unspaced.meaning(lang, parts) if meaning else Meaning(),
        )
    spaced = language not in _UNSPACED_LANGUAGES
    words = Vocabulary.open(lang) if meaning and spaced else None
    return _Treatment(
        SHARES if spaced else UNSPACED_SHARES,
        Importance(lang, words.share if words else None),
        termblocks.LEAST_BYTES,
        lambda inverted, _: relating.meaning(words, inverted) if words else Meaning(),
    )


def _analysed(document: Document, lang: str, known: Mapping[str, Analysed]) -> Analysed:
    """Return what a document contributes, analysed as queries to this index will be."""
    part = known.get(document.id)
    if part is not None and part.lang == lang:
        return part
    return analyse(replace(document, lang=lang))


def _boosts(ordered: Sequence[Document]) -> tuple[int, ...]:
    """For each level from 1 up, how many documents have at least that prior; they come first."""
    levels = [boost_level(document.boost) for document in ordered]
    return tuple(sum(level >= step for level in levels) for step in range(1, BOOST_LEVELS + 1))


def _lexicon(
    parts: Sequence[Analysed], inverted: Inverted, lang: str, synonyms: Sequence[Sequence[str]]
) -> lexicon.Stored:
    frequencies = Counter(chain.from_iterable(part.surfaces for part in parts))
    there = zip(inverted.terms, inverted.containing, strict=True)
    characters = {c for term, n in there if n and is_unspaced(term) for c in term}
    groups = [_phrases(lang, group) for group in synonyms]
    characters |= {c for group in groups for phrase in group for term in phrase for c in term}
    return lexicon.encode(dict(frequencies), han.pairs_into(characters), sorted(groups))


def _phrases(lang: str, group: Sequence[str]) -> list[list[str]]:
    """Return the synonyms of a group; what is hyphenated, written as one word and as several."""
    ways = [_HYPHEN.sub(way, text) for text in group for way in ("", " ")]
    return [_phrase(lang, text) for text in dict.fromkeys(ways)]


def _phrase(lang: str, text: str) -> list[str]:
    """Return the terms of a synonym in sequence; unspaced text by its pairs of characters only."""
    terms = [word.term for word in analyser(lang).words(text)]
    pairs = [term for term in terms if not is_unspaced(term) or len(term) > 1]
    return pairs or terms


def _stored_terms(inverted: Inverted) -> list[StoredTerm]:
    """Return all terms with their encoded postings."""
    columns = zip(inverted.terms, inverted.weights, inverted.table.encoded(), strict=True)
    return [StoredTerm(*row) for row in columns]


def _stored_related(found: Sequence[RelatedTerm]) -> list[StoredTerm]:
    """Return general words as they are stored, in the readers' order."""
    stored = [StoredTerm(r.term, r.weight, (r.postings,), r.vector) for r in found]
    return sorted(stored, key=lambda term: sort_key(term.term))
