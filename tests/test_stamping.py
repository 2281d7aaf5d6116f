"""Stamping: a shell cut at its sentinels gives back the page that was rendered."""

from __future__ import annotations

import pytest

from oftasked.problems import BuildError
from oftasked.stamping import cut

SENTINELS = {"id": "qz0idz", "title": "qz0titlez"}


def test_a_stamped_page_is_the_shell_with_its_values() -> None:
    shell = cut("<t>qz0titlez</t><a href=qz0idz>qz0titlez</a>", SENTINELS)
    assert (
        shell.stamp({"id": "x", "title": "X &amp; Y"}) == "<t>X &amp; Y</t><a href=x>X &amp; Y</a>"
    )


def test_what_a_template_does_not_show_needs_no_sentinel() -> None:
    assert cut("<t>qz0titlez</t>", SENTINELS).stamp({"title": "T"}) == "<t>T</t>"


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<t>qz0idz</t>", "does not show its title"),
        ("<t>qz0titlez</t><u>QZ0TITLEZ</u>", "changes the title"),
        ("<t>qz0titlez</t><u>qz0ti...</u>", "changes the title"),
    ],
)
def test_a_shell_that_cannot_be_stamped_is_refused(page: str, said: str) -> None:
    with pytest.raises(BuildError, match=said):
        cut(page, SENTINELS, required=("title",))
