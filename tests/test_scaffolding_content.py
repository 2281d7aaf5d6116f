"""A new project's content: the template's, whole, in whichever languages are wanted."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from pathlib import Path

import pytest

import oftasked
from oftasked import bilingual, knowledge, starters
from oftasked.bilingual import LANGUAGES, SOURCE
from oftasked.model import Audience, Contact, Entry, KnowledgeBase, Place, Text, Topic
from oftasked.scaffolding import languages_of
from oftasked.starters import TEMPLATES

ROOT = Path(oftasked.__file__).parent / "templates"
DAY = dt.date(2031, 5, 4)
CHOICES = ("en", "zh", "en,zh", "zh,en")
CHINESE = re.compile("[\u4e00-\u9fff]")

TOPIC = """\
# Whatever stands here is the template's affair.
topic:
  title: Delivery
  contact: logistics

entries:
  - id: delivery-time
    question: "How long: days?"
    answer: |
      Two days.

      - not an `- id: x`
    also_asked:
      - when
    summary: Two.
    also_for: [prospects]
    changed: 2026-01-02
    replies:
      email: Two days.
    notes: Ask Ann.

  - id: track-parcel
    question: Where?
    answer: |
      There.
    related: [delivery-time]
"""
TOPIC_ZH = """\
topic:
  title: 配送

entries:
  - id: track-parcel
    question: 在哪？
    answer: |
      那里。
    tags: [包裹]

  - id: delivery-time
    question: 多久？
    answer: |
      两天。
"""
MERGED = """\
topic:
  title: 配送
  contact: logistics

entries:
  - id: delivery-time
    question: 多久？
    answer: |
      两天。
    also_for: [prospects]
    changed: 2026-01-02
    notes: Ask Ann.

  - id: track-parcel
    question: 在哪？
    answer: |
      那里。
    tags: [包裹]
    related: [delivery-time]
"""


def read(folder: Path, languages: tuple[str, ...]) -> KnowledgeBase:
    reading = knowledge.read(folder, languages=languages, as_of=DAY, shown_as="faq")
    assert reading.problems == ()
    assert reading.knowledge is not None
    return reading.knowledge


@pytest.fixture(scope="module", params=sorted(TEMPLATES))
def template(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def whole(template: str) -> KnowledgeBase:
    """The template as it was written, in all its languages."""
    return read(ROOT / template / "faq", LANGUAGES)


@pytest.fixture(params=CHOICES)
def languages(request: pytest.FixtureRequest) -> tuple[str, ...]:
    return languages_of(request.param)


@pytest.fixture
def files(template: str, languages: tuple[str, ...]) -> dict[str, bytes]:
    return starters.content(template, languages=languages, reviewed=DAY)


@pytest.fixture
def made(files: dict[str, bytes], languages: tuple[str, ...], tmp_path: Path) -> KnowledgeBase:
    """The content of a new project, read back."""
    for path, raw in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(raw)
    return read(tmp_path, languages)


def in_languages(entry: Entry, languages: tuple[str, ...]) -> Entry:
    """An entry without its places and the date of its review, in some languages only."""
    wordings = tuple(
        dataclasses.replace(entry.wording(lang), place=Place(""), phrased_at=())
        for lang in languages
    )
    reviewed = DAY if entry.reviewed else None
    return dataclasses.replace(entry, wordings=wordings, place=Place(""), reviewed=reviewed)


def said(text: Text | None, languages: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text.get(lang) for lang in languages) if text else ()


def header(topic: Topic, languages: tuple[str, ...]) -> tuple[object, ...]:
    texts = (said(topic.title, languages), said(topic.description, languages))
    return (topic.id, *texts, topic.contact, topic.access, topic.teaser)


def test_every_entry_is_the_templates_field_by_field(
    whole: KnowledgeBase, made: KnowledgeBase, languages: tuple[str, ...]
) -> None:
    wanted = [in_languages(entry, languages) for entry in whole.entries]
    assert [in_languages(entry, languages) for entry in made.entries] == wanted
    assert {entry.reviewed for entry in made.entries} <= {None, DAY}
    assert all(len(entry.wordings) == len(languages) for entry in made.entries)


def test_topics_audiences_and_contacts_are_the_templates(
    whole: KnowledgeBase, made: KnowledgeBase, languages: tuple[str, ...]
) -> None:
    assert [header(each, languages) for each in made.topics] == [
        header(each, languages) for each in whole.topics
    ]
    pairs: list[tuple[Audience | Contact, Audience | Contact]] = [
        *zip(made.audiences, whole.audiences, strict=True),
        *zip(made.contacts, whole.contacts, strict=True),
    ]
    for ours, theirs in pairs:
        for field in dataclasses.fields(ours):
            one, other = getattr(ours, field.name), getattr(theirs, field.name)
            if isinstance(one, Text):
                assert {lang for lang, _ in one.by_lang} == set(languages)
                one, other = said(one, languages), said(other, languages)
            assert one == other


def test_synonyms_questions_and_ledger_are_the_templates_in_these_languages(
    whole: KnowledgeBase, made: KnowledgeBase, languages: tuple[str, ...]
) -> None:
    assert dict(made.synonyms) == {
        lang: groups for lang, groups in whole.synonyms if lang in languages
    }
    assert [(q.ask, q.expect, q.audience, q.lang) for q in made.questions] == [
        (q.ask, q.expect, q.audience, q.lang) for q in whole.questions if q.lang in languages
    ]
    assert made.ledger == whole.ledger
    assert made.ranking == whole.ranking


def test_a_project_in_one_language_holds_no_other(
    files: dict[str, bytes], languages: tuple[str, ...]
) -> None:
    foreign = [f".{lang}." for lang in LANGUAGES if lang not in languages]
    assert [path for path in files if any(part in path for part in foreign)] == []
    if languages == (SOURCE,):
        chinese = [path for path, raw in files.items() if CHINESE.search(raw.decode())]
        assert chinese == []


def test_images_that_no_text_shows_stay_behind(
    template: str, files: dict[str, bytes], languages: tuple[str, ...]
) -> None:
    drawn = {path for path in files if path.endswith(".svg")}
    texts = "\n".join(raw.decode() for path, raw in files.items() if path not in drawn)
    assert [path for path in drawn if path.rpartition("/")[2] not in texts] == []
    linked = set(re.findall(r"[\w-]+\.svg", texts))
    assert linked == {path.rpartition("/")[2] for path in drawn}
    if len(languages) == len(LANGUAGES):
        there = {path.name for path in (ROOT / template).rglob("*.svg")}
        assert there == linked


def test_every_file_of_the_template_that_has_no_language_is_taken(
    template: str, files: dict[str, bytes]
) -> None:
    root = ROOT / template / "faq"
    there = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    plain = {path for path in there if path.endswith((".yml", ".csv", ".md"))}
    assert {path for path in plain if path.count(".") == 1} <= set(files)


def test_a_topic_in_another_language_keeps_its_facts_and_the_order_of_its_fields() -> None:
    assert bilingual.original(TOPIC, TOPIC_ZH) == MERGED
    assert bilingual.original(TOPIC, TOPIC) == TOPIC.partition("\n")[2]


def test_the_original_of_a_topic_becomes_a_translation_of_it() -> None:
    made = bilingual.translation(TOPIC)
    assert "contact" not in made
    assert "notes" not in made
    assert made.count("  - id: ") == 2
    assert '    question: "How long: days?"\n' in made
    assert "      - not an `- id: x`\n" in made
    assert "    replies:\n      email: Two days.\n" in made


@pytest.mark.parametrize(
    "text",
    ["topic: {title: A}\n", "entries:\n- id: a\n", TOPIC + "    \tnotes: x\n", TOPIC + "x\n"],
)
def test_a_template_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not of a template's form"):
        bilingual.translation(text)


CONTACTS = """\
# about
default: support
contacts:
  # within
  support:
    title: {en: "Help, at once", zh: 客服}
    email: a@example.com
    hours:
      en: Mon-Fri
      zh: "周一: 全天"
    reply_within: {zh: 6 小时, en: 6 h}
