"""A project's folders -> what its site says beside the entries: settings, pages, theme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import oftasked_theme
from oftasked.disclosing import Surroundings
from oftasked.folder import scan
from oftasked_search import runtime_files

TEXTS = frozenset({".css", ".html", ".js", ".json", ".svg", ".toml", ".txt", ".xml", ".yml"})
"""Files of a theme that are text."""
SOURCES = frozenset({".yml", ".csv", ".md"})


def surroundings(
    config_file: Path, faq: Path, languages: Sequence[str], *, custom_dir: str | None = None
) -> Surroundings:
    """Read what may be said on every page, whoever may read the entries."""
    paths = scan(faq, faq.as_posix()).paths
    media = [path for path in paths if Path(path).suffix.lower() not in SOURCES]
    themes = [Path(oftasked_theme.__file__).parent, *([Path(custom_dir)] if custom_dir else [])]
    runtime = (content.decode("utf-8") for content in runtime_files().values())
    messages = (text for lang in languages for text in oftasked_theme.messages(lang).values())
    return Surroundings(
        settings=(
            _text(config_file),
            *(_text(faq / path) for path in paths if path.endswith(".md")),
        ),
        theme=(*(text for folder in themes for text in _texts(folder)), *runtime),
        messages=tuple(dict.fromkeys(messages)),
        media={path: _text(faq / path) for path in media},
    )


def _texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in TEXTS and path.is_file():
            yield path.name
            yield _text(path)


def _text(path: Path) -> str:
    """Return what a file says; nothing if it is no text."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""
