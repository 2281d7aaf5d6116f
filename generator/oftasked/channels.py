"""A department -> the ways to reach it from one page, with the visitor's question filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from oftasked.model import Contact


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a visitor carries along to a person: the question read and the page's address."""

    question: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to a person. ``kind``: email, form, phone, im or community; ``href`` is complete."""

    kind: str
    href: str
    label: str
    """The address, the number or the host, for small print."""


def channels(contact: Contact, occasion: Occasion, texts: Mapping[str, str]) -> tuple[Channel, ...]:
    """Return the department's channels in the order in which they are recommended."""
    return tuple(_channels(contact, occasion, texts))


def _channels(contact: Contact, occasion: Occasion, texts: Mapping[str, str]) -> Iterator[Channel]:
    if contact.email:
        yield Channel("email", mail_address(contact.email, occasion, texts), contact.email)
    if contact.im:
        yield Channel("im", fill(contact.im, occasion), host(contact.im))
    if contact.phone:
        digits = "".join(sign for sign in contact.phone if sign.isdigit() or sign == "+")
        yield Channel("phone", f"tel:{digits}", contact.phone)
    if contact.form:
        yield Channel("form", fill(contact.form, occasion), host(contact.form))
    if contact.community:
        yield Channel("community", fill(contact.community, occasion), host(contact.community))


def mail_address(email: str, occasion: Occasion, texts: Mapping[str, str]) -> str:
    """Return a mailto: address (RFC 6068) whose subject and body carry the question along."""
    address = "mailto:" + quote(email, safe="@+")
    if not occasion.question:
        return address
    subject = _insert(texts["mail_subject"], occasion)
    body = _insert(texts["mail_body"], occasion).replace("\n", "\r\n")
    return f"{address}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"


def fill(template: str, occasion: Occasion) -> str:
    """Put the question and the address into a form's or messenger's address, escaped."""
    return template.replace("{question}", quote(occasion.question, safe="")).replace(
        "{url}", quote(occasion.url, safe="")
    )


def host(address: str) -> str:
    """Return the host of an address, to show where a link leads."""
    return urlsplit(address).hostname or address


def _insert(template: str, occasion: Occasion) -> str:
    """Fill in both placeholders at once: what a question contains is never a placeholder."""
    parts = template.split("{question}")
    return occasion.question.join(part.replace("{url}", occasion.url) for part in parts)
