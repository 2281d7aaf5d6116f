"""The vocabulary tables: what they know, and what a reader refuses."""

from __future__ import annotations

import struct
from importlib.resources import files

import numpy as np
import pytest

from oftasked_search.terms import analyser
from oftasked_search.vocabulary import FormatError, Vocabulary
from oftasked_search.vocabulary.format import pack, unpack

HEADER_BYTES = 24


def table(lang: str) -> bytes:
    return files("oftasked_search").joinpath(f"vocabulary/{lang}.bin").read_bytes()


def opened(lang: str) -> Vocabulary:
    vocabulary = Vocabulary.open(lang)
    assert vocabulary is not None
    return vocabulary


def meaning(text: str, lang: str = "en") -> np.ndarray:
    vocabulary = opened(lang)
    if lang == "zh":
        return vocabulary.vector(vocabulary.segments(text))
    return vocabulary.vector(word.term for word in analyser("en").words(text))


def nearer(text: str, this: str, that: str, lang: str = "en") -> bool:
    asked = meaning(text, lang)
    return bool(asked @ meaning(this, lang) > asked @ meaning(that, lang))


def test_a_region_shares_the_table_of_its_language() -> None:
    assert opened("en-GB") is opened("en")
    assert opened("zh-TW") is opened("zh")


def test_a_language_without_a_table_has_no_vocabulary() -> None:
    assert Vocabulary.open("tlh") is None


@pytest.mark.parametrize(
    ("text", "this", "that"),
    [
        ("how do I get my money back", "reimburse the amount", "print the amount"),
        ("my parcel has not arrived", "where is the shipment", "where is the office"),
        ("I cannot sign in", "forgotten password", "forgotten umbrella"),
        ("is it contagious", "how the infection spreads", "how the butter spreads"),
    ],
)
def test_sentences_without_a_common_word_are_near_if_they_mean_the_same(
    text: str, this: str, that: str
) -> None:
    assert nearer(text, this, that)


@pytest.mark.parametrize(
    ("text", "this", "that"),
    [("手机丢了", "智能手机", "洗衣机"), ("钱退给我", "退款", "天气"), ("发烧", "体温", "年费")],
)
def test_chinese_words_are_near_if_they_mean_the_same(text: str, this: str, that: str) -> None:
    assert nearer(text, this, that, "zh")


def test_a_word_without_meaning_of_its_own_says_less() -> None:
    vocabulary = opened("en")
    assert vocabulary.share("the") < vocabulary.share("how") < vocabulary.share("refund") == 1
    assert vocabulary.share("no-such-word") == 1


def test_every_word_has_a_term_that_its_stem_names() -> None:
    vocabulary = opened("en")
    for word, number in zip(vocabulary.words[:2000], vocabulary.term_numbers, strict=False):
        assert vocabulary.terms[number] == analyser("en").words(word)[-1].term


def test_words_come_with_the_commonest_first() -> None:
    for lang in ("en", "zh"):
        assert np.all(np.diff(opened(lang).commonness) <= 0)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_table_is_written_as_it_was_read(lang: str) -> None:
    assert pack(unpack(table(lang))) == table(lang)


def test_a_damaged_table_is_refused() -> None:
    damaged = bytearray(table("zh"))
    damaged[-1] ^= 1
    with pytest.raises(FormatError, match="damaged"):
        unpack(bytes(damaged))


def test_a_shortened_table_is_refused() -> None:
    with pytest.raises(FormatError, match="damaged"):
        unpack(table("zh")[:-1])


@pytest.mark.parametrize("data", [b"", b"OFTV", b"<html>" + b" " * HEADER_BYTES])
def test_another_file_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError, match="not a vocabulary table"):
        unpack(data)


def test_a_newer_version_is_refused() -> None:
    newer = bytearray(table("zh"))
    struct.pack_into("<H", newer, 4, 2)
    with pytest.raises(FormatError, match="version 2"):
        unpack(bytes(newer))
