"""Stepwise narrowing: counts over the results, and which values are proposed."""

from __future__ import annotations

import json
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from oftasked_search import Document, compile_index, open_index
from oftasked_search.facets import MAX_NARROWINGS, Facets

FACETS = {"audience": "ab", "tag": "abcdef\U0001f600\uff5e", "topic": "xyz"}


class Case(NamedTuple):
    """The values of some documents by facet, and which of the documents are results."""

    values: list[dict[str, frozenset[str]]]
    found: list[int]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Return documents with any values, of which any were found."""
    one = st.fixed_dictionaries({n: st.frozensets(st.sampled_from(v)) for n, v in FACETS.items()})
    values = draw(st.lists(one, min_size=1, max_size=12))
    return Case(values, draw(st.lists(st.sampled_from(range(len(values))), unique=True)))


def stored(values: list[dict[str, frozenset[str]]]) -> Facets:
    """Return the facets as an index has them."""
    rows = []
    for name in sorted(FACETS):
        sets = [sorted(each[name]) for each in values]
        distinct = [list(each) for each in sorted({tuple(each) for each in sets})]
        rows.append([name, distinct, [distinct.index(each) for each in sets]])
    return Facets(json.dumps(rows).encode())


def proposed(case: Case) -> list[tuple[str, str, int]]:
    """Return what a plain reading of the claim proposes."""
    by_value = {
        (name, value): frozenset(at for at in case.found if value in case.values[at][name])
        for name, values in FACETS.items()
        for value in values
    }
    splitting = [
        (abs(2 * len(having) - len(case.found)), name, value.encode("utf-16-be"), value, having)
        for (name, value), having in by_value.items()
        if 0 < len(having) < len(case.found)
    ]
    seen: dict[frozenset[int], tuple[str, str, int]] = {}
    for _, name, _, value, having in sorted(splitting, key=lambda row: row[:3]):
        seen.setdefault(having, (name, value, len(having)))
    return list(seen.values())[:MAX_NARROWINGS]


@given(case=cases())
def test_the_values_that_split_best_are_proposed_with_their_counts(case: Case) -> None:
    narrowed = stored(case.values).narrow(case.found)
    assert [(each.facet, each.value, each.count) for each in narrowed] == proposed(case)


@given(
    case=cases(), chosen=st.sampled_from([(n, v) for n, values in FACETS.items() for v in values])
)
def test_a_chosen_value_leaves_what_has_it(case: Case, chosen: tuple[str, str]) -> None:
    name, value = chosen
    facets = stored(case.values)
    allowed = [at for at in case.found if facets.allows(at, {name: value})]
    assert allowed == [at for at in case.found if value in case.values[at][name]]


def test_where_all_match_alike_each_step_leads_to_as_many_results_as_it_promised() -> None:
    documents = [
        Document(
            id=f"d{number}",
            url=f"d{number}/",
            title=f"lantern {number}",
            phrasings=("lantern",),
            body="",
            facets=(("audience", ("a", "b")[: 1 + number % 2]), ("topic", ("xyz"[number % 3],))),
        )
        for number in range(12)
    ]
    index = open_index(compile_index(documents, lang="en", meaning=False).__getitem__)
    first = index.search("lantern")
    assert first.narrow
    for step in first.narrow:
        chosen = {step.facet: step.value}
        second = index.search("lantern", facets=chosen)
        assert second.total == step.count
        for further in second.narrow:
            both = chosen | {further.facet: further.value}
            if further.facet != step.facet:
                assert index.search("lantern", facets=both).total == further.count
