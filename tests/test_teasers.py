"""Teasers: a members' topic is announced in public by its title, and by nothing else of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from oftasked import editions, knowledge, site
from oftasked.model import Access
from support import AS_OF, SHOP, write

if TYPE_CHECKING:
    from pathlib import Path

ENTRY = "entries: [{id: vault, question: Where is the vault?, answer: Below Zanzibar street.}]\n"
TOPIC = "topic: {title: Vault club, description: Hypotenuse, access: members, teaser: true}\n"


def announced(folder: Path, topic: str, *, tier: Access = Access.PUBLIC) -> tuple[str, ...]:
    write(folder, SHOP | {"faq/prospects/club.yml": topic})
    reading = knowledge.read(folder / "faq", languages=("en", "zh"), as_of=AS_OF)
    assert reading.knowledge is not None
    return editions.cut(reading.knowledge, lang="en", tier=tier).teasers["prospects"]


def test_a_members_topic_that_may_be_announced_is_named(tmp_path: Path) -> None:
    assert announced(tmp_path, TOPIC + ENTRY) == ("Vault club",)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("teaser: true", "teaser: false"),
        ("access: members", "access: internal"),
        ("access: members", "access: public"),
        ("answer:", "status: draft, answer:"),
        ("answer:", "access: internal, answer:"),
        ("answer:", "valid_from: 2027-01-01, answer:"),
    ],
)
def test_every_other_topic_is_not(tmp_path: Path, old: str, new: str) -> None:
    assert announced(tmp_path, (TOPIC + ENTRY).replace(old, new)) == ()


def test_members_need_no_teaser(tmp_path: Path) -> None:
    assert announced(tmp_path, TOPIC + ENTRY, tier=Access.MEMBERS) == ()


def test_the_public_page_shows_the_title_and_the_way_in(tmp_path: Path) -> None:
    config = SHOP["mkdocs.yml"].replace(
        "languages: [zh]", "languages: [zh], sign_in: https://example.com/in"
    )
    write(tmp_path, SHOP | {"mkdocs.yml": config, "faq/prospects/club.yml": TOPIC + ENTRY})
    site.build(tmp_path / "mkdocs.yml", as_of=AS_OF, strict=True)
    page = (tmp_path / "site" / "prospects" / "index.html").read_text("utf-8")
    assert "Vault club" in page
    assert 'href="https://example.com/in"' in page
    for path in (tmp_path / "site").rglob("*"):
        if path.is_file():
            assert not [word for word in (b"Zanzibar", b"Hypotenuse", b"vault") if
                        word in path.read_bytes()], path  # fmt: skip
