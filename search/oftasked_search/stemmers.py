"""Which stemmer a language has; only those that the browser's runtime has too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import snowballstemmer

from oftasked_search import light

if TYPE_CHECKING:
    from collections.abc import Callable

# Latin words in Chinese, Japanese and Korean texts are English ones as a rule.
_BY_LANGUAGE = {
    **dict.fromkeys(("en", "zh", "ja", "ko"), "porter"),
    "de": "light-german",
    "fr": "light-french",
    "es": "light-spanish",
    "it": "light-italian",
}
_LIGHT = {
    "light-german": light.german,
    "light-french": light.french,
    "light-spanish": light.spanish,
    "light-italian": light.italian,
}
NAMES = frozenset({None, "porter", *_LIGHT})  # what readers can do


def primary(lang: str) -> str:
    """Return the language without script or region: ``zh`` of ``zh-TW``."""
    return lang.replace("_", "-").split("-", maxsplit=1)[0].lower()


def name_for(lang: str) -> str | None:
    """Return the stemmer of a language; None where words stay as they are."""
    return _BY_LANGUAGE.get(primary(lang))


def stemmer(name: str | None) -> Callable[[str], str]:
    """Return the function that maps a word to its stem."""
    if name is None:
        return str
    if name in _LIGHT:
        return _LIGHT[name]
    stem: Callable[[str], str] = snowballstemmer.stemmer(name).stemWord
    return stem
