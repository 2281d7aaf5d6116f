"""The interface texts: every language says everything, and says nothing that nobody shows."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import oftasked_theme

THEME = Path(oftasked_theme.__file__).parent
GENERATOR = THEME.parent.parent / "generator" / "oftasked"
LANGUAGES = oftasked_theme.message_languages()
PLURALS = ("_one", "_other")
FORMED = ("month_", "channel_", "vote_")
"""Beginnings of keys that are put together from a value, so that no text of ours names them."""


def texts(lang: str) -> dict[str, str]:
    """Read a message file as it stands, without the fallback to English."""
    return tomllib.loads((THEME / "messages" / f"{lang}.toml").read_text("utf-8"))


def placeholders(text: str) -> set[str]:
    """Return the names in braces."""
    return set(re.findall(r"\{(\w+)\}", text))


def sources() -> str:
    """Return the theme's templates and scripts as one text."""
    return text_of(*THEME.rglob("*.html"), *THEME.rglob("*.js"))


def text_of(*files: Path) -> str:
    """Return what stands in files, as one text."""
    return "\n".join(file.read_text("utf-8") for file in sorted(files))


def named_keys() -> set[str]:
    """Return the keys that templates and scripts name; a counted one in both its forms."""
    source = sources()
    plain = set(re.findall(r"\b(?:of\.)?t\.([a-z][a-z0-9_]*)", source))
    plain |= set(re.findall(r'say\(\s*"(\w+)"', source))
    counted = set(re.findall(r'ui\.count\(t, "(\w+)"', source))
    counted |= set(re.findall(r'\bcount\(\s*"(\w+)"', source))
    return plain | {key + ending for key in counted for ending in PLURALS}


def test_english_is_a_language_among_others() -> None:
    assert {"en", "zh"} <= set(LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_the_same_keys(lang: str) -> None:
    assert sorted(texts(lang)) == sorted(texts("en"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_text_has_the_same_placeholders_in_every_language(lang: str) -> None:
    english = texts("en")
    ours = {key: placeholders(text) for key, text in texts(lang).items()}
    assert ours == {key: placeholders(text) for key, text in english.items()}


def test_every_key_that_is_named_exists() -> None:
    assert sorted(named_keys() - set(texts("en"))) == []


def test_every_text_is_shown_somewhere() -> None:
    source = sources() + text_of(*GENERATOR.rglob("*.py"))
    named = named_keys()
    unused = [
        key
        for key in texts("en")
        if key not in named and not key.startswith(FORMED) and not re.search(rf'"{key}"', source)
    ]
    assert unused == []


def test_a_regional_language_falls_back_to_its_base_and_then_to_english() -> None:
    assert oftasked_theme.messages("zh-TW") == oftasked_theme.messages("zh")
    assert oftasked_theme.messages("xx") == oftasked_theme.messages("en")


def test_a_site_has_texts_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "zh.toml").write_text('help = "帮助中心"\n', "utf-8")
    ours = oftasked_theme.messages("zh-TW", tmp_path)
    assert ours["help"] == "帮助中心"
    assert ours | {"help": "帮助"} == oftasked_theme.messages("zh")
    assert oftasked_theme.messages("en", tmp_path) == oftasked_theme.messages("en")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('hlep = "Help"', "no text 'hlep'; did you mean 'help'"),
        ("help = 3", "'help' must be a text in quotes"),
        ("help = Help", "en.toml"),
    ],
)
def test_a_text_of_its_own_that_nobody_would_see_is_refused(
    tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "en.toml").write_text(text, "utf-8")
    with pytest.raises(ValueError, match=said):
        oftasked_theme.messages("en", tmp_path)


def test_texts_handed_out_are_the_callers_own() -> None:
    oftasked_theme.messages("en")["help"] = "changed"
    assert oftasked_theme.messages("en")["help"] != "changed"
