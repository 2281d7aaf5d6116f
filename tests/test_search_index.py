"""What `compile_index` promises about its files."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from oftasked_search import Document, compile_index, filing, open_index, termblocks
from oftasked_search.termblocks import StoredTerm, StoredWord
from searching import documents, index_files


def first_ids(docs: list[Document], query: str, **options: str) -> list[str]:
    index = open_index(compile_index(docs, lang="en").__getitem__)
    return [hit.id for hit in index.search(query, facets=options).hits]


def test_the_order_of_documents_decides_nothing() -> None:
    docs = documents("en")
    assert compile_index(docs[::-1], lang="en") == compile_index(docs, lang="en")


def test_a_document_in_another_language_is_analysed_as_its_index() -> None:
    docs = [replace(document, lang="de") for document in documents("en")]
    assert compile_index(docs, lang="en") == compile_index(documents("en"), lang="en")


def test_a_changed_document_changes_file_names_but_never_the_content_of_a_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(filing, "BUNDLE_BYTES", 0)
    docs = documents("en")
    before = compile_index(docs, lang="en")
    after = compile_index([replace(docs[0], body="Something else."), *docs[1:]], lang="en")
    assert before.keys() != after.keys()
    shared = (before.keys() & after.keys()) - {"manifest.json"}
    assert all(before[name] == after[name] for name in shared)


def test_equal_matches_go_by_prior_and_then_by_id() -> None:
    same = Document("c", "q/c/", "Opening hours", ("Opening hours",))
    docs = [same, replace(same, id="a"), replace(same, id="b", boost=0.9)]
    assert first_ids(docs, "opening hours") == ["b", "a", "c"]


def test_facets_take_little_room_however_many_documents_have_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(filing, "BUNDLE_BYTES", 0)

    def size(count: int) -> int:
        docs = [
            Document(
                id=f"{number * 7919 % count:05d}",
                url="",
                title="lamp",
                phrasings=("lamp",),
                facets=(
                    ("audience", (f"a{number * 31 % 4}",)),
                    ("topic", (f"a{number * 31 % 4}/t{number % 9}",)),
                ),
            )
            for number in range(count)
        ]
        files = compile_index(docs, lang="en", meaning=False)
        return sum(len(block) for name, block in files.items() if name.startswith("facets"))

    assert size(2000) < size(500) + 100


def test_a_prior_never_beats_a_clearly_better_match() -> None:
    better = Document("b", "q/b/", "x", ("Change the delivery address",))
    popular = Document("a", "q/a/", "x", ("Change the address",), boost=1.0)
    assert first_ids([better, popular], "change delivery address") == ["b", "a"]


def test_a_facet_narrows_before_results_are_counted_out() -> None:
    index = open_index(index_files("en", meaning=False).__getitem__)
    found = [index.search("delivery", facets={"audience": a}).hits for a in ("prospects", "nobody")]
    assert [[hit.id for hit in hits][:1] for hits in found] == [["warranty"], []]


def test_narrowing_proposes_values_that_split_the_results() -> None:
    result = open_index(index_files("en").__getitem__).search("how long")
    assert all(0 < proposal.count < result.total for proposal in result.narrow)
    assert ("topic", "returns") in {(n.facet, n.value) for n in result.narrow}


def test_a_mistyped_query_is_corrected_in_place() -> None:
    result = open_index(index_files("en").__getitem__).search("My Pasword, please")
    assert result.corrections == ("My password, please",)


def test_a_query_of_unknown_words_is_not_confident() -> None:
    index = open_index(index_files("en").__getitem__)
    assert index.search("How long does delivery take?").confident
    assert not index.search("what is the weather in Paris").confident
    assert index.search("xylophone qwertz").hits == ()


def bar_of(docs: list[Document]) -> int:
    stored: int = json.loads(compile_index(docs, lang="en")["manifest.json"])["confident"]
    return stored


def test_entries_whose_phrasings_are_alike_must_be_met_more_surely() -> None:
    topics = "kettle lamp pillow sofa towel curtain blender mattress".split()
    ways = ("broken {}", "my {} is broken", "the {} does not work", "what to do with a broken {}")
    asked = [Document(t, f"q/{t}/", t, tuple(way.format(t) for way in ways)) for t in topics]
    bare = [replace(document, phrasings=(document.title,)) for document in asked]
    assert bar_of(bare) == bar_of(bare[:1])
    assert bar_of(asked) > bar_of(bare)


@pytest.mark.parametrize("query", ["", " ", "?!", "\ud800", "🙂"])
def test_a_query_without_words_finds_nothing(query: str) -> None:
    assert open_index(index_files("en").__getitem__).search(query).total == 0


def test_an_endless_query_is_answered() -> None:
    result = open_index(index_files("en").__getitem__).search("delivery time " * 100_000)
    assert result.hits[0].id == "delivery-time"


def test_an_index_without_documents_answers_with_nothing() -> None:
    assert open_index(compile_index([], lang="en").__getitem__).search("anything").hits == ()


def test_a_synonym_never_beats_the_word_itself() -> None:
    docs = [Document("a", "q/a/", "x", ("my parcel",)), Document("b", "q/b/", "x", ("my package",))]
    files = compile_index(docs, lang="en", synonyms=[["parcel", "package"]])
    index = open_index(files.__getitem__)
    assert [hit.id for hit in index.search("package").hits] == ["b", "a"]
    assert [hit.id for hit in index.search("parcel").hits] == ["a", "b"]


def test_a_function_word_is_no_typo_even_if_no_document_has_it() -> None:
    docs = [Document("a", "q/a/", "x", ("the whale",)), Document("b", "q/b/", "x", ("a dog",))]
    assert first_ids(docs, "while") == []


def test_the_manifest_is_json_that_names_every_file() -> None:
    files = index_files("en")
    stored = json.loads(files["manifest.json"])
    assert (stored["format"], stored["version"]) == ("oftasked-search", 3)
    hashes = stored["names"]
    blocks = len(stored["terms"].split("\n"))
    terms = {f"terms-{n}.{hashes['terms']}.bin" for n in range(blocks)}
    assert set(files) == {"manifest.json", f"bundle.{hashes['bundle']}.bin"} | terms


def test_an_index_without_meaning_that_is_small_is_one_file() -> None:
    files = compile_index(documents("en"), lang="en", meaning=False)
    assert sorted(name.partition(".")[0] for name in files) == ["bundle", "manifest"]


def test_a_larger_index_has_larger_blocks_and_a_small_one_many() -> None:
    terms = [
        StoredWord(f"{n:06}", StoredTerm(f"{n:06}", 1, (bytes(91),)), None) for n in range(60_000)
    ]
    for count, most in ((1_000, 2_000), (60_000, 4_000)):
        runs = list(termblocks.chunks(terms[:count]))
        assert [term for run in runs for term in run] == terms[:count]
        assert {sum(term.size for term in run) for run in runs} == {most}
