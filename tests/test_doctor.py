"""`oftasked doctor`: what it finds in whole, bare and broken projects, and what it says to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from oftasked import __version__, diagnosis
from oftasked.cli import main
from oftasked.diagnosis import State
from oftasked.schema import json_schemas
from support import MKDOCS, SHOP, write


@pytest.fixture(autouse=True)
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")  # 2026-11-22
    monkeypatch.chdir(tmp_path)
    return write(tmp_path, SHOP)


def doctor(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["doctor", *arguments], catch_exceptions=False)


def findings(*arguments: str) -> dict[str, tuple[str, str, str]]:
    rows = json.loads(doctor("--json", *arguments).stdout)
    return {row["about"]: (row["state"], row["message"], row["remedy"]) for row in rows}


def test_it_names_every_version() -> None:
    found = findings()
    assert found["oftasked"] == ("ok", __version__, "")
    assert {state for state, *_ in (found[name] for name in diagnosis.LIBRARIES)} == {"ok"}


def test_a_project_that_builds_is_no_problem() -> None:
    result = doctor()
    assert result.exit_code == 0
    assert "problem" not in result.stdout
    assert "A build would work; " in result.stdout.splitlines()[-1]


def test_examples_that_were_never_replaced_are_noted() -> None:
    found = findings()
    assert found["site_url"][:2] == ("note", "is still https://help.example.com/")
    assert found["contacts.yml"][:2] == ("note", "example addresses in: support, logistics")


def test_a_project_with_everything_is_well(shop: Path) -> None:
    schemas = {
        f".vscode/oftasked/{kind}.schema.json": json.dumps(schema)
        for kind, schema in json_schemas().items()
    }
    own = "https://help.linden.shop/"
    write(
        shop,
        {
            "mkdocs.yml": MKDOCS.replace("https://help.example.com/", own),
            "faq/contacts.yml": SHOP["faq/contacts.yml"].replace("example.com", "linden.shop"),
            "faq/questions.yml": "- {ask: where is it, expect: track-parcel}\n",
            "faq/synonyms.yml": "en: [[parcel, package]]\nzh: [[包裹, 快递]]\n",
            ".gitattributes": "faq/asks.csv merge=union\n",
            **schemas,
        },
    )
    result = doctor()
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "All is well."), result.stdout


def test_what_is_missing_is_noted_with_what_to_do(shop: Path) -> None:
    for name in ("contacts.yml", "asks.csv"):
        (shop / "faq" / name).unlink()
    delivery = SHOP["faq/new-customers/delivery.yml"].replace(", contact: logistics", "")
    write(shop, {"faq/new-customers/delivery.yml": delivery})
    found = findings()
    for name in ("contacts.yml", "questions.yml", "synonyms.yml", "asks.csv", ".vscode/oftasked"):
        state, _, remedy = found[name]
        assert (state, bool(remedy)) == ("note", True), name


def test_a_ledger_is_old_as_of_a_day() -> None:
    assert findings("--as-of", "2027-01-30")["asks.csv"][0] == "ok"
    state, message, _ = findings("--as-of", "2027-01-31")["asks.csv"]
    assert (state, message) == ("note", "newest row 2026-11-01, 91 days before 2027-01-31")


def test_branches_that_count_asks_merge_if_git_is_told_so(shop: Path) -> None:
    assert findings()[".gitattributes"][2] == "add the line `faq/asks.csv merge=union`"
    write(shop, {".gitattributes": "* text=auto\nfaq/asks.csv  merge=union\n"})
    assert findings()[".gitattributes"][0] == "ok"


def test_schemas_of_another_version_are_named(shop: Path) -> None:
    kinds = json_schemas()
    files = {f".vscode/oftasked/{kind}.schema.json": json.dumps(kinds[kind]) for kind in kinds}
    write(shop, files | {".vscode/oftasked/topic.schema.json": '{"old": true}'})
    state, message, remedy = findings()[".vscode/oftasked"]
    assert (state, message) == ("note", "not those of this version: topic")
    assert "oftasked schema KIND > .vscode/oftasked/KIND.schema.json" in remedy


def test_a_site_dir_that_is_not_ours_is_a_problem_and_stays_as_it_is(shop: Path) -> None:
    write(shop, {"site/precious.txt": "mine"})
    result = doctor()
    assert result.exit_code == 1
    assert findings()["site_dir"][0] == "problem"
    assert [path.name for path in (shop / "site").iterdir()] == ["precious.txt"]


def test_trying_the_exchange_leaves_nothing_behind(shop: Path) -> None:
    before = sorted(path.relative_to(shop) for path in shop.rglob("*"))
    assert findings()["publishing"][0] in ("ok", "note")
    assert sorted(path.relative_to(shop) for path in shop.rglob("*")) == before


def test_an_empty_folder_is_told_how_to_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    assert doctor().exit_code == 1
    state, message, remedy = findings()["mkdocs.yml"]
    assert (state, message) == ("problem", "does not exist")
    assert "oftasked init" in remedy


@pytest.mark.parametrize(
    "config",
    [
        "site_name: [",
        "site_name: x\ntheme: {name: oftasked}\n",
        "- list\n",
        "",
        "site_name: x\nplugins: [nowhere]\n",
        MKDOCS.replace("docs_dir: faq", "docs_dir: gone"),
        MKDOCS.replace("[zh]", "[../zh]"),
        MKDOCS + "site_dir: ../\n",
        MKDOCS + "use_directory_urls: false\n",
        MKDOCS.replace("name: oftasked", "name: mkdocs"),
    ],
)
def test_a_broken_configuration_is_one_problem(shop: Path, config: str) -> None:
    write(shop, {"mkdocs.yml": config})
    result = doctor()
    assert result.exit_code == 1
    state, message, remedy = findings()["mkdocs.yml"]
    assert (state, bool(message), bool(remedy)) == ("problem", True, True)


@pytest.mark.parametrize("text", ["entries: 5\n", "entries: [\n", "\x00", "entries:\n- {id: A}\n"])
def test_broken_content_is_one_problem_and_the_rest_is_still_judged(shop: Path, text: str) -> None:
    write(shop, {"faq/prospects/payment.yml": text})
    assert doctor().exit_code == 1
    found = findings()
    assert found["entries"][0] == "problem"
    assert "oftasked check" in found["entries"][2]
    assert found["site_dir"][0] == "ok"


def test_a_date_that_is_none_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "nonsense")
    state, _, remedy = findings()["date"]
    assert (state, remedy) == ("problem", "set it to seconds since 1970, or unset it")


@pytest.mark.parametrize(
    ("site_url", "state"),
    [
        ("", State.NOTE),
        ("https://example.org/help/", State.NOTE),
        ("https://shop.example/", State.NOTE),
        ("http://localhost:8000/", State.NOTE),
        ("https://example.org.linden.shop/", State.OK),
        ("https://notexample.com/", State.OK),
    ],
)
def test_an_example_address_is_told_from_a_real_one(site_url: str, state: State) -> None:
    assert diagnosis.address(site_url).state is state
