"""What Chinese words mean: found at build time, met by readers as directions."""

from __future__ import annotations

import pytest

from oftasked_search import Document, compile_index, open_index
from oftasked_search.gathering import gather
from oftasked_search.meanings import Meaning
from oftasked_search.queries import standing
from oftasked_search.terms import analyser
from oftasked_search.treating import treatment
from oftasked_search.unspaced import importance, runs

QUESTIONS = (
    "怎么退款",
    "发票抬头写错了",
    "商品什么时候送到",
    "忘记密码怎么登录",
    "会员积分会过期吗",
)


def asked() -> list[Document]:
    return [
        Document(id=text, url=f"{n}/", title=text, phrasings=(text,), body="", lang="zh")
        for n, text in enumerate(QUESTIONS)
    ]


def meaning(lang: str = "zh") -> Meaning:
    treated = treatment(lang, meaning=True)
    found = gather(asked(), treated)
    return treated.meaning(found.levels, found.relations)


def test_common_characters_deserve_less_of_their_weight_and_pairs_the_middle_of_theirs() -> None:
    share = importance("zh-TW").of
    assert 0 < share("的") < share("钱") < share("款") <= 1
    assert share("的") < share("的款") < share("款")


def test_languages_without_a_table_keep_their_shares() -> None:
    assert type(importance("ja")) is type(importance("en"))


@pytest.mark.parametrize("text", ["退款要多久", "退", "退款", "退款, 多久 abc 怎么退", ""])
def test_runs_of_text_are_found_again_in_its_terms(text: str) -> None:
    words = analyser("zh").words(text)
    found = "".join(runs([word.term for word in words]))
    assert found == "".join(c for c in text if c > "\u3400")


def test_a_pair_that_overlaps_with_a_word_before_it_does_not_stand() -> None:
    general = {"退款", "款要", "多久", "要", "久", "refund"}
    assert standing("退款要多久", analyser("zh"), general) == {"退款", "要", "多久", "refund"}


@pytest.mark.parametrize(
    ("word", "question"),
    [
        ("快递", "商品什么时候送到"),
        ("包裹", "商品什么时候送到"),
        ("退货", "怎么退款"),
        ("票", "发票抬头写错了"),
        ("帐号", "忘记密码怎么登录"),
    ],
)
def test_a_word_is_nearest_to_what_means_it_in_other_words(word: str, question: str) -> None:
    found = meaning()
    vector = next(each.vector for each in found.related if each.term == word)
    wanted = found.space.question([(100, vector)])
    near = [wanted.nearness(direction) for direction in found.directions]
    assert QUESTIONS[near.index(max(near))] == question


def test_meaning_raises_the_entry_that_a_question_means() -> None:
    plain, meant = (compile_index(asked(), lang="zh", meaning=m) for m in (False, True))
    hits = [open_index(f.__getitem__).search("快递送来要几天").hits[0] for f in (plain, meant)]
    assert [hit.id for hit in hits] == ["商品什么时候送到"] * 2
    assert hits[0].score < hits[1].score


def test_the_same_documents_always_mean_the_same() -> None:
    assert meaning() == meaning() != Meaning()
    assert meaning("ja") == Meaning()
