"""What is stored comes back; and the tables that ship with the package say what they should."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oftasked_search import han, lexicon, postingtable, termblocks
from oftasked_search.blocks import Kind, Reader, bundle, seal, unbundle, unseal, varint
from oftasked_search.changing import Placed, changed
from oftasked_search.fronted import front, unfront
from oftasked_search.function_words import Importance
from oftasked_search.lexicon import Lexicon, edits
from oftasked_search.postings import MAX_POSTINGS, Place, Posting, decode
from oftasked_search.postingtable import tabled
from oftasked_search.termblocks import StoredTerm, paired
from oftasked_search.tools.make_han_pairs import pairs_of

WORDS = st.text(st.sampled_from("abcdeé'"), min_size=4, max_size=12)
PLACES = st.lists(
    st.builds(Place, st.integers(0, 63), st.integers(1, 15), st.integers(0, 15)),
    min_size=1,
    unique_by=lambda place: place.phrasing,
).map(lambda places: tuple(sorted(places)))
IN_PHRASINGS = st.builds(
    Posting, st.integers(0, 10**6), st.integers(1, 15), st.integers(0, 15), PLACES
)
IN_BODY = st.builds(Posting, st.integers(0, 10**6), st.just(0), st.integers(1, 15), st.just(()))


def lexicon_of(*words: str) -> Lexicon:
    return Lexicon(lexicon.encode(dict.fromkeys(words, 1), "", []))


@given(st.lists(st.lists(IN_PHRASINGS | IN_BODY, unique_by=lambda p: p.document), max_size=4))
def test_postings_come_back_as_they_were(terms: list[list[Posting]]) -> None:
    terms = [sorted(postings) for postings in terms]
    table = tabled(terms)
    assert [decode(b"".join(columns)) for columns in table.encoded()] == terms
    assert [list(table.of(number)) for number in range(len(terms))] == terms


def test_postings_are_encoded_some_terms_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    terms = [[Posting(n, 1, 2, (Place(0, 3, 4),)) for n in range(size)] for size in (3, 0, 9, 1, 0)]
    whole = list(tabled(terms).encoded())
    monkeypatch.setattr(postingtable, "ENCODED_AT_ONCE", 2)
    assert list(tabled(terms).encoded()) == whole


@pytest.mark.parametrize("few", [0, 1000])
@given(
    st.lists(st.lists(IN_PHRASINGS | IN_BODY, unique_by=lambda p: p.document), max_size=4),
    st.integers(1, 5),
)
def test_a_table_without_some_rows_has_the_others_as_they_were(
    few: int, terms: list[list[Posting]], each: int
) -> None:
    table, kept = tabled(terms), np.arange(sum(map(len, terms))) % each > 0
    numbers, stays = iter(range(len(kept))), kept.tolist()
    wanted = [[row for row in postings if stays[next(numbers)]] for postings in terms]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postingtable, "FEW", few)
        found = table.only(kept)
    assert [list(found.of(number)) for number in range(len(terms))] == wanted


def test_of_too_many_postings_the_strongest_are_kept() -> None:
    weak = [Posting(number, 0, 1, ()) for number in range(MAX_POSTINGS)]
    strong = [Posting(MAX_POSTINGS + number, 0, 9, ()) for number in range(5)]
    phrased = [Posting(MAX_POSTINGS + 9, 1, 0, (Place(1, 2, 3), Place(2, 9, 4)))]
    new = Placed(tabled([weak + strong + phrased, phrased]), np.arange(2), np.arange(5000))
    none = Placed(tabled([]), np.arange(0), np.arange(0))
    found = changed(none, np.ones(0, dtype=bool), new, 2, 5000)
    kept = found.table.only(found.kept)
    assert list(kept.of(0)) == weak[:-6] + strong + phrased
    assert list(kept.of(1)) == phrased


@given(st.integers(0, 2**40))
def test_an_integer_comes_back_as_it_was(number: int) -> None:
    reader = Reader(varint(number))
    assert reader.varint() == number
    reader.end()


@given(st.lists(st.lists(st.binary(max_size=900), max_size=6), min_size=1))
def test_a_block_gives_back_its_parts_as_one(contents: list[list[bytes]]) -> None:
    for parts in contents:
        assert unseal(Kind.TERMS, seal(Kind.TERMS, *parts)) == b"".join(parts)


@given(st.sets(st.text(st.sampled_from("abé\U00020000\U00020001"), min_size=1), max_size=20))
def test_sorted_texts_come_back_as_they_were(texts: set[str]) -> None:
    ordered = sorted(texts, key=lexicon.sort_key)
    assert unfront(front(ordered)) == ordered


GENERAL = st.builds(
    lambda weight, postings, length, levels: (weight, (postings,), bytes([length]) + levels),
    st.integers(0, 300),
    st.binary(max_size=20),
    st.integers(0, 255),
    st.binary(min_size=2, max_size=2),
)
OWN = st.tuples(st.integers(0, 300), st.tuples(st.binary(max_size=20)))


@given(st.dictionaries(WORDS, OWN), st.dictionaries(WORDS, GENERAL))
def test_terms_and_general_words_of_a_block_come_back_as_they_were(
    own: dict[str, Any], general: dict[str, Any]
) -> None:
    words = paired(
        [StoredTerm(term, *stored) for term, stored in own.items()],
        [StoredTerm(term, *stored) for term, stored in general.items()],
    )
    content = b"".join(termblocks.encode(words))
    assert termblocks.decode(content, 4) == {word.term: word for word in words}


@given(st.sets(WORDS, min_size=1))
def test_a_block_is_named_by_what_tells_it_from_the_one_before(terms: set[str]) -> None:
    words = paired([StoredTerm(term, 1, (b"x",)) for term in terms], [])
    starts = termblocks.starts([[word] for word in words])
    assert [bisect_right(starts, word.term) - 1 for word in words] == list(range(len(words)))


@given(st.lists(st.binary(max_size=50), max_size=5))
def test_a_bundle_gives_back_its_blocks(contents: list[bytes]) -> None:
    found = unbundle(bundle([seal(Kind.TERMS, content) for content in contents]))
    assert [unseal(Kind.TERMS, block) for block in found] == contents


@given(st.sets(WORDS, max_size=30))
def test_every_word_of_a_lexicon_is_found_again(words: set[str]) -> None:
    known = lexicon_of(*words)
    assert all(word in known for word in words)
    assert "zzzz" not in known


@given(WORDS, st.integers(0, 11), st.sampled_from("abcx"))
def test_a_word_is_found_by_any_single_typo(word: str, place: int, letter: str) -> None:
    at = place % len(word)
    swapped = word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]
    dropped, added = word[:at] + word[at + 1 :], word[:at] + letter + word[at:]
    changed = word[:at] + letter + word[at + 1 :]
    for typo in {swapped, dropped, added, changed} - {word}:
        assert [found.word for found in lexicon_of(word, "unlike").near(typo)] == [word], typo


@pytest.mark.parametrize(
    ("a", "b", "distance"),
    [("parcel", "parcel", 0), ("parcel", "pacrel", 1), ("parcel", "parsels", 2), ("ab", "xyz", 3)],
)
def test_typos_are_counted(a: str, b: str, distance: int) -> None:
    assert edits(a, b, 2) == edits(b, a, 2) == distance


def test_the_most_frequent_completions_come_first() -> None:
    stored = lexicon.encode({"parcel": 8, "parcels": 2, "park": 64, "pay": 99}, "", [])
    assert [found.word for found in Lexicon(stored).completions("par")] == [
        "park",
        "parcel",
        "parcels",
    ]


def test_a_function_word_says_less_than_another_word_but_never_nothing() -> None:
    english, chinese = Importance("en"), Importance("zh-TW")
    assert 0 < english.of("the") < english.of("how") < english.of("parcel") == 1
    assert 0 < chinese.of("的") < chinese.of("款")
    assert chinese.of("的了") < chinese.of("退款") == 1
    assert chinese.of("the") == english.of("the")


def test_han_pairs_lead_from_traditional_to_simplified() -> None:
    table = str.maketrans(han.simplified())
    assert "網路銀行轉帳".translate(table) == "网路银行转帐"
    assert "网银".translate(table) == "网银"
    assert han.pairs_into({"银"}) == "銀银"


def test_the_table_of_han_pairs_is_made_from_one_to_one_lines_only() -> None:
    assert pairs_of("銀\t银\n乾\t干 乾\n㑮\t𫝈\n一\t一\nbroken") == ["㑮𫝈", "乾干", "銀银"]
