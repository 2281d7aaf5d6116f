"""The stored index that the browser's tests read; ``UPDATE_GOLDEN=1`` writes it anew."""

from __future__ import annotations

import json
import os
import random
import shutil

import snowballstemmer

from oftasked_search import blocks
from searching import CASES, index_files, write

GOLDEN = CASES / "index"
STEMS = CASES / "porter.json"
SYLLABLES = "a e i o u y b c d s t l n r st ll tt w x qu é".split()
ENDINGS = (
    "ational tional enci anci izer abli alli entli eli ousli ization ation ator alism iveness "
    "fulness ousness aliti iviti biliti icate ative alize iciti ical ful ness al ance ence er ic "
    "able ible ant ement ment ent ion ou ism ate iti ous ive ize sses ies ss s eed ed ing e y ll"
).split()


def generated_words(number: int) -> list[str]:
    chosen = random.Random(1)  # noqa: S311 - test data, the same every time
    words: set[str] = set()
    while len(words) < number:
        stem = chosen.choices(SYLLABLES, k=chosen.randint(1, 5))
        words.add("".join(stem + chosen.choices(ENDINGS, k=chosen.randint(0, 2))))
    return sorted(words)


def snowball_stems() -> list[list[str]]:
    stem = snowballstemmer.stemmer("porter").stemWord
    return [[word, stem(word)] for word in generated_words(5000)]


def unpacked(files: dict[str, bytes]) -> dict[str, object]:
    """What the files say; deflated bytes may differ from one zlib to the next."""
    (name,) = (name for name in files if name.endswith(".bin"))
    inner = blocks.unbundle(files[name])
    contents = [blocks.unseal(blocks.Kind(block[5]), block) for block in inner]
    manifest = json.loads(files["manifest.json"])
    return {"blocks": contents, "manifest": {k: v for k, v in manifest.items() if k != "names"}}


def test_the_stored_index_is_what_is_compiled_today() -> None:
    files = index_files("en", meaning=False)
    if os.environ.get("UPDATE_GOLDEN"):
        shutil.rmtree(GOLDEN, ignore_errors=True)
        GOLDEN.mkdir()
        write(files, GOLDEN)
    stored = {path.name: path.read_bytes() for path in GOLDEN.iterdir()}
    assert unpacked(stored) == unpacked(files)


def test_the_stored_stems_are_those_of_snowball() -> None:
    stems = snowball_stems()
    if os.environ.get("UPDATE_GOLDEN"):
        STEMS.write_text(
            json.dumps(stems, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8"
        )
    assert json.loads(STEMS.read_text("utf-8")) == stems
