"""Whatever stands in a file, reading it gives problems or a knowledge base, never a crash."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from pathlib import Path
from typing import Any

import jsonschema
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oftasked.knowledge import read
from oftasked.loading import read_file, read_topic
from oftasked.problems import Severity
from oftasked.schema import (
    AudiencesFields,
    ContactsFields,
    EntryFields,
    QuestionsFields,
    SynonymsFields,
    TopicFields,
    TranslationFields,
    json_schemas,
)
from oftasked.yamltext import decode

VALID = """\
topic: {title: Delivery, contact: support, access: public}
entries:
  - id: delivery-time
    question: How long does delivery take?
    answer: |
      Two *days*. [Track](faq:track) it, or see ![box](box.png) and `code`.
    also_asked: [when, "no", 012]
    asked: 12
    pinned: true
    changed: 2026-09-01
    related: [track]
    replies: {email: Dear customer}
  - {id: track, question: "Where is it?", answer: There., tags: [a, b]}
"""
MODELS: dict[str, Any] = {
    "topic": TopicFields,
    "translation": TranslationFields,
    "audiences": AudiencesFields,
    "contacts": ContactsFields,
    "synonyms": SynonymsFields,
    "questions": QuestionsFields,
}
VALIDATORS = {
    name: jsonschema.Draft202012Validator(schema) for name, schema in json_schemas().items()
}
QUICK = settings(
    max_examples=150,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)

tokens = st.sampled_from(
    [
        *"entries: topic: id: question: answer: - [ ] { } , | > & * ! % @ ` ' \" # ? ~ :".split(),
        *"null no 1e3 2026-09-01 a <<: ... --- \\ \x07 中 \ufeff faq:x ](".split(),
        *("\n", "\n", "\n  ", "\n    ", "\n  - ", "\t", ":\n", "\x85", "\u2028"),
    ]
)
soup = st.lists(tokens, max_size=40).map(" ".join)
edits = st.lists(
    st.tuples(st.integers(0, len(VALID)), st.integers(0, 12), st.one_of(tokens, st.just(""))),
    min_size=1,
    max_size=3,
)
scalars = st.one_of(
    st.sampled_from(
        "no on null ~ true False TRUE tRuE 0 1 12 012 1.5 -1 1e3 .5 5. .inf 0x1F 1_000 1:30 "
        "2026-09-01 2026-02-30 a a-b Ab none members public draft en zh-TW x@example.com "
        "https://example.com".split()
    ),
    st.sampled_from(['"12"', '"true"', "'2026-09-01'", '"a "', '""', "' '"]),
)
flow = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(st.sampled_from(["en", "zh", "email", "im"]), inner, max_size=2).map(
            lambda items: "{" + ", ".join(f"{key}: {item}" for key, item in items.items()) + "}"
        ),
    ),
    max_leaves=4,
)


class CoreLoader(yaml.CSafeLoader):
    """Reads scalars as YAML 1.2's core schema does: what an editor's checker sees."""


CoreLoader.yaml_implicit_resolvers = {}


CORE = {
    "bool": (r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    "null": (r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    "int": (r"^[-+]?[0-9]+$", "-+0123456789"),
    "float": (r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
}
for kind, (pattern, first) in CORE.items():
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(pattern), first)


def as_json(text: str) -> object:
    return with_text_keys(yaml.load(text, CoreLoader))  # noqa: S506 # a safe loader


def with_text_keys(value: object) -> object:
    """Name things by text, as JSON does: a contact may be called `null`."""
    if isinstance(value, list):
        return [with_text_keys(item) for item in value]
    if isinstance(value, dict):
        return {str(key): with_text_keys(item) for key, item in value.items()}
    return value


def check(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "prospects").mkdir()
        (root / "prospects" / "a.yml").write_bytes(raw)
        (root / "asks.csv").write_bytes(raw)
        reading = read(root, as_of=dt.date(2026, 9, 1), shown_as="faq")
    has_error = any(problem.severity is Severity.ERROR for problem in reading.problems)
    assert (reading.knowledge is None) == has_error
    assert all(problem.line >= 1 and problem.column >= 1 for problem in reading.problems)
    assert all(problem.message and problem.remedy for problem in reading.problems)
    assert list(reading.problems) == sorted(reading.problems)


@QUICK
@given(soup)
def test_any_text_gives_problems_or_a_knowledge_base(text: str) -> None:
    check(text.encode())


@QUICK
@given(st.binary(max_size=200))
def test_any_bytes_give_problems_or_a_knowledge_base(raw: bytes) -> None:
    check(raw)


@QUICK
@given(edits)
def test_any_edit_of_a_valid_file_gives_problems_or_a_knowledge_base(
    changes: list[tuple[int, int, str]],
) -> None:
    text = VALID
    for start, length, new in changes:
        text = text[:start] + new + text[start + length :]
    check(text.encode())


@QUICK
@given(st.integers(0, len(VALID)))
def test_reading_a_file_is_a_pure_function(end: int) -> None:
    text, _ = decode(VALID[:end].encode(), "a.yml")
    assert read_topic(text, "a.yml") == read_topic(text, "a.yml")


def accepted_by_schema(kind: str, text: str) -> None:
    """Assert that the schema accepts a text if the loader does."""
    if any(p.severity is Severity.ERROR for p in read_file(MODELS[kind], text, "a.yml").problems):
        return
    VALIDATORS[kind].validate(as_json(text))


@QUICK
@given(st.sampled_from(sorted(EntryFields.model_fields)), flow)
def test_what_the_loader_accepts_in_an_entry_the_schema_accepts(field: str, value: str) -> None:
    given_fields = {"id": "one", "question": "Q", "answer": "A", field: value}
    lines = "".join(f"    {name}: {text}\n" for name, text in given_fields.items())
    accepted_by_schema("topic", "entries:\n  -\n" + lines)
    accepted_by_schema("translation", "entries:\n  -\n" + lines)


@QUICK
@given(flow, flow)
def test_what_the_loader_accepts_at_the_top_the_schema_accepts(one: str, two: str) -> None:
    accepted_by_schema("topic", f"topic: {{title: {one}, access: {two}}}\n")
    accepted_by_schema("audiences", f"audiences: [{{id: {one}, title: {two}}}]\n")
    accepted_by_schema("contacts", f"contacts:\n  {one}: {{title: {two}, phone: {one}}}\n")
    accepted_by_schema("contacts", f"default: {one}\ncontacts: {two}\n")
    accepted_by_schema("synonyms", f"en: {one}\nzh: [[a, b], {two}]\n")
    accepted_by_schema(
        "questions", f"- {{ask: {one}, expect: {two}}}\n- {{ask: a, expect: {one}}}\n"
    )


def test_the_schemas_are_schemas_and_refuse_what_is_wrong() -> None:
    for name, schema in json_schemas().items():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert VALIDATORS[name].is_valid(None)
    assert not VALIDATORS["topic"].is_valid({"entries": [{"id": "a"}]})
    assert not VALIDATORS["topic"].is_valid({"entires": []})
    assert VALIDATORS["topic"].is_valid(as_json(VALID))
