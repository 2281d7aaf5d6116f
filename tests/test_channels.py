"""Channels: a person is reached with the question carried along."""

from __future__ import annotations

from oftasked.channels import Occasion, channels
from oftasked.model import Contact, Text

TEXTS = {"mail_subject": "{question}", "mail_body": "My question: {question}\nI read: {url}"}
OCCASION = Occasion("Where is {url} & my 包裹?", "https://help.example.com/q/x/")


def reached(**values: str) -> dict[str, str]:
    contact = Contact("support", Text((("en", "Support"),)), **values)  # type: ignore[arg-type]  # only texts are passed
    return {each.kind: each.href for each in channels(contact, OCCASION, TEXTS)}


def test_an_email_carries_subject_and_body() -> None:
    href = reached(email="help@example.com")["email"]
    assert href.startswith("mailto:help@example.com?subject=Where%20is%20%7Burl%7D%20%26%20my%20")
    assert "%0D%0AI%20read%3A%20https%3A%2F%2Fhelp.example.com%2Fq%2Fx%2F" in href


def test_a_forms_placeholders_are_filled_in_and_escaped() -> None:
    href = reached(form="https://example.com/f?q={question}&page={url}")["form"]
    assert "q=Where%20is%20%7Burl%7D%20%26%20my%20%E5%8C%85%E8%A3%B9%3F&page=https%3A%2F%2F" in href


def test_a_phone_number_is_dialled_without_spaces() -> None:
    assert reached(phone="+44 20 7946 0000")["phone"] == "tel:+442079460000"


def test_email_comes_first_and_community_last() -> None:
    ways = reached(
        community="https://c.example", phone="1", email="a@b.example", im="https://wa.me/1"
    )
    assert list(ways) == ["email", "im", "phone", "community"]
