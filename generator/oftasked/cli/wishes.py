"""What an editor wants to add, from options, and completed by asking or with defaults."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NoReturn

import click

from oftasked import adding
from oftasked.adding import Base
from oftasked.assembly import humanised
from oftasked.cli import interview
from oftasked.editing_values import Fields
from oftasked.model import KnowledgeBase
from oftasked.problems import ContentError
from oftasked.suggestions import closest
from oftasked.yamltext import Plain


@dataclass(frozen=True, slots=True)
class Wish:
    """What an editor wants to add, as far as it is known."""

    question: str = ""
    answer: str = ""
    audience: str = ""
    topic: str = ""
    topic_title: str = ""
    id: str = ""
    also_asked: tuple[str, ...] = ()
    summary: str = ""
    tags: tuple[str, ...] = ()
    access: str = ""
    contact: str = ""

    @property
    def phrasings(self) -> tuple[str, ...]:
        """Every way of asking that is to be added, each once."""
        return tuple(dict.fromkeys([self.question, *self.also_asked]))

    def only_for_entries(self) -> tuple[str, ...]:
        """Return the options given that a phrasing has no use for."""
        names = ("answer", "audience", "topic", "topic_title", "id", "summary", "access", "contact")
        given = [name for name in names if getattr(self, name)]
        given += ["tag"] if self.tags else []
        return tuple(f"--{name.replace('_', '-')}" for name in given)

    def fields(self, day: dt.date) -> Fields:
        """Return the fields of the entry in the order in which they are written."""
        given: dict[str, str | Sequence[str]] = {
            "id": Plain(self.id),
            "question": self.question,
            "answer": self.answer,
            "also_asked": self.phrasings[1:],
            "summary": self.summary,
            "tags": self.tags,
            "access": Plain(self.access),
            "contact": Plain(self.contact),
            "changed": Plain(day.isoformat()),
        }
        return {name: each for name, each in given.items() if each}


def text_of(
    ctx: click.Context, parameter: click.Parameter, value: str | tuple[str, ...] | None
) -> str | tuple[str, ...]:
    """Return texts without what a terminal or a file brings along; a line is one line."""
    if isinstance(value, tuple):
        return tuple(str(text_of(ctx, parameter, each)) for each in value)
    text = sys.stdin.read() if value == "-" and parameter.name == "answer" else value or ""
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise click.BadParameter("it is not UTF-8; set the terminal to UTF-8")
    if value is not None and not text.strip():
        raise click.BadParameter("it is empty; write something, or leave the option out")
    if parameter.name == "answer":
        return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    return " ".join(text.split())


def asked(wish: Wish, *, asks: bool) -> Wish:
    """Return the wish with its question."""
    if wish.question:
        return wish
    if not asks:
        _missing("question")
    return replace(wish, question=interview.line("The question, as a customer asks it"))


def completed(base: Base, wish: Wish, *, edit: bool, asks: bool) -> Wish:
    """Return the wish with all that an entry needs."""
    knowledge = base.knowledge
    wish = replace(wish, audience=_audience(knowledge, wish, asks=asks))
    wish = _with_topic(base, wish, asks=asks)
    answer = interview.edited(wish.answer) if edit else wish.answer
    if not answer:
        answer = interview.prose("The answer") if asks else _missing("answer")
    if asks and not wish.also_asked:
        wish = replace(wish, also_asked=interview.lines("Other ways customers ask this"))
    id_ = wish.id or _id(knowledge, wish.question, asks=asks)
    return replace(wish, answer=answer, id=id_)


def _audience(knowledge: KnowledgeBase, wish: Wish, *, asks: bool) -> str:
    """Return the audience: the one named, or the only one with the topic, or the answer."""
    known = [audience.id for audience in knowledge.audiences]
    if wish.audience:
        if wish.audience not in known:
            close = closest(wish.audience, known)
            hint = f"did you mean `{close}`?" if close else f"there are {', '.join(known)}"
            raise click.UsageError(f"`{wish.audience}` is not an audience; {hint}")
        return wish.audience
    with_topic = [topic.audience for topic in knowledge.topics if topic.stem == wish.topic]
    if len(with_topic) == 1:
        return with_topic[0]
    return (
        interview.audience(knowledge.audiences, knowledge.default_lang)
        if asks
        else _missing("audience", with_topic or known)
    )


def _with_topic(base: Base, wish: Wish, *, asks: bool) -> Wish:
    """Return the wish with the topic's name, and with a title where the topic is new."""
    topics = [topic for topic in base.knowledge.topics if topic.audience == wish.audience]
    stems = [topic.stem for topic in topics]
    if not wish.topic and not asks:
        _missing("topic", stems)

    def trouble(stem: str) -> str | None:
        try:
            adding.topic_path(base, f"{wish.audience}/{stem}")
        except ContentError as error:
            return "; ".join(f"{each.message}; {each.remedy}" for each in error.problems)
        return None

    stem = wish.topic or interview.topic(topics, base.knowledge.default_lang, trouble)
    title = wish.topic_title
    if asks and stem not in stems and not title:
        given = interview.line("Title of the new topic", default=humanised(stem))
        title = "" if given == humanised(stem) else given
    return replace(wish, topic=stem, topic_title=title)


def _id(knowledge: KnowledgeBase, question: str, *, asks: bool) -> str:
    """Return an id made of the question, or another one where that cannot be or is not wanted."""
    taken = adding.taken_ids(knowledge)
    proposed = adding.proposed_id(question, taken)
    if asks:
        explained = "Its id: the address, permanent (small letters, digits, hyphens)"

        def trouble(id_: str) -> str | None:
            return adding.id_trouble(id_, taken)

        return interview.line(explained, default=proposed or None, trouble=trouble)
    if not adding.says_it_all(proposed, question):
        why = "no id can be made of a question that is not in Latin letters"
        raise click.UsageError(f"--id is missing: {why}; name one like `delivery-time`")
    return proposed


def _missing(option: str, known: Iterable[str] = ()) -> NoReturn:
    listed = ", ".join(known)
    hint = f" (there are {listed})" if listed else ""
    raise click.UsageError(f"--{option} is missing; give it{hint}, or run this at a terminal")
