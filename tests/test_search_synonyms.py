"""Synonyms: both ways, of several words, in both languages, the same in both readers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from oftasked_search import Document, compile_index, open_index
from searching import ask_node, write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

GROUPS = {
    "en": [
        ["refund", "money back", "reimbursement"],
        ["gift card", "gift voucher"],
        ["pre-order", "order in advance"],
        ["2fa", "two step"],
    ],
    "zh": [
        ["退款", "退钱", "钱退回来"],
        ["快递", "包裹", "丰巢"],
        ["微信支付", "WeChat Pay"],
        ["门", "关"],
    ],
}
ENTRIES = {
    "en": {
        "refund": "When is my refund paid?",
        "voucher": "How long is a gift voucher valid?",
        "advance": "Can I order in advance?",
        "two-step": "Set up two step sign-in",
        "hours": "When are you open?",
    },
    "zh": {
        "refund": "退款多久到账？",
        "parcel": "快递几天到？",
        "wechat": "可以用微信支付吗？",
        "hours": "几点开门？",
    },
}


def document(id_: str, phrasing: str, lang: str) -> Document:
    return Document(id_, f"q/{id_}/", phrasing, (phrasing,), lang=lang)


def index(lang: str) -> dict[str, bytes]:
    docs = [document(id_, text, lang) for id_, text in ENTRIES[lang].items()]
    return compile_index(docs, lang=lang, synonyms=GROUPS[lang], meaning=False)


def found(files: dict[str, bytes], queries: Sequence[str], folder: Path) -> list[list[str]]:
    """Return the ids that both readers find, after seeing that they agree on their scores."""
    reader = open_index(files.__getitem__)
    answers = [reader.search(query).hits for query in queries]
    asked = [{"query": query, "limit": 10, "facets": {}} for query in queries]
    browser = ask_node(write(files, folder), asked)
    assert [[(hit["id"], hit["score"]) for hit in answer["hits"]] for answer in browser] == [
        [(hit.id, hit.score) for hit in hits] for hits in answers
    ]
    return [[hit.id for hit in hits] for hits in answers]


CASES = {
    "en": {
        "reimbursement": "refund",
        "money back": "refund",
        "want my money back please": "refund",
        "gift card": "voucher",
        "GIFT CARDS": "voucher",
        "pre-order": "advance",
        "pre order": "advance",
        "preorder": "advance",
        "2FA": "two-step",
    },
    "zh": {
        "退钱": "refund",
        "钱怎么还没退，能退钱吗": "refund",
        "钱退回来了吗": "refund",
        "包裹": "parcel",
        "包裹在哪": "parcel",
        "wechat pay": "wechat",
        "ＷｅＣｈａｔ　Ｐａｙ": "wechat",
        "关": "hours",
        "退錢": "refund",
        "錢退回來了嗎": "refund",
        "豐巢": "parcel",
        "關": "hours",
    },
}


@pytest.mark.parametrize("lang", sorted(CASES))
def test_every_word_of_a_group_finds_the_others(lang: str, tmp_path: Path) -> None:
    first = found(index(lang), list(CASES[lang]), tmp_path)
    assert {query: hits[:1] for query, hits in zip(CASES[lang], first, strict=True)} == {
        query: [id_] for query, id_ in CASES[lang].items()
    }


def test_it_works_in_both_directions(tmp_path: Path) -> None:
    docs = [document("a", "gift voucher", "en"), document("b", "gift card", "en")]
    for one, query in ((docs[0], "gift card"), (docs[1], "gift voucher")):
        files = compile_index([one], lang="en", synonyms=GROUPS["en"], meaning=False)
        assert found(files, [query], tmp_path) == [[one.id]]


@pytest.mark.parametrize(
    ("lang", "own", "other"),
    [
        ("en", "refund", "reimbursement"),
        ("en", "gift card", "gift voucher"),
        ("en", "refund", "money back"),
        ("zh", "快递", "包裹"),
        ("zh", "退款", "钱退回来"),
    ],
)
def test_an_exact_match_comes_first_and_keeps_its_weight(
    lang: str, own: str, other: str, tmp_path: Path
) -> None:
    docs = [document("a-other", other, lang), document("b-own", own, lang)]
    files = compile_index(docs, lang=lang, synonyms=GROUPS[lang], meaning=False)
    assert [hits[0] for hits in found(files, [own, other], tmp_path)] == ["b-own", "a-other"]
    plain = compile_index(docs, lang=lang, meaning=False)
    with_synonyms, without = (
        open_index(each.__getitem__).search(own).hits[0] for each in (files, plain)
    )
    assert with_synonyms.score >= without.score


PARTIAL = {
    "en": (
        ["plastic", "credit card"],
        {
            "whole": ("Is a credit card accepted?",),
            "scattered": ("Where is my credit note?", "Send a birthday card"),
            "part": ("Card for a birthday",),
        },
        "plastic",
    ),
    "zh": (
        ["票据", "增值税发票"],
        {
            "whole": ("能开增值税发票吗",),
            "scattered": ("增值税是多少", "发票丢了"),
            "part": ("增值服务有哪些",),
        },
        "票据",
    ),
}


@pytest.mark.parametrize("lang", sorted(PARTIAL))
def test_a_part_of_a_phrase_does_not_stand_for_what_the_phrase_means(
    lang: str, tmp_path: Path
) -> None:
    group, entries, query = PARTIAL[lang]
    docs = [Document(id_, id_, texts[0], texts, lang=lang) for id_, texts in entries.items()]
    files = compile_index(docs, lang=lang, synonyms=[group], meaning=False)
    [hits] = found(files, [query], tmp_path)
    assert hits[0] == "whole"
    plain = compile_index(docs, lang=lang, meaning=False)
    without, with_it = (
        {hit.id: hit.score for hit in open_index(each.__getitem__).search(query).hits}
        for each in (plain, files)
    )
    assert {id_ for id_, score in with_it.items() if score > without.get(id_, 0)} == {"whole"}


def test_a_phrase_in_the_answer_counts_there(tmp_path: Path) -> None:
    docs = [
        Document("a", "a", "Ways to pay", ("Ways to pay",), body="Any credit card will do."),
        Document("b", "b", "Birthdays", ("Birthdays",), body="A card and a cake."),
    ]
    files = compile_index(docs, lang="en", synonyms=[["plastic", "credit card"]], meaning=False)
    assert found(files, ["plastic"], tmp_path) == [["a"]]


def test_the_words_of_a_long_phrase_are_worth_no_more_than_the_one_word_for_it() -> None:
    docs = [document("a", "preorder it", "en"), document("b", "lantern", "en")]
    group = ["preorder", "zig zag zug"]
    index = open_index(compile_index(docs, lang="en", synonyms=[group], meaning=False).__getitem__)
    asked = [index.search(query).hits[0] for query in ("preorder ", "zig zag zug ")]
    assert [hit.id for hit in asked] == ["a", "a"]
    assert asked[1].score < asked[0].score


def test_a_language_has_no_synonyms_of_another() -> None:
    stored = json.loads(index("zh")["manifest.json"])["lexicon"]["synonyms"]
    assert ["refund"] not in [phrase for group in stored for phrase in group]
