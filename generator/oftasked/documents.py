"""Entries -> search documents: the seam between the generator and the search package."""

from __future__ import annotations

from collections.abc import Callable

from oftasked.editions import Edition
from oftasked.model import Entry, KnowledgeBase, Wording
from oftasked.plaintext import plain
from oftasked_search import Document
from oftasked_search.finder import EditorsDocument


def entry_url(entry_id: str) -> str:
    """Return an entry's permanent address, relative to its edition's root."""
    return f"q/{entry_id}/"


def documents(edition: Edition, *, as_plain: Callable[[str], str] = plain) -> tuple[Document, ...]:
    """Return one document for each entry of the edition, sorted by id.

    ``as_plain`` is `plain`, or that function with a memory.
    """
    scores = edition.scores
    asked = [id_ for id_ in edition.ranking.overall if scores[id_] > 0]
    boosts = {id_: 1 - at / len(asked) for at, id_ in enumerate(asked)}
    return tuple(
        document(entry, edition, boost=boosts.get(id_, 0.0), as_plain=as_plain)
        for id_, entry in sorted(edition.entries.items())
    )


def document(
    entry: Entry, edition: Edition, *, boost: float, as_plain: Callable[[str], str] = plain
) -> Document:
    """Return what the visitors' search knows of an entry; ``boost`` is its prior, 0 if unasked."""
    wording = edition.wording(entry)
    audiences = [audience for audience in entry.audiences if audience in edition.shelves]
    stem = entry.topic.partition("/")[2]
    return Document(
        id=entry.id,
        url=entry_url(entry.id),
        title=wording.question,
        phrasings=wording.phrasings,
        body=as_plain(wording.answer),
        summary=wording.summary,
        tags=wording.tags,
        facets=(
            ("audience", tuple(audiences)),
            ("tag", wording.tags),
            ("topic", tuple(f"{audience}/{stem}" for audience in audiences)),
        ),
        boost=boost,
        lang=wording.lang,
    )


def editors_documents(knowledge: KnowledgeBase, lang: str) -> tuple[EditorsDocument, ...]:
    """Return every entry in one language with all its fields, for the editors' search."""
    return tuple(_editors_document(entry, entry.wording(lang)) for entry in knowledge.entries)


def _editors_document(entry: Entry, wording: Wording) -> EditorsDocument:
    return EditorsDocument(
        id=entry.id,
        title=wording.question,
        fields=(
            ("access", entry.access.name.lower()),
            ("answer", plain(wording.answer)),
            ("audience", " ".join(entry.audiences)),
            ("notes", entry.notes or ""),
            ("owner", entry.owner or ""),
            ("question", "\n".join(wording.phrasings)),
            ("status", entry.status.value),
            ("tags", " ".join(wording.tags)),
            ("topic", entry.topic),
        ),
    )
