"""Which phrasings are like a text, and which entries probably answer one question."""

from __future__ import annotations

import pytest

from oftasked.similar import NEARLY_THE_SAME, WORTH_ASKING, Pair, Phrasing, Phrasings, same_words
from support import entry

SHOP = (
    entry("delivery-time", "How long does delivery take?", also_asked=["when will my parcel come"]),
    entry("track-parcel", "Where is my parcel?", also_asked=["track my order"]),
    entry("pay-cards", "Which cards do you take?", also_asked=["can I pay by card"]),
    entry("pay-parts", "Can I pay in 3 parts?"),
    entry("returns", "How do I send something back?", also_asked=["return an item"]),
    entry("invoice", "Where do I find my invoice?"),
)
CHINESE = (
    "包裹还没有收到怎么办",
    "怎么申请退货",
    "怎样才能申请开发票",
    "可以用银行卡付款吗",
    "积分什么时候到期",
)


def near(*questions: str) -> tuple[Pair, ...]:
    """Near-duplicates when the shop has these questions as well, each an entry of its own."""
    others = [entry(f"new-{at}", text) for at, text in enumerate(questions)]
    return Phrasings.of((*SHOP, *others), "en").near_duplicates()


def are_near_in_chinese(one: str, other: str) -> bool:
    rows = [Phrasing(f"e{at}", 0, text) for at, text in enumerate((*CHINESE, one, other))]
    return bool(Phrasings(rows, "zh").near_duplicates())


def test_a_question_asked_in_other_words_is_similar() -> None:
    [first, *_] = Phrasings.of(SHOP, "en").closest("when does my parcel come?")
    assert (first.entry_id, first.phrasing) == ("delivery-time", "when will my parcel come")
    assert WORTH_ASKING <= first.likeness < 1


def test_a_slip_of_the_keyboard_hides_nothing() -> None:
    [first, *_] = Phrasings.of(SHOP, "en").closest("wher do i find my invocie")
    assert first.entry_id == "invoice"


def test_the_same_words_are_entirely_alike_and_come_first() -> None:
    found = Phrasings.of(SHOP, "en").closest("Where is my PARCEL??")
    assert (found[0].entry_id, found[0].likeness) == ("track-parcel", 1.0)


def test_each_entry_is_named_once_with_its_best_phrasing() -> None:
    found = Phrasings.of(SHOP, "en").closest("track my order", 10, at_least=0.01)
    ids = [each.entry_id for each in found]
    assert len(ids) == len(set(ids))
    assert found[0].phrasing == "track my order"


def test_there_are_never_more_than_asked_for() -> None:
    assert len(Phrasings.of(SHOP, "en").closest("my parcel", 1, at_least=0.01)) == 1


@pytest.mark.parametrize("text", ["", "???", "🦄", "xylophone lessons", "how do I"])
def test_what_shares_nothing_of_weight_is_like_nothing(text: str) -> None:
    assert Phrasings.of(SHOP, "en").closest(text) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How can I delete my account?", "How do I delete my account?"),
        ("Do you ship to Norway?", "do you ship to norway"),
        ("What are the symptoms of an overheated charger?", "Symptoms of an overheated charger"),
    ],
)
def test_questions_that_differ_in_function_words_only_are_near_duplicates(
    one: str, other: str
) -> None:
    [pair] = near(one, other)
    assert (pair.one.entry_id, pair.other.entry_id) == ("new-0", "new-1")
    assert pair.likeness >= NEARLY_THE_SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Can I change my address?", "Why can't I change my address?"),
        ("Which parts fit the kettle X200?", "Which parts fit the kettle X300?"),
        ("Where do you verify addresses?", "Why do you verify addresses?"),
        ("How do I delete my account?", "How do I delete my order?"),
        ("Do you ship with insurance?", "Do you ship without insurance?"),
    ],
)
def test_a_negation_a_number_or_a_noun_makes_another_question(one: str, other: str) -> None:
    assert near(one, other) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("会员卡丢了怎么办？", "会员卡丢了怎么办"),
        ("请问怎么修改收货地址", "怎么修改收货地址"),
        ("能不能修改收货地址", "能修改收货地址吗"),
    ],
)
def test_chinese_questions_with_other_function_words_are_near_duplicates(
    one: str, other: str
) -> None:
    assert are_near_in_chinese(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("怎么修改收货地址", "为什么不能修改收货地址"),
        ("退款收到了但是金额少", "退款没收到但是金额少"),
        ("满50元包邮吗", "满99元包邮吗"),
    ],
)
def test_chinese_negations_and_numbers_make_another_question(one: str, other: str) -> None:
    assert not are_near_in_chinese(one, other)


def test_phrasings_of_one_entry_are_no_duplicates_of_each_other() -> None:
    twice = entry("gift", "Do you wrap gifts?", also_asked=["do you wrap gifts", "wrap gifts"])
    assert Phrasings.of((*SHOP, twice), "en").near_duplicates() == ()


def test_of_many_entries_with_the_same_words_each_is_paired_with_the_first() -> None:
    same = [entry(f"gift-{at}", "Do you wrap gifts?") for at in range(5)]
    found = Phrasings.of(same, "en").near_duplicates()
    assert [(pair.one.entry_id, pair.other.entry_id) for pair in found] == [
        ("gift-0", f"gift-{at}") for at in range(1, 5)
    ]


def test_the_pair_named_is_that_of_the_questions_where_several_are_alike() -> None:
    one = entry("wrap", "Do you wrap gifts?", also_asked=["gift wrapping paper"])
    other = entry("paper", "Do you wrap gifts", also_asked=["gift wrapping paper"])
    [pair] = Phrasings.of((*SHOP, one, other), "en").near_duplicates()
    assert (pair.one.number, pair.other.number) == (0, 0)


def test_comparing_few_finds_what_comparing_all_would() -> None:
    verbs, nouns = ("track", "send back", "cancel"), ("parcel", "blue parcel", "first order")
    asked = [f"{verb} my {noun}" for verb in verbs for noun in nouns]
    texts = [*asked, *(f"please {text}" for text in asked)]
    entries = [entry(f"e{at:02}", text) for at, text in enumerate(texts)]
    phrasings = Phrasings.of(entries, "en")
    everything = {
        tuple(sorted((each.id, similar.entry_id)))
        for each in entries
        for similar in phrasings.closest(
            each.wordings[0].question, len(entries), at_least=NEARLY_THE_SAME
        )
        if similar.entry_id != each.id
    }
    found = {(pair.one.entry_id, pair.other.entry_id) for pair in phrasings.near_duplicates()}
    assert found == everything
    assert found


def test_only_wordings_of_the_language_are_compared() -> None:
    assert Phrasings.of(SHOP, "zh").closest("Where is my parcel?") == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Where is my parcel?", "where is  my PARCEL", True),
        ("快递到哪了？", "快递到哪了", True),
        ("Where is my parcel?", "Where is my order?", False),
        ("When will it come", "Will it come when", False),
    ],
)
def test_only_signs_and_case_make_no_other_phrasing(one: str, other: str, same: bool) -> None:
    assert same_words(one, other) is same
