"""The small file that says what an index consists of; checked field by field when read."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from oftasked_search import lexicon
from oftasked_search.blocks import VERSION
from oftasked_search.directions import Space
from oftasked_search.errors import SearchError
from oftasked_search.fronted import front, unfront

FILE = "manifest.json"
FORMAT = "oftasked-search"


@dataclass(frozen=True, slots=True)
class Share:
    """How much each part of a score counts."""

    phrasing: int
    joined: int
    body: int
    covered: int
    adjacent: int
    boost: int
    sense: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything a reader must know first. ``names`` are the hashes in file names, by group."""

    lang: str
    stemmer: str | None
    documents: int
    blocks: int
    per_block: int
    phrasings: int
    unknown: int
    confident: int
    reranked: int
    boosts: tuple[int, ...]
    share: Share
    scales: tuple[int, ...]
    centre: tuple[int, ...]
    terms: tuple[str, ...]
    names: dict[str, str]
    lexicon: lexicon.Stored

    @property
    def space(self) -> Space:
        """What the levels of its vectors mean."""
        return Space(self.scales, self.centre)

    def encode(self) -> bytes:
        """Return the manifest as it is stored."""
        stored = {"format": FORMAT, "version": VERSION, **asdict(self), "terms": front(self.terms)}
        return json.dumps(
            stored, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode()


def decode(content: bytes) -> Manifest:
    """Return the manifest in a file, or a `SearchError` if it is none that this reader knows."""
    try:
        stored = json.loads(content)
        found, version = stored.pop("format"), stored.pop("version")
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise SearchError("corrupt", "the search index manifest cannot be read") from error
    if found != FORMAT:
        raise SearchError("corrupt", "not a search index manifest")
    if version != VERSION:
        raise SearchError("version", f"index format {version}; this reader knows {VERSION}")
    try:
        share = Share(**{key: int(value) for key, value in stored.pop("share").items()})
        numbers: dict[str, Any] = {key: _count(stored.pop(key)) for key in _NUMBERS}
        _count(numbers["documents"] * numbers["phrasings"])
        _count(numbers["per_block"] - 1)
        listed: dict[str, Any] = {
            key: tuple(map(int, stored.pop(key))) for key in ("boosts", "scales", "centre")
        }
        terms = tuple(unfront(stored.pop("terms")))
        return Manifest(**numbers, **stored, share=share, **listed, terms=terms)
    except (TypeError, ValueError, KeyError, AttributeError, IndexError) as error:
        raise SearchError("corrupt", "the search index manifest is incomplete") from error


_NUMBERS = ("documents", "blocks", "per_block", "phrasings", "unknown", "confident", "reranked")
MOST = 2**26
"""No number of a manifest is greater: a reader makes room for as many sums."""


def _count(number: object) -> int:
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= MOST:
        raise ValueError(number)
    return number
