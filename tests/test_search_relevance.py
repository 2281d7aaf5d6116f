"""What comes first for realistic questions; claims and queries are in cases/search/shop.*.json."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from oftasked_search import compile_index, open_index
from searching import SHOPS, documents, index_files

if TYPE_CHECKING:
    from oftasked_search.reader import Index

CASES = [(lang, case) for lang, shop in sorted(SHOPS.items()) for case in shop["cases"]]

# In the customers' words, not the entry's: none of these finds it first by its words.
MEANT = {
    "i want my cash returned": "refund-duration",
    "shipment still missing": "delivery-time",
    "lost my login": "forgotten-password",
    "erase my profile": "delete-account",
    "i moved house": "change-address",
    "call the support team": "reach-us",
}
# A word or two are the entry's.
WORDED = {
    "send back a jacket": "return-goods",
    "how do i return shoes that do not fit": "return-goods",
    "get rid of my account": "delete-account",
    "cannot sign in any more": "forgotten-password",
    "is there a guarantee": "warranty",
    "new postal address": "change-address",
    "my bank card was declined, what else can i use": "payment-methods",
    "buy a coupon for a friend": "gift-cards",
    "speak to a human": "reach-us",
    "who runs this shop": "who-we-are",
    "money back for something that came damaged": "refund-duration",
}
MISTYPED = {
    "when does my parcle arive": "delivery-time",
    "garantee": "warranty",
    "can i send back a jackte": "return-goods",
    "buy a cuopon": "gift-cards",
    "earse my profile": "delete-account",
}
ELSEWHERE = (
    "what is the weather in paris",
    "who won the football match",
    "recipe for apple pie",
    "train me a neural network",
    "capital of france",
)


@cache
def shop(*, meaning: bool = True, synonyms: bool = True) -> Index:
    if synonyms:
        return open_index(index_files("en", meaning=meaning).__getitem__)
    return open_index(compile_index(documents("en"), lang="en", meaning=meaning).__getitem__)


def first(query: str, index: Index) -> str | None:
    hits = index.search(query, limit=1).hits
    return hits[0].id if hits else None


@pytest.mark.parametrize(("lang", "case"), CASES, ids=[f"{c[0]}: {c[1]['claim']}" for c in CASES])
def test_the_answer_comes_first(lang: str, case: dict[str, Any]) -> None:
    result = open_index(index_files(lang).__getitem__).search(case["query"])
    assert result.hits[0].id == case["first"], [hit.id for hit in result.hits]


@pytest.mark.parametrize("query", MEANT | WORDED)
def test_other_words_than_the_entrys_find_it(query: str) -> None:
    assert first(query, shop()) == (MEANT | WORDED)[query]


@pytest.mark.parametrize("query", MEANT)
def test_it_is_their_meaning_that_finds_it(query: str) -> None:
    assert first(query, shop(meaning=False)) != MEANT[query]


@pytest.mark.parametrize("query", WORDED)
def test_words_alone_find_it_among_the_first_three(query: str) -> None:
    hits = shop(meaning=False).search(query, limit=3).hits
    assert WORDED[query] in {hit.id for hit in hits}


def test_money_back_is_a_refund_though_nobody_wrote_it_down() -> None:
    assert first("can i get my money back", shop(synonyms=False)) == "refund-duration"
    assert first("when will i be reimbursed", shop(synonyms=False)) == "refund-duration"


@pytest.mark.parametrize("query", MISTYPED)
def test_a_misspelt_word_keeps_its_meaning(query: str) -> None:
    assert first(query, shop()) == MISTYPED[query]


@pytest.mark.parametrize("query", ELSEWHERE)
@pytest.mark.parametrize("meaning", [True, False], ids=["by meaning", "by words"])
def test_what_the_shop_cannot_know_is_not_called_answered(query: str, *, meaning: bool) -> None:
    assert not shop(meaning=meaning).search(query, limit=1).confident


@pytest.mark.parametrize("query", [q for q in WORDED if "shop" not in q and "coupon" not in q])
def test_what_the_shop_knows_is_called_answered(query: str) -> None:
    assert shop().search(query, limit=1).confident
