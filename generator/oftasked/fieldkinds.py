"""The kinds of values that a field may hold: how each is read, and its JSON Schema beside it.

Values come from `yamltext.value`: unquoted scalars are `Plain`, quoted ones are text for good.
A text takes any scalar. Whatever a kind accepts, its JSON Schema accepts as well.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from oftasked.yamltext import Plain

ID = r"[a-z0-9]+(-[a-z0-9]+)*"
ID_LENGTH = 80
NONE = "none"
"""What `expect` says of a question that no entry answers; therefore no entry's id."""
EMPTY = "empty"
"""The type of error of a blank text."""
SCALAR = ["string", "number", "boolean"]

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?")
_INTEGER = re.compile(r"[1-9][0-9]{0,3}")
_BOOLEANS = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_EMAIL = re.compile(r"[^\s@<>,;:?&]+@[^\s@<>,;:?&]+\.[^\s@<>,;:?&.]+")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def mistake(what: str, remedy: str) -> PydanticCustomError:
    """Return the error for a value that ``what`` describes: "is not a date"."""
    return PydanticCustomError("mistake", "{what}; {remedy}", {"what": what, "remedy": remedy})


def _empty() -> PydanticCustomError:
    """Return the error for a blank text; the remedy depends on whether its field is required."""
    return PydanticCustomError(EMPTY, "is empty")


def _line(text: str) -> str:
    line = " ".join(text.split())
    if not line:
        raise _empty()
    return line


def _prose(text: str) -> str:
    if not text.strip():
        raise _empty()
    return text.strip("\n")


def _identifier(text: str) -> str:
    if len(text) > ID_LENGTH:
        raise mistake(f"is longer than {ID_LENGTH} characters", "shorten it")
    if not re.fullmatch(ID, text):
        better = "-".join(re.findall("[a-z0-9]+", text.lower()))
        hint = f", like `{better}`" if better else ""
        raise mistake("is not an id", f"use small letters, digits and single hyphens{hint}")
    return text


def _entry_id(name: str) -> str:
    if name == NONE:
        raise mistake("is a reserved word", "choose another id")
    return name


def _date(given: object) -> object:
    if not isinstance(given, str) or not _DATE.fullmatch(given):
        raise mistake("is not a date", "write year, month and day like 2026-09-01")
    if not "1900" <= given[:4] <= "2199":
        raise mistake("is a date too far away", "write a year between 1900 and 2199")
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        raise mistake("is a date that does not exist", "check day and month") from None


def _number(given: object) -> object:
    if isinstance(given, Plain) and _NUMBER.fullmatch(given):
        return float(given)
    raise mistake("is not a number from 0 on", "write digits without quotes, like 120")


def _days(given: object) -> object:
    if isinstance(given, Plain) and _INTEGER.fullmatch(given):
        return int(given)
    raise mistake("is not a number of days", "write a whole number from 1 to 9999, like 180")


def _boolean(given: object) -> object:
    if isinstance(given, Plain) and given in _BOOLEANS:
        return _BOOLEANS[given]
    raise mistake("is neither true nor false", "write `true` or `false`, without quotes")


def _language(text: str) -> str:
    if text and not _LANG.fullmatch(text):
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
