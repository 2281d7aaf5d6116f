"""Markdown as plain text, and its first sentence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oftasked.plaintext import SUMMARY_LENGTH, first_sentence, plain, shortened

PLAIN = {
    "emphasis": ("*a* **b** _c_ __d__ ***e*** ~~f~~", "a b c d e f"),
    "words with underscores": ("snake_case and 2 * 3 * 4", "snake_case and 2 * 3 * 4"),
    "links": ('[a](faq:x) [b](https://e.org/a_(b) "t") [c][ref] ![d](e.png)', "a b c d"),
    "linked image": ("[![alt](a.png)](https://example.com)", "alt"),
    "reference definitions": ("see [a]\n\n[a]: https://example.com", "see [a]"),
    "code": ("run `a *b* <c>` now", "run a *b* <c> now"),
    "fenced code": (
        "Do:\n```sh\n# not a heading\n*x*\n```\nDone.",
        "Do:\n# not a heading\n*x*\nDone.",
    ),
    "headings": ("# One #tag\ntext\n\nTwo\n===\nmore", "One #tag\ntext\nTwo\nmore"),
    "lists": ("- a\n- b\n  continued\n1. c\n* [x] d", "a\nb continued\nc\nd"),
    "quotes": ("> said\n> twice", "said\ntwice"),
    "tables": ("| a | b |\n|---|:-:|\n| c | d |", "a b\nc d"),
    "html": ("a <b class='x'>b</b><br/>c <!-- no --> d", "a b c d"),
    "scripts": ("a<script>alert(1)</script>b", "ab"),
    "no html": ("if a < b and c > d, <3", "if a < b and c > d, <3"),
    "entities": ("a &amp; b &lt;c&gt;", "a & b <c>"),
    "escapes": (r"\*a\* 1\. \[b\]", "*a* 1. [b]"),
    "autolinks": ("<https://example.com> <a@example.com>", "https://example.com a@example.com"),
    "footnotes": ("a[^1] b\n\n[^1]: note", "a b\nnote"),
    "admonitions": ('!!! note "Mind this"\n    The text.', "Mind this\nThe text."),
    "attributes": ("![a](b.png){: .wide } c", "a c"),
    "paragraphs": ("a\nb\n\nc  \nd", "a b\nc\nd"),
    "chinese lines": ("两个工作日\n之内送达。", "两个工作日之内送达。"),
    "rules": ("a\n\n---\n\nb", "a\nb"),
    "nothing": ("", ""),
}

FIRST = {
    "plain": ("Two days. Or three.", "Two days."),
    "no end": ("Two days", "Two days"),
    "question": ("Sure? Yes!", "Sure?"),
    "decimals": ("It costs 3.50 EUR. Really.", "It costs 3.50 EUR."),
    "e.g.": (
        "Pay by card, e.g. Visa or i.e. Master. Or cash.",
        "Pay by card, e.g. Visa or i.e. Master.",
    ),
    "titles": ("Ask Dr. Smith or Mrs. Jones. They know.", "Ask Dr. Smith or Mrs. Jones."),
    "initials": ("J. R. Smith runs it. Well.", "J. R. Smith runs it."),
    "hours": ("Call until 5 p.m. on weekdays. We answer.", "Call until 5 p.m. on weekdays."),
    "hours at the end": ("Call until 5 p.m. We answer.", "Call until 5 p.m."),
    "etc.": ("Cards, cash, etc. are fine. Really.", "Cards, cash, etc. are fine."),
    "ellipsis": ("Wait... then go. Now.", "Wait... then go."),
    "closing quote": ('He said "no." Then left.', 'He said "no."'),
    "addresses": ("See www.example.com/a.b?c for it. Then.", "See www.example.com/a.b?c for it."),
    "ordinals": ("1. Open the box. 2. Close it.", "Open the box."),
    "chinese": ("两到四个工作日。您可以追踪包裹。", "两到四个工作日。"),
    "chinese quote": ("他说：“可以。”然后走了。", "他说：“可以。”"),
    "chinese question": ("可以吗？可以！", "可以吗？"),
    "mixed": ("使用 v2.0 版本。Then restart.", "使用 v2.0 版本。"),
    "heading first": ("# Delivery\nTwo days. Or so.", "Two days."),
    "only a heading": ("# Delivery", "Delivery"),
    "markdown": ("**Two** [days](faq:x). More.", "Two days."),
    "list first": ("- Two days.\n- Three.", "Two days."),
    "nothing": ("", ""),
}


@pytest.mark.parametrize("name", PLAIN)
def test_plain_text_keeps_words_and_drops_syntax(name: str) -> None:
    markdown, expected = PLAIN[name]
    assert plain(markdown) == expected


@pytest.mark.parametrize("name", FIRST)
def test_the_first_sentence_is_a_whole_one(name: str) -> None:
    markdown, expected = FIRST[name]
    assert first_sentence(markdown) == expected


def test_a_long_sentence_is_cut_at_a_word() -> None:
    summary = first_sentence("word " * 100)
    assert len(summary) <= SUMMARY_LENGTH
    assert summary.endswith("word…")


def test_a_long_chinese_sentence_is_cut_at_a_character() -> None:
    summary = first_sentence("很长，" * 100)
    assert SUMMARY_LENGTH - 3 <= len(summary) <= SUMMARY_LENGTH
    assert summary.startswith("很长，很长，")
    assert summary.endswith(("长…", "很…"))


def test_what_fits_is_not_cut() -> None:
    assert shortened("x" * SUMMARY_LENGTH, SUMMARY_LENGTH) == "x" * SUMMARY_LENGTH


@settings(max_examples=200, derandomize=True, deadline=None)
@given(
    st.text(alphabet=st.sampled_from(list("ab .!。*_`~[]()<>#|-\n\\&;{}:\"'0\x00")), max_size=80)
)
def test_any_text_has_a_summary_of_one_line(markdown: str) -> None:
    summary = first_sentence(markdown)
    assert len(summary) <= SUMMARY_LENGTH
    assert "\n" not in summary
    assert "\x00" not in plain(markdown)


@pytest.mark.parametrize(
    "piece", ["*", "_", "[", "](", "`", "<a ", "![", "~~", "<!--", "\\", "(", "> "]
)
def test_hostile_repetition_takes_no_time(piece: str) -> None:
    assert plain(piece * 20_000) is not None
    assert first_sentence(piece * 20_000) is not None
