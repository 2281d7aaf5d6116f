"""What an earlier build has left makes the next one quick, and never another."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from oftasked_search import Document, FolderCache, compile_index
from searching import documents

if TYPE_CHECKING:
    from pathlib import Path


class Memory(dict[str, bytes]):
    """A cache that is gone with the test."""

    def put(self, name: str, *parts: bytes | memoryview) -> None:
        """Keep some bytes."""
        self[name] = b"".join(parts)


SYNONYMS = {"en": [["parcel", "package"]], "zh": [["包裹", "快递"]]}


class Editor:
    """Somebody who changes a knowledge base at random."""

    def __init__(self, lang: str, entries: int, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - the seed makes the case
        self.lang, self.synonyms = lang, list[list[str]]()
        shop = documents(lang)
        self.texts = [d.body for d in shop] + [text for d in shop for text in d.phrasings]
        many = (replace(d, id=f"{d.id}-{n}") for n in range(entries) for d in shop)
        self.documents = [self.edited(d) for _, d in zip(range(entries), many, strict=False)]

    def edited(self, document: Document) -> Document:
        """Return a document with other texts, another prior or another topic."""
        text, chance = " ".join(self.chance.sample(self.texts, 2)), self.chance
        return chance.choice(
            [
                replace(document, body=text + chance.choice(["", " zyxword", " quokkas"])),
                replace(document, phrasings=(*document.phrasings[:2], text[:60])),
                replace(document, tags=(text[:8],)),
                replace(document, boost=chance.random()),
                replace(document, facets=(("topic", (chance.choice("abc"),)),)),
            ]
        )

    def step(self) -> None:
        """Change, add, delete, move, or say that words mean the same."""
        known = self.documents
        for _ in range(self.chance.choice([1, 1, 1, 2, 6])):
            at = self.chance.randrange(len(known))
            action = self.chance.choice(["change", "change", "add", "delete", "move", "synonym"])
            if action == "change":
                known[at] = self.edited(known[at])
            elif action == "add":
                new = f"new-{self.chance.random()}"
                known.insert(at, self.edited(replace(known[at], id=new)))
            elif action == "delete" and len(known) > 1:
                del known[at]
            elif action == "move":
                self.chance.shuffle(known)
            else:
                self.synonyms = [] if self.synonyms else SYNONYMS[self.lang]

    def index(self, cache: Memory | None = None) -> dict[str, bytes]:
        """Return the index of the knowledge base as it is."""
        return compile_index(self.documents, lang=self.lang, synonyms=self.synonyms, cache=cache)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("entries", "most"), [(1, 3000), (4, 3000), (40, 20), (120, 60)])
@pytest.mark.parametrize("steady", [False, True])
def test_after_any_edits_the_index_is_that_of_a_cold_build(
    lang: str, entries: int, most: int, steady: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oftasked_search.changing.MAX_POSTINGS", most)
    if steady:  # as in a large knowledge base, where one entry does not change the means
        monkeypatch.setattr("oftasked_search.inverting._mean", lambda *_: 1e5)
        monkeypatch.setattr("oftasked_search.meanings.centre", lambda _, scales: (0,) * len(scales))
    editor, cache = Editor(lang, entries, entries), Memory()
    editor.index(cache)
    for _ in range(6 if entries < 120 else 3):
        editor.step()
        assert editor.index(cache) == editor.index()


def test_entries_that_stay_are_not_read_again() -> None:
    docs, cache, read = documents("en"), Memory(), list[int]()
    compile_index(docs, lang="en", cache=cache)
    docs[3] = replace(docs[3], body=" ".join(docs[3].body.split()[::-1]))
    compile_index(docs, lang="en", cache=cache, progress=lambda done, _: read.append(done))
    assert read == [1]


def test_a_damaged_or_foreign_cache_is_as_good_as_none(tmp_path: Path) -> None:
    docs, cache = documents("en"), FolderCache(tmp_path / "cache")
    wanted = compile_index(docs, lang="en", cache=cache)
    (file,) = (tmp_path / "cache").iterdir()
    whole = file.read_bytes()
    middle = len(whole) // 2
    flipped = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
    for content in (b"", b"OFTG", whole[:middle], flipped, b"x" + whole, whole[:40] + whole[44:]):
        file.write_bytes(content)
        assert compile_index(docs, lang="en", cache=cache) == wanted
        assert file.read_bytes() == whole  # made anew
    other = compile_index(documents("zh"), lang="zh", cache=cache)
    assert other == compile_index(documents("zh"), lang="zh")


def test_a_state_of_another_program_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    docs, cache, read = documents("en"), Memory(), list[int]()
    compile_index(docs, lang="en", cache=cache)
    monkeypatch.setattr("oftasked_search.states.signature", lambda: "another")
    compile_index(docs, lang="en", cache=cache, progress=lambda done, _: read.append(done))
    assert len(read) == len(docs)


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    cache = FolderCache(tmp_path / "file")
    assert compile_index(documents("en"), lang="en", cache=cache)
