"""Related entries: what the editor names comes first, what shares rare words follows."""

from __future__ import annotations

from oftasked.related import MOST, related


def test_named_entries_come_first_then_those_that_share_rare_words() -> None:
    terms = {"a": ["parcel", "lost"], "b": ["parcel"], "c": ["card"], "d": ["lost", "parcel"]}
    found = related(["a", "b", "c", "d"], {"a": ["c"]}, terms)
    assert found["a"] == ("c", "d", "b")


def test_an_entry_that_shares_nothing_has_no_relatives() -> None:
    assert related(["a", "b"], {}, {"a": ["x"], "b": ["y"]}) == {"a": (), "b": ()}


def test_named_entries_that_the_edition_lacks_are_left_out() -> None:
    assert related(["a"], {"a": ["gone"]}, {"a": ["x"]}) == {"a": ()}


def test_there_are_never_more_than_fit() -> None:
    ids = [f"e{number}" for number in range(20)]
    found = related(ids, {}, {id_: ["same", id_] for id_ in ids} | {"e19": ["other"]})
    assert len(found["e0"]) == MOST
