"""What a knowledge base holds after reading: values as they were meant."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from oftasked.knowledge import read
from oftasked.model import Access, Entry, KnowledgeBase, Status
from test_loading import AS_OF, unpack

SHOP = """
--- contacts.yml
default: support
contacts:
  logistics: {title: {en: Delivery, zh: 配送}, phone: 012345, reply_within: 6 h}
  support: {title: Support, email: help@example.com, form: "https://example.com/?q={question}&p={url}"}
--- synonyms.yml
zh: [[退款, 退钱]]
en: [[refund, money back]]
--- questions.yml
- ask: where is it
  expect: delivery-time
- {ask: 多久, expect: [delivery-time, texts], lang: zh, audience: prospects}
- {ask: elephants, expect: none}
--- prospects/order-status.yml
topic: {description: About orders, contact: logistics}
entries:
  - id: delivery-time
    question: >
      How long
      does it take?
    answer: |
      Two days. Or three.

      More.
    also_asked: [when, when, "no"]
    tags: [parcel]
    also_for: [new-customers]
    asked: 12.5
    pinned: true
    changed: 2026-08-01
    reviewed: "2026-01-01"
    review_every: 30
    valid_until: 2026-09-01
    notes: secret
  - id: texts
    question: 2024
    answer: 1e3
    summary: no
    also_asked: [012, on, 2026-09-01, 1:30, .5, "~"]
    contact: support
    access: members
    related: [delivery-time]
--- prospects/order-status.zh.yml
topic: {title: 订单}
entries:
  - {id: delivery-time, question: 多久？, answer: 两天。也许三天。}
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    root = tmp_path_factory.mktemp("shop")
    unpack(SHOP, root)
    reading = read(root, languages=("en", "zh"), as_of=AS_OF, shown_as="faq")
    assert reading.problems == ()
    assert reading.knowledge is not None
    return reading.knowledge


def entry(shop: KnowledgeBase, name: str) -> Entry:
    return next(entry for entry in shop.entries if entry.id == name)


def test_scalars_in_text_fields_stay_as_they_are_written(shop: KnowledgeBase) -> None:
    wording = entry(shop, "texts").wordings[0]
    assert (wording.question, wording.answer, wording.summary) == ("2024", "1e3", "no")
    assert wording.also_asked == ("012", "on", "2026-09-01", "1:30", ".5", "~")


def test_an_entry_holds_what_its_file_says(shop: KnowledgeBase) -> None:
    found = entry(shop, "delivery-time")
    assert found.audiences == ("prospects", "new-customers")
    assert (found.asked, found.pinned, found.review_every) == (12.5, True, 30)
    assert (found.changed, found.reviewed) == (dt.date(2026, 8, 1), dt.date(2026, 1, 1))
    assert entry(shop, "texts").related == ("delivery-time",)
    assert (found.place.path, found.place.line) == ("faq/prospects/order-status.yml", 3)
    assert found.wordings[0].question == "How long does it take?"
    assert found.wordings[0].also_asked == ("when", "no")
    assert found.status is Status.PUBLISHED


def test_contacts_are_inherited_from_topic_and_site(shop: KnowledgeBase) -> None:
    assert entry(shop, "delivery-time").contact == "logistics"
    assert entry(shop, "texts").contact == "support"
    assert [contact.id for contact in shop.contacts] == ["support", "logistics"]
    assert shop.contacts[1].phone == "012345"
    assert shop.contacts[1].title.get("zh") == "配送"


def test_a_missing_summary_is_the_first_sentence(shop: KnowledgeBase) -> None:
    english, chinese = entry(shop, "delivery-time").wordings
    assert (english.summary, english.summary_given) == ("Two days.", False)
    assert (chinese.summary, chinese.summary_given) == ("两天。", False)
    assert entry(shop, "texts").wordings[0].summary_given


def test_a_translation_inherits_tags_but_no_phrasings(shop: KnowledgeBase) -> None:
    chinese = entry(shop, "delivery-time").wording("zh")
    assert chinese.tags == ("parcel",)
    assert chinese.phrasings == ("多久？",)
    assert entry(shop, "texts").wording("zh").lang == "en"


def test_topics_are_named_after_their_files_and_translated(shop: KnowledgeBase) -> None:
    (topic,) = shop.topics
    assert topic.id == "prospects/order-status"
    assert topic.title.by_lang == (("en", "Order status"), ("zh", "订单"))
    assert topic.description.get("zh") == "About orders"


def test_synonyms_and_questions_are_in_the_site_s_languages(shop: KnowledgeBase) -> None:
    assert [lang for lang, _ in shop.synonyms] == ["en", "zh"]
    assert [question.expect for question in shop.questions] == [
        ("delivery-time",),
        ("delivery-time", "texts"),
        (),
    ]
    assert [question.lang for question in shop.questions] == ["en", "zh", "en"]


