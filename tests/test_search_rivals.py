"""What stands before a document: the shortcut and the visitors' reader say the same."""

from __future__ import annotations

import random

import pytest

from oftasked_search import Document, compile_index, open_index
from oftasked_search.rivals import Rivals

ENGLISH = (
    "how do i can the my pay card cards parcel order track cancel refund not when 3 days".split()
)
CHINESE = "怎 么 样 付 款 退 货 单 号 包 裹 可 以 不 取 消".split()
SYNONYMS = {
    "en": [["parcel", "order"], ["pay card", "refund", "the days"]],
    "zh": [["退款", "退货"], ["包裹", "货单号"]],
}


def documents(lang: str, count: int) -> list[Document]:
    """Entries with so few words that they get in each other's way."""
    chance = random.Random(f"{lang} {count}")  # noqa: S311 - the seed makes the case
    words, glue = (ENGLISH, " ") if lang == "en" else (CHINESE, "")

    def text(longest: int) -> str:
        return glue.join(chance.choices(words, k=chance.randint(1, longest)))

    return [
        Document(
            id=f"d{number}",
            url=f"q/d{number}/",
            title=(title := text(6) + chance.choice(["", "?"])),
            phrasings=(title, *(text(5) for _ in range(chance.randint(0, 3)))),
            body=text(40),
            summary="",
            tags=tuple(text(1) for _ in range(chance.randint(0, 1))),
            facets=(),
            boost=chance.choice([0.0, 0.4, 1.0]),
            lang=lang,
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("count", [1, 12, 90])
def test_a_document_has_the_rivals_that_a_visitor_sees_above_it(lang: str, count: int) -> None:
    entries = documents(lang, count)
    files = compile_index(entries, lang=lang, synonyms=SYNONYMS[lang])
    reader, rivals = open_index(files.__getitem__), Rivals(files.__getitem__)
    overtaken = 0
    for entry in entries:
        for phrasing in entry.phrasings:
            shown = [hit.id for hit in reader.search(phrasing, limit=count).hits]
            place = shown.index(entry.id) if entry.id in shown else len(shown)
            assert rivals.before(phrasing, entry.id) == tuple(shown[:place]), phrasing
            overtaken += place > 0
    assert overtaken or count == 1


def test_a_question_without_words_has_no_rivals() -> None:
    files = compile_index(documents("en", 3), lang="en")
    assert Rivals(files.__getitem__).before("?!", "d1") == ()


def test_an_unknown_document_is_refused() -> None:
    files = compile_index(documents("en", 3), lang="en")
    with pytest.raises(KeyError):
        Rivals(files.__getitem__).before("parcel", "gone")
