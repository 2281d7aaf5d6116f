"""The leak audit: nothing withheld is in any byte of a site, however it is written there."""

from __future__ import annotations

import gzip
import html
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from oftasked import auditing, disclosing, knowledge, site
from oftasked.disclosing import Surroundings
from oftasked.model import Access
from oftasked.problems import ContentError
from oftasked.withheld import Withheld
from oftasked_search import Document, compile_index
from support import AS_OF, SHOP, write

HIDDEN = """\
topic: {title: Quokka terms, description: For wombats., access: internal}
entries:
  - id: narwhal-fee
    question: What do axolotls pay?
    answer: |
      Ask the [team](https://pangolin.example.com/x). It is **two** of them. See `kea-9981-x`.
    also_asked: [ibex, price of the gnus]
    summary: Capybaras pay less.
    tags: [echidna]
    replies: {email: "Dear okapi, no.", im: Hello tapirs}
    owner: jerboa
    notes: Never tell Fennec.
  - id: yak
    question: 谁是海牛供应商？
    answer: 请找袋熊先生。
    also_asked: [小熊猫几点开门, Gibbon lemur]
"""
MEMBERS = "entries: [{id: club, question: Which club?, answer: Manatee Club., access: members}]\n"
DRAFT = "entries: [{id: later, question: What comes?, answer: Perhaps Dugongs., status: draft}]\n"
EARLY = "entries: [{id: soon, question: Next?, answer: Then Ocelots., valid_from: 2027-01-01}]\n"
OPEN = """\
entries:
  - id: open
    question: May everybody read this?
    answer: Yes, all of them. It is two. 小熊**猫几**点？
    tags: [gibbon, lemur]
    owner: bongo
    notes: Written by Serval.
"""
FILES = SHOP | {
    "faq/prospects/quokka-list.yml": HIDDEN,
    "faq/prospects/members.yml": MEMBERS,
    "faq/prospects/drafts.yml": DRAFT,
    "faq/prospects/early.yml": EARLY,
    "faq/prospects/open.yml": OPEN,
    "faq/prospects/bilby-map.svg": "<svg/>",
}
CANARIES = [
    "narwhal-fee", "axolotls", "What do axolotls pay?", "pangolin", "It is two of them.",
    "ibex", "price of the gnus", "Capybaras", "echidna", "Dear okapi, no.", "tapirs", "jerboa",
    "Never tell Fennec.", "fennec", "Quokka terms", "wombats", "quokka-list", "yak", "海牛供",
    "供应商", "袋熊先生", "club", "Manatee", "later", "Dugongs", "Ocelots", "bongo", "Serval",
    "secret-carrier", "Hypotenuse Freight", "drone-delivery", "Zanzibar", "bilby-map.svg",
    "AXOLOTLS", "猫几点开",
]  # fmt: skip
"""One of each field of entries that are internal, for members, drafts or not valid yet."""
HARMLESS = [
    "How long does delivery take? Two to four working days.", "track-parcel", "Visa and Mastercard",
    "It is two.", "all of them", "yaks", "kayak", "later-on", "the clubs", "ibexes", "配送", "包裹",
    "narwhal", "fee", "drone", "小熊猫几点", '["gibbon", "lemur"]',
]  # fmt: skip


@pytest.fixture(scope="module")
def hidden(tmp_path_factory: pytest.TempPathFactory) -> Withheld:
    return withheld(tmp_path_factory.mktemp("audited"), Access.PUBLIC)


def withheld(folder: Path, tier: Access) -> Withheld:
    write(folder, FILES)
    reading = knowledge.read(folder / "faq", languages=("en", "zh"), as_of=AS_OF)
    assert reading.knowledge is not None, reading.problems
    media = {"prospects/bilby-map.svg": "", "new-customers/parcel.svg": ""}
    around = Surroundings((SHOP["mkdocs.yml"],), (), ("给{team}发邮件",), media)
    return disclosing.withheld(reading.knowledge, tier, around)


def leaks(folder: Path, files: dict[str, bytes], hidden: Withheld) -> list[str]:
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return [str(problem) for problem in auditing.audit(folder, hidden, shown_as="site")]


@pytest.mark.parametrize("canary", CANARIES)
def test_a_canary_in_a_page_is_found_and_named(
    tmp_path: Path, hidden: Withheld, canary: str
) -> None:
    page = f"<p>Before.</p>\n<p>So: {canary}</p>\n".encode()
    found = leaks(tmp_path, {"q/open/index.html": page}, hidden)
    assert found
    assert all("is in site/q/open/index.html" in problem for problem in found)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_may_be_said_is_no_leak(tmp_path: Path, hidden: Withheld, text: str) -> None:
    assert leaks(tmp_path, {"index.html": f"<p>{text}</p>".encode()}, hidden) == []


