"""A damaged, missing or newer index is a `SearchError` of the right kind, never anything else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from oftasked_search import SearchError, filing, open_index
from oftasked_search.blocks import VERSION
from searching import ask_node, index_files, write

if TYPE_CHECKING:
    from pathlib import Path

HTML = b"<!doctype html><title>Not found</title>" * 10


def kind_of(files: dict[str, bytes]) -> str:
    with pytest.raises(SearchError) as caught:
        open_index(files.__getitem__).search("how long does delivery take")
    return caught.value.kind


def split_index(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    monkeypatch.setattr(filing, "BUNDLE_BYTES", 0)
    return index_files("en")


def test_a_missing_file_is_unavailable() -> None:
    files = index_files("en")
    assert kind_of({}) == "unavailable"
    assert kind_of({"manifest.json": files["manifest.json"]}) == "unavailable"


@pytest.mark.parametrize("group", ["facets", "terms", "documents"])
def test_a_page_in_place_of_a_file_is_corrupt(group: str, monkeypatch: pytest.MonkeyPatch) -> None:
    files = split_index(monkeypatch)
    meant = {name: content for name, content in files.items() if name.startswith(group)}
    assert kind_of(files | dict.fromkeys(meant, HTML)) == "corrupt"
    assert kind_of(files | dict.fromkeys(meant, b"")) == "corrupt"
    assert kind_of(files | {name: content[:-1] for name, content in meant.items()}) == "corrupt"


def test_a_bundle_cut_anywhere_is_corrupt() -> None:
    files = index_files("en")
    name = next(name for name in files if name.startswith("bundle"))
    whole = files[name]
    for end in range(0, len(whole), 97):
        assert kind_of(files | {name: whole[:end]}) == "corrupt"


def test_any_flipped_byte_of_a_bundle_is_noticed() -> None:
    files = index_files("en")
    name = next(name for name in files if name.startswith("bundle"))
    for at in [0, 4, 5, 8, 12, 16, *range(17, len(files[name]), 101)]:
        damaged = bytearray(files[name])
        damaged[at] ^= 0xFF
        assert kind_of(files | {name: bytes(damaged)}) in {"corrupt", "version"}


@pytest.mark.parametrize(
    "content", [HTML, b"", b"{}", b"[]", b"null", b'{"format":"other"}', b"\xff"]
)
def test_something_else_than_a_manifest_is_corrupt(content: bytes) -> None:
    assert kind_of({"manifest.json": content}) == "corrupt"


def test_an_incomplete_manifest_is_corrupt() -> None:
    stored = json.loads(index_files("en")["manifest.json"])
    for field in stored.keys() - {"format", "version"}:
        part = {key: value for key, value in stored.items() if key != field}
        assert kind_of({"manifest.json": json.dumps(part).encode()}) == "corrupt", field


def test_a_newer_version_is_refused_as_such() -> None:
    files = index_files("en")
    stored = json.loads(files["manifest.json"]) | {"version": VERSION + 1}
    assert kind_of(files | {"manifest.json": json.dumps(stored).encode()}) == "version"


def test_a_stemmer_that_is_not_there_is_refused() -> None:
    files = index_files("en")
    stored = json.loads(files["manifest.json"]) | {"stemmer": "lovins"}
    assert kind_of(files | {"manifest.json": json.dumps(stored).encode()}) == "version"


def test_an_index_that_was_published_anew_meanwhile_is_read_again() -> None:
    old, new = index_files("zh"), index_files("en")
    current = dict(old)
    index = open_index(lambda name: current[name])
    current = dict(new)
    assert index.search("how long does delivery take").hits[0].id == "delivery-time"


def damaged(content: bytes, fault: str) -> bytes:
    """Return what a browser may get in place of a file."""
    return {"a page": HTML, "nothing": b"", "a part": content[:-1]}[fault]


@pytest.mark.parametrize("fault", ["missing", "a page", "nothing", "a part"])
def test_without_the_general_words_both_readers_answer_by_words(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = split_index(monkeypatch)
    meant = {name: content for name, content in whole.items() if name.startswith("related")}
    rest = {name: content for name, content in whole.items() if name not in meant}
    files = rest | {
        name: damaged(content, fault) for name, content in meant.items() if fault != "missing"
    }
    index = open_index(files.__getitem__)
    asked = ["how long does delivery take", "money back", "delivery"]
    found = [[(hit.id, hit.score) for hit in index.search(query).hits] for query in asked]
    assert found[0][0][0] == "delivery-time"
    assert found != [
        [(hit.id, hit.score) for hit in open_index(whole.__getitem__).search(query).hits]
        for query in asked
    ]
    rows = [{"query": query, "limit": 10, "facets": {}} for query in asked]
    answers = ask_node(write(files, tmp_path), rows)
    assert [[(hit["id"], hit["score"]) for hit in answer["hits"]] for answer in answers] == found


def test_general_words_that_fail_only_once_still_count(monkeypatch: pytest.MonkeyPatch) -> None:
    files = split_index(monkeypatch)
    failures = iter([KeyError("once")])

    def load(name: str) -> bytes:
        if name.startswith("related"):
            for failure in failures:
                raise failure
        return files[name]

    assert open_index(load).search("money back") == open_index(files.__getitem__).search(
        "money back"
    )
