"""What several tests build on: small knowledge bases, as values and as files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from oftasked.model import Entry, Replies, Wording

AS_OF = dt.date(2026, 11, 22)

MKDOCS = """\
site_name: Linden
site_url: https://help.example.com/
docs_dir: faq
theme: {name: oftasked, language: en}
plugins:
  - oftasked: {languages: [zh]}
"""

DELIVERY = """\
topic: {title: Delivery, description: Times and costs., contact: logistics}
entries:
  - id: delivery-time
    question: How long does delivery take?
    answer: |
      Two to four working days. [Track your parcel](faq:track-parcel).

      ![A parcel](parcel.svg)
    also_asked: [when will my parcel arrive, shipping times]
    tags: [parcel]
    asked: 120
    changed: 2026-09-01
    replaces: [shipping-time]
  - id: track-parcel
    question: Where is my parcel?
    answer: Open the link in your dispatch e-mail.
    also_asked: [track my order]
    also_for: [returning-customers]
    asked: 60
  - id: secret-carrier
    question: Which carrier is the cheapest for us?
    answer: Ask the purchasing department about Hypotenuse Freight.
    access: internal
  - id: drone-delivery
    question: Do you deliver by drone?
    answer: We are trying it out in Zanzibar.
    status: draft
  - id: fax-orders
    question: Can I order by fax?
    answer: No longer.
    status: retired
    related: [delivery-time]
  - id: shipping-time
    question: What is the shipping time?
    answer: See the delivery time.
    status: retired
"""

DELIVERY_ZH = """\
topic: {title: 配送, description: 时间与费用。}
entries:
  - id: delivery-time
    question: 送货需要多长时间？
    answer: 两到四个工作日。[查询包裹](faq:track-parcel)。
    also_asked: [什么时候到货]
"""

PAYMENT = """\
entries:
  - id: pay-cards
    question: Which cards do you take?
    answer: Visa and Mastercard.
    asked: 80
    pinned: true
"""

CONTACTS = """\
default: support
contacts:
  logistics:
    title: Delivery team
    email: delivery@example.com
    form: https://example.com/contact?q={question}&page={url}
    hours: {en: Mon-Fri 9-17, zh: 周一至周五 9-17}
  support:
    title: {en: Customer service, zh: 客户服务}
    email: hello@example.com
    phone: "+44 20 7946 0000"
"""

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><title>p</title></svg>\n'

SHOP = {
    "mkdocs.yml": MKDOCS,
    "faq/new-customers/delivery.yml": DELIVERY,
    "faq/new-customers/delivery.zh.yml": DELIVERY_ZH,
    "faq/new-customers/parcel.svg": SVG,
    "faq/new-customers/unused.svg": SVG,
    "faq/prospects/payment.yml": PAYMENT,
    "faq/contacts.yml": CONTACTS,
    "faq/asks.csv": "date,entry,audience,channel,count\n2026-11-01,track-parcel,,email,500\n",
    "faq/index.md": "Welcome to Linden.\n",
}
"""A small shop in two languages, with one of everything that must not be published."""


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write files, by path relative to ``folder``; return the folder."""
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder


def entry(id_: str, question: str = "", **values: Any) -> Entry:
    """Return an entry of prospects/general with one English wording."""
    wording = Wording(
        "en",
        question or f"What is {id_}?",
        values.pop("answer", f"This is {id_}."),
        values.pop("summary", f"It is {id_}."),
        also_asked=tuple(values.pop("also_asked", ())),
        replies=Replies(),
    )
    return Entry(
        id=id_,
        audience=values.pop("audience", "prospects"),
        topic=values.pop("topic", "prospects/general"),
        wordings=(wording,),
        **values,
    )
