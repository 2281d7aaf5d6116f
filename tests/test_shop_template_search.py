"""The shop template's search, as customers type: both readers alike, slips, scripts, widths."""

from __future__ import annotations

import datetime as dt
import random
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import oftasked
from oftasked import editions, knowledge
from oftasked.contents import search_index
from oftasked_search import han, open_index
from searching import answers, ask_node, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oftasked.editions import Edition
    from oftasked.model import KnowledgeBase
    from oftasked_search import Index

SHOP = Path(oftasked.__file__).parent / "templates" / "shop" / "faq"
LANGUAGES = ("en", "zh")
AS_OF = dt.date(2026, 11, 22)
LEAST_COMPARED = 300
SHORT = 5  # characters: with one of them wrong, little is left to go by
SLIPS = ("missing", "swapped", "wrong")


@cache
def knowledge_base() -> KnowledgeBase:
    reading = knowledge.read(SHOP, languages=LANGUAGES, as_of=AS_OF, shown_as="faq")
    assert reading.knowledge is not None, reading.problems
    return reading.knowledge


@cache
def edition(lang: str) -> Edition:
    return editions.cut(knowledge_base(), lang=lang)


@cache
def files(lang: str) -> dict[str, bytes]:
    return search_index(edition(lang))


@cache
def index(lang: str) -> Index:
    return open_index(files(lang).__getitem__)


def phrasings(lang: str) -> Iterator[tuple[str, str]]:
    """Yield each phrasing with the id of its entry."""
    for entry in edition(lang).entries.values():
        for phrasing in edition(lang).wording(entry).phrasings:
            yield phrasing, entry.id


def slipped(text: str, slip: str) -> str | None:
    """Return a text with one Chinese character missing, swapped or wrong; None if it has none."""
    chance = random.Random(f"{slip} {text}")  # noqa: S311 - the seed makes the case
    places = [at for at, c in enumerate(text[:-1]) if is_han(c) and is_han(text[at + 1])]
    if not places:
        return None
    at = chance.choice(places)
    before, one, other, rest = text[:at], text[at], text[at + 1], text[at + 2 :]
    if slip == "missing":
        return before + other + rest
    return before + (other + one if slip == "swapped" else chr(ord(one) + 1) + other) + rest


def is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def wide(text: str) -> str:
    """Return a text as an input method for Chinese may write it: letters and digits full width."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def traditional(text: str) -> str:
    """Return a text with every character in a traditional form that means it."""
    forms = {new: chr(old) for old, new in han.simplified().items()}
    return "".join(forms.get(character, character) for character in text)


def found(lang: str, query: str) -> list[tuple[str, int]]:
    return [(hit.id, hit.score) for hit in index(lang).search(query).hits]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_readers_give_the_same_for_all_that_customers_ask(lang: str, tmp_path: Path) -> None:
    asked = [question.ask for question in knowledge_base().questions]
    written = [text for text, _ in phrasings(lang)]
    asked += written[::9]
    asked += [text[: 2 * len(text) // 3] for text in written[4::9]]
    asked += [text[:2] + text[3:] for text in written[7::9]]
    asked += [wide(written[0]), traditional(written[1]), "A-100", "退货 label R-118204, 3.5 kg"]
    assert len(set(asked)) >= LEAST_COMPARED
    facets: list[dict[str, str]] = [{}, {}, {}, {"audience": "prospects"}]
    rows: list[dict[str, Any]] = [
        {"query": query, "limit": 10, "facets": facets[number % 4]}
        for number, query in enumerate(asked)
    ]
    for row, browser, python in zip(
        rows,
        ask_node(write(files(lang), tmp_path), rows),
        answers(files(lang), rows),
        strict=True,
    ):
        assert browser == python, row


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_one_chinese_character_does_not_lose_the_entry(slip: str) -> None:
    asked = [
        (text, query, identity)
        for text, identity in list(phrasings("zh"))[SLIPS.index(slip) :: 2]
        if (query := slipped(text, slip))
    ]
    lost = [
        (text, query)
        for text, query, identity in asked
        if identity not in {hit.id for hit in index("zh").search(query, limit=3).hits}
    ]
    assert len(asked) > 300
    longer = [text for text, _, _ in asked if len(text) > SHORT]
    assert sum(len(text) > SHORT for text, _ in lost) <= len(longer) // 200, lost
    assert len(lost) <= len(asked) // 50, lost


@pytest.mark.parametrize("query", ["保休期多长", "保期多长", "修保期多长", "保修多长期"])
def test_a_short_question_with_a_slip_finds_the_warranty(query: str) -> None:
    assert "warranty-length" in [identity for identity, _ in found("zh", query)][:3]


def test_traditional_characters_give_what_simplified_ones_give() -> None:
    texts = [text for text, _ in phrasings("zh")][::5]
    changed = [text for text in texts if traditional(text) != text]
    assert len(changed) > 100
    for text in changed:
        assert found("zh", traditional(text)) == found("zh", text), text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_full_width_letters_and_digits_give_what_narrow_ones_give(lang: str) -> None:
    texts = [text for text, _ in phrasings(lang) if wide(text) != text]
    assert len(texts) > 10
    for text in texts[::8]:
        assert found(lang, wide(text)) == found(lang, text), text


CORRECTED = {
    "en": {
        "where is my parcle": "where is my parcel",
        "I forgot my pasword!": "I forgot my password!",
        "Retrun a gift": "return a gift",
        "giftcard balence": "giftcard balance",
        "refund not recieved": "refund not received",
        "退货 lable": "退货 label",
        "where is my parcel": None,
        "A-100": None,
        "R118204": None,
    },
    "zh": {
        "可以用 paypla 吗": "可以用 paypal 吗",
        "付款 paypla": "付款 paypal",
        "ＰＡＹＰＬＡ": "paypal",
        "退货": None,
        "A-100": None,
    },
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_probably_meant_is_proposed_in_place_of_a_misspelt_word(
    lang: str, tmp_path: Path
) -> None:
    rows: list[dict[str, Any]] = [
        {"query": f"{query} ", "limit": 1, "facets": {}} for query in CORRECTED[lang]
    ]
    for told in (ask_node(write(files(lang), tmp_path), rows), answers(files(lang), rows)):
        said = [each["corrections"] for each in told]
        assert said == [[f"{text} "] if text else [] for text in CORRECTED[lang].values()]
