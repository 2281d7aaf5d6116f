"""Python and JavaScript answer alike: the same documents, scores, marks, everything."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oftasked_search import filing, termblocks
from searching import SHOPS, answers, ask_node, documents, index_files, write

if TYPE_CHECKING:
    from pathlib import Path

FACETS: list[dict[str, str]] = [
    {},
    {"audience": "new-customers"},
    {"topic": "returns", "audience": "x"},
]


def shortened(query: str) -> list[str]:
    """What a visitor has typed on the way to a query."""
    return [query[:end] for end in range(1, len(query) + 1)]


@pytest.fixture(params=["one file", "many files"])
def layout(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "many files":
        monkeypatch.setattr(filing, "BUNDLE_BYTES", 0)
        monkeypatch.setattr(termblocks, "LEAST_BYTES", 100)
    return str(request.param)


@pytest.mark.parametrize("lang", sorted(SHOPS))
def test_both_readers_give_the_same_at_every_key_stroke(
    lang: str, layout: str, tmp_path: Path
) -> None:
    files = index_files(lang)
    assert any(name.startswith("bundle") for name in files) == (layout == "one file")
    typed = [part for case in SHOPS[lang]["cases"] for part in shortened(case["query"])]
    asked = [
        {"query": query, "limit": 3, "facets": FACETS[number % len(FACETS)]}
        for number, query in enumerate(typed)
    ]
    assert ask_node(write(files, tmp_path), asked) == answers(files, asked)


def test_one_file_or_many_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [{"query": c["query"], "limit": 10, "facets": {}} for c in SHOPS["en"]["cases"]]
    whole = answers(index_files("en"), asked)
    monkeypatch.setattr(filing, "BUNDLE_BYTES", 0)
    assert answers(index_files("en"), asked) == whole


VOCABULARY = [word for doc in documents("en") + documents("zh") for word in doc.body.split()]
FRAGMENTS = st.sampled_from(
    [*VOCABULARY, "e-mail", "A-100", "3,5", "信用卡", "İ", "ß", "’s", "한국", "\n"]
)
# Assigned so long ago that every Python, Node and browser knows them.
ANY_CHARACTER = st.characters(exclude_categories=("Cn", "Cs"), max_codepoint=0x2FFFF).filter(
    lambda character: unicodedata.ucd_3_2_0.category(character) != "Cn"
)
QUERIES = st.lists(FRAGMENTS | st.text(ANY_CHARACTER, max_size=6), max_size=12).map(" ".join)


SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=5, deadline=None, suppress_health_check=SLOW)
@given(queries=st.lists(QUERIES | st.text(ANY_CHARACTER), min_size=60, max_size=120))
@pytest.mark.parametrize("lang", sorted(SHOPS))
def test_both_readers_give_the_same_for_any_text(
    lang: str, queries: list[str], tmp_path: Path
) -> None:
    files = index_files(lang)
    asked = [{"query": query, "limit": 2, "facets": {}} for query in queries]
    for number, (node, python) in enumerate(
        zip(ask_node(write(files, tmp_path), asked), answers(files, asked), strict=True)
    ):
        assert node == python, queries[number]
