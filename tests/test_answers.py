"""Answers: Markdown becomes HTML that is safe anywhere and leads to the right places."""

from __future__ import annotations

import re

import pytest

from oftasked import answers


def placed(markdown: str) -> str:
    known = {"delivery-time": "q/delivery-time/"}
    return answers.place(
        answers.to_html(markdown), folder="new-customers", up="../../", address=known.get
    )


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# Top", "<h2>Top</h2>"),
        ("see [it](faq:delivery-time)", 'href="../../q/delivery-time/"'),
        ("see [it](faq:delivery-time#cost)", 'href="../../q/delivery-time/#answer-cost"'),
        ("see [it](FAQ:delivery-time)", 'href="../../q/delivery-time/"'),
        ("![p](parcel.png)", 'src="../../new-customers/parcel.png"'),
        ("![p](../media/parcel.png)", 'src="../../media/parcel.png"'),
        ("[guide](../guide.md#a)", 'href="../../guide/#a"'),
        ("[home](../index.md)", 'href="../../"'),
        ("[x](https://example.com/?a=1&b=2)", 'href="https://example.com/?a=1&amp;b=2"'),
        ("| a |\n|---|\n| b |", "<table>"),
        ("```python\nx = 1\n```", '<div class="highlight">'),
        ('!!! note "Mind"\n    the gap', '<div class="admonition note">'),
        ("- [x] done", 'type="checkbox"'),
        ("text[^1]\n\n[^1]: note", 'href="#answer-fn:1"'),
    ],
)
def test_markdown_becomes(markdown: str, expected: str) -> None:
    assert expected in placed(markdown)


@pytest.mark.parametrize(
    ("markdown", "absent"),
    [
        ("<script>alert(1)</script>", "alert"),
        ("<img src=x onerror=alert(1)>", "onerror"),
        ("[x](javascript:alert(1))", "javascript"),
        ("[x](data:text/html,hi)", "data:"),
        ("<style>*{display:none}</style>", "display"),
        ("<iframe src='https://example.com'></iframe>", "iframe"),
        ("<form action=/x><input name=body></form>", "<form"),
        ("<p style='color:red'>x</p>", "style="),
        ("<a id=body name=body>x</a>", 'id="body"'),
        ("<a name=cookie>x</a>", "name="),
        ("<!-- note -->x", "note"),
    ],
)
def test_nothing_that_runs_or_hides_survives(markdown: str, absent: str) -> None:
    assert absent not in placed(markdown)


def test_a_link_to_what_the_edition_lacks_leads_nowhere() -> None:
    assert 'href="#"' in placed("[secret](faq:members-only)")


@pytest.mark.parametrize(
    "markdown",
    [
        "plain",
        "a | b\n\n| a |\n|---|\n| b |",
        "{ .x } [ ] ~~~\n\n    code\n\n: a\n\n!!! note\n    x",
        "term\n: meaning\n\n- [ ] todo\n\n??? tip\n    x",
        "1. a\n\n    ```\n    b\n    ```\n\n2. c [^1]\n\n[^1]: d",
    ],
)
def test_an_extension_that_is_left_out_would_have_changed_nothing(
    markdown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = answers.to_html(markdown)
    monkeypatch.setattr(answers, "EXTENSIONS", dict.fromkeys(answers.EXTENSIONS, re.compile("")))
    assert answers.to_html(markdown) == found


def test_one_answer_leaves_no_trace_in_the_next() -> None:
    alone = answers.to_html("plain [a]")
    answers.to_html("text[^1] [a]\n\n[^1]: note\n\n[a]: https://example.com")
    assert answers.to_html("plain [a]") == alone


def test_media_are_named_from_the_root_of_the_knowledge_base() -> None:
    html = answers.to_html("![a](a.png) ![b](../b.png) [c](https://c.example/x.png) [d](faq:d)")
    assert list(answers.media(html, "prospects")) == ["prospects/a.png", "b.png"]


@pytest.mark.parametrize(
    "markdown", ["![p](my%20pics/图.png)", "![p](<my pics/图.png>)", "[p](my%20pics/%E5%9B%BE.png)"]
)
def test_a_name_with_blanks_or_chinese_signs_is_found_as_media(markdown: str) -> None:
    expected = ["prospects/my pics/图.png"]
    assert list(answers.media(answers.to_html(markdown), "prospects")) == expected
    assert list(answers.page_media(markdown, "prospects")) == expected


def test_a_page_leads_to_entries() -> None:
    known = {"a": "q/a/"}
    html = '<a href="faq:a#b">x</a> <a href="../faq:c.png">y</a> <img src="z.png">'
    placed_html = answers.place_page(html, "about/us/", known.get)
    assert placed_html == html.replace("faq:a#b", "../../q/a/#answer-b")
    assert answers.place_page('<a href="faq:a">', "./", known.get) == '<a href="q/a/">'
