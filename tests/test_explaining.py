"""What `oftasked search --explain` says: the parts of a score, and what each is for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from oftasked.cli import main
from oftasked_search import Document, compile_index, open_index
from oftasked_search.counting import MEANING, PRIOR, RELATED, ROW, Part
from oftasked_search.explaining import Explainer, Explanation
from oftasked_search.vocabulary import Vocabulary
from searching import SHOPS, documents, index_files
from support import SHOP, write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

QUERIES = {
    "en": [
        "I want my money back",
        "my parcle still has not arived",
        "pass word",
        "deliverytime",
        "how long does deliv",
        "e-mail A-100",
        "reimbursement",
        "the",
    ],
    "zh": ["退钱要多久", "忘記密碼怎麼辦", "apple pay 退款", "Ａ-１００", "发开票"],
}


def explained(lang: str, query: str) -> Explanation:
    return Explainer(index_files(lang).__getitem__, documents(lang)).explain(query)


def asked(docs: list[Document], query: str, synonyms: Sequence[Sequence[str]] = ()) -> Explanation:
    files = compile_index(docs, lang="en", meaning=False, synonyms=synonyms)
    return Explainer(files.__getitem__, docs).explain(query)


def document(id_: str, *phrasings: str, body: str = "", boost: float = 0.0) -> Document:
    return Document(id_, f"q/{id_}/", phrasings[0], phrasings, body=body, boost=boost)


def part(explanation: Explanation, through: str) -> Part:
    [found] = [p for p in explanation.hits[0].parts if p.through == through]
    return found


@pytest.mark.parametrize("lang", sorted(SHOPS))
def test_the_parts_add_up_to_the_score_that_visitors_get(lang: str) -> None:
    files = index_files(lang)
    index, explainer = open_index(files.__getitem__), Explainer(files.__getitem__, documents(lang))
    throughs: set[str] = set()
    queries = [*QUERIES[lang], *(case["query"] for case in SHOPS[lang]["cases"])]
    for query in queries:
        result, explanation = index.search(query), explainer.explain(query)
        scores = [(hit.id, hit.score) for hit in result.hits]
        assert [(hit.id, hit.score) for hit in explanation.hits] == scores
        for hit in explanation.hits:
            assert sum(p.score for p in hit.parts) == hit.score, (query, hit)
            assert all(p.score > 0 for p in hit.parts if p.through != MEANING)
            throughs |= {p.through for p in hit.parts}
        assert (explanation.sureness >= explanation.bar) == result.confident
    assert {"exact", PRIOR, "synonym", MEANING} <= throughs
    assert lang == "zh" or {RELATED, ROW, "typo", "form", "completion"} <= throughs


def test_a_facet_narrows_what_is_explained() -> None:
    files = index_files("en")
    facets = {"audience": "prospects"}
    hits = open_index(files.__getitem__).search("delivery", facets=facets).hits
    found = Explainer(files.__getitem__, documents("en")).explain("delivery", facets=facets).hits
    assert [(hit.id, hit.score) for hit in found] == [(hit.id, hit.score) for hit in hits]


@pytest.mark.parametrize(
    ("query", "through", "found"),
    [
        ("track", "exact", "track"),
        ("tracked ", "form", "track"),
        ("parcle ", "typo", "parcel"),
        ("par", "completion", "parcel"),
        ("trackparcel ", "split", "track"),
        ("pass port ", "joined", "passport"),
        ("packet ", "synonym", "parcel"),
    ],
)
def test_each_way_to_match_has_its_name(query: str, through: str, found: str) -> None:
    docs = [document("a", "track my parcel"), document("b", "passport number")]
    explanation = asked(docs, query, synonyms=[["parcel", "packet"]])
    matching = [p for p in explanation.hits[0].parts if p.through == through]
    assert matching[0].found == found, explanation.hits[0].parts


@pytest.mark.parametrize(
    ("lang", "group", "query", "written"),
    [
        ("en", ["reimbursed", "money back"], "reimbursed ", "money back"),
        ("zh", ["包退", "钱退回来"], "包退", "钱退回来"),
    ],
)
def test_a_synonym_of_several_words_is_named_as_a_whole(
    lang: str, group: list[str], query: str, written: str
) -> None:
    docs = [document("a", f"{written}?"), document("b", "a lamp")]
    files = compile_index(docs, lang=lang, meaning=False, synonyms=[group])
    [hit] = Explainer(files.__getitem__, docs).explain(query).hits
    assert written in {p.found for p in hit.parts if p.through == "synonym"}


def test_words_in_a_row_the_body_and_the_prior_are_told_apart() -> None:
    docs = [document("a", "gift card", body="Any amount.", boost=1.0), document("b", "a lamp")]
    explanation = asked(docs, "gift card amount")
    assert part(explanation, ROW).asked == "gift card"
    assert part(explanation, PRIOR).score > 0
    amount = next(p for p in explanation.hits[0].parts if p.asked == "amount")
    assert [place for place, _ in amount.places] == ["body"]
    assert explanation.hits[0].phrasing == "gift card"


def test_a_related_word_is_named_with_how_near_it_is() -> None:
    hit = explained("en", "I want my money back").hits[0]
    related = [p for p in hit.parts if p.through == RELATED and p.found]
    assert related
    assert all(p.near is not None and 30 <= p.near <= 100 for p in related)


def test_the_phrasing_that_scores_best_is_named() -> None:
    docs = [document("a", "Where is my parcel?", "has it been sent yet"), document("b", "Lamps")]
    assert asked(docs, "sent yet").hits[0].phrasing == "has it been sent yet"


def test_words_that_nothing_stands_for_are_named() -> None:
    explanation = asked(
        [document("a", "a lamp"), document("b", "a rug")], "lamp xylophone zwieback"
    )
    assert explanation.unknown == ("xylophone", "zwieback")


@pytest.mark.parametrize("query", ["", "?!", "xylophone"])
def test_what_finds_nothing_explains_nothing(query: str) -> None:
    assert explained("zh", query).hits == ()


# The command.


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in a small shop's project, searched by words alone: meaning is not the subject here."""
    monkeypatch.setattr(Vocabulary, "open", lambda _: None)
    monkeypatch.chdir(write(tmp_path, SHOP))


