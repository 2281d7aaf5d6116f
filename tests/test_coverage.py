"""`oftasked test`: who finds the answer, what is missed, and when that is too much."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import oftasked
from oftasked import knowledge, site
from oftasked.cli import main
from oftasked.coverage import Coverage, Tally, coverage
from oftasked.model import Access
from oftasked.verdict import verdict
from oftasked_search.vocabulary import Vocabulary
from support import AS_OF, SHOP, write

ROOT = Path(__file__).resolve().parent.parent
SHOP_TEMPLATE = Path(oftasked.__file__).parent / "templates" / "shop" / "faq"
LANGUAGES = ("en", "zh")
QUESTIONS = """\
- {ask: how long till it arrives, expect: delivery-time, audience: new-customers}
- {ask: where is my parcel now, expect: [track-parcel, delivery-time]}
- {ask: can i pay with visa, expect: pay-cards}
- {ask: do you repair bicycles, expect: none}
- {ask: 什么时候送到, expect: delivery-time, lang: zh}
"""


def covered(faq: Path, lang: str = "en") -> Coverage:
    reading = knowledge.read(faq, languages=LANGUAGES, as_of=AS_OF, shown_as="faq")
    assert reading.knowledge is not None, reading.problems
    return coverage(reading.knowledge, lang)


def said(found: Coverage, at_least: int = 80) -> list[str]:
    return [str(problem) for problem in verdict(found, at_least, AS_OF)]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a small shop's project, searched by words alone: meaning is not the subject here."""
    monkeypatch.setattr(Vocabulary, "open", lambda _: None)
    return write(tmp_path, {**SHOP, "faq/questions.yml": QUESTIONS})


def called(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["test", "--as-of", AS_OF.isoformat(), *arguments])


