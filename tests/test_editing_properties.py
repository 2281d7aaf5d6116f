"""Whatever is written into a topic file: it reads back, and every byte that was there still is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oftasked.editing import add_phrasing, append_entry
from oftasked.loading import read_topic
from oftasked.yamltext import decode, text_problems
from test_editing import CASES, before

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oftasked.schema import EntryFields

FILES = {path.stem: before(path) for path in CASES}
LOSING = {"an-empty-list": "[]", "null-for-a-list": "~"}
"""Cases in which a sign for nothing gives way to what is there now."""
VARIANTS = {
    "as it is": lambda text: text,
    "with a byte order mark": lambda text: "\ufeff" + text,
    "from Windows": lambda text: text.replace("\n", "\r\n"),
    "from Windows with a byte order mark": lambda text: "\ufeff" + text.replace("\n", "\r\n"),
    "from an old Mac": lambda text: text.replace("\n", "\r"),
    "without a last line end": lambda text: text.rstrip("\n"),
    "with many lines at the end": lambda text: text + "\n\n\n",
}
SIGNS = st.sampled_from("abc:#-?!,[]{}&*|>'\"%@`\\ \n\t~=<é送🚚\u2028\u2029\xa01.")
LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff")
TEXTS = st.text(SIGNS | LETTERS | st.sampled_from(" \n")).filter(
    lambda text: bool(text.strip()) and not text_problems(text, "")
)
LINES = TEXTS.map(lambda text: " ".join(text.split()))


def entries_of(text: str) -> list[EntryFields]:
    plain, problems = decode(text.encode(), "t.yml")
    read = read_topic(plain, "t.yml")
    assert problems == ()
    assert [each for each in read.source.problems if each.severity == "error"] == []
    return [entry.part.fields for entry in read.entries]


def is_kept(old: str, new: str, lost: str = "") -> bool:
    """Tell whether every character of ``old`` is in ``new``, in the same order."""
    left: Iterator[str] = iter(new)
    return all(sign in left for sign in old.replace(lost, "", 1))


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", FILES)
def test_an_appended_entry_is_added_and_nothing_else_changes(name: str, variant: str) -> None:
    old = VARIANTS[variant](FILES[name])
    new = append_entry(old, {"id": "x", "question": "Q: why?", "answer": "One.\n\n Two."})
    *others, added = entries_of(new)
    assert others == entries_of(old)
    assert (added.id, added.question, added.answer) == ("x", "Q: why?", "One.\n\n Two.")
    assert is_kept(old.rstrip(), new, LOSING.get(name, ""))
    assert is_kept(old, new, LOSING.get(name, ""))


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", [name for name in FILES if "track-parcel" in FILES[name]])
def test_an_added_phrasing_is_added_and_nothing_else_changes(name: str, variant: str) -> None:
    old = VARIANTS[variant](FILES[name])
    new = add_phrasing(old, "track-parcel", "where: is it, #1?")
    was, now = entries_of(old), entries_of(new)
    [at] = [at for at, entry in enumerate(was) if entry.id == "track-parcel"]
    phrasings = [*(was[at].also_asked or []), "where: is it, #1?"]
    expected = was[at].model_copy(update={"also_asked": phrasings})
    assert now == [*was[:at], expected, *was[at + 1 :]]
    assert is_kept(old, new, "~")


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(sorted(FILES)), st.sampled_from(sorted(VARIANTS)), LINES, TEXTS, LINES)
def test_any_text_reads_back(
    name: str, variant: str, question: str, answer: str, phrasing: str
) -> None:
    old = VARIANTS[variant](FILES[name])
    fields = {"id": "x", "question": question, "answer": answer, "also_asked": [phrasing]}
    *others, added = entries_of(append_entry(old, fields))
    assert others == entries_of(old)
    assert (added.question, added.also_asked) == (question, [phrasing])
    assert added.answer == answer.strip("\n")


@settings(deadline=None, max_examples=300)
@given(TEXTS, LINES, st.booleans())
def test_a_file_that_was_made_here_keeps_its_texts(
    answer: str, phrasing: str, last_line_end: bool
) -> None:
    first = append_entry("", {"id": "x", "question": "Q", "answer": answer})
    first = first if last_line_end else first.removesuffix("\n")
    second = append_entry(first, {"id": "y", "question": "R", "answer": answer})
    both = entries_of(add_phrasing(second, "x", phrasing))
    assert [entry.answer for entry in both] == [answer.strip("\n")] * 2
    assert both[0].also_asked == [phrasing]
