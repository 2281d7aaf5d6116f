"""`oftasked new`: an entry or a phrasing is added, or nothing is changed and it is said why."""

from __future__ import annotations

import json
import re
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from oftasked import knowledge
from oftasked.cli import main
from oftasked.model import Entry, KnowledgeBase
from support import AS_OF, MKDOCS, SHOP, write

if TYPE_CHECKING:
    from collections.abc import Sequence

DELIVERY = Path("faq/new-customers/delivery.yml")
ADDRESS = ("--question", "Can I change the address?", "--answer", "Reply to the order e-mail.")
IN_DELIVERY = ("--audience", "new-customers", "--topic", "delivery")


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small shop, with the command line running in its folder."""
    monkeypatch.chdir(write(tmp_path, SHOP))
    return tmp_path


def new(*arguments: str, answer: str | None = None) -> Result:
    return CliRunner().invoke(main, ["new", "--as-of", "2026-11-22", *arguments], input=answer)


def content(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def faq(folder: Path = Path()) -> KnowledgeBase:
    reading = knowledge.read(folder / "faq", languages=("en", "zh"), as_of=AS_OF)
    assert reading.knowledge is not None, reading.problems
    return reading.knowledge


def entry(id_: str) -> Entry:
    return next(entry for entry in faq().entries if entry.id == id_)


# An entry.


@pytest.mark.usefixtures("shop")
def test_an_entry_is_appended_and_every_other_byte_stays() -> None:
    before = DELIVERY.read_bytes()
    result = new(*ADDRESS, *IN_DELIVERY)
    assert result.exit_code == 0, result.output
    after = DELIVERY.read_bytes()
    assert after.startswith(before)
    added = entry("can-i-change-the-address")
    assert added.wordings[0].answer == "Reply to the order e-mail."
    assert added.changed == AS_OF
    place = f"{DELIVERY.as_posix()}:{added.place.line}:"
    assert place in result.stdout
    assert "oftasked serve" in result.stdout
    assert "delivery.zh.yml" in result.stdout


@pytest.mark.usefixtures("shop")
def test_every_option_becomes_a_field() -> None:
    more = (
        "--id",
        "new-address",
        "--summary",
        "Yes, by e-mail.",
        "--tag",
        "parcel",
        "--tag",
        "e-mail",
    )
    asked = ("--also-asked", "wrong address", "--also-asked", "Moved: what now?")
    rest = ("--access", "members", "--contact", "logistics")
    assert new(*ADDRESS, *IN_DELIVERY, *more, *asked, *rest).exit_code == 0
    added = entry("new-address")
    [wording] = added.wordings
    assert wording.also_asked == ("wrong address", "Moved: what now?")
    assert (wording.summary, wording.tags) == ("Yes, by e-mail.", ("parcel", "e-mail"))
    assert (added.access.name, added.contact) == ("MEMBERS", "logistics")


@pytest.mark.usefixtures("shop")
def test_an_answer_of_many_lines_comes_from_stdin() -> None:
    text = "Yes.\r\n\r\n- by e-mail\r\n- by phone\r\n"
    result = new("--question", "Can I change it?", *IN_DELIVERY, "--answer", "-", answer=text)
    assert result.exit_code == 0, result.output
    assert entry("can-i-change-it").wordings[0].answer == "Yes.\n\n- by e-mail\n- by phone"


def test_an_answer_is_written_in_the_editor(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = shop / "editor.py"
    program.write_text("import sys\nopen(sys.argv[1], 'a').write(' Always.')\n", encoding="utf-8")
    monkeypatch.setenv("VISUAL", f"{sys.executable} {program}")
    assert new(*ADDRESS, *IN_DELIVERY, "--edit").exit_code == 0
    added = entry("can-i-change-the-address")
    assert added.wordings[0].answer.split("\n")[-1].endswith("Always.")


@pytest.mark.usefixtures("shop")
def test_a_topic_that_is_new_gets_a_file() -> None:
    where = ("--audience", "prospects", "--topic", "gifts", "--topic-title", "Gift cards")
    assert new(*ADDRESS, *where).exit_code == 0
    [topic] = [topic for topic in faq().topics if topic.id == "prospects/gifts"]
    assert topic.title.get("en") == "Gift cards"


def test_a_new_file_names_the_schema_that_the_project_has(shop: Path) -> None:
    write(shop, {".vscode/oftasked/topic.schema.json": "{}\n"})
    assert new(*ADDRESS, "--audience", "prospects", "--topic", "gifts").exit_code == 0
    first = Path("faq/prospects/gifts.yml").read_text(encoding="utf-8").splitlines()[0]
    named = first.removeprefix("# yaml-language-server: $schema=")
    assert Path("faq/prospects", named).resolve() == shop / ".vscode/oftasked/topic.schema.json"


@pytest.mark.usefixtures("shop")
def test_a_topic_of_one_audience_only_needs_no_audience() -> None:
    assert new(*ADDRESS, "--topic", "payment").exit_code == 0
    assert entry("can-i-change-the-address").audience == "prospects"


@pytest.mark.usefixtures("shop")
def test_json_tells_what_was_written_where() -> None:
    result = new(*ADDRESS, *IN_DELIVERY, "--json")
    line = entry("can-i-change-the-address").place.line
    assert json.loads(result.stdout) == {
        "id": "can-i-change-the-address",
        "path": DELIVERY.as_posix(),
        "line": line,
    }


def test_a_first_entry_starts_a_knowledge_base(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write(tmp_path, {"mkdocs.yml": MKDOCS}))
    Path("faq").mkdir()
    assert new(*ADDRESS, *IN_DELIVERY).exit_code == 0
    assert [each.id for each in faq().entries] == ["can-i-change-the-address"]


# What is missing.


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ((), "--question"),
        (ADDRESS[:2], "--audience"),
        ((*ADDRESS, "--audience", "prospects"), "--topic"),
        ((*ADDRESS[:2], *IN_DELIVERY), "--answer"),
        (("--question", "可以改地址吗？", "--answer", "可以。", *IN_DELIVERY), "--id"),
    ],
)
def test_without_a_terminal_what_is_missing_is_named(given: Sequence[str], missing: str) -> None:
    before = content(Path())
    result = new(*given)
    assert result.exit_code == 2
    assert f"{missing} is missing" in result.stderr
    assert content(Path()) == before


@pytest.mark.usefixtures("shop")
def test_an_unknown_audience_is_corrected() -> None:
    result = new(*ADDRESS, "--audience", "new-custmers", "--topic", "delivery")
    assert result.exit_code == 2
    assert "did you mean `new-customers`?" in result.stderr


# Similar questions.


@pytest.mark.usefixtures("shop")
def test_a_similar_question_is_shown_and_the_entry_written_all_the_same() -> None:
    result = new("--question", "how long does the delivery take now", *ADDRESS[2:], *IN_DELIVERY)
    assert result.exit_code == 0
    assert "delivery-time: How long does delivery take?" in result.stderr
    assert "--as-phrasing-of" in result.stderr
    assert "delivery-time" not in result.stdout


@pytest.mark.usefixtures("shop")
def test_a_question_becomes_a_phrasing_of_an_entry() -> None:
    asked = ("--question", "when does it get here", "--also-asked", "still waiting")
    result = new(*asked, "--as-phrasing-of", "delivery-time")
    assert result.exit_code == 0, result.output
    assert entry("delivery-time").wordings[0].also_asked[-2:] == asked[1::2]
    place = re.match(rf"{DELIVERY.as_posix()}:(\d+):", result.stdout)
    assert place is not None
    assert asked[1] in DELIVERY.read_text(encoding="utf-8").split("\n")[int(place[1]) - 1]


@pytest.mark.usefixtures("shop")
def test_a_phrasing_has_no_use_for_an_answer() -> None:
    result = new(*ADDRESS, "--tag", "parcel", "--as-phrasing-of", "delivery-time")
    assert result.exit_code == 2
    assert "leave out --answer, --tag" in result.stderr


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    "more", [("--as-phrasing-of", "delivery-time"), (*ADDRESS[2:], *IN_DELIVERY)]
)
def test_what_is_asked_in_these_words_already_is_refused(more: Sequence[str]) -> None:
    before = content(Path())
    result = new("--question", "Track my ORDER!", *more)
    assert result.exit_code == 1
    assert "`track-parcel`" in result.stderr
    assert content(Path()) == before


@pytest.mark.usefixtures("shop")
def test_an_unknown_entry_is_corrected() -> None:
    result = new("--question", "when is it here", "--as-phrasing-of", "delivery-tme")
    assert result.exit_code == 1
    assert "did you mean `delivery-time`?" in result.stderr


# Nothing is left behind.


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            (*IN_DELIVERY, "--answer", "See [this](faq:nowhere)."),
            "`nowhere`, which is not an entry",
        ),
        ((*IN_DELIVERY, "--answer", "Yes.", "--id", "track-parcel"), "is taken"),
        ((*IN_DELIVERY, "--answer", "Yes.", "--id", "Not an id"), "is not an id"),
        ((*IN_DELIVERY, "--answer", "Yes.", "--contact", "nobody"), "nobody"),
        (("--audience", "prospects", "--topic", "../../up", "--answer", "Yes."), "this deep"),
        (("--audience", "prospects", "--topic", "pay.zh", "--answer", "Yes."), "translation"),
        (("--audience", "prospects", "--topic", "new", "--answer", "![](no.png)"), "no.png"),
        ((*IN_DELIVERY, "--answer", "Bell \a."), "control character"),
    ],
)
def test_a_text_that_would_be_a_mistake_leaves_everything_as_it_was(
    more: Sequence[str], said: str
) -> None:
    before = content(Path())
    result = new("--question", "Is there something new?", *more)
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stdout == ""
    assert content(Path()) == before


def test_a_mistake_elsewhere_hinders_nobody(shop: Path) -> None:
    write(shop, {"faq/prospects/broken.yml": "entries:\n  - id: [\n"})
    result = new(*ADDRESS, *IN_DELIVERY)
    assert result.exit_code == 0
    assert "can-i-change-the-address" in DELIVERY.read_text(encoding="utf-8")
    assert "1 error from before" in result.stderr


def test_a_mistake_in_the_file_itself_that_lets_it_be_edited_hinders_nobody(shop: Path) -> None:
    with DELIVERY.open("a", encoding="utf-8") as file:
        file.write("  - id: half\n    qestion: What?\n    answer: This.\n")
    assert new(*ADDRESS, *IN_DELIVERY).exit_code == 0
    assert shop.is_dir()


def test_a_file_that_is_no_yaml_is_left_alone(shop: Path) -> None:
    write(shop, {DELIVERY.as_posix(): "entries:\n  - id: [\n"})
    before = content(shop)
    result = new(*ADDRESS, *IN_DELIVERY)
    assert result.exit_code == 1
    assert f"{DELIVERY.as_posix()}:" in result.stderr
    assert content(shop) == before


@pytest.mark.usefixtures("shop")
def test_permissions_stay() -> None:
    DELIVERY.chmod(0o640)
    assert new(*ADDRESS, *IN_DELIVERY).exit_code == 0
    assert stat.S_IMODE(DELIVERY.stat().st_mode) == 0o640


def test_a_link_inside_the_folder_stays_a_link(shop: Path) -> None:
    target = shop / "faq/prospects/shared.txt"
    DELIVERY.rename(target)
    DELIVERY.symlink_to(target)
    assert new(*ADDRESS, *IN_DELIVERY).exit_code == 0
    assert DELIVERY.is_symlink()
    assert b"can-i-change-the-address" in target.read_bytes()


def test_nothing_is_written_through_a_link_that_leads_out(shop: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yml"
    outside.write_text("entries: []\n", encoding="utf-8")
    (shop / "faq/prospects/gone.yml").symlink_to(outside)
    result = new(*ADDRESS, "--audience", "prospects", "--topic", "gone")
    assert result.exit_code == 1
    assert "leads out" in result.stderr
    assert outside.read_text(encoding="utf-8") == "entries: []\n"
