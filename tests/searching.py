"""What the search tests share: the shop's documents, an index on disk, the answers of Node."""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oftasked_search import (
    Document,
    compile_index,
    filing,
    open_index,
    runtime_files,
    termblocks,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

TESTS = Path(__file__).resolve().parent
CASES = TESTS / "cases" / "search"
SHOPS = {
    lang: json.loads((CASES / f"shop.{lang}.json").read_text("utf-8")) for lang in ("en", "zh")
}


def documents(lang: str) -> list[Document]:
    """Return the documents of the shop's knowledge base."""
    return [_document(row, lang) for row in SHOPS[lang]["documents"]]


def index_files(lang: str, *, meaning: bool = True) -> dict[str, bytes]:
    """Return the index of the shop's knowledge base, in the layout that compilation has now."""
    return dict(_compiled(lang, meaning, (filing.BUNDLE_BYTES, termblocks.LEAST_BYTES)))


@cache
def _compiled(lang: str, meaning: bool, layout: tuple[int, int]) -> dict[str, bytes]:
    del layout  # names the state of the modules that compilation reads
    synonyms = SHOPS[lang]["synonyms"]
    return compile_index(documents(lang), lang=lang, synonyms=synonyms, meaning=meaning)


def write(files: dict[str, bytes], folder: Path) -> Path:
    """Write an index to a folder."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def ask_node(folder: Path, asked: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the results of the module that browsers get for queries with limit and facets."""
    (content,) = runtime_files().values()
    module = folder / "runtime.mjs"
    module.write_bytes(content)
    command = ["node", str(TESTS / "runtime" / "answers.mjs"), str(folder), str(module)]
    text = json.dumps(list(asked))
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def answers(files: dict[str, bytes], asked: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the results of the Python reader, as JSON has them."""
    index = open_index(files.__getitem__)
    found = [asdict(index.search(a["query"], limit=a["limit"], facets=a["facets"])) for a in asked]
    plain: list[dict[str, Any]] = _as_json(found)
    return plain


def _as_json(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_as_json(each) for each in value]
    if isinstance(value, dict):
        return {key: _as_json(each) for key, each in value.items()}
    return value


def _document(row: dict[str, Any], lang: str) -> Document:
    return Document(
        id=row["id"],
        url=f"q/{row['id']}/",
        title=row["title"],
        phrasings=(row["title"], *row["also"]),
        body=row["body"],
        summary=row["body"].split(".")[0],
        facets=(("audience", tuple(row["audience"])), ("topic", (row["topic"],))),
        boost=row["boost"],
        lang=lang,
    )
