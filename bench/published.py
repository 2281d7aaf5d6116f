"""A comparison -> the picture and the table of it in the FAQ, in each of its languages.

The table stands in an answer between ``<!-- figures: search -->`` and ``<!-- /figures -->``.
"""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from plot import svg
from tables import table
from wording import WORDINGS

if TYPE_CHECKING:
    from comparison import Comparison
    from wording import Wording

TOPIC = Path(__file__).resolve().parent.parent / "faq" / "prospects"
PLACES = {
    "en": ("comparisons.yml", "search-compared.svg"),
    "zh": ("comparisons.zh.yml", "search-compared-zh.svg"),
}
"""The answer's file and the picture, by language."""
BLOCK = re.compile(
    r"^(?P<indent> *)<!-- figures: search -->\n.*?^ *<!-- /figures -->\n", re.MULTILINE | re.DOTALL
)


def renew(comparison: Comparison, topic: Path = TOPIC) -> None:
    """Write the pictures anew, and the tables between their marker lines."""
    for lang, (answers, picture) in PLACES.items():
        wording = WORDINGS[lang]
        topic.joinpath(picture).write_text(svg(comparison, wording), "utf-8")
        source = topic / answers
        source.write_text(renewed(source.read_text("utf-8"), comparison, wording), "utf-8")


def renewed(text: str, comparison: Comparison, wording: Wording) -> str:
    """Return a topic file's text with the table as it should be. Raises LookupError."""
    lines = ["<!-- figures: search -->", "", table(rows(comparison, wording)), ""]
    lines += [f"{wording.note(comparison)}{wording.stop}", ""]
    block = "\n".join([*lines, "<!-- /figures -->", ""])
    text, count = BLOCK.subn(lambda found: textwrap.indent(block, found["indent"]), text)
    if count != 1:
        raise LookupError(f"{count} places for the figures of search, not one")
    return text


def rows(comparison: Comparison, wording: Wording) -> list[list[str]]:
    """Return a row for each panel, a column for each engine."""
    return [
        [wording.column, *comparison.engines],
        *(
            [wording.heading(panel), *(f"{value:.0f}" for value in panel.values)]
            for panel in comparison.panels
        ),
    ]
