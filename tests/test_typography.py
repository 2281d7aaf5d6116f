"""What is read as one is not torn apart at a line's end, and code is left alone."""

from __future__ import annotations

import pytest

from oftasked.typography import joined, joined_html


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2–4 days, 9:00–17:00", "2\u2060–\u20604 days, 9:00\u2060–\u206017:00"),
        ("周一 9–17 点", "周一 9\u2060–\u206017 点"),
        ("EUR 4.90, from € 50", "EUR\u00a04.90, from €\u00a050"),
        ("London – Paris, 2 – 4", "London – Paris, 2 – 4"),
        ("The EURO 4, JEUR 4, on 4", "The EURO 4, JEUR 4, on 4"),
    ],
)
def test_ranges_and_amounts_stay_whole(text: str, shown: str) -> None:
    assert joined(text) == shown


def test_tags_and_code_stay_as_they_are() -> None:
    html = '<p title="2–4">EUR 5 <code>EUR 5, 1–2</code> 1–2</p><pre><code>1–2</code>\n3–4</pre>7–8'
    assert joined_html(html) == (
        '<p title="2–4">EUR\u00a05 <code>EUR 5, 1–2</code> 1\u2060–\u20602</p>'
        "<pre><code>1–2</code>\n3–4</pre>7\u2060–\u20608"
    )


def test_what_holds_neither_is_the_same_object() -> None:
    html = "<p>Nothing</p>"
    assert joined_html(html) is html
