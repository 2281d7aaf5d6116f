"""Python and the browser make the same words of any text, whatever script it is in."""

from __future__ import annotations

import json
import subprocess
import unicodedata
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from oftasked_search import han, stemmers
from oftasked_search.terms import Analyser, fold
from searching import TESTS

if TYPE_CHECKING:
    from collections.abc import Sequence

# Assigned so long ago that every Python, Node and browser knows them.
ANY = st.characters(exclude_categories=("Cn", "Cs"), max_codepoint=0x2FFFF).filter(
    lambda c: unicodedata.ucd_3_2_0.category(c) not in {"Cn", "Co"}
)


def script(*ranges: tuple[int, int]) -> st.SearchStrategy[str]:
    """Return texts whose characters are in the ranges."""
    letters = [chr(c) for low, high in ranges for c in range(low, high + 1)]
    return st.text(
        st.sampled_from([c for c in letters if unicodedata.ucd_3_2_0.category(c) != "Cn"]),
        min_size=1,
        max_size=8,
    )


SCRIPTS = (
    script((0x20, 0x7E)),
    script((0x61, 0x7A)),
    script((0xC0, 0x24F)),
    script((0x61, 0x66), (0x300, 0x36F)),  # letters and accents apart
    script((0x370, 0x3FF)),
    script((0x400, 0x4FF)),
    script((0x5D0, 0x5EA), (0x591, 0x5C7)),  # Hebrew with points
    script((0x621, 0x652), (0x660, 0x669)),  # Arabic with vowels, tatweel and digits
    script((0x900, 0x97F)),  # Devanagari
    script((0xE00, 0xE7F)),  # Thai
    script((0x1100, 0x11FF)),  # Hangul by letters
    script((0xAC00, 0xAFFF)),
    script((0x3041, 0x30FF), (0x3099, 0x309A)),  # kana with loose voicing marks
    script((0x4E00, 0x4FFF), (0x8A00, 0x8BFF)),  # Han, simplified and traditional
    script((0x20000, 0x20100), (0xF900, 0xFA2D)),  # rare Han, compatibility forms
    script((0xFF01, 0xFFBE)),  # full and half width
    script((0x2010, 0x2027), (0x200B, 0x200F), (0x2060, 0x2063)),  # dashes, joiners
)
FRAGMENTS = st.sampled_from(
    [
        *("\ud83d", "\ude00", "\ud840", "\udc00"),  # halves of pairs
        *("A-100", "3.5", "1,000.50", "e-mail", "can't", "customer’s", "x²", "½", "№5", "Ⅷ"),
        *("İ", "ı", "ß", "ẞ", "Σς", "Ǆ", "ﬁ", "æ", "ŉ", "Å"),
        *("信用卡", "臺灣", "著", "々", "〇", "ﾊﾟｽ", "が", "한국", "คืนเงิน", "กำ"),
        *("😀", "👩‍👩‍👧", "👍🏽", "🇩🇪", "1️⃣", "❤️"),
        *(" ", "\n", "\u00ad", "\u200d", "-", "'", "’", ".", ",", "_"),
    ]
)


def as_utf16(text: str) -> str:
    """Return a text as a browser holds it: halves of a pair that meet are one character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


PIECES = st.one_of(FRAGMENTS, st.text(ANY, max_size=6), *SCRIPTS)
TEXTS = st.lists(PIECES, max_size=6).map("".join).map(as_utf16)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
STEMMERS = st.sampled_from(sorted(stemmers.NAMES, key=str))


def in_the_browser(texts: Sequence[tuple[str | None, str]]) -> list[dict[str, Any]]:
    """Return what the browser's analysis makes of texts."""
    pairs = [(chr(old), new) for old, new in han.simplified().items()]
    done = subprocess.run(
        ["node", str(TESTS / "runtime" / "words.mjs")],
        input=json.dumps({"han": pairs, "texts": texts}),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


# Without making a failing case smaller: the message names the one text, and each try starts Node.
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=SLOW,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(texts=st.lists(st.tuples(STEMMERS, TEXTS), min_size=30, max_size=60))
def test_any_text_has_the_same_words_in_python_and_in_the_browser(
    texts: list[tuple[str | None, str]],
) -> None:
    analysers = {name: Analyser(name, han.simplified()) for name in stemmers.NAMES}
    for (name, text), found in zip(texts, in_the_browser(texts), strict=True):
        words = [list(word) for word in analysers[name].words(text)]
        assert found == {"folded": fold(text), "words": words}, ascii(text)