def called(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["search", *arguments])


@pytest.mark.usefixtures("shop")
def test_people_read_what_share_of_the_score_each_match_is() -> None:
    result = called("--explain", "where is my parcle xylophone")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0] == "nothing stands for: xylophone"
    assert lines[2].startswith(" 1. Where is my parcel?  (track-parcel, ")
    hit = lines[3 : next(at for at, line in enumerate(lines) if line.startswith(" 2."))]
    assert any("typo of “parcel”, counts 85 %" in line for line in hit)
    assert sum(float(line.split("%")[0]) for line in hit) == pytest.approx(100, abs=0.5)


@pytest.mark.usefixtures("shop")
def test_programs_read_every_point() -> None:
    plain = json.loads(called("--json", "--lang", "zh", "什么时候到货").stdout)
    found = json.loads(called("--json", "--explain", "--lang", "zh", "什么时候到货").stdout)
    assert [(hit["id"], hit["score"]) for hit in found["hits"]] == [
        (hit["id"], hit["score"]) for hit in plain["hits"]
    ]
    assert found["confident"] == plain["confident"]
    for hit in found["hits"]:
        assert sum(sum(row["places"].values()) for row in hit["parts"]) == hit["score"]


@pytest.mark.usefixtures("shop")
def test_nothing_found_says_so() -> None:
    assert called("--explain", "xylophone").stdout.splitlines()[-1] == "nothing found"


@pytest.mark.usefixtures("shop")
def test_a_batch_is_not_explained(tmp_path: Path) -> None:
    (tmp_path / "asked.txt").write_text("parcel\n")
    assert called("--explain", "--batch", "asked.txt").exit_code == 2
