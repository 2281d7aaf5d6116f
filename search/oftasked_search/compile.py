"""Documents -> the files of the visitors' index; ``FORMAT.md`` describes them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from oftasked_search import filing, han, lexicon, manifest, states, stemmers
from oftasked_search.calibrating import bar
from oftasked_search.gathering import gather
from oftasked_search.lexicon import sort_key
from oftasked_search.sealing import Sealer, decoded
from oftasked_search.sources import Compiled
from oftasked_search.termblocks import StoredTerm
from oftasked_search.terms import HYPHENS, analyser, is_unspaced
from oftasked_search.treating import treatment
from oftasked_search.weights import BOOST_LEVELS, boost_level, unknown_weight

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from oftasked_search.caching import Cache
    from oftasked_search.documents import Document
    from oftasked_search.gathering import Gathered
    from oftasked_search.inverting import Inverted
    from oftasked_search.meanings import RelatedTerm

STATE = "index.state"
RERANKED = 16  # documents whose meaning counts: those that come first by their words
_HYPHEN = re.compile(rf"(?<=\w)[{HYPHENS}](?=\w)")


def compile_index(
    documents: Sequence[Document],
    *,
    lang: str,
    synonyms: Sequence[Sequence[str]] = (),
    meaning: bool = True,
    progress: Callable[[int, int], None] | None = None,
    cache: Cache | None = None,
) -> dict[str, bytes]:
    """Return the index of some documents by file name.

    ``synonyms`` are groups of words or phrases that mean the same; ``progress`` is told how many
    documents have been read. A ``cache`` makes the next build quick: what it keeps is what most
    documents have given; the index is the same with and without it.
    """
    ordered = _ordered(documents)
    treated = treatment(lang, meaning=meaning)
    owner = f"index {lang} {meaning}"
    gathered = gather(ordered, treated, _known(cache, owner), progress)
    inverted, meant = gathered.inverted, treated.meaning(gathered.levels, gathered.relations)
    related = _stored_related(meant.related)
    terms = _stored_terms(inverted)
    sealer = Sealer(decoded(gathered.sealed))
    least = treated.block_bytes
    filed = filing.filed(ordered, meant.directions, terms, related, least, sealer.seal)
    description = manifest.Manifest(
        lang=lang,
        stemmer=stemmers.name_for(lang),
        documents=len(ordered),
        blocks=filed.blocks,
        per_block=filed.per_block,
        phrasings=int(inverted.lengths.phrasings.max(initial=1)),
        unknown=unknown_weight(len(ordered)),
        confident=0,
        reranked=RERANKED,
        boosts=_boosts(gathered.priors.tolist()),
        share=treated.share,
        scales=meant.space.scales,
        centre=meant.space.centre,
        terms=filed.terms,
        names=filed.names,
        lexicon=_lexicon(gathered, lang, synonyms),
    )
    by_term = {term.term: term for term in related}
    source = Compiled(description, inverted, by_term, meant.directions)
    confident, answers = bar(source, ordered, gathered, treated.numbers)
    sure = replace(description, confident=confident)
    if cache is not None:
        left = replace(gathered, answers=answers, sealed=sealer.encoded())
        cache.put(STATE, *states.packed(left, owner))
    return {manifest.FILE: sure.encode(), **filed.files}


def _known(cache: Cache | None, owner: str) -> Gathered | None:
    """Return what a build before has left, if it can be used."""
    content = None if cache is None else cache.get(STATE)
    if content is None:
        return None
    try:
        return states.unpacked(content, owner)
    except states.DamagedError:
        return None


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


def _boosts(levels: Sequence[int]) -> tuple[int, ...]:
    """For each level from 1 up, how many documents have at least that prior; they come first."""
    counts = [levels.count(level) for level in range(BOOST_LEVELS + 1)]
    return tuple(sum(counts[step:]) for step in range(1, BOOST_LEVELS + 1))


def _lexicon(gathered: Gathered, lang: str, synonyms: Sequence[Sequence[str]]) -> lexicon.Stored:
    inverted = gathered.inverted
    there = zip(inverted.terms, inverted.containing, strict=True)
    characters = {c for term, n in there if n and is_unspaced(term) for c in term}
    groups = [_phrases(lang, group) for group in synonyms]
    characters |= {c for group in groups for phrase in group for term in phrase for c in term}
    return lexicon.encode(
        gathered.written.frequencies(), han.pairs_into(characters), sorted(groups)
    )


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
