"""What `oftasked check` asks editors to look at once more, and what it leaves alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from oftasked import knowledge
from oftasked.problems import Problem, Severity
from oftasked.reviewing import review
from support import AS_OF, write

HEADER = "date,entry,audience,channel,count\n"
PAY = """\
entries:
  - id: pay-cards
    question: Which credit cards do you take?
    answer: Visa and Mastercard.
"""
SHOPS = """\
entries:
  - {id: phone, question: Can I phone you?, answer: Yes.}
  - {id: shops, question: Where are your shops?, answer: In Linden.}
  - {id: gifts, question: Do you sell gift wrap?, answer: Yes.}
  - {id: shirts, question: How do I return a shirt?, answer: By post.}
"""
TRACK = """\
entries:
  - id: track-parcel
    question: Where is my parcel right now?
    answer: Open the link in your dispatch e-mail.
"""


def doubts(
    folder: Path, files: dict[str, str], *, as_of: dt.date = AS_OF, languages: tuple[str, ...] = ()
) -> tuple[Problem, ...]:
    write(folder, files)
    reading = knowledge.read(folder, languages=languages or ("en",), as_of=as_of, shown_as="faq")
    assert reading.knowledge is not None, reading.problems
    return review(reading.knowledge)


def said(found: tuple[Problem, ...]) -> list[str]:
    assert all(problem.severity is Severity.WARNING for problem in found)
    return [str(problem) for problem in found]


def with_fields(topic: str, *fields: str) -> str:
    return topic + "".join(f"    {field}\n" for field in fields)


def test_a_good_knowledge_base_is_left_in_peace(tmp_path: Path) -> None:
    files = {"prospects/payment.yml": PAY, "new-customers/delivery.yml": TRACK}
    assert doubts(tmp_path, files) == ()


def test_two_entries_with_nearly_the_same_question_are_named_together(tmp_path: Path) -> None:
    twin = PAY.replace("pay-cards", "cards-taken").replace("Which", "Which of the")
    [line] = said(
        doubts(tmp_path, {"prospects/payment.yml": PAY, "new-customers/payment.yml": twin})
    )
    assert line == (
        "faq/new-customers/payment.yml:3:15: warning: `cards-taken` and `pay-cards` answer nearly "
        "the same question: “Which of the credit cards do you take?”, “Which credit cards do you "
        "take?”; merge them with `replaces: [pay-cards]`, or make the questions differ"
    )


def test_a_phrasing_that_finds_another_entry_first_is_reported_in_its_own_line(
    tmp_path: Path,
) -> None:
    accepted = "also_asked: [credit card accepted, paying by credit card, is my card accepted]"
    where = ("also_asked:", "  - tracking", "  - credit card accepted where")
    files = {
        "prospects/payment.yml": with_fields(PAY, accepted, "tags: [credit card]", "asked: 900"),
        "new-customers/delivery.yml": with_fields(TRACK, *where),
        "prospects/shops.yml": SHOPS,
    }
    [line] = said(doubts(tmp_path, files))
    assert line == (
        "faq/new-customers/delivery.yml:7:9: warning: “credit card accepted where” finds "
        "`pay-cards` before `track-parcel`; say what is particular to `track-parcel`, or move the "
        "phrasing to `pay-cards`"
    )


def test_entries_reported_as_doubles_are_not_reported_again(tmp_path: Path) -> None:
    asked = with_fields(PAY, "asked: 900").replace("Which credit cards", "Cards that")
    other = TRACK.replace("Where is my parcel right now?", "Cards that do you take")
    found = said(
        doubts(tmp_path, {"prospects/payment.yml": asked, "new-customers/delivery.yml": other})
    )
    assert len(found) == 1
    assert "nearly the same question" in found[0]


@pytest.mark.parametrize("field", ["status: draft", "status: retired", "valid_until: 2026-11-21"])
def test_what_nobody_reads_today_is_left_alone(tmp_path: Path, field: str) -> None:
    twin = with_fields(PAY.replace("pay-cards", "cards-taken"), field, "review_every: 1")
    files = {"prospects/payment.yml": PAY, "new-customers/payment.yml": twin}
    assert doubts(tmp_path, files) == ()


@pytest.mark.parametrize("access", ["members", "internal"])
def test_what_only_some_may_read_is_compared_too(tmp_path: Path, access: str) -> None:
    twin = with_fields(PAY.replace("pay-cards", "cards-taken"), f"access: {access}")
    files = {"prospects/payment.yml": PAY, "new-customers/payment.yml": twin}
    assert "`cards-taken` and `pay-cards`" in said(doubts(tmp_path, files))[0]


def test_an_internal_entry_stands_in_no_visitors_way(tmp_path: Path) -> None:
    secret = with_fields(
        TRACK.replace("Where is my parcel right now?", "Which cards, credit, debit, take"),
        "also_asked: [credit cards taken by which bank]",
        "access: internal",
        "asked: 9999",
    )
    public = with_fields(PAY, "also_asked: [credit cards taken by bank]")
    found = said(
        doubts(tmp_path, {"prospects/payment.yml": public, "new-customers/delivery.yml": secret})
    )
    assert not [line for line in found if "prospects/payment.yml" in line and "finds" in line]


def test_missing_translations_are_one_line_for_a_topic_and_language(tmp_path: Path) -> None:
    entries = "".join(
        f"  - {{id: e{number}, question: Question {number}?, answer: Yes.}}\n"
        for number in range(10, 20)
    )
    files = {
        "prospects/many.yml": "entries:\n" + entries,
        "prospects/payment.yml": PAY,
        "prospects/payment.zh.yml": (
            "entries:\n  - {id: pay-cards, question: 能刷信用卡吗？, answer: 能。}\n"
        ),
    }
    found = said(doubts(tmp_path, files, languages=("en", "zh", "fr")))
    missing = [line for line in found if "not written in" in line]
    assert [line.partition(": ")[0] for line in missing] == [
        "faq/prospects/many.yml:2:5",
        "faq/prospects/many.yml:2:5",
        "faq/prospects/payment.yml:2:5",
    ]
    assert "all 10 entries are not written in `fr`: `e10`, `e11`" in missing[0]
    assert missing[0].endswith("`e17` and 2 more; write them in prospects/many.fr.yml")
    assert "the only entry is not written in `fr`: `pay-cards`" in missing[2]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (("reviewed: 2026-11-01", "review_every: 21"), None),
        (("reviewed: 2026-11-01", "review_every: 20"), "1 day overdue (last 2026-11-01)"),
        (("changed: 2026-01-01", "review_every: 30"), "295 days overdue (last 2026-01-01)"),
        (("changed: 2026-01-01", "reviewed: 2026-11-20", "review_every: 30"), None),
        (("review_every: 30",), "is to be reviewed every 30 days, but never was"),
        (("reviewed: 2020-01-01",), None),
    ],
)
def test_a_review_is_due_as_often_as_the_entry_says(
    tmp_path: Path, fields: tuple[str, ...], expected: str | None
) -> None:
    found = said(doubts(tmp_path, {"prospects/payment.yml": with_fields(PAY, *fields)}))
    assert [expected in line for line in found if expected] == ([True] if expected else [])
    assert len(found) == (expected is not None)


@pytest.mark.parametrize(
    ("first", "others", "fields", "is_silent"),
    [
        ("2025-11-20", "", (), True),
        ("2025-11-21", "", (), False),
        ("2025-11-20", "2025-11-20,pay-cards,,,1\n", (), True),
        ("2025-11-20", "2025-11-21,pay-cards,,,1\n", (), False),
        ("2025-11-20", "", ("changed: 2026-02-01",), False),
        ("2025-11-20", "", ("changed: 2025-02-01",), True),
        ("2025-11-20", "", ("valid_from: 2026-02-01",), False),
        ("2025-11-21", "2026-12-20,track-parcel,,,1\n", (), False),
    ],
    ids=[
        "a year without an ask",
        "a ledger of less than a year",
        "asked a year ago",
        "asked within the year",
        "changed since",
        "changed before",
        "added since",
        "later rows do not count yet",
    ],
)
def test_nobody_asked_for_a_year_if_the_ledger_can_tell(
    tmp_path: Path, first: str, others: str, fields: tuple[str, ...], is_silent: bool
) -> None:
    newest = "2026-11-20,track-parcel,,,1\n"
    files = {
        "prospects/payment.yml": with_fields(PAY, *fields),
        "new-customers/delivery.yml": TRACK,
        "asks.csv": f"{HEADER}{first},track-parcel,,,1\n{newest}{others}",
    }
    found = said(doubts(tmp_path, files))
    assert bool(found) is is_silent
    assert all("nobody has asked since 2025-11-20 for: `pay-cards`" in line for line in found)


def test_a_build_asks_none_of_this(tmp_path: Path) -> None:
    stale = with_fields(PAY, "reviewed: 2020-01-01", "review_every: 1")
    write(tmp_path, {"prospects/payment.yml": stale})
    assert knowledge.read(tmp_path, as_of=AS_OF).problems == ()
