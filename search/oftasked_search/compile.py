"""Documents -> the files of the visitors' index; ``FORMAT.md`` describes them."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from oftasked_search import blocks, han, lexicon, manifest, relating, stemmers, termblocks, unspaced
from oftasked_search.analysed import Analysed, analyse
from oftasked_search.blocks import Kind
from oftasked_search.calibrating import bar
from oftasked_search.function_words import Importance
from oftasked_search.inverting import Inverted
from oftasked_search.lexicon import sort_key
from oftasked_search.meanings import Meaning, RelatedTerm
from oftasked_search.sources import Compiled
from oftasked_search.storage import file_name
from oftasked_search.termblocks import StoredTerm
from oftasked_search.terms import HYPHENS, analyser, is_unspaced
from oftasked_search.vocabulary import Vocabulary
from oftasked_search.weights import BOOST_LEVELS, boost_level, unknown_weight

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from oftasked_search.documents import Document

BUNDLE_BYTES = 48_000  # an index up to this size is one file
DOCUMENTS_PER_BLOCK = 4
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
    starts, term_blocks = _blocked(_stored_terms(inverted), Kind.TERMS, treatment.block_bytes)
    document_blocks = _document_blocks(ordered, meant.directions)
    groups: dict[str, list[bytes]] = {
        "facets": [blocks.seal(Kind.FACETS, _facets(ordered))],
        "terms": term_blocks,
        "documents": document_blocks,
    }
    files, names = _files(groups)
    related = _stored_related(meant.related)
    related_starts, related_blocks = _blocked(related, Kind.RELATED, treatment.block_bytes)
    if related_blocks:
        names["related"] = blocks.name_hash(related_blocks)
        files |= _named("related", names["related"], related_blocks)
    description = manifest.Manifest(
        lang=lang,
        stemmer=stemmers.name_for(lang),
        documents=len(ordered),
        blocks=len(document_blocks),
        per_block=DOCUMENTS_PER_BLOCK,
        phrasings=max((len(part.phrasings) for part in parts), default=1),
        unknown=unknown_weight(len(ordered)),
        confident=0,
        reranked=RERANKED,
        boosts=_boosts(ordered),
        share=treatment.share,
        scales=meant.space.scales,
        centre=meant.space.centre,
        terms=starts,
        related=related_starts,
        names=names,
        lexicon=_lexicon(parts, inverted, lang, synonyms),
    )
    by_term = {term.term: term for term in related}
    source = Compiled(description, inverted, by_term, meant.directions)
    sure = replace(description, confident=bar(source, ordered))
    return {manifest.FILE: sure.encode(), **files}


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
    stored = [StoredTerm(r.term, r.weight, r.postings, r.vector) for r in found]
    return sorted(stored, key=lambda term: sort_key(term.term))


def _blocked(
    terms: Sequence[StoredTerm], kind: Kind, least: int
) -> tuple[tuple[str, ...], list[bytes]]:
    """Return the first term of each block, and the blocks."""
    chunks = list(termblocks.chunks(terms, least))
    sealed = [blocks.seal(kind, termblocks.encode(chunk)) for chunk in chunks]
    return tuple(chunk[0].term for chunk in chunks), sealed


def _document_blocks(ordered: Sequence[Document], directions: Sequence[bytes]) -> list[bytes]:
    """Return what results show, ``[[id, url, title, summary, facets], ...]``, and directions."""
    rows = [[d.id, d.url, d.title, d.summary, {n: list(v) for n, v in d.facets}] for d in ordered]
    sealed = []
    for at in range(0, len(rows), DOCUMENTS_PER_BLOCK):
        chunk = slice(at, at + DOCUMENTS_PER_BLOCK)
        shown = _json(rows[chunk])
        content = b"".join((blocks.varint(len(shown)), shown, *directions[chunk]))
        sealed.append(blocks.seal(Kind.DOCUMENTS, content))
    return sealed


def _facets(ordered: Sequence[Document]) -> bytes:
    """Return, per facet, the distinct sets of values and which one each document has."""
    names = sorted({name for document in ordered for name, _ in document.facets})
    stored = []
    for name in names:
        sets = [tuple(sorted(dict(document.facets).get(name, ()))) for document in ordered]
        counts = Counter(sets)
        distinct = sorted(counts, key=lambda values: (-counts[values], values))
        numbers = {values: number for number, values in enumerate(distinct)}
        stored.append([name, distinct, [numbers[values] for values in sets]])
    return _json(stored)


def _files(groups: Mapping[str, list[bytes]]) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return the blocks as files: one file if they are small together, else one each."""
    everything = [block for group in groups.values() for block in group]
    if sum(map(len, everything)) <= BUNDLE_BYTES:
        whole = blocks.bundle(everything)
        digest = blocks.name_hash([whole])
        return {file_name("bundle", 0, digest): whole}, {"bundle": digest}
    names = {group: blocks.name_hash(sealed) for group, sealed in groups.items()}
    files: dict[str, bytes] = {}
    for group, sealed in groups.items():
        files |= _named(group, names[group], sealed)
    return dict(sorted(files.items())), names


def _named(group: str, digest: str, sealed: Sequence[bytes]) -> dict[str, bytes]:
    return {file_name(group, number, digest): block for number, block in enumerate(sealed)}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
