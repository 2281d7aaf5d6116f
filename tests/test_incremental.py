"""A build after some edits gives the bytes that a first build of the same sources gives."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from typing import TYPE_CHECKING

import pytest

from oftasked import site
from oftasked.making import making
from oftasked.model import Access
from support import AS_OF, SHOP, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TOPIC = "faq/new-customers/delivery.yml"


def place(folder: Path, path: str) -> Path:
    """Return where a file is, which an edit may have renamed."""
    found = folder / path
    return found if found.exists() else folder / path.replace("delivery", "parcels")


def replaced(path: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        text = place(folder, path).read_text(encoding="utf-8")
        place(folder, path).write_text(text.replace(old, new), encoding="utf-8")

    return edit


def appended(path: str, more: str) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        with place(folder, path).open("a", encoding="utf-8") as file:
            file.write(more)

    return edit


def renamed(folder: Path) -> None:
    for path in sorted((folder / "faq/new-customers").glob("delivery*.yml")):
        path.rename(path.with_name(path.name.replace("delivery", "parcels")))


def deleted(folder: Path) -> None:
    for path in sorted((folder / "faq/new-customers").glob("*.zh.yml")):
        path.unlink()


def emptied_cache(folder: Path) -> None:
    for path in sorted((folder / ".cache").rglob("*")):
        if path.is_file():
            path.unlink()
            path.touch()


def spoilt_page(folder: Path) -> None:
    """Write into a published page, as a tool that runs over the finished site may."""
    page = folder / "site/q/track-parcel/index.html"
    page.write_text("spoilt", encoding="utf-8")


def forgotten_site(folder: Path) -> None:
    """Lose what is known of the published site, but not what has been put aside."""
    for path in sorted((folder / ".cache/oftasked/build").glob("site-*")):
        if path.is_file():
            path.unlink()


EDITS: dict[str, Callable[[Path], None]] = {
    "an answer": replaced(TOPIC, "Two to four", "Three to five"),
    "a question": replaced(TOPIC, "Where is my parcel?", "Where has my parcel gone?"),
    "an entry more": appended(
        TOPIC, "  - {id: by-bike, question: By bike?, answer: 'See [it](faq:fax-orders).'}\n"
    ),
    "an entry less": replaced(TOPIC, "status: draft", "status: retired"),
    "an asks row": appended("faq/asks.csv", "2026-11-20,track-parcel,,email,900\n"),
    "a synonym": appended("faq/synonyms.yml", "en: [[parcel, crate]]\n"),
    "a topic's title": replaced(TOPIC, "title: Delivery", "title: Parcels"),
    "a topic's name": renamed,
    "a department": replaced("faq/contacts.yml", "delivery@example.com", "other@example.com"),
    "a translation": deleted,
    "the site's name": replaced("mkdocs.yml", "site_name: Linden", "site_name: Lime"),
    "the site's address": replaced("mkdocs.yml", "help.example.com", "faq.example.com"),
    "the theme": replaced("mkdocs.yml", "language: en}", "language: en, palette: {primary: red}}"),
    "nothing": lambda folder: None,
    "a cache that is empty": emptied_cache,
    "no cache": lambda folder: shutil.rmtree(folder / ".cache"),
    "a published page": spoilt_page,
    "what is known of the site": forgotten_site,
    "the answer's end": replaced(TOPIC, "![A parcel]", "![One parcel]"),
}


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def built(folder: Path) -> dict[str, str]:
    site.build(folder / "mkdocs.yml", as_of=AS_OF)
    return contents(folder / "site")


def from_nothing(folder: Path, fresh: Path) -> dict[str, str]:
    for name in ("faq", "mkdocs.yml"):
        (shutil.copytree if (folder / name).is_dir() else shutil.copy)(folder / name, fresh / name)
    return built(fresh)


@pytest.mark.parametrize("seed", range(2))
def test_what_is_built_after_edits_is_what_a_first_build_gives(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test's order of edits, the same every time
    order = chance.sample(sorted(EDITS), len(EDITS))
    folder = write(tmp_path / "edited", SHOP)
    built(folder)
    for number, name in enumerate(order):
        EDITS[name](folder)
        found = built(folder)
        if number % 4 == seed or number == len(order) - 1:
            fresh = tmp_path / f"fresh{number}"
            fresh.mkdir()
            assert found == from_nothing(folder, fresh), order[: number + 1]


def test_what_the_manifest_says_of_a_reused_file_is_so(tmp_path: Path) -> None:
    folder = write(tmp_path, SHOP)
    built(folder)
    for name in ("an answer", "a published page", "an asks row", "nothing"):
        EDITS[name](folder)
        found = built(folder)
        manifest = json.loads((folder / "site/oftasked-manifest.json").read_text("utf-8"))
        del found["oftasked-manifest.json"]
        assert manifest["files"] == found


def test_a_page_that_does_not_change_is_not_written_again(tmp_path: Path) -> None:
    folder = write(tmp_path, SHOP)
    built(folder)
    pages = [folder / f"site/q/{name}/index.html" for name in ("delivery-time", "track-parcel")]
    before = [page.stat().st_mtime_ns for page in pages]
    for _ in range(3):
        EDITS["the answer's end"](folder)
        built(folder)
    changed, same = (page.stat().st_mtime_ns for page in pages)
    assert same == before[1]
    assert changed > before[0]


def test_a_file_of_somebody_else_stays_until_they_delete_it(tmp_path: Path) -> None:
    folder = write(tmp_path, SHOP)
    built(folder)
    (folder / "site/CNAME").write_text("help.example.com", encoding="utf-8")
    for _ in range(3):
        assert "CNAME" in built(folder)
    (folder / "site/CNAME").unlink()
    for _ in range(3):
        assert "CNAME" not in built(folder)


def test_what_visitors_see_is_never_written_into(tmp_path: Path) -> None:
    folder = write(tmp_path, SHOP)
    built(folder)
    for name in ("nothing", "an answer", "an asks row", "the theme"):
        with (folder / "site/q/delivery-time/index.html").open("rb") as opened:
            before = opened.read()
            EDITS[name](folder)
            built(folder)
            opened.seek(0)
            assert opened.read() == before


def test_a_file_may_become_a_folder_and_a_folder_a_file(tmp_path: Path) -> None:
    sites = ({"a": b"1", "b/c/d": b"2"}, {"a/b/c": b"1", "b": b"2"})
    for number in range(6):
        with making(tmp_path / "site", cache=tmp_path / "cache") as made:
            for path, content in sites[number % 2].items():
                made.write(path, content)
            made.finish(Access.PUBLIC)
            made.publish(Access.PUBLIC)
        found = contents(tmp_path / "site")
        assert sorted(found) == sorted([*sites[number % 2], "oftasked-manifest.json"])


def test_a_file_under_a_new_name_is_not_written_again(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        with making(tmp_path / "site", cache=tmp_path / "cache") as made:
            made.write(name, b"content")
            assert made.finish(Access.PUBLIC).written == (name == "one")
            made.publish(Access.PUBLIC)
        assert (tmp_path / "site" / name).read_bytes() == b"content"
        assert len(contents(tmp_path / "site")) == 2
