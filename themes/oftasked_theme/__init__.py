"""The MkDocs theme ``oftasked``: Material's frame, an FAQ's pages. This folder is the theme.

Templates and assets are used by MkDocs; Python needs one thing only, the interface texts.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

DEFAULT_LANGUAGE = "en"
"""The language that every text exists in."""


def messages(lang: str) -> dict[str, str]:
    """Return the interface texts for ``lang``: flat keys, with placeholders such as ``{n}``.

    A key that ``lang`` lacks is taken from its base language ("zh" for "zh-TW"), then from
    English; so is every key of a language that nobody has translated.
    """
    texts = dict(_texts(DEFAULT_LANGUAGE))
    base = lang.replace("_", "-").partition("-")[0].lower()
    for name in dict.fromkeys((base, lang)):
        texts.update(_texts(name))
    return texts


def message_languages() -> tuple[str, ...]:
    """Return the languages that have texts of their own, sorted."""
    folder = resources.files(__name__) / "messages"
    names = (file.name.removesuffix(".toml") for file in folder.iterdir())
    return tuple(sorted(names))


@cache
def _texts(name: str) -> dict[str, str]:
    """Read one message file; a language without one has no texts."""
    if name not in message_languages():
        return {}
    file = resources.files(__name__) / "messages" / f"{name}.toml"
    return {key: str(text) for key, text in tomllib.loads(file.read_text("utf-8")).items()}
