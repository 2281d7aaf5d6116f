"""The benchmarks measure what they say: queries vary the same way everywhere, scores add up."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest

import first_result
import index
from constants import Constant, chosen_without
from keystrokes import main_tasks
from knowledge_base import drafts, entry_ids, language_tag, write_entries
from oftasked import knowledge
from question_sets import Item, Kind, keywords_of, mistyped, read_set, unfinished
from scoring import Load, Reply, confidence, place_of, success
from synthetic import synthetic_entries
from tables import table

if TYPE_CHECKING:
    from pathlib import Path

QUESTION = "How long does the delivery of my new bicycle take?"


def reply(*ids: str, confident: bool = True) -> Reply:
    return Reply(ids, confident, Load(1, 1), milliseconds=1)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        (QUESTION, "How long does the deivery of my new bicycle take?"),
        ("包裹什么时候到", "包裹么什时候到"),
        ("a b c", "a b c"),
    ],
)
def test_a_slip_is_the_same_on_every_machine(text: str, typed: str) -> None:
    assert mistyped(text) == typed


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        (QUESTION, "How long does the delivery of my new bicycle ta"),
        ("包裹什么时候到呢", "包裹什么时候"),
    ],
)
def test_a_visitor_is_still_typing_the_last_word(text: str, typed: str) -> None:
    assert unfinished(text) == typed


@pytest.mark.parametrize(
    ("text", "typed"), [(QUESTION, "long delivery bicycle"), ("is it?", None), ("包裹", None)]
)
def test_keywords_are_the_longest_words_that_mean_something(text: str, typed: str | None) -> None:
    assert keywords_of(text) == typed


def test_every_query_is_asked_in_every_way(tmp_path: Path) -> None:
    source = {
        "name": "tiny",
        "lang": "en",
        "entries": [{"id": "a", "question": "q", "answer": "", "variants": []}],
        "queries": [{"q": QUESTION, "relevant": ["a"]}] * 3,
        "oos": ["the weather on Mars"],
    }
    path = tmp_path / "tiny.json"
    path.write_text(json.dumps(source), "utf-8")
    kinds = [query.kind for query in read_set(path, limit=2).queries]
    assert kinds == 2 * [Kind.CLEAN, Kind.TYPO, Kind.TYPING, Kind.KEYWORDS] + [Kind.UNANSWERABLE]


def test_success_counts_the_first_relevant_hit() -> None:
    relevant = frozenset({"x"})
    found = success(
        [(relevant, reply("x")), (relevant, reply("a", "b", "c", "x")), (relevant, reply())]
    )
    assert (found.at_1, found.at_3, found.at_5) == (1 / 3, 1 / 3, 2 / 3)
    assert found.mrr == pytest.approx((1 + 1 / 4) / 3)
    assert found.no_hits == 1 / 3


def test_only_the_first_ten_hits_count() -> None:
    assert place_of(frozenset({"x"}), [*"abcdefghij", "x"]) == 0


def test_belief_is_compared_with_what_can_be_answered() -> None:
    sure = confidence([reply(), reply(), reply(confident=False)], [reply(), reply(confident=False)])
    assert sure is not None
    assert sure.recall == pytest.approx(2 / 3)
    assert sure.recognised == pytest.approx(1 / 2)
    assert sure.precision == pytest.approx(2 / 3)


def test_a_set_becomes_a_knowledge_base_without_a_problem(tmp_path: Path) -> None:
    items = [
        Item("Lost card!", "Lost card", "", ("my card is gone", "Lost card")),
        Item("lost-card", "Is it lost?", "Line one: yes.\n\n- 'two'\n", ()),
        Item("丢卡", "卡丢了怎么办？", "# 挂失", ()),
    ]
    ids = entry_ids(item.id for item in items)
    write_entries(tmp_path, drafts(items, ids))
    reading = knowledge.read(tmp_path, as_of=dt.date(2026, 6, 1))
    assert reading.problems == ()
    assert reading.knowledge is not None
    read = {entry.id: entry for entry in reading.knowledge.entries}
    assert set(read) == set(ids.values())
    assert len(set(ids.values())) == len(items)


def test_synthetic_entries_are_the_same_in_every_run() -> None:
    first, again = (list(synthetic_entries(20)) for _ in range(2))
    assert first == again
    assert len({entry.question for entry in first}) == 20
    lengths = [len(entry.answer(lambda target: f"faq:{target}")) for entry in first]
    assert 500 < sum(lengths) / len(lengths) < 700


def test_a_language_is_spelt_as_the_site_spells_it() -> None:
    assert [language_tag(lang) for lang in ("en", "zh-tw")] == ["en", "zh-TW"]


def test_a_table_is_markdown() -> None:
    assert table([["a", "b"], ["1", "2"]]) == "| a | b |\n| --- | ---: |\n| 1 | 2 |"


def test_only_tasks_of_the_main_thread_keep_a_visitor_waiting() -> None:
    def task(thread: int, microseconds: int) -> dict[str, object]:
        return {"name": "RunTask", "pid": 1, "tid": thread, "dur": microseconds, "tdur": 500}

    names = [
        {"name": "thread_name", "pid": 1, "tid": thread, "args": {"name": name}}
        for thread, name in [(1, "CrRendererMain"), (2, "Compositor")]
    ]
    other = {"name": "Paint", "pid": 1, "tid": 1, "dur": 90_000}
    tasks = main_tasks([task(1, 51_500), *names, task(2, 80_000), other, task(1, 1_250)])
    assert tasks == ((51.5, 0.5), (1.25, 0.5))


def test_an_index_is_accounted_for_file_by_file() -> None:
    files = {"manifest.json": b"1", "terms-0.aa.bin": b"22", "terms-1.aa.bin": b"333"}
    assert index.bytes_by_group(files) == {"manifest": 1, "terms": 5}


def test_materials_index_stands_beside_ours_only_if_it_was_measured() -> None:
    alone = index.Cost(1000, 1, 2, 0.5, 100, 3, {"terms": 2_500_000})
    beside = dataclasses.replace(alone, material=3_011_000)
    assert [len(row) for row in index.rows([alone])] == 2 * [len(index.rows([alone])[0])]
    head, cells = index.rows([beside])
    assert (head[-1], cells[-1]) == ("Material's KB", "3,011")
    assert cells[:-1] == index.rows([alone])[1]


def test_a_set_gives_as_many_entries_as_are_asked_for(tmp_path: Path) -> None:
    entries = [{"id": "a", "question": "Who?", "variants": ["Who is it?"], "answer": "Me."}]
    path = tmp_path / "tiny.json"
    path.write_text(
        json.dumps({"name": "tiny", "lang": "en", "entries": entries, "queries": [], "oos": []})
    )
    found = index.documents(3, path)
    assert [entry.id for entry in found] == ["entry-0", "entry-1", "entry-2"]
    assert {entry.phrasings for entry in found} == {("Who?", "Who is it?")}
    assert len({entry.id for entry in index.documents(4, None)}) == 4


def test_a_constant_is_chosen_by_the_sets_of_other_origins() -> None:
    found: dict[str, dict[float, float]] = {
        "shop_v0": {1: 0.9, 2: 0.1},
        "shop_v5": {1: 0.9, 2: 0.1},
        "bank": {1: 0.5, 2: 0.6},
        "town": {1: 0.5, 2: 0.7},
    }
    assert chosen_without("shop_v0", found) == 2
    assert chosen_without("bank", found) == 1


def test_a_constant_is_back_in_force_after_it_was_tried() -> None:
    constant = Constant.parse("treating.SHARES.sense=3,7")
    before = constant.in_force
    with constant.set_to(7):
        assert constant.in_force == 7
    assert (constant.values, constant.in_force) == ((3, 7), before)


def test_what_a_query_loads_is_summed_up_by_group() -> None:
    answers = [
        {"bytes": 30, "requests": 4, "groups": {"runtime": 10, "terms": 20}},
        {"bytes": 14, "requests": 2, "groups": {"runtime": 10, "manifest": 4}},
    ]
    loaded = first_result.load(7, {"manifest.json": b"1234", "terms-0.bin": b"123"}, answers)
    assert (loaded.bytes_p50, loaded.bytes_max, loaded.requests_max) == (22, 30, 4)
    assert (loaded.groups["runtime"], loaded.groups["terms"], loaded.disk) == (10, 10, 7)
