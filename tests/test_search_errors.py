"""A damaged, missing or newer index is a `SearchError` of the right kind, never anything else."""

from __future__ import annotations

import json

import pytest

from oftasked_search import SearchError, filing, open_index
from oftasked_search.blocks import VERSION
from searching import index_files

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
