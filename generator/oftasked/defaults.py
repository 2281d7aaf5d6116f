"""What a knowledge base is given where it says nothing: the four audiences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from oftasked.model import Audience, Text

_AUDIENCES: tuple[tuple[str, Mapping[str, str], Mapping[str, str]], ...] = (
    (
        "prospects",
        {"en": "Thinking about buying", "zh": "购买前", "zh-tw": "購買前"},
        {
            "en": "Before your first order: what we offer, and what it costs.",
            "zh": "首次下单之前：我们提供什么，价格如何。",
            "zh-tw": "首次下單之前：我們提供什麼，價格如何。",
        },
    ),
    (
        "new-customers",
        {"en": "New customers", "zh": "新客户", "zh-tw": "新客戶"},
        {
            "en": "You have just ordered: how to get started.",
            "zh": "刚刚下单：如何开始使用。",
            "zh-tw": "剛剛下單：如何開始使用。",
        },
    ),
    (
        "returning-customers",
        {"en": "Returning customers", "zh": "老客户", "zh-tw": "老客戶"},
        {
            "en": "You know us: orders, account, changes and repairs.",
            "zh": "您已经了解我们：订单、账户、变更与维修。",
            "zh-tw": "您已經了解我們：訂單、帳戶、變更與維修。",
        },
    ),
    (
        "individual-help",
        {"en": "Individual help", "zh": "人工帮助", "zh-tw": "專人協助"},
        {
            "en": "How to reach a person: whom, where, and how soon.",
            "zh": "如何联系我们：找谁、通过什么渠道、多久回复。",
            "zh-tw": "如何聯絡我們：找誰、透過什麼管道、多久回覆。",
        },
    ),
)


def default_audiences(languages: Sequence[str]) -> tuple[Audience, ...]:
    """Return the four audiences, named in the languages that we speak."""
    return tuple(
        Audience(id=name, title=_text(title, languages), description=_text(about, languages))
        for name, title, about in _AUDIENCES
    )


def _text(texts: Mapping[str, str], languages: Sequence[str]) -> Text:
    """Return the text in each language; the default one falls back to English."""
    found = [(lang, _in(texts, lang)) for lang in languages]
    default = found[0][1] or texts["en"]
    rest = ((lang, text) for lang, text in found[1:] if text)
    return Text(((languages[0], default), *rest))


def _in(texts: Mapping[str, str], lang: str) -> str | None:
    key = lang.lower().replace("_", "-")
    if key.startswith("zh-hant") or key in ("zh-hk", "zh-mo"):
        key = "zh-tw"
    return texts.get(key) or texts.get(key.partition("-")[0])
