"""Feed, browser search and llms.txt: what others than browsers read of a site."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

import oftasked_theme
from oftasked import editions, knowledge, syndication
from oftasked.frame import About, Frame
from support import AS_OF, SHOP, write

if TYPE_CHECKING:
    from pathlib import Path

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://help.example.com/"
LATER = """\
entries:
  - {id: refund, question: "A refund <b>& [more]?", answer: "Yes, \\"soon\\".", changed: 2026-10-01}
  - {id: coupon, question: Coupons?, answer: No., changed: 2026-10-01}
"""


def frame(folder: Path, *, url: str = SITE, name: str = "Linden & Co.") -> Frame:
    write(folder, SHOP | {"faq/prospects/later.yml": LATER})
    reading = knowledge.read(folder / "faq", languages=("en", "zh"), as_of=AS_OF)
    assert reading.knowledge is not None
    edition = editions.cut(reading.knowledge, lang="en")
    return Frame(edition, texts=oftasked_theme.messages("en"), about=About(name, "All of it.", url))


def test_the_feed_lists_what_changed_last_first(tmp_path: Path) -> None:
    feed = ET.fromstring(syndication.files(frame(tmp_path))["feed.xml"])  # noqa: S314 - our own
    assert [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")] == [
        f"{SITE}q/{id_}/" for id_ in ("coupon", "refund", "delivery-time")
    ]
    assert feed.findtext(f"{ATOM}updated") == "2026-10-01T00:00:00Z"
    assert feed.findtext(f"{ATOM}title") == "Linden & Co."
    assert "A refund <b>& [more]?" in [each.text for each in feed.iter(f"{ATOM}title")]


def test_the_feed_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syndication, "FEED_ENTRIES", 2)
    assert [entry.id for entry in syndication.last_changes(frame(tmp_path))] == ["coupon", "refund"]


def test_without_an_address_there_is_no_feed_that_nobody_could_resolve(tmp_path: Path) -> None:
    assert list(syndication.files(frame(tmp_path, url=""))) == ["llms.txt"]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Linden & Co.", "Linden & Co."),
        ("Linden & Co. help", "Linden & Co."),
        ("Lindenundkompagniehilfe", "Lindenundkompagn"),
    ],
)
def test_a_browser_may_search_the_site(tmp_path: Path, name: str, short: str) -> None:
    made = syndication.files(frame(tmp_path, name=name))["opensearch.xml"]
    found = ET.fromstring(made)  # noqa: S314 - our own
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert found.findtext(f"{space}ShortName") == short
    (url,) = found.iter(f"{space}Url")
    assert url.get("template") == f"{SITE}search/?q={{searchTerms}}"


def test_llms_txt_lists_every_entry_by_audience_and_topic(tmp_path: Path) -> None:
    lines = syndication.files(frame(tmp_path))["llms.txt"].decode().splitlines()
    assert lines[:3] == ["# Linden & Co.", "", "> All of it."]
    assert "## New customers" in lines
    assert "### Delivery" in lines
    assert f'- [A refund <b>& \\[more\\]?]({SITE}q/refund/): Yes, "soon".' in lines
    assert not [line for line in lines if "secret" in line or "drone" in line]
