"""Questions and answers of any origin -> a knowledge base in the content format, ready to build."""

from __future__ import annotations

import hashlib
import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from question_sets import Item

AUDIENCES = ("prospects", "new-customers", "returning-customers", "individual-help")
TOPICS = ("account", "delivery", "ordering", "other", "payment", "privacy", "products", "returns")


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry to be written: where it stands, and its fields as YAML has them."""

    audience: str
    topic: str
    fields: dict[str, Any]


def entry_ids(names: Iterable[str]) -> dict[str, str]:
    """Give every name of a set an id that the content format allows; no two alike."""
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60].strip("-")
        wanted = plain or f"entry-{_digest(name):012x}"
        ids[name] = f"{wanted}-{_digest(name):012x}" if wanted in taken else wanted
        taken.add(ids[name])
    return ids


def drafts(items: Iterable[Item], ids: dict[str, str]) -> Iterator[Draft]:
    """Yield a set's entries, spread over audiences and topics by their ids."""
    for item in items:
        place = _digest(ids[item.id])
        fields: dict[str, Any] = {
            "id": ids[item.id],
            "question": item.question,
            "answer": item.answer or item.question,
        }
        phrasings = dict.fromkeys(text for text in item.variants if text != item.question)
        if phrasings:
            fields["also_asked"] = list(phrasings)
        audience = AUDIENCES[place % len(AUDIENCES)]
        yield Draft(audience, TOPICS[place // len(AUDIENCES) % len(TOPICS)], fields)


def write_entries(faq: Path, entries: Iterable[Draft]) -> None:
    """Write one topic file for each audience and topic that has entries."""
    ordered = sorted(entries, key=lambda draft: (draft.audience, draft.topic, draft.fields["id"]))
    for (audience, topic), group in itertools.groupby(
        ordered, key=lambda draft: (draft.audience, draft.topic)
    ):
        path = faq / audience / f"{topic}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        header = {"title": topic.replace("-", " ").capitalize()}
        content = {"topic": header, "entries": [draft.fields for draft in group]}
        path.write_text(_to_yaml(content), "utf-8")


def write_configuration(folder: Path, *, name: str, lang: str) -> None:
    """Write the ``mkdocs.yml`` of a site with our theme and plugin and nothing else."""
    configuration = {
        "site_name": name,
        "site_url": "https://help.example.com/",
        "docs_dir": "faq",
        "theme": {"name": "oftasked", "language": lang},
        "plugins": ["oftasked"],
    }
    (folder / "mkdocs.yml").write_text(_to_yaml(configuration), "utf-8")


def language_tag(lang: str) -> str:
    """Return a set's language as MkDocs spells it: ``zh-tw`` is ``zh-TW``."""
    language, _, region = lang.partition("-")
    return f"{language}-{region.upper()}" if region else language


class _Dumper(yaml.CSafeDumper):
    """Writes texts of several lines as blocks, as people do."""


def _block(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _block)


def _to_yaml(content: object) -> str:
    return yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big")
