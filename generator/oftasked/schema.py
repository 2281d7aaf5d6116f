"""The fields of every YAML file, each defined once: what the loader checks and editors complete.

Values come from `yamltext.value`: unquoted scalars are `Plain`, quoted ones are text for good.
A text field takes any scalar. Whatever these models accept, the JSON Schemas accept as well.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from oftasked.yamltext import Plain

ID = r"[a-z0-9]+(-[a-z0-9]+)*"
ID_LENGTH = 80
NONE = "none"
"""What `expect` says of a question that no entry answers; therefore no entry's id."""
SCALAR = ["string", "number", "boolean"]

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?")
_INTEGER = re.compile(r"[1-9][0-9]{0,5}")
_LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_EMAIL = re.compile(r"[^\s@<>,;:?&]+@[^\s@<>,;:?&]+\.[^\s@<>,;:?&.]+")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def mistake(what: str, remedy: str) -> PydanticCustomError:
    """Return the error for a value that ``what`` describes: "is not a date"."""
    return PydanticCustomError("mistake", "{what}; {remedy}", {"what": what, "remedy": remedy})


def _line(text: str) -> str:
    line = " ".join(text.split())
    if not line:
        raise mistake("is empty", "write something, or delete the field")
    return line


def _prose(text: str) -> str:
    if not text.strip():
        raise mistake("is empty", "write something, or delete the field")
    return text.strip("\n")


def _identifier(text: str) -> str:
    name = _line(text)
    if len(name) > ID_LENGTH:
        raise mistake(f"is longer than {ID_LENGTH} characters", "shorten it")
    if not re.fullmatch(ID, name):
        better = "-".join(re.findall("[a-z0-9]+", name.lower()))
        hint = f", like `{better}`" if better else ""
        raise mistake("is not an id", f"use small letters, digits and single hyphens{hint}")
    return name


def _entry_id(name: str) -> str:
    if name == NONE:
        raise mistake("is a reserved word", "choose another id")
    return name


def _date(given: object) -> object:
    if isinstance(given, str):
        try:
            return dt.date.fromisoformat(given) if _DATE.fullmatch(given) else _no_date()
        except ValueError:
            raise mistake("is a date that does not exist", "check day and month") from None
    return _no_date()


def _no_date() -> object:
    raise mistake("is not a date", "write year, month and day like 2026-09-01")


def _number(given: object) -> object:
    if isinstance(given, Plain) and _NUMBER.fullmatch(given):
        return float(given)
    raise mistake("is not a number from 0 on", "write digits without quotes, like 120")


def _days(given: object) -> object:
    if isinstance(given, Plain) and _INTEGER.fullmatch(given):
        return int(given)
    raise mistake("is not a number of days", "write a whole number from 1 on, like 180")


def _boolean(given: object) -> object:
    if isinstance(given, Plain) and given.lower() in ("true", "false"):
        return given.lower() == "true"
    raise mistake("is neither true nor false", "write `true` or `false`, without quotes")


def _language(text: str) -> str:
    if not _LANG.fullmatch(text):
        raise mistake("is not a language code", "write it like `en` or `zh-TW`")
    return text


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise mistake("is not an e-mail address", "write it like help@example.com")
    return text


def _address(text: str) -> str:
    if not re.match(r"(https?://|mailto:|tel:)\S", text) or re.search(r"\s", text):
        raise mistake("is not an address", "begin it with https://, mailto: or tel:")
    for name in _PLACEHOLDER.findall(text):
        if name not in ("question", "url"):
            raise mistake(f"has an unknown placeholder {{{name}}}", "use {question} or {url}")
    return text


def _per_language(given: object) -> object:
    return {"": given} if isinstance(given, str) else given


def _ids(given: object) -> object:
    return [given] if isinstance(given, str) else given


def _expected(ids: list[str]) -> list[str]:
    if not ids:
        raise mistake("is empty", f"name an entry, or write `{NONE}`")
    if NONE in ids and len(ids) > 1:
        raise mistake(f"mixes `{NONE}` with entries", "keep one or the other")
    return [name for name in ids if name != NONE]


def _text_schema(**more: object) -> WithJsonSchema:
    return WithJsonSchema({"type": SCALAR, **more})


_ID_SCHEMA = _text_schema(pattern=f"^{ID}$", maxLength=ID_LENGTH)
Line = Annotated[str, AfterValidator(_line), _text_schema()]
Prose = Annotated[str, AfterValidator(_prose), _text_schema()]
Id = Annotated[str, AfterValidator(_identifier), _ID_SCHEMA]
EntryId = Annotated[Id, AfterValidator(_entry_id), _ID_SCHEMA]
Lang = Annotated[str, AfterValidator(_language), _text_schema()]
Email = Annotated[Line, AfterValidator(_email), _text_schema()]
Address = Annotated[Line, AfterValidator(_address), _text_schema()]
Date = Annotated[
    dt.date, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date"})
]
Number = Annotated[
    float, BeforeValidator(_number), WithJsonSchema({"type": "number", "minimum": 0})
]
Days = Annotated[int, BeforeValidator(_days), WithJsonSchema({"type": "integer", "minimum": 1})]
Flag = Annotated[bool, BeforeValidator(_boolean), WithJsonSchema({"type": "boolean"})]
AccessName = Literal["public", "members", "internal"]
StatusName = Literal["published", "draft", "retired"]
Texts = Annotated[
    dict[Lang, Line],
    BeforeValidator(_per_language),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": SCALAR},
                {"type": "object", "additionalProperties": {"type": SCALAR}},
            ]
        }
    ),
]
"""A text, or one per language; the empty language code stands for the site's default."""
Expected = Annotated[
    list[Id],
    BeforeValidator(_ids),
    AfterValidator(_expected),
    WithJsonSchema(
        {"anyOf": [{"type": SCALAR}, {"type": "array", "items": {"type": SCALAR}, "minItems": 1}]}
    ),
]
Group = Annotated[list[Line], Field(min_length=2)]


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


def _json_schema(name: str, model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema()
    empty_too = {"type": [schema.pop("type"), "null"]}  # an empty file says nothing wrong
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Oftasked: {name}",
        **empty_too,
        **{key: value for key, value in schema.items() if key != "title"},
    }
