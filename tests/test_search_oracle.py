"""Whoosh as oracle: on plain words over one field its BM25 and ours put documents in one order."""

from __future__ import annotations

import pytest
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser import OrGroup, QueryParser
from whoosh.scoring import BM25F

from oftasked_search import Document, compile_index, open_index
from oftasked_search.analysis import chain

# Lengths differ by more than the steps that either side rounds to; words stand far from each other.
LENGTHS = {"a": 3, "b": 7, "c": 15, "d": 31}
FILLER = "lamp table chair window garden kitchen ladder bottle candle mirror carpet blanket".split()


def text(length: int, *words: str) -> str:
    """A text of a length that has each word once, the other words in between."""
    filling = [f"{FILLER[n % len(FILLER)]}{n}" for n in range(length - len(words))]
    step = max(1, len(filling) // max(1, len(words)))
    for number, word in enumerate(words):
        filling.insert(number * (step + 1), word)
    return " ".join(filling)


TEXTS = {
    **{f"common-{name}": text(length, "parcel") for name, length in LENGTHS.items()},
    "rare-short": text(7, "refund"),
    "rare-long": text(31, "refund"),
    "both": text(21, "parcel", "refund"),
    "neither": text(7),
}


def by_whoosh(query: str) -> list[str]:
    index = RamStorage().create_index(Schema(id=ID(stored=True), text=TEXT(analyzer=chain("en"))))
    writer = index.writer()
    for id_, content in TEXTS.items():
        writer.add_document(id=id_, text=content)
    writer.commit()
    parsed = QueryParser("text", index.schema, group=OrGroup).parse(query)
    with index.searcher(weighting=BM25F(B=0.5, K1=1.2)) as searcher:
        return [hit["id"] for hit in searcher.search(parsed, limit=None, optimize=False)]


def by_us(query: str) -> list[str]:
    documents = [Document(id_, id_, id_, (content,)) for id_, content in TEXTS.items()]
    index = open_index(compile_index(documents, lang="en", meaning=False).__getitem__)
    return [hit.id for hit in index.search(query + " ").hits]


@pytest.mark.parametrize("query", ["parcel", "parcels", "refund", "refunded"])
def test_one_word_gives_the_order_of_whoosh(query: str) -> None:
    assert by_us(query) == by_whoosh(query)


@pytest.mark.parametrize("query", ["parcel refund", "refunds parcels"])
def test_two_words_give_the_first_of_whoosh_and_the_same_documents(query: str) -> None:
    ours, theirs = by_us(query), by_whoosh(query)
    assert ours[:2] == theirs[:2] == ["both", "rare-short"]
    assert set(ours) <= set(theirs)
