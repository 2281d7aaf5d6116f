"""The MkDocs theme ``oftasked``: Material's frame, an FAQ's pages. This folder is the theme.

Templates and assets are used by MkDocs; Python needs one thing only, the interface texts.
"""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from functools import cache
from importlib import resources
from pathlib import Path

DEFAULT_LANGUAGE = "en"
"""The language that every text exists in."""


def messages(lang: str, own: Path | None = None) -> dict[str, str]:
    """Return the interface texts for ``lang``: flat keys, with placeholders such as ``{n}``.

    A key that ``lang`` lacks is taken from its base language ("zh" for "zh-TW"), then from
    English; so is every key of a language that nobody has translated. ``own`` is a folder of
    message files whose texts come before all of these; ValueError says what is wrong with one.
    """
    texts = dict(_texts(DEFAULT_LANGUAGE))
    base = lang.replace("_", "-").partition("-")[0].lower()
    names = tuple(dict.fromkeys((base, lang)))
    for name in names:
        texts.update(_texts(name))
    for name in names if own else ():
        texts.update(_own_texts(Path(own or "", f"{name}.toml")))
    return texts


def message_languages() -> tuple[str, ...]:
    """Return the languages that have texts of their own, sorted."""
    folder = resources.files(__name__) / "messages"
    names = (file.name.removesuffix(".toml") for file in folder.iterdir())
    return tuple(sorted(names))


def _own_texts(file: Path) -> dict[str, str]:
    """Read a site's own message file, if there is one; every key of it must be one of ours."""
    if not file.is_file():
        return {}
    try:
        texts = tomllib.loads(file.read_text("utf-8-sig"))
    except ValueError as error:
        raise ValueError(f"{file}: {error}") from error
    known = _texts(DEFAULT_LANGUAGE)
    for key, text in texts.items():
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise ValueError(f"{file}: the theme has no text {key!r}{hint}")
        if not isinstance(text, str):
            raise ValueError(f"{file}: {key!r} must be a text in quotes")  # noqa: TRY004 - a mistake in a file, like the others
    return texts


@cache
def _texts(name: str) -> dict[str, str]:
    """Read one message file; a language without one has no texts."""
    if name not in message_languages():
        return {}
    file = resources.files(__name__) / "messages" / f"{name}.toml"
    return {key: str(text) for key, text in tomllib.loads(file.read_text("utf-8")).items()}
