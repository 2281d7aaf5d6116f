"""Ids that are proposed for new entries, and what is wrong with those that people type."""

from __future__ import annotations

import pytest

from oftasked.adding import id_trouble, proposed_id, says_it_all


@pytest.mark.parametrize(
    ("question", "id_"),
    [
        ("How long does delivery take?", "how-long-does-delivery-take"),
        ("Where's Zoë's café?", "wheres-zoes-cafe"),
        ("Taken?", "taken-3"),
        ("None?", "none-2"),
        ("送货需要多长时间？", ""),
        ("怎样发布到 GitHub Pages？", "github-pages"),
        (" ".join(["lengthy"] * 20), "-".join(["lengthy"] * 10)),
        ("x" * 200, "x" * 80),
    ],
)
def test_an_id_is_made_of_the_words_of_a_question(question: str, id_: str) -> None:
    assert proposed_id(question, {"taken", "taken-2"}) == id_


def test_an_id_that_leaves_half_of_the_question_out_is_not_taken_unasked() -> None:
    assert says_it_all("wheres-zoes-cafe", "Where's Zoë's café?")
    assert not says_it_all("github-pages", "怎样发布到 GitHub Pages？")


@pytest.mark.parametrize(
    ("id_", "said"),
    [
        ("fine", None),
        ("Not an id", "small letters"),
        ("double--hyphen", "small letters"),
        ("x" * 81, "longer than 80"),
        ("taken", "is taken"),
        ("none", "is taken"),
    ],
)
def test_an_id_that_cannot_be_is_refused_with_a_reason(id_: str, said: str | None) -> None:
    found = id_trouble(id_, {"taken"})
    assert found == said if said is None else said in (found or "")
