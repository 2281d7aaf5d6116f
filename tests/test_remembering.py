from __future__ import annotations

from typing import TYPE_CHECKING

from oftasked.remembering import Memory, digest
from oftasked_search import FolderCache

if TYPE_CHECKING:
    from pathlib import Path


def remember(folder: Path, *texts: str) -> dict[str, int]:
    """Return how many texts were computed; each becomes itself in capitals."""
    memory = Memory(FolderCache(folder))
    table = memory.table("capitals")
    for text in texts:
        assert table.recall(digest(text), text.upper) == text.upper()
    memory.save()
    return memory.computed


def test_what_was_computed_once_is_not_computed_again(tmp_path: Path) -> None:
    assert remember(tmp_path, "one", "two", "", "\ud800") == {"capitals": 4}
    assert remember(tmp_path, "one", "two", "", "\ud800") == {"capitals": 0}


def test_a_table_holds_what_its_last_build_used_and_no_more(tmp_path: Path) -> None:
    remember(tmp_path, *(f"text {number}" for number in range(100)))
    large = (tmp_path / "capitals").stat().st_size
    remember(tmp_path, "text 7")
    assert (tmp_path / "capitals").stat().st_size < large / 4
    assert remember(tmp_path, "text 7", "text 8") == {"capitals": 1}


def test_every_damaged_table_is_as_good_as_none(tmp_path: Path) -> None:
    remember(tmp_path, "one", "two")
    whole = (tmp_path / "capitals").read_bytes()
    for at in range(len(whole)):
        damaged = whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :]
        for content in (damaged, whole[:at]):
            (tmp_path / "capitals").write_bytes(content)
            assert remember(tmp_path, "one", "two") == {"capitals": 2}
    assert remember(tmp_path, "one", "two") == {"capitals": 0}


def test_a_table_of_another_name_or_program_is_not_used(tmp_path: Path) -> None:
    remember(tmp_path, "one")
    (tmp_path / "capitals").rename(tmp_path / "others")
    memory = Memory(FolderCache(tmp_path))
    assert memory.table("others").recall(digest("one"), lambda: "computed") == "computed"


def test_two_texts_are_not_one_text() -> None:
    assert digest("ab", "c") != digest("a", "bc") != digest("abc")
