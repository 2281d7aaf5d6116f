"""What an entry's page is made from is in its key: otherwise an old page would stay."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pytest

import oftasked_theme
from oftasked import editions, knowledge
from oftasked.contents import collect
from oftasked.frame import About
from oftasked.model import Entry, KnowledgeBase, Text, Wording
from oftasked.remembering import Memory
from oftasked_search import FolderCache
from support import AS_OF, SHOP, write

if TYPE_CHECKING:
    from pathlib import Path

OTHERS: dict[str, Any] = {
    "id": "another-id",
    "question": "Another question?",
    "answer": "Another **answer**.",
    "summary": "Another summary.",
    "summary_given": True,
    "also_asked": ("asked otherwise",),
    "tags": ("another-tag",),
    "asked": 100_000,
    "pinned": True,
    "contact": "support",
    "changed": dt.date(2026, 11, 1),
    "reviewed": dt.date(2026, 11, 2),
    "related": ("track-parcel",),
    "also_for": ("returning-customers",),
}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return read(write(tmp_path_factory.mktemp("shop"), SHOP))


def read(folder: Path, memory: Memory | None = None) -> KnowledgeBase:
    found = knowledge.read(folder / "faq", languages=("en", "zh"), as_of=AS_OF, memory=memory)
    assert found.knowledge is not None
    return found.knowledge


def pages(base: KnowledgeBase, lang: str = "en") -> dict[str, tuple[object, str]]:
    """Return by id what a page shows, and its key."""
    edition = editions.cut(base, lang=lang)
    contents = collect(edition, texts=oftasked_theme.messages(lang), about=About(name="Linden"))
    made = contents.entry_pages
    common = made.common_key()
    return {entry.id: (made.page(entry), common + made.key(entry)) for entry in made.entries()}


def changed(base: KnowledgeBase, change: dict[str, Any]) -> KnowledgeBase:
    """Change the first entry, or its wordings."""
    entry = base.entries[0]
    own = {name: value for name, value in change.items() if name in names(Entry)}
    said = {name: value for name, value in change.items() if name in names(Wording)}
    wordings = tuple(replace(each, **said) for each in entry.wordings)
    return replace(base, entries=(replace(entry, wordings=wordings, **own), *base.entries[1:]))


def names(kind: type[Any]) -> set[str]:
    return {field.name for field in fields(kind)}


@pytest.mark.parametrize("name", sorted(OTHERS))
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_that_changes_has_another_key(base: KnowledgeBase, name: str, lang: str) -> None:
    before, after = pages(base, lang), pages(changed(base, {name: OTHERS[name]}), lang)
    for id_ in before.keys() & after.keys():
        if before[id_][0] != after[id_][0]:
            assert before[id_][1] != after[id_][1], id_


def test_a_topic_and_an_audience_are_in_the_key(base: KnowledgeBase) -> None:
    other = Text((("en", "Something else"),))
    for changed_base in (
        replace(base, topics=tuple(replace(topic, title=other) for topic in base.topics)),
        replace(base, audiences=tuple(replace(each, title=other) for each in base.audiences)),
        replace(base, contacts=tuple(replace(each, title=other) for each in base.contacts)),
    ):
        before, after = pages(base), pages(changed_base)
        assert [id_ for id_ in before if before[id_][0] != after[id_][0]]
        for id_ in before:
            assert (before[id_][0] == after[id_][0]) or (before[id_][1] != after[id_][1])


def test_a_file_that_is_remembered_says_what_it_said(tmp_path: Path) -> None:
    folder = write(tmp_path, SHOP)
    first = Memory(FolderCache(tmp_path / "cache"))
    expected = read(folder, first)
    first.save()
    assert first.computed["sources"] > 0
    again = Memory(FolderCache(tmp_path / "cache"))
    assert read(folder, again) == expected == read(folder)
    assert again.computed["sources"] == 0
