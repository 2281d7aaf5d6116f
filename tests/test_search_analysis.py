"""What a term is: shared vectors, the Whoosh chain, and the browser, all alike."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oftasked_search import Document, asked_terms
from oftasked_search.analysis import chain
from oftasked_search.marks import marks, marks_of
from oftasked_search.occurrences import occurrences
from oftasked_search.terms import analyser, fold

VECTORS = json.loads((Path(__file__).parent / "cases" / "analysis.json").read_text("utf-8"))
TEXT = st.text(st.characters(codec="utf-8")) | st.lists(
    st.sampled_from(["e-mail", "can't", "3.5", "A-100", "信用卡", "naïve", "退", "'s", " ", "x"])
).map("".join)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: repr(vector["text"]))
def test_a_text_gives_the_words_that_readers_agreed_on(vector: dict[str, Any]) -> None:
    words = analyser(vector["lang"]).words(vector["text"])
    assert [list(word) for word in words] == vector["words"]


@given(text=TEXT, lang=st.sampled_from(["en", "zh", "de"]))
def test_the_whoosh_chain_and_the_fast_path_give_the_same_terms(text: str, lang: str) -> None:
    from_chain = [token.text for token in chain(lang)(text, mode="index")]
    assert from_chain == [word.term for word in analyser(lang).words(text)]


@given(text=TEXT)
def test_folding_twice_changes_nothing_more_for_plain_words(text: str) -> None:
    once = " ".join(word.surface for word in analyser("de").words(text))
    assert fold(fold(once)) == fold(once)


def test_a_document_contributes_its_phrasings_its_body_and_its_tags() -> None:
    document = Document(
        "a", "q/a/", "T", ("First one", "first One", "Second"), "Body body", tags=("x",)
    )
    found = occurrences([document], "en")
    phrased = [found.terms[number] for number in found.phrased]
    assert phrased == asked_terms(document) == ["first", "on", "first", "on", "second"]
    assert found.phrasing.tolist() == [0, 0, 1, 1, 2]
    told = {found.terms[body]: int(n) for body, n in zip(found.body, found.counts, strict=True)}
    assert told == {"bodi": 2, "x": 1}


@given(text=TEXT, lang=st.sampled_from(["en", "zh", "de"]))
def test_a_document_has_the_terms_of_its_text_as_a_whole(text: str, lang: str) -> None:
    found = occurrences([Document("a", "q/a/", "", (text,), text)], lang)
    words = analyser(lang).words(text)
    assert [found.terms[number] for number in found.phrased] == [word.term for word in words]
    counts = dict(zip([found.terms[n] for n in found.body], found.counts.tolist(), strict=True))
    assert counts == Counter(word.term for word in words)


def test_marks_count_in_utf16_code_units_and_cover_the_word_as_written() -> None:
    found = marks("😀 Crème brûlée!", frozenset({"brule"}), analyser("en"))
    assert found == ((9, 15),)


def test_marks_in_unspaced_text_cover_the_matching_characters() -> None:
    assert marks("如何申請信用卡", frozenset({"信用", "用卡"}), analyser("zh")) == ((4, 7),)


@pytest.mark.parametrize(
    ("title", "summary", "matched", "marked"),
    [
        ("如何退款", "款项原路退回", {"退款", "退", "款"}, [((2, 4),), ()]),
        ("退换说明", "原路退回", {"退款", "退", "款"}, [((0, 1),), ((2, 3),)]),
        ("Visa 卡", "信用卡", {"visa", "卡"}, [((0, 4),), ()]),
        ("退款退款", "", {"退款", "款退", "退", "款"}, [((0, 4),), ()]),
        ("𠀀𠀁", "𠀀", {"𠀀𠀁", "𠀀"}, [((0, 4),), ()]),
        ("Plan a", "a", {"a"}, [((5, 6),), ((0, 1),)]),
    ],
)
def test_a_single_character_is_marked_only_where_nothing_longer_is(
    title: str, summary: str, matched: set[str], marked: list[tuple[tuple[int, int], ...]]
) -> None:
    assert marks_of((title, summary), matched, analyser("zh")) == marked