"""


def test_texts_by_language_become_plain_texts_of_the_only_language() -> None:
    assert bilingual.spoken("contacts.yml", CONTACTS, ("zh",)) == (
        "default: support\ncontacts:\n  support:\n    title: 客服\n    email: a@example.com\n"
        '    hours: "周一: 全天"\n    reply_within: 6 小时\n'
    )
    assert bilingual.spoken("contacts.yml", CONTACTS, ("en",)) == (
        "default: support\ncontacts:\n  # within\n  support:\n"
        '    title: "Help, at once"\n    email: a@example.com\n'
        "    hours: Mon-Fri\n    reply_within: 6 h\n"
    )
    both = bilingual.spoken("contacts.yml", CONTACTS, ("en", "zh"))
    assert both == CONTACTS.partition("\n")[2]


def test_a_heading_among_the_questions_goes_with_what_it_heads() -> None:
    text = (
        "# about\n\n# Asking\n- ask: a\n  expect: b\n\n# 问\n- ask: 甲\n  expect: b\n  lang: zh\n"
    )
    assert bilingual.spoken("questions.yml", text, ("en",)) == "# Asking\n- ask: a\n  expect: b\n"
    chinese = bilingual.spoken("questions.yml", text, ("zh",))
    assert chinese == "# 问\n- ask: 甲\n  expect: b\n  lang: zh\n"


def test_a_question_says_its_language_where_that_is_not_the_default() -> None:
    text = "- ask: when\n  expect: a\n- {ask: where, expect: b}\n\n"
    text += "- ask: 多久\n  expect: a\n  lang: zh\n"
    assert bilingual.spoken("questions.yml", text, ("zh", "en")) == (
        "- ask: when\n  expect: a\n  lang: en\n- {ask: where, expect: b, lang: en}\n\n"
        "- ask: 多久\n  expect: a\n  lang: zh\n"
    )
    assert bilingual.spoken("questions.yml", text, ("zh",)).startswith("- ask: 多久")
    assert "多久" not in bilingual.spoken("questions.yml", text, ("en",))
