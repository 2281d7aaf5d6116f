"""The editors' index: a Whoosh index on disk with Whoosh's query language over every field."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from whoosh import highlight, index
from whoosh.fields import ID, STORED, TEXT, Schema
from whoosh.qparser import MultifieldParser, OrGroup
from whoosh.query import Every

from oftasked_search import analysis
from oftasked_search.terms import analyser

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

VERSION = 1
_MARKER = "finder.json"
_OWN_FIELDS = ("key", "digest", "heading", "spelling")
_WILDCARD = re.compile(r"\S*[*?]\S*")
_VALUES = re.compile(r"""\w+:(?:"[^"]*"|'[^']*'|\S+)""")
"""What is looked for in a field of its own, such as `status:draft`: ids and names, no spelling."""
_MIN_CORRECTED = 4
_PATIENCE = 10  # seconds to wait for another process that is writing


@dataclass(frozen=True, slots=True)
class EditorsDocument:
    """What editors can look for: an id, a title to show, texts by field name (sorted by name)."""

    id: str
    title: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A document found; ``highlight`` is an extract with *matches* between asterisks, or empty."""

    id: str
    title: str
    highlight: str


@dataclass(frozen=True, slots=True)
class Found:
    """The rows, best first; ``corrections`` are queries perhaps meant, if nothing was found."""

    rows: tuple[Row, ...]
    corrections: tuple[str, ...]


class Finder:
    """An editors' index in a folder of its own; damaged or of another version, it is rebuilt."""

    def __init__(self, folder: Path, lang: str) -> None:
        self._folder = folder
        self._lang = lang
        self._documents: tuple[EditorsDocument, ...] = ()
        self._index: Any = None
        self._progress: Callable[[str, int, int], None] | None = None

    @classmethod
    def open(cls, folder: Path, *, lang: str = "en") -> Self:
        """Return the finder of a folder, which need not exist yet. `update` fills it."""
        return cls(folder, lang)

    def update(
        self,
        documents: Sequence[EditorsDocument],
        *,
        progress: Callable[[str, int, int], None] | None = None,
    ) -> int:
        """Bring the index up to date; only changed documents are written. Return their number.

        ``progress`` is told ``("index", how many are written, of how many)``.
        """
        self._progress = progress
        self._documents = tuple(sorted(documents, key=lambda document: document.id))
        try:
            self._index = self._opened()
            return self._write_changes()
        except index.LockError:
            raise
        except Exception:  # Whoosh fails in many ways on damaged files; all mean rebuild
            return self._rebuild()

    def find(self, query: str, *, limit: int = 10) -> Found:
        """Return the documents that match a query in Whoosh's language."""
        try:
            return self._find(query, limit)
        except Exception:  # as above; a query itself cannot fail, see the tests
            self._rebuild()
            return self._find(query, limit)

    def _opened(self) -> Any:
        marker = self._folder / _MARKER
        if not marker.is_file() or marker.read_text(encoding="utf-8") != self._description():
            return self._created()
        return index.open_dir(self._folder)

    def _created(self) -> Any:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        created = index.create_in(self._folder, self._schema())
        (self._folder / _MARKER).write_text(self._description(), encoding="utf-8")
        return created

    def _rebuild(self) -> int:
        self._index = self._created()
        return self._write_changes()

    def _description(self) -> str:
        names = self._field_names()
        return json.dumps({"version": VERSION, "lang": self._lang, "fields": names}) + "\n"

    def _field_names(self) -> list[str]:
        return sorted(
            {name for document in self._documents for name, _ in document.fields} | {"id"}
        )

    def _schema(self) -> Schema:
        finding = analysis.finding_chain(self._lang)
        fields = {
            name: TEXT(analyzer=finding, stored=True, multitoken_query="and")
            for name in self._field_names()
        }
        spelling = TEXT(analyzer=analysis.spelling_chain(self._lang), phrase=False)
        key = ID(unique=True, stored=True)
        return Schema(key=key, digest=STORED, heading=STORED, spelling=spelling, **fields)

    def _write_changes(self) -> int:
        with self._index.searcher() as searcher:
            known = {row["key"]: row["digest"] for row in searcher.documents()}
        wanted = {document.id: _digest(document) for document in self._documents}
        changed = [d for d in self._documents if known.get(d.id) != wanted[d.id]]
        gone = sorted(known.keys() - wanted.keys())
        if not changed and not gone:
            return 0
        writer = self._index.writer(timeout=_PATIENCE)
        for key in gone:
            writer.delete_by_term("key", key)
        for done, document in enumerate(changed, start=1):
            write = writer.update_document if document.id in known else writer.add_document
            write(**_stored(document, wanted[document.id]))
            if self._progress:
                self._progress("index", done, len(changed))
        writer.commit()
        return len(changed) + len(gone)

    def _find(self, query: str, limit: int) -> Found:
        names = [name for name in self._index.schema.names() if name not in _OWN_FIELDS]
        parser = MultifieldParser(names, self._index.schema, group=OrGroup)
        wildcards = _WILDCARD.sub(lambda match: match[0].lower(), query)
        parsed = Every() if query.strip() == "*" else parser.parse(wildcards)
        with self._index.searcher() as searcher:
            # Whoosh 2.7 never comes back from some queries when it optimises them
            hits = searcher.search(parsed, limit=limit, optimize=False)
            hits.formatter = _Asterisks()
            hits.fragmenter = highlight.ContextFragmenter(maxchars=160, surround=40)
            rows = tuple(Row(hit["key"], hit["heading"], _highlight(hit, names)) for hit in hits)
            return Found(rows, () if rows else self._corrections(searcher, query))

    def _corrections(self, searcher: Any, query: str) -> tuple[str, ...]:
        corrector, corrected = searcher.corrector("spelling"), query
        for word in analyser(self._lang).words(_VALUES.sub(" ", query)):
            written = word.surface
            if len(written) < _MIN_CORRECTED or searcher.doc_frequency("spelling", written):
                continue
            for better in corrector.suggest(written, limit=1, maxdist=2, prefix=1):
                corrected = re.sub(rf"(?i)\b{re.escape(written)}\b", better, corrected)
        return (corrected,) if corrected != query else ()


class _Asterisks(highlight.Formatter):  # type: ignore[misc]  # Whoosh has no types
    """Shows an extract as plain text with matches between asterisks."""

    between = " … "

    def format_token(self, text: str, token: Any, replace: bool = False) -> str:  # noqa: FBT001, FBT002, ARG002 - Whoosh's signature
        return f"*{text[token.startchar : token.endchar]}*"


def _highlight(hit: Any, names: Sequence[str]) -> str:
    """Return an extract from the longest field that has a match."""
    for name in sorted(names, key=lambda name: (-len(hit.get(name, "")), name)):
        extract: str = hit.highlights(name) if hit.get(name) else ""
        if extract:
            return " ".join(extract.split())
    return ""


def _digest(document: EditorsDocument) -> str:
    text = json.dumps([document.title, document.fields], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _stored(document: EditorsDocument, digest: str) -> dict[str, str]:
    texts = {"id": document.id} | {name: text for name, text in document.fields if text}
    own = {"key": document.id, "digest": digest, "heading": document.title}
    return texts | own | {"spelling": "\n".join(texts.values())}
