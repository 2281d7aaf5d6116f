"""Comparisons with other search engines: fair pages, complete tables, a picture for everybody."""

from __future__ import annotations

import argparse
import dataclasses
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import published
from comparison import Comparison, FirstResult, Success3, compared
from peers.pages import entry_at, page_of, pages_of
from peers.sites import PEERS
from plot import svg
from question_sets import Item, Kind
from scoring import OURS, Cost, Load, Reply, Report, Success, confidence, cost
from search import peer_names, read_arguments
from search_tables import cost_rows, success_rows
from synthetic import synthetic_set
from wording import WORDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
SVG = "{http://www.w3.org/2000/svg}"


def report(engine: str, name: str, lang: str, **shares: float) -> Report:
    """A report whose success@3 is as given for each kind."""
    found = {
        Kind(kind): Success(10, share / 2, share, share, share / 2, 0)
        for kind, share in shares.items()
    }
    return Report(engine, name, lang, 7, found, None, Cost(50, 60, 3, 1, 2))


REPORTS = [
    report(OURS, "bank", "en", clean=0.8, typo=0.7),
    report("Peer <1>", "bank", "en", clean=0.4, typo=0.1),
    report(OURS, "shop", "en", clean=0.6, typo=0.5),
    report("Peer <1>", "shop", "en", clean=0.2, typo=0.3),
    report(OURS, "town", "zh-tw", clean=0.9, typo=0.9),
    report("Peer <1>", "town", "zh-tw", clean=0.1, typo=0),
]
SIZED = [
    dataclasses.replace(one, name="made up", entries=1000, cost=Cost(kilobytes, 99, 3, 1, 2))
    for one, kilobytes in zip(REPORTS[:2], (60, 240), strict=True)
]


@pytest.fixture
def comparison() -> Comparison:
    return compared(REPORTS, SIZED)


def test_a_set_counts_once_and_the_regions_of_a_language_are_one(comparison: Comparison) -> None:
    found = {panel.subject: panel.values for panel in comparison.panels}
    assert found == {
        Success3(Kind.CLEAN, "en"): pytest.approx((70, 30)),
        Success3(Kind.TYPO, "en"): pytest.approx((60, 20)),
        Success3(Kind.CLEAN, "zh"): pytest.approx((90, 10)),
        FirstResult(1000): (60, 240),
    }
    assert comparison.sets == {"en": 2, "zh": 1}


def test_engines_stand_below_each_other_for_each_set_and_kind() -> None:
    rows = success_rows(REPORTS)
    assert [row[:3] for row in rows[1:5]] == [
        ["bank", "clean", OURS],
        ["bank", "clean", "Peer <1>"],
        ["bank", "typo", OURS],
        ["bank", "typo", "Peer <1>"],
    ]
    means = {tuple(row[:3]): row[5] for row in rows if row[0].startswith("**mean")}
    assert means["**mean en**", "clean", "Peer <1>"] == "30.0"
    assert {len(row) for row in rows} == {len(rows[0])}
    assert {len(row) for row in cost_rows([*REPORTS, *SIZED])} == {len(cost_rows(REPORTS)[0])}


def test_one_engine_alone_needs_no_column() -> None:
    mine = [one for one in REPORTS if one.engine == OURS]
    assert "engine" in success_rows(REPORTS)[0]
    assert "engine" not in [*success_rows(mine)[0], *cost_rows(mine)[0]]


@pytest.mark.parametrize("lang", WORDINGS)
def test_the_picture_is_the_same_in_every_run(comparison: Comparison, lang: str) -> None:
    assert svg(comparison, WORDINGS[lang]) == svg(compared(REPORTS, SIZED), WORDINGS[lang])


@pytest.mark.parametrize("lang", WORDINGS)
def test_the_picture_says_in_words_what_it_shows(comparison: Comparison, lang: str) -> None:
    drawn = ET.fromstring(svg(comparison, WORDINGS[lang]))  # noqa: S314 - our own
    title, desc = drawn.findtext(f"{SVG}title"), drawn.findtext(f"{SVG}desc")
    assert title == WORDINGS[lang].title
    assert drawn.get("role") == "img"
    assert desc is not None
    for panel in comparison.panels:
        assert WORDINGS[lang].heading(panel) in desc
        assert all(f"{value:.0f}" in desc for value in panel.values)


def test_every_bar_has_its_name_and_figure_and_stays_on_the_card(comparison: Comparison) -> None:
    drawn = ET.fromstring(svg(comparison, WORDINGS["en"]))  # noqa: S314 - our own
    width, height = (float(drawn.get(side, "")) for side in ("width", "height"))
    bars = [box for box in drawn.iter(f"{SVG}rect") if box.get("rx") == "2"]
    texts = [text.text for text in drawn.iter(f"{SVG}text")]
    assert len(bars) == sum(len(panel.values) for panel in comparison.panels)
    for name in comparison.engines:
        assert texts.count(name) == len(comparison.panels)
    for box in bars:
        x, y, long, thick = (float(box.get(side, "")) for side in ("x", "y", "width", "height"))
        assert x + long < width
        assert y + thick < height
    lengths = [float(box.get("width", "")) for box in bars]
    assert lengths[0] / lengths[1] == pytest.approx(70 / 30, rel=0.01)
    assert lengths[-2] / lengths[-1] == pytest.approx(60 / 240, rel=0.01)


