"""Editions: what a reader may not see is not in the value from which pages are made."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from oftasked import editions, knowledge
from oftasked.model import Access, KnowledgeBase
from support import AS_OF, SHOP, write


@pytest.fixture
def shop(tmp_path: Path) -> KnowledgeBase:
    write(tmp_path, SHOP)
    reading = knowledge.read(tmp_path / "faq", languages=("en", "zh"), as_of=AS_OF)
    assert reading.problems == ()
    assert reading.knowledge is not None
    return reading.knowledge


def test_drafts_retired_and_internal_entries_are_cut_out(shop: KnowledgeBase) -> None:
    edition = editions.cut(shop, lang="en")
    assert sorted(edition.entries) == ["delivery-time", "pay-cards", "track-parcel"]
    assert [entry.id for entry in edition.retired] == ["fax-orders", "shipping-time"]


def test_audiences_without_entries_are_left_out(shop: KnowledgeBase) -> None:
    edition = editions.cut(shop, lang="en")
    assert [each.id for each in edition.audiences] == [
        "prospects",
        "new-customers",
        "returning-customers",
    ]


def test_an_entry_for_further_audiences_stands_under_its_topic_there(shop: KnowledgeBase) -> None:
    shelf = editions.cut(shop, lang="zh").shelves["returning-customers"][0]
    assert (shelf.id, shelf.title) == ("returning-customers/delivery", "配送")
    assert [entry.id for entry in shelf.entries] == ["track-parcel"]


def test_the_most_asked_comes_first_and_pinned_before_it(shop: KnowledgeBase) -> None:
    edition = editions.cut(shop, lang="en")
    assert [entry.id for entry in edition.ranked("new-customers")] == [
        "track-parcel",
        "delivery-time",
    ]
    assert edition.most_asked()[0].id == "track-parcel"


def test_a_members_entry_shows_in_the_members_edition_only(shop: KnowledgeBase) -> None:
    entries = tuple(
        dataclasses.replace(entry, access=Access.MEMBERS) if entry.id == "pay-cards" else entry
        for entry in shop.entries
    )
    shop = dataclasses.replace(shop, entries=entries)
    assert "pay-cards" not in editions.cut(shop, lang="en").entries
    assert "pay-cards" in editions.cut(shop, lang="en", tier=Access.MEMBERS).entries


def test_an_entry_is_shown_only_within_its_dates(shop: KnowledgeBase) -> None:
    entries = tuple(
        dataclasses.replace(entry, valid_from=AS_OF, valid_until=AS_OF) for entry in shop.entries
    )
    shop = dataclasses.replace(shop, entries=entries)
    assert len(editions.cut(shop, lang="en").entries) == 3
    later = dataclasses.replace(shop, as_of=AS_OF + dt.timedelta(days=1))
    assert editions.cut(later, lang="en").entries == {}


def test_a_department_that_is_not_named_is_the_default_one(shop: KnowledgeBase) -> None:
    contact = editions.cut(shop, lang="en").contact_of(None)
    assert contact is not None
    assert contact.id == "support"