def zipped(text: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("chapter.xhtml", text)
    return buffer.getvalue()


ESCAPES: dict[str, Callable[[str], bytes]] = {
    "html": lambda text: "".join(f"&#{ord(each)};" for each in text).encode(),
    "html-hex": lambda text: "".join(f"&#x{ord(each):x};" for each in text).encode(),
    "quoted": lambda text: html.escape(f'<a title="{text}">').encode(),
    "json": lambda text: "".join(f"\\u{ord(each):04x}" for each in text).encode(),
    "js": lambda text: "".join(f"\\x{ord(each):02x}" for each in text).encode(),
    "url": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()).encode(),
    "mail": lambda text: f'<a href="mailto:?subject=a&amp;body={quote(text)}">'.encode(),
    "html-in-json": lambda text: json.dumps({"a": f"<b>{html.escape(text)}</b>"}).encode(),
    "bold": lambda text: f"<p>{text[:3]}<b>{text[3:]}</b></p>".encode(),
    "gzip": lambda text: gzip.compress(text.encode()),
    "zip": zipped,
    "zip-in-gzip": lambda text: gzip.compress(zipped(text)),
    "utf-16": lambda text: text.encode("utf-16"),
    "binary": lambda text: b"\x89PNG\0\xff" + text.encode() + b"\0\xfe",
}


@pytest.mark.parametrize("escape", ESCAPES)
def test_no_escape_and_no_packing_hides_a_word(
    tmp_path: Path, hidden: Withheld, escape: str
) -> None:
    found = leaks(tmp_path, {"a/file.dat": ESCAPES[escape]("Hypotenuse")}, hidden)
    assert found
    assert "`secret-carrier`, which is internal" in found[0]


@pytest.mark.parametrize("path", ["q/narwhal-fee/index.html", "a/bilby-map.svg", "a/Zanzibar.txt"])
def test_the_name_of_a_file_gives_nothing_away(tmp_path: Path, hidden: Withheld, path: str) -> None:
    assert leaks(tmp_path, {path: b"nothing"}, hidden)


@pytest.mark.parametrize("count", [1, 400])
def test_an_index_that_holds_a_restricted_word_is_found_out(
    tmp_path: Path, hidden: Withheld, count: int
) -> None:
    def index(secret: str) -> dict[str, bytes]:
        documents = [
            Document(f"track-parcel{n}", "q/", "parcel", ("parcel",), secret, "", (), (), 0.0, "en")
            for n in range(count)
        ]
        return {f"i/{name}": each for name, each in compile_index(documents, lang="en").items()}

    assert leaks(tmp_path / "clean", index("delivery"), hidden) == []
    assert "hypotenus" in leaks(tmp_path / "leaking", index("Hypotenuse"), hidden)[0]


def test_what_cannot_be_looked_into_has_not_passed(tmp_path: Path, hidden: Withheld) -> None:
    files = {"a.gz": gzip.compress(b"x" * 99)[:-9], "b.bin": b"OFTS\x03\x02" + b"\0" * 20}
    found = leaks(tmp_path, files, hidden)
    (tmp_path / "elsewhere").symlink_to("/")
    found = leaks(tmp_path, {}, hidden)
    assert ["cannot be looked into" in problem for problem in found] == [True, True, True]


def test_members_may_read_theirs_and_nothing_internal(tmp_path: Path) -> None:
    hidden = withheld(tmp_path / "project", Access.MEMBERS)
    assert leaks(tmp_path / "one", {"a.html": b"Manatee club"}, hidden) == []
    for canary in ("Hypotenuse", "Dugongs", "Serval", "bongo"):
        assert leaks(tmp_path / canary, {"a.html": canary.encode()}, hidden)


def test_a_line_on_many_pages_is_reported_where_it_stands_first(
    tmp_path: Path, hidden: Withheld
) -> None:
    page = b"<p>one</p>\n<p>Zanzibar</p>\n"
    [found] = leaks(tmp_path, {"a.html": page, "b.html": page}, hidden)
    assert "is in site/a.html" in found


def test_interface_texts_around_a_value_are_no_leak(tmp_path: Path, hidden: Withheld) -> None:
    assert leaks(tmp_path, {"a.html": "给配送发邮件".encode()}, hidden) == []


def test_a_build_that_leaks_publishes_nothing(tmp_path: Path) -> None:
    hook = "def on_post_page(output, **_):\n    return output + '<!-- Hypotenuse -->'\n"
    config = SHOP["mkdocs.yml"] + "hooks: [hook.py]\n"
    write(tmp_path, SHOP | {"mkdocs.yml": config, "hook.py": hook})
    with pytest.raises(ContentError, match=r"“hypotenuse” from .* of `secret-carrier`"):
        site.build(tmp_path / "mkdocs.yml", as_of=AS_OF)
    assert not (tmp_path / "site").exists()
