"""The fields of every YAML file, each defined once: what the loader checks and editors complete.

The JSON Schemas are made from the models that the loader uses, so they cannot drift apart.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, RootModel

from oftasked.fieldkinds import (
    AccessName,
    Address,
    Date,
    Days,
    Email,
    EntryId,
    Expected,
    Flag,
    Group,
    Id,
    Lang,
    Line,
    Number,
    Prose,
    StatusName,
    Texts,
)

SCHEMAS = ".vscode/oftasked"
"""Where a project keeps its JSON Schemas, beside mkdocs.yml."""

FileModel = BaseModel
"""What any part of a file is checked against; those who only name it need no pydantic."""


class Fields(BaseModel):
    """A mapping of the content format; an unknown field is an error."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class RepliesFields(Fields):
    """Prepared answers for other channels."""

    email: Prose | None = None
    im: Prose | None = None


class EntryFields(Fields):
    """One question with its answer."""

    id: EntryId = Field(description="Permanent and unique: small letters, digits, hyphens.")
    question: Line = Field(description="The question as a customer asks it.")
    answer: Prose = Field(description="The full answer, in Markdown.")
    also_asked: list[Line] | None = Field(None, description="Other ways customers ask for this.")
    summary: Line | None = Field(
        None, description="The answer in one line; by default its first sentence."
    )
    tags: list[Line] | None = Field(None, description="Words to narrow results by.")
    also_for: list[Id] | None = Field(None, description="Further audiences.")
    asked: Number | None = Field(None, description="Baseline count, added to the ledger's.")
    pinned: Flag | None = Field(None, description="Pinned entries come first.")
    access: AccessName | None = Field(None, description="Who may read it.")
    status: StatusName | None = Field(None, description="Where the entry is in its life.")
    contact: Id | None = Field(None, description="The department, as named in contacts.yml.")
    owner: Line | None = Field(None, description="Who keeps it right; never published.")
    changed: Date | None = Field(None, description="When the answer changed in substance.")
    reviewed: Date | None = Field(None, description="When it was last found right.")
    review_every: Days | None = Field(None, description="Days until the next review.")
    valid_from: Date | None = Field(None, description="Not published before this date.")
    valid_until: Date | None = Field(None, description="Not published after this date.")
    related: list[Id] | None = Field(None, description="Ids of entries to read next.")
    replaces: list[Id] | None = Field(None, description="Retired ids that lead here.")
    replies: RepliesFields | None = Field(None, description="Answers for other channels.")
    notes: Prose | None = Field(None, description="For editors; never published.")


class TopicHeaderFields(Fields):
    """What a topic file says about all its entries."""

    title: Line | None = Field(None, description="By default made from the file's name.")
    description: Line | None = Field(None, description="One line about the topic.")
    contact: Id | None = Field(None, description="Default department of the entries.")
    access: AccessName | None = Field(None, description="Entries may only be stricter.")
    teaser: Flag | None = Field(None, description="Announce a members' topic in public.")


class TopicFields(Fields):
    """A topic file: `<audience>/<topic>.yml`."""

    topic: TopicHeaderFields | None = None
    entries: list[EntryFields] | None = None


class TranslatedEntryFields(Fields):
    """An entry in another language; what is not given is inherited."""

    id: EntryId = Field(description="The id of the entry that this translates.")
    question: Line = Field(description="The question as a customer asks it.")
    answer: Prose = Field(description="The full answer, in Markdown.")
    also_asked: list[Line] | None = Field(None, description="Other ways customers ask for this.")
    summary: Line | None = Field(None, description="By default the answer's first sentence.")
    tags: list[Line] | None = Field(None, description="By default the original's.")
    replies: RepliesFields | None = Field(None, description="Answers for other channels.")


class TranslatedHeaderFields(Fields):
    """A topic's title and description in another language."""

    title: Line | None = None
    description: Line | None = None


class TranslationFields(Fields):
    """A translation file: `<audience>/<topic>.<lang>.yml`."""

    topic: TranslatedHeaderFields | None = None
    entries: list[TranslatedEntryFields] | None = None


class AudienceFields(Fields):
    """A group of people who ask; its folder has the same name."""

    id: Id
    title: Texts | None = Field(None, description="By default made from the id.")
    description: Texts | None = None
    access: AccessName | None = None


class AudiencesFields(Fields):
    """`audiences.yml`: the audiences, in their order."""

    audiences: list[AudienceFields] | None = None


class ContactFields(Fields):
    """A department with its channels."""

    title: Texts
    email: Email | None = None
    form: Address | None = Field(None, description="May hold {question} and {url}.")
    phone: Line | None = None
    im: Address | None = Field(None, description="May hold {question} and {url}.")
    community: Address | None = None
    post: Texts | None = None
    hours: Texts | None = None
    reply_within: Texts | None = None


class ContactsFields(Fields):
    """`contacts.yml`: the departments."""

    default: Id | None = Field(None, description="Who answers where nobody else is named.")
    contacts: dict[Id, ContactFields] | None = None


class SynonymsFields(RootModel[dict[Lang, list[Group] | None]]):
    """`synonyms.yml`: groups of words that mean the same, per language."""


class QuestionFields(Fields):
    """A real customer question."""

    ask: Line
    expect: Expected = Field(description="An entry's id, several, or `none`.")
    audience: Id | None = None
    lang: Lang | None = None


class QuestionsFields(RootModel[list[QuestionFields]]):
    """`questions.yml`: recorded customer questions with the entries that answer them."""


_FILES: dict[str, type[BaseModel]] = {
    "topic": TopicFields,
    "translation": TranslationFields,
    "audiences": AudiencesFields,
    "contacts": ContactsFields,
    "synonyms": SynonymsFields,
    "questions": QuestionsFields,
}


def json_schemas() -> dict[str, dict[str, Any]]:
    """Return a JSON Schema (2020-12) for each kind of file, by its name."""
    return {name: _json_schema(name, model) for name, model in _FILES.items()}


def schema_path(kind: str) -> str:
    """Return where a project keeps the JSON Schema of a kind of file."""
    return f"{SCHEMAS}/{kind}.schema.json"


def _json_schema(name: str, model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema()
    empty_too = {"type": [schema.pop("type"), "null"]}  # an empty file says nothing wrong
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Oftasked: {name}",
        **empty_too,
        **{key: value for key, value in schema.items() if key != "title"},
    }
