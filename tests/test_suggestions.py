"""What is proposed for a name that nobody knows."""

from __future__ import annotations

import pytest

from oftasked.suggestions import closest

KNOWN = ["question", "also_asked", "delivery-time", "delivery-times-abroad", "track-parcel"]


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("qestion", "question"),
        ("Question", "question"),
        ("delivery-tme", "delivery-time"),
        ("trackparcel", "track-parcel"),
        ("rack-parcel", "track-parcel"),
        ("refund", None),
        ("", None),
    ],
)
def test_a_slip_of_the_pen_is_understood(given: str, meant: str | None) -> None:
    assert closest(given, KNOWN) == meant


def test_the_order_of_names_does_not_matter() -> None:
    assert closest("aab", ["aac", "aad"], 0.6) == closest("aab", ["aad", "aac"], 0.6)
