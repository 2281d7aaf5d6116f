"""`oftasked new` at a terminal of its own: it asks, and what it asks for can be put right."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support import SHOP, write
from terminals import heard
from test_new import content, entry

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small shop, in the folder where what is asserted looks for it."""
    monkeypatch.chdir(write(tmp_path, SHOP))
    return tmp_path


def talk(folder: Path, steps: Sequence[tuple[str, str]]) -> tuple[int, str]:
    """Run the command at a terminal of its own; answer what it asks."""
    ours, theirs = pty.openpty()
    program = Path(sys.executable).with_name("oftasked")
    child = subprocess.Popen(
        [program, "new", "--as-of", "2026-11-22"],
        cwd=folder,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=os.environ | {"TERM": "dumb", "PYTHONIOENCODING": "utf-8"},
        start_new_session=True,
    )
    os.close(theirs)
    with child, os.fdopen(ours, "rb", buffering=0):
        said = ""
        for question, answer in steps:
            said += heard(ours, question)
            os.write(ours, answer.encode())
        said += heard(ours)
        return child.wait(30), said.replace("\r\n", "\n")


def test_at_a_terminal_everything_is_asked(shop: Path) -> None:
    status, said = talk(
        shop,
        [
            ("as a customer asks it:", "Can I change the address?\n"),
            ("Number or name:", "2\n"),
            ("Number or name:", "delivery\n"),
            ("ends it", "Yes:\n"),
            ("> ", "\n"),
            ("> ", "- by e-mail\n"),
            ("> ", ".\n"),
            ("empty line ends", "wrong address\n"),
            ("> ", "\n"),
            ("Its id", "change-address\n"),
            ("[Y/n]", "\n"),
        ],
    )
    assert status == 0, said
    [wording] = entry("change-address").wordings
    assert (wording.answer, wording.also_asked) == ("Yes:\n\n- by e-mail", ("wrong address",))


def test_at_a_terminal_a_similar_question_takes_the_text_as_a_phrasing(shop: Path) -> None:
    status, said = talk(
        shop,
        [("as a customer asks it:", "how long does the delivery take now\n"), ("Number of", "1\n")],
    )
    assert status == 0, said
    also_asked = entry("delivery-time").wordings[0].also_asked
    assert also_asked[-1] == "how long does the delivery take now"


def test_a_chinese_question_is_asked_for_its_id(shop: Path) -> None:
    status, said = talk(
        shop,
        [
            ("as a customer asks it:", "可以改地址吗？\n"),
            ("Number or name:", "new-customers\n"),
            ("Number or name:", "地址\n"),
            ("Title of", "\n"),
            ("ends it", "可以，回复订单邮件即可。\n"),
            ("> ", "。\n"),
            ("empty line ends", "\n"),
            ("Its id", "change-address\n"),
            ("[Y/n]", "\n"),
        ],
    )
    assert status == 0, said
    assert entry("change-address").wordings[0].question == "可以改地址吗？"


def test_what_cannot_be_is_asked_again_and_a_faulty_answer_can_be_put_right(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = shop / "editor.py"
    mend = "import pathlib, sys; p = pathlib.Path(sys.argv[1])\n"
    mend += "p.write_text(p.read_text().replace('faq:nowhere', 'faq:track-parcel'))\n"
    program.write_text(mend, encoding="utf-8")
    monkeypatch.setenv("VISUAL", f"{sys.executable} {program}")
    status, said = talk(
        shop,
        [
            ("as a customer asks it:", "Can I change the address?\n"),
            ("Number or name:", "new\n"),
            ("not listed", "2\n"),
            ("Number or name:", "../up\n"),
            ("this deep", "delivery\n"),
            ("ends it", "See [this](faq:nowhere).\n"),
            ("> ", ".\n"),
            ("empty line ends", "\n"),
            ("Its id", "Not an id\n"),
            ("small letters", "track-parcel\n"),
            ("taken", "change-address\n"),
            ("[Y/n]", "\n"),
            ("in your editor? [Y/n]", "\n"),
            ("[Y/n]", "\n"),
        ],
    )
    assert status == 0, said
    assert entry("change-address").wordings[0].answer == "See [this](faq:track-parcel)."


def test_whoever_says_no_at_the_end_has_changed_nothing(shop: Path) -> None:
    before = content(shop)
    status, said = talk(
        shop,
        [
            ("as a customer asks it:", "Can I change the address?\n"),
            ("Number or name:", "2\n"),
            ("Number or name:", "1\n"),
            ("ends it", "Yes.\n"),
            ("> ", ".\n"),
            ("empty line ends", "\n"),
            ("Its id", "\n"),
            ("[Y/n]", "n\n"),
        ],
    )
    assert status == 1
    assert "nothing was changed" in said
    assert content(shop) == before
