"""Each file in cases/editing is a topic file and what two changes make of it.

`UPDATE_GOLDEN=1` rewrites what follows `=== before`; review it as a diff. What must hold for any
text is in `test_editing_properties`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from oftasked.editing import add_phrasing, append_entry, new_topic
from oftasked.editing_values import scalar
from oftasked.loading import read_topic
from oftasked.problems import ContentError

CASES = sorted((Path(__file__).parent / "cases" / "editing").glob("*.txt"))
MARKS = ("=== before\n", "=== an entry is appended\n", "=== a phrasing is added\n")
ENTRY = {
    "id": "change-address",
    "question": "Wrong address: can I change it?",
    "answer": "Until the parcel is packed.\n\n- Reply to the order e-mail\n- or call us",
    "also_asked": ["i moved last week", "#1 question: new address?"],
}
PHRASING = "where's my stuff"


def before(case: Path) -> str:
    text = case.read_text(encoding="utf-8").removeprefix(MARKS[0])
    return text.partition(MARKS[1])[0]


def changed(given: str) -> str:
    """What the two changes make of a topic file, as the cases hold it."""
    text = f"{MARKS[0]}{given}{MARKS[1]}{append_entry(given, ENTRY)}"
    if "track-parcel" in given:
        text += f"{MARKS[2]}{add_phrasing(given, 'track-parcel', PHRASING)}"
    return text


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_change_looks_as_an_editor_would_have_made_it(path: Path) -> None:
    found = changed(before(path))
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(found, encoding="utf-8", newline="\n")
    assert found == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_changed_file_can_be_changed_again(path: Path) -> None:
    text = append_entry(before(path), ENTRY)
    text = append_entry(text, ENTRY | {"id": "second"})
    text = add_phrasing(text, "second", PHRASING)
    read = read_topic(text, "t.yml")
    assert read.source.problems == ()
    assert [entry.part.fields.id for entry in read.entries][-2:] == ["change-address", "second"]
    assert (read.entries[-1].part.fields.also_asked or [])[-1] == PHRASING


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("entries:\n  - id: [\n", "this is not YAML"),
        ("entries:\n  - &a {id: b}\n", "anchors"),
        ("- id: a\n", "`topic` and `entries`"),
        ("just a text\n", "`topic` and `entries`"),
        ("entries: many\n", "not a list"),
        ("entries: {id: a}\n", "not a list"),
    ],
)
def test_what_is_no_topic_file_is_refused(text: str, said: str) -> None:
    with pytest.raises(ContentError, match=said) as caught:
        append_entry(text, ENTRY, path="faq/prospects/t.yml")
    assert str(caught.value).startswith("faq/prospects/t.yml:")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("entries:\n  - {id: a, question: b, answer: c}\n", "no entry `track-parcel`"),
        ("", "no entry `track-parcel`"),
        ("entries:\n  - id: track-parcel\n    also_asked: one\n", "not a list"),
    ],
)
def test_a_phrasing_needs_an_entry_with_a_list(text: str, said: str) -> None:
    with pytest.raises(ContentError, match=said):
        add_phrasing(text, "track-parcel", PHRASING)


@pytest.mark.parametrize("sign", ["\x07", "\x7f", "\ufeff", "\uffff", "\ud800"])
def test_a_text_that_no_file_may_hold_is_refused(sign: str) -> None:
    with pytest.raises(ContentError):
        append_entry("entries: []\n", ENTRY | {"question": f"Why{sign}?"})


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("How long does delivery take?", "How long does delivery take?"),
        ("送货需要多长时间？", "送货需要多长时间？"),
        ("it's here", "it's here"),
        ("10% off & more", "10% off & more"),
        ("C# or C", "C# or C"),
        ("C #1", '"C #1"'),
        ("Help: it broke", '"Help: it broke"'),
        ("Why:", '"Why:"'),
        ('say "hello: world"', "'say \"hello: world\"'"),
        ("- not a list", '"- not a list"'),
        ("@home", '"@home"'),
        ("yes", '"yes"'),
        ("null", '"null"'),
        ("2024", '"2024"'),
        ("2026-11-22", '"2026-11-22"'),
        ("a\tb", r'"a\tb"'),
        ("a\u2028b", r'"a\u2028b"'),
    ],
)
def test_a_text_is_quoted_only_where_a_reader_would_take_it_for_something_else(
    text: str, written: str
) -> None:
    assert scalar(text) == written


def test_within_brackets_more_signs_need_quotes() -> None:
    assert scalar("parcels, letters", in_flow=True) == '"parcels, letters"'


def test_a_new_topic_names_its_schema_and_title() -> None:
    text = new_topic(ENTRY, title="Addresses: yours", schema="../../schemas/topic.json")
    first, *_ = text.splitlines()
    assert first == "# yaml-language-server: $schema=../../schemas/topic.json"
    read = read_topic(text, "t.yml")
    assert read.source.whole
    assert read.source.whole.fields.topic
    assert read.source.whole.fields.topic.title == "Addresses: yours"
    assert [entry.part.fields.question for entry in read.entries] == [ENTRY["question"]]


def test_a_new_topic_without_header_begins_with_its_entries() -> None:
    assert new_topic(ENTRY).startswith("entries:\n  - id: change-address\n")