def test_only_the_lines_between_the_markers_are_renewed(comparison: Comparison) -> None:
    before = (
        "answer: |\n  Look:\n\n  <!-- figures: search -->\n  old\n  <!-- /figures -->\n\n  End.\n"
    )
    after = published.renewed(before, comparison, WORDINGS["en"])
    assert after.startswith("answer: |\n  Look:\n\n  <!-- figures: search -->\n\n  | Among")
    assert after.endswith("\n\n  <!-- /figures -->\n\n  End.\n")
    assert "  | English, whole questions | 70 | 30 |\n" in after
    assert "old" not in after
    assert published.renewed(after, comparison, WORDINGS["en"]) == after


def test_figures_without_a_place_are_refused(comparison: Comparison) -> None:
    with pytest.raises(LookupError, match="0 places"):
        published.renewed("answer: none\n", comparison, WORDINGS["en"])


def figures(text: str) -> Iterator[str]:
    """Yield the numbers in the rows of the published table."""
    found = published.BLOCK.search(text)
    assert found is not None
    for row in re.findall(r"^ *\| .* \|$", found[0], re.MULTILINE)[1:]:
        yield from re.findall(r"(?<=\| )\d+(?= \|)", row)


def test_the_faq_shows_the_same_figures_in_every_language_and_picture() -> None:
    shown = {}
    for lang, (answers, picture) in published.PLACES.items():
        shown[lang] = [*figures((published.TOPIC / answers).read_text("utf-8"))]
        drawn = ET.parse(published.TOPIC / picture)  # noqa: S314 - our own
        texts = [text.text for text in drawn.iter(f"{SVG}text")]
        assert [text for text in texts if text and text.isdecimal()] == shown[lang]
    assert shown["en"]
    assert shown["en"] == shown["zh"]


def test_a_page_holds_what_the_entry_holds() -> None:
    items = [Item("A 1", "What is <b> *for*?", "See **this**:\n\n- `x < y`", ("it's 1. & 2",))]
    (page,) = pages_of(items, {"A 1": "a-1"})
    assert page.markdown.startswith(
        "# What is &lt;b&gt; \\*for\\*?\n\nSee **this**:\n\n- `x < y`\n\n"
    )
    assert page.text.split() == "See this: x < y Also asked as: it's 1. & 2".split()
    assert "<strong>this</strong>" in page.html


def test_an_entry_without_an_answer_is_a_page_of_its_phrasings() -> None:
    assert page_of("a", "Q", "", []).markdown == "# Q\n\n\n"
    assert page_of("a", "Q", "", ["x"]).markdown == "# Q\n\nAlso asked as:\n\n- x\n\n"


@pytest.mark.parametrize(
    "address", ["q/lost-card/", "q/lost-card/#section", "/q/lost-card.html", "/q/lost-card/"]
)
def test_a_peers_address_is_that_of_an_entry(address: str) -> None:
    assert entry_at(address) == "lost-card"


@pytest.mark.parametrize("address", ["", "index.html", "faq/lost-card/", "q/"])
def test_another_page_is_not_taken_for_an_entry(address: str) -> None:
    with pytest.raises(LookupError, match="not the address of an entry"):
        entry_at(address)


def test_peers_are_named_with_the_version_that_is_installed() -> None:
    wanted = json.loads((ROOT / "bench" / "package.json").read_text("utf-8"))["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    for name in ("pagefind", "minisearch"):
        assert wanted[name].startswith(PEERS[name].name.split()[1])


def test_an_unknown_peer_is_refused_by_name() -> None:
    assert peer_names("material,pagefind") == ["material", "pagefind"]
    with pytest.raises(
        argparse.ArgumentTypeError, match="lunr: not material, pagefind, minisearch"
    ):
        peer_names("pagefind,lunr")


def test_one_engine_alone_is_not_published(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read_arguments(["SET.json", "--peers", "material", "--publish"])
    assert "--publish needs --peers and --sizes" in capsys.readouterr().err
    assert read_arguments(["SET.json", "--publish", "--peers", "material", "--sizes", "9"]).publish


def test_what_an_engine_does_not_say_is_not_counted() -> None:
    silent = Reply(("a",), None, None, 3)
    assert confidence([silent], []) is None
    price = cost([silent, Reply(("a",), None, Load(40, 2), 1), Reply((), None, Load(50, 4), 2)])
    assert (price.kilobytes_p50, price.kilobytes_max, price.requests_max) == (45, 50, 4)
    assert price.ms_p50 == 2


def test_made_up_entries_ask_their_own_questions() -> None:
    made = synthetic_set(250)
    assert len(made.items) == 250
    assert 80 < len(made.queries) <= 100
    assert all(query.kind is Kind.CLEAN for query in made.queries)
    assert made == synthetic_set(250)
