"""Another engine is asked as its users ask it, and what it fetches is counted."""

from __future__ import annotations

import gzip
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from peers.pages import pages_of
from peers.sites import PEERS
from peers.visiting import counting, distinct, replies, sampled
from question_sets import Item, Kind, Query, QuestionSet
from serving import serving

if TYPE_CHECKING:
    from pathlib import Path

ITEMS = (
    Item("card", "How do I block a lost card?", "Call us.\n\n## Abroad\n\nCall us, too.", ()),
    Item("fee", "What does a transfer cost?", "Nothing.", ("transfer fee",)),
)


def test_what_is_served_to_a_peer_is_counted_as_it_is_sent(tmp_path: Path) -> None:
    text, packed = b"x" * 5000, b"packed before"
    (tmp_path / "index.json").write_bytes(text)
    (tmp_path / "words.pf_index").write_bytes(packed)
    fetched: list[int] = []
    with serving(tmp_path, counting(fetched)) as address:
        for path, sent in [
            ("/bench/blank.html", None),
            ("/index.json?v=1", gzip.compress(text, mtime=0)),
            ("/words.pf_index", packed),
        ]:
            with urllib.request.urlopen(address + path) as response:
                content = response.read()
            assert sent in (None, content)
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{address}/missing.json")
    assert fetched == [len(gzip.compress(text, mtime=0)), len(packed)]


def test_a_page_that_is_found_twice_is_one_hit() -> None:
    assert distinct(["q/b/", "q/a/#section", "q/b/#other"]) == ("b", "a")


def test_a_sample_is_spread_over_all_questions() -> None:
    queries = [str(number) for number in range(100)]
    assert sampled(queries)[:3] == ["0", "6", "13"]
    assert sampled(["a", "b"]) == ["a", "b"]


@pytest.mark.browser
def test_materials_own_search_answers_as_on_its_site(tmp_path: Path) -> None:
    asked = [
        Query(Kind.CLEAN, "lost card", frozenset({"card"})),
        Query(Kind.CLEAN, "fee", frozenset({"fee"})),
        Query(Kind.CLEAN, "zebra", frozenset()),
    ]
    site = PEERS["material"].make(tmp_path, pages_of(ITEMS, {"card": "card", "fee": "fee"}), "en")
    questions = QuestionSet("tiny", "en", ITEMS, tuple(asked))
    with ThreadPoolExecutor(1) as apart:  # Playwright wants a thread for each of its sessions
        found = apart.submit(replies, site, questions).result()
    assert {text: reply.ids for text, reply in found.items()} == {
        "lost card": ("card",),
        "fee": ("fee",),
        "zebra": (),
    }
    index = gzip.compress((site.folder / "search" / "search_index.json").read_bytes(), mtime=0)
    worker = gzip.compress((site.folder / site.entrance[1:]).read_bytes(), mtime=0)
    load = found["fee"].load
    assert load is not None
    assert load.requests == 2
    assert load.kilobytes == pytest.approx((len(index) + len(worker)) / 1000)
