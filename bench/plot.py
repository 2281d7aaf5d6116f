"""A comparison -> a picture of it as SVG: a bar for each engine, a group of bars for each panel.

It stands on a light card of its own, so that it reads the same on a light and a dark page; every
bar has its engine's name and figure beside it, so that nothing depends on colours. No style
sheet: a host's content policy may forbid it.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from comparison import FirstResult

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comparison import Comparison, Panel
    from wording import Wording

WIDTH = 600
MARGIN = 24
NAMES = 166
"""Where names end and bars begin."""
LONGEST_BAR = 364
BAR = 15
STEP = 23
"""From one bar to the next."""
HEADING = 30
GAP = 14
TOP = 34
FOOT = 44
FULL = 100
OURS, OTHERS = "#0f766e", "#64748b"
CARD, RIM, INK = "#ffffff", "#e2e8f0", "#1f2937"
FONTS = (
    "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', "
    "'Noto Sans CJK SC', sans-serif"
)


def svg(comparison: Comparison, wording: Wording) -> str:
    """Draw every panel below the one before; the first engine is the one that is spoken about."""
    height = TOP + FOOT + sum(panel_height(panel) for panel in comparison.panels)
    lines = [*_head(comparison, wording, height)]
    top = TOP
    for panel in comparison.panels:
        lines += _panel(panel, comparison.engines, wording.heading(panel), top)
        top += panel_height(panel)
    note = _text(MARGIN, top + GAP + 8, wording.note(comparison))
    return "\n".join([*lines, note, "</g>", "</svg>", ""])


def panel_height(panel: Panel) -> int:
    """Return the height of a heading and its bars."""
    return HEADING + STEP * len(panel.values) + GAP


def _head(comparison: Comparison, wording: Wording, height: int) -> Iterator[str]:
    said = " ".join(wording.described(panel, comparison.engines) for panel in comparison.panels)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="title desc" '
        f'xml:lang="{wording.lang}">'
    )
    yield f'<title id="title">{escape(wording.title)}</title>'
    yield f'<desc id="desc">{escape(said)}</desc>'
    yield (
        f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="12" '
        f'fill="{CARD}" stroke="{RIM}"/>'
    )
    yield f'<g font-family="{escape(FONTS)}" font-size="17" fill="{INK}">'
    yield _text(MARGIN, TOP, wording.measure)


def _panel(panel: Panel, engines: tuple[str, ...], heading: str, top: int) -> Iterator[str]:
    yield _text(MARGIN, top + HEADING, heading, more=' font-weight="700"')
    full = max(panel.values) if isinstance(panel.subject, FirstResult) else FULL
    first = top + HEADING + GAP
    for place, (engine, value) in enumerate(zip(engines, panel.values, strict=True)):
        y = first + STEP * place
        length = LONGEST_BAR * value / full
        colour = OTHERS if place else OURS
        yield _text(NAMES - 8, y + BAR - 1, engine, more=' text-anchor="end"')
        yield (
            f'<rect x="{NAMES}" y="{y}" width="{length:.1f}" height="{BAR}" rx="2" '
            f'fill="{colour}"/>'
        )
        yield _text(NAMES + length + 8, y + BAR - 1, f"{value:.0f}")


def _text(x: float, y: float, text: str, *, more: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}"{more}>{escape(text)}</text>'
