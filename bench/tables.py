"""Rows of text -> a Markdown table; numbers -> text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def percent(share: float | None) -> str:
    """Return a share of 1 in percent; a dash where there is none."""
    return "-" if share is None else f"{100 * share:.1f}"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a Markdown table; the first one is its head."""
    head, *body = rows
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *body))