@pytest.mark.parametrize("faq", [ROOT / "faq", SHOP_TEMPLATE], ids=["own faq", "shop template"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_we_write_ourselves_passes(faq: Path, lang: str) -> None:
    found = covered(faq, lang)
    assert found.passes(90), said(found)
    assert found.tally.asked >= 50
    assert found.phrasings > 400
    assert found.lost == ()
    assert len(found.claimed) * 2 < len(found.unanswerable)


def test_each_language_is_asked_its_own_questions_of_the_public_site(shop: Path) -> None:
    english, chinese = covered(shop / "faq"), covered(shop / "faq", "zh")
    assert [each.question.ask for each in chinese.answerable] == ["什么时候送到"]
    assert chinese.tally == Tally(1, (1, 1, 1))
    assert english.tally == Tally(3, (3, 3, 3))
    assert english.uncounted == ()
    assert english.claimed == ()
    assert (english.phrasings, chinese.phrasings) == (6, 2)


def test_a_question_counts_for_its_audience_or_else_for_that_of_its_entry(shop: Path) -> None:
    by_audience = covered(shop / "faq").by_audience
    assert {name: tally.asked for name, tally in by_audience.items()} == {
        "new-customers": 2,
        "prospects": 1,
    }


def test_what_is_missed_is_said_with_what_came_first_instead(shop: Path) -> None:
    questions = (
        "- {ask: where is my parcel, expect: pay-cards}\n- {ask: zeppelin, expect: pay-cards}\n"
    )
    write(shop, {"faq/questions.yml": questions})
    found = covered(shop / "faq")
    assert not found.passes(1)
    assert found.passes(0)
    share, missed, nothing = said(found)
    assert share == (
        "faq/questions.yml:1:1: 0 % of the questions (en) find their entry among the first 3, "
        "not 80 %; mend those named below"
    )
    assert missed.startswith(
        "faq/questions.yml:1:3: warning: “where is my parcel” finds `track-parcel`"
    )
    assert "first, not `pay-cards`" in missed
    assert "finds nothing, not `pay-cards`; add such words" in nothing


def test_an_answer_claimed_for_a_question_that_has_none_is_a_doubt(shop: Path) -> None:
    write(shop, {"faq/questions.yml": "- {ask: where is my parcel, expect: none}\n"})
    found = covered(shop / "faq")
    assert found.passes(100)
    [claimed] = said(found)
    assert "is answered with `track-parcel`, and expects `none`" in claimed


@pytest.mark.parametrize(
    ("expected", "why"),
    [
        ("drone-delivery", "a draft"),
        ("secret-carrier", "for internal readers"),
        ("fax-orders", "retired"),
    ],
)
def test_what_the_public_site_does_not_have_is_not_counted(
    expected: str, why: str, shop: Path
) -> None:
    write(shop, {"faq/questions.yml": f"- {{ask: any of it, expect: {expected}}}\n"})
    found = covered(shop / "faq")
    assert found.tally.asked == 0
    assert found.passes(100)
    [warned] = said(found)
    assert f"is not counted: `{expected}` is {why}" in warned


def test_of_several_entries_those_on_the_site_count(shop: Path) -> None:
    write(shop, {"faq/questions.yml": "- {ask: visa, expect: [drone-delivery, pay-cards]}\n"})
    assert covered(shop / "faq").tally == Tally(1, (1, 1, 1))


def test_what_replaces_an_expected_entry_counts_for_it(shop: Path) -> None:
    write(shop, {"faq/questions.yml": "- {ask: how long is delivery, expect: shipping-time}\n"})
    assert covered(shop / "faq").tally == Tally(1, (1, 1, 1))


def test_a_phrasing_that_three_others_overtake_fails_however_many_questions_are_found(
    shop: Path,
) -> None:
    rows = [
        f"  - {{id: e{n}, question: {question}, answer: Yes.}}"
        for n, question in enumerate(["Gift wrap?", "Gift wrap?", "Gift wrap?", "Gift wrap?"])
    ]
    write(shop, {"faq/prospects/gifts.yml": "\n".join(["entries:", *rows, ""])})
    found = covered(shop / "faq")
    assert found.tally.reaches(100)
    assert not found.passes(0)
    assert [each.entry.id for each in found.lost] == ["e3"]
    [problem] = said(found)
    assert problem.startswith("faq/prospects/gifts.yml:5:")
    assert "“Gift wrap?” finds `e0`, `e1`, `e2` before `e3`" in problem


def test_what_has_no_words_is_not_found_and_says_so(shop: Path) -> None:
    entry = '  - {id: odd, question: Odd things?, answer: Yes., also_asked: ["?!", "😀"]}'
    questions = '- {ask: "???", expect: pay-cards}\n- {ask: "…", expect: none}\n'
    topic = "\n".join(["entries:", entry, ""])
    write(shop, {"faq/prospects/odd.yml": topic, "faq/questions.yml": questions})
    found = covered(shop / "faq")
    assert [each.phrasing for each in found.lost] == ["?!", "😀"]
    assert not found.passes(0)
    assert found.claimed == ()
    assert len([line for line in said(found, 0) if "finds nothing" in line]) == 3
    assert all("write it in words" in line for line in said(found, 0))


def test_members_and_internal_entries_are_not_asked_for_in_public(shop: Path) -> None:
    reading = knowledge.read(shop / "faq", languages=LANGUAGES, as_of=AS_OF)
    assert reading.knowledge is not None
    assert any(entry.access is Access.INTERNAL for entry in reading.knowledge.entries)
    hits = {hit for each in covered(shop / "faq").answerable for hit in each.hits}
    assert "secret-carrier" not in hits


# The command.


def test_the_figures_stand_on_the_standard_output(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shop)
    result = called()
    assert result.exit_code == 0
    assert result.stderr == "passed\n"
    table = result.stdout.splitlines()
    assert table[0].split() == ["asked", "first", "top", "3", "top", "5"]
    assert table[1].split() == ["en", "3", "100", "%", "100", "%", "100", "%"]
    assert "without an answer: 1 of 1 recognised as such" in table
    assert "phrasings: 6 of 6 find their entry among the first 3" in table


def test_below_the_threshold_it_fails(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shop)
    write(shop, {"faq/questions.yml": QUESTIONS + "- {ask: a zeppelin, expect: pay-cards}\n"})
    assert called("--at-least", "75").exit_code == 0
    result = called("--at-least", "76", "--quiet")
    assert result.exit_code == 1
    assert "75 % of the questions (en)" in result.stdout
    assert "top 3" not in result.stdout
    assert called("--at-least", "76", "--lang", "zh").exit_code == 0


def test_json_says_everything(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shop)
    found: dict[str, Any] = json.loads(called("--json").stdout)
    english, chinese = found["languages"]
    assert found["passed"] is True
    assert english["top"] == {"1": 3, "3": 3, "5": 3}
    assert english["audiences"]["prospects"]["asked"] == 1
    assert english["questions"][0]["rank"] == 1
    assert chinese["lang"] == "zh"


def test_annotations_name_the_place(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shop)
    write(shop, {"faq/questions.yml": "- {ask: zeppelin, expect: pay-cards}\n"})
    result = called("--format", "github")
    assert result.exit_code == 1
    assert "::error file=faq/questions.yml,line=1,col=1::0 %25 of" in result.stdout
    assert "::warning file=faq/questions.yml,line=1,col=3::“zeppelin”" in result.stdout


def test_without_recorded_questions_it_says_what_to_do_and_passes(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shop / "faq/questions.yml").unlink()
    monkeypatch.chdir(shop)
    result = called()
    assert result.exit_code == 0
    assert (
        "no question is recorded; write how customers ask into faq/questions.yml" in result.stdout
    )


@pytest.mark.parametrize("fmt", ["text", "json"])
def test_a_broken_knowledge_base_fails_with_its_problems(
    fmt: str, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(shop, {"faq/questions.yml": "- {ask: x, expect: nobody-knows}\n"})
    monkeypatch.chdir(shop)
    result = called("--format", fmt)
    assert result.exit_code == 1
    assert "nobody-knows" in result.stdout
    if fmt == "json":
        assert json.loads(result.stdout)["passed"] is False


def test_a_language_that_the_site_lacks_is_wrong_usage(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shop)
    assert site.project(Path("mkdocs.yml")).languages == LANGUAGES
    assert called("--lang", "de").exit_code == 2
