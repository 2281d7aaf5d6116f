"""Stamping: a shell cut at its sentinels gives back the page that was rendered."""

from __future__ import annotations

import pytest

from oftasked.problems import BuildError
from oftasked.stamping import cut

SENTINELS = {"id": "qzidzq", "title": "QzTitlezQ"}


def test_a_stamped_page_is_the_shell_with_its_values() -> None:
    shell = cut("<t>QzTitlezQ</t><a href=qzidzq>QzTitlezQ</a>", SENTINELS)
    assert (
        shell.stamp({"id": "x", "title": "X &amp; Y"}) == "<t>X &amp; Y</t><a href=x>X &amp; Y</a>"
    )


def test_a_shell_that_shows_less_than_it_must_is_refused() -> None:
    with pytest.raises(BuildError, match="does not hold: id"):
        cut("<t>QzTitlezQ</t>", SENTINELS)