def test_the_default_audiences_speak_english_and_chinese(shop: KnowledgeBase) -> None:
    assert [audience.id for audience in shop.audiences] == [
        "prospects",
        "new-customers",
        "returning-customers",
        "individual-help",
    ]
    assert all({lang for lang, _ in a.title.by_lang} == {"en", "zh"} for a in shop.audiences)


def test_a_date_of_validity_decides_the_ranking_only(tmp_path: Path) -> None:
    unpack(SHOP, tmp_path)
    later = read(tmp_path, languages=("en", "zh"), as_of=dt.date(2026, 9, 2)).knowledge
    assert later is not None
    assert [entry.id for entry in later.entries] == ["delivery-time", "texts"]
    assert later.ranking.overall == ("texts",)


def test_access_is_the_strictest_of_audience_topic_and_entry(tmp_path: Path) -> None:
    case = """
--- audiences.yml
audiences: [{id: club, access: members}, {id: all}]
--- club/a.yml
entries: [{id: one, question: Q, answer: A}, {id: two, question: Q, answer: A, access: internal}]
--- all/b.yml
topic: {access: members}
entries: [{id: three, question: Q, answer: A, also_for: [club]}]
"""
    unpack(case, tmp_path)
    knowledge = read(tmp_path, as_of=AS_OF).knowledge
    assert knowledge is not None
    assert [(e.id, e.access) for e in knowledge.entries] == [
        ("one", Access.MEMBERS),
        ("three", Access.MEMBERS),
        ("two", Access.INTERNAL),
    ]
    assert [audience.title.get("en") for audience in knowledge.audiences] == ["Club", "All"]


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path: Path) -> None:
    folder = tmp_path / "prospects"
    folder.mkdir()
    text = "entries:\n  - id: one\n    question: Q\n    answer: |\n      A.\n\n      B.\n"
    text = text.replace("\n", "\r\n")
    (folder / "a.yml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    ledger = "date,entry,audience,channel,count\r\n2026-08-01,one,,,3\r\n"
    (tmp_path / "asks.csv").write_bytes(b"\xef\xbb\xbf" + ledger.encode())
    reading = read(tmp_path, as_of=AS_OF)
    assert reading.problems == ()
    assert reading.knowledge is not None
    assert reading.knowledge.entries[0].wordings[0].answer == "A.\n\nB."
    assert reading.knowledge.ranking.score == (("one", 3.0),)


def test_bytes_that_are_no_text_are_placed(tmp_path: Path) -> None:
    (tmp_path / "prospects").mkdir()
    (tmp_path / "prospects" / "a.yml").write_bytes(b"entries:\n  - id: caf\xe9\n")
    problems = read(tmp_path, as_of=AS_OF, shown_as="faq").problems
    assert "faq/prospects/a.yml:2:12: the text is not UTF-8; save the file as UTF-8" in map(
        str, problems
    )


def test_links_out_of_the_folder_are_errors(tmp_path: Path) -> None:
    root = tmp_path / "faq"
    unpack("--- prospects/a.yml\nentries: [{id: one, question: Q, answer: A}]\n", root)
    (tmp_path / "secret.png").write_bytes(b"x")
    (root / "prospects" / "inside.png").symlink_to(root / "prospects" / "a.yml")
    (root / "prospects" / "out.png").symlink_to(tmp_path / "secret.png")
    (root / "prospects" / "lost.png").symlink_to(tmp_path / "nothing.png")
    (root / "new-customers").symlink_to(root / "prospects")
    found = [(p.path, p.message) for p in read(root, as_of=AS_OF, shown_as="faq").problems]
    assert found == [
        ("faq/new-customers", "the symbolic link leads to a folder"),
        ("faq/prospects/lost.png", "the symbolic link leads nowhere"),
        ("faq/prospects/out.png", "the symbolic link leads out of the folder"),
    ]


def test_an_oversized_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "prospects").mkdir()
    (tmp_path / "prospects" / "a.yml").write_bytes(b"#" * (8 * 1024 * 1024 + 1))
    messages = [problem.message for problem in read(tmp_path, as_of=AS_OF).problems]
    assert "the file is larger than 8 MiB" in messages


def test_a_folder_that_does_not_exist_is_a_problem(tmp_path: Path) -> None:
    reading = read(tmp_path / "nowhere", as_of=AS_OF, shown_as="faq")
    assert reading.knowledge is None
    assert str(reading.problems[0]) == "faq:1:1: there is no such folder; create it"


def test_reading_does_not_depend_on_where_the_folder_is(tmp_path: Path) -> None:
    for name in ("one", "two"):
        unpack(SHOP, tmp_path / name)
    first, second = (
        read(tmp_path / name, languages=("en", "zh"), as_of=AS_OF, shown_as="faq").knowledge
        for name in ("one", "two")
    )
    assert first is not None
    assert second is not None
    assert first.entries == second.entries
    assert first.ranking == second.ranking
