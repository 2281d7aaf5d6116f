"""The command line: what each command prints, writes and returns."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from oftasked.cli import main
from oftasked_search import open_index
from support import AS_OF, SHOP, write


@pytest.fixture(autouse=True)
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")  # 2026-11-22
    monkeypatch.chdir(tmp_path)
    return write(tmp_path, SHOP)


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=stdin, catch_exceptions=False)


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_explains_itself(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    options = [each for each in main.commands[command].params if isinstance(each, click.Option)]
    assert all(option.help for option in options)


def test_check_is_content_with_a_good_knowledge_base() -> None:
    result = run("check", "--strict", "--quick")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "0 errors, 0 warnings, 7 entries, 6 without a translation (zh)\n"


@pytest.mark.parametrize(
    ("fmt", "begins"),
    [
        (
            "text",
            'faq/prospects/payment.yml:2:5: unknown field "qestion"; did you mean "question"?',
        ),
        ("github", "::error file=faq/prospects/payment.yml,line=2,col=5::"),
        ("json", "["),
    ],
)
def test_check_reports_every_mistake_in_every_format(shop: Path, fmt: str, begins: str) -> None:
    broken = SHOP["faq/prospects/payment.yml"].replace("question:", "qestion:")
    broken = broken.replace("  - id: pay-cards\n    qestion", "  - qestion").replace(
        "asked: 80", "asked: x"
    )
    write(shop, {"faq/prospects/payment.yml": broken})
    result = run("check", "--format", fmt)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert any(line.startswith(begins) for line in lines)
    if fmt == "json":
        found = {problem["message"] for problem in json.loads(result.stdout)}
        assert len(found) >= 3
    else:
        assert len(lines) >= 3


def test_json_is_short_for_format_json(shop: Path) -> None:
    write(shop, {"faq/prospects/payment.yml": "entries: []\nqestions: []\n"})
    short, long = run("check", "--json"), run("check", "--format", "json")
    assert json.loads(short.stdout)[0]["severity"] in {"error", "warning"}
    assert (short.stdout, short.exit_code) == (long.stdout, long.exit_code)


def test_a_folder_that_cannot_be_written_is_named(shop: Path) -> None:
    write(shop, {"file": ""})
    result = run("build", "--site-dir", "file/site")
    assert result.exit_code == 1
    assert result.stderr.startswith("error: ")
    assert "file: File exists" in result.stderr


@pytest.mark.parametrize("place", [".", ".."])
def test_a_site_never_takes_the_place_of_its_sources(shop: Path, place: str) -> None:
    write(shop.parent, {"oftasked-manifest.json": "{}"})
    result = run("build", "--site-dir", place)
    assert (result.exit_code, (shop / "mkdocs.yml").is_file()) == (1, True)
    assert "holds the site's own sources" in result.stderr


@pytest.mark.parametrize("address", ["localhost", "8000", ":8000", "localhost:x", "[::1]:99999"])
def test_an_address_that_cannot_be_served_is_refused(address: str) -> None:
    result = run("serve", "--address", address)
    assert result.exit_code == 1
    assert "write it like 127.0.0.1:8000 or [::1]:8000" in result.stderr


@pytest.mark.parametrize("epoch", ["", " 1795305600 "])
def test_an_empty_epoch_is_none(monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert run("build", "--quiet").exit_code == 0
    assert os.environ["SOURCE_DATE_EPOCH"] == epoch


def test_a_date_that_is_given_needs_no_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "nonsense")
    assert run("build", "--quiet").exit_code == 1
    assert run("build", "--quiet", "--as-of", "1969-12-31").exit_code == 0


@pytest.mark.parametrize("languages", ["[../../x]", "['']", "[zh/x]", "[zh, zh]", "[zh, ZH]"])
def test_languages_are_codes_and_named_once(shop: Path, languages: str) -> None:
    config = SHOP["mkdocs.yml"].replace("[zh]", languages)
    write(shop, {"mkdocs.yml": config})
    for command in ("check", "build"):
        result = run(command)
        assert result.exit_code == 1
        assert "language" in result.stderr


def test_a_terminal_without_chinese_signs_shows_their_codes(shop: Path) -> None:
    command = [sys.executable, "-m", "oftasked", "search", "--lang", "zh", "送货"]
    environment = os.environ | {"PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(command, cwd=shop, env=environment, capture_output=True, check=True)
    assert b"\\u9001\\u8d27" in done.stdout


def test_a_warning_fails_a_strict_check_only(shop: Path) -> None:
    write(shop, {"faq/asks.csv": "date,entry,audience,channel,count\n2026-11-01,gone,,,5\n"})
    assert run("check").exit_code == 0
    assert run("check", "--strict").exit_code == 1


def test_build_says_what_it_made_and_nothing_when_quiet(shop: Path) -> None:
    assert run("build").stdout == "site is built (en: 3 entries, zh: 3 entries)\n"
    assert run("build", "-q", "--site-dir", "elsewhere").output == ""
    assert (shop / "elsewhere/zh/q/pay-cards/index.html").is_file()


def test_a_failed_build_prints_the_mistakes_and_returns_1(shop: Path) -> None:
    write(shop, {"faq/prospects/payment.yml": "entries: 5\n"})
    result = run("build")
    assert result.exit_code == 1
    assert result.stdout.startswith("faq/prospects/payment.yml:1:10: ")
    assert not (shop / "site").exists()


def test_a_project_without_configuration_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    result = run("build")
    assert result.exit_code == 1
    assert "mkdocs.yml does not exist; run this in the folder of mkdocs.yml" in result.stderr
    assert "`oftasked init`" in result.stderr


def test_as_of_decides_which_entries_are_current(shop: Path) -> None:
    payment = SHOP["faq/prospects/payment.yml"] + "    valid_until: 2026-11-30\n"
    write(shop, {"faq/prospects/payment.yml": payment})
    assert "en: 3" in run("build", "--as-of", "2026-11-30").stdout
    assert "en: 2" in run("build", "--as-of", "2026-12-01").stdout


def test_search_finds_what_a_customer_means() -> None:
    assert run("search", "when will my parcel arive").stdout.startswith(" 1. How long does")
    found = json.loads(run("search", "什么时候到货", "--lang", "zh", "--json").stdout)
    assert found["hits"][0]["id"] == "delivery-time"
    assert found["confident"] is True


def test_search_keeps_to_an_audience() -> None:
    found = json.loads(
        run("search", "parcel", "--audience", "returning-customers", "--json").stdout
    )
    assert [hit["id"] for hit in found["hits"]] == ["track-parcel"]


def test_an_audience_that_is_none_is_wrong_usage() -> None:
    result = run("search", "parcel", "--audience", "returning-customer")
    assert result.exit_code == 2
    assert "choose prospects, new-customers, returning-customers" in result.stderr


@pytest.mark.parametrize("command", [("search", "parcel"), ("find", "x"), ("index", "--out", "x")])
def test_a_language_that_the_site_lacks_is_wrong_usage(command: tuple[str, ...]) -> None:
    result = run(*command, "--lang", "fr")
    assert result.exit_code == 2
    assert "`fr` is not a language of this site; choose en or zh" in result.stderr


def test_batch_answers_each_line_with_a_json_line() -> None:
    result = run("search", "--batch", "-", "--limit", "1", stdin="parcel\n\nqwxz\n")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["query"] for line in lines] == ["parcel", "", "qwxz"]
    assert [len(line["hits"]) for line in lines] == [1, 0, 0]


def test_search_never_shows_what_is_not_published() -> None:
    assert "secret-carrier" not in run("search", "cheapest carrier Hypotenuse").output
    assert "drone-delivery" not in run("search", "drone Zanzibar").output


def test_find_shows_editors_everything() -> None:
    assert run("find", "Hypotenuse").stdout.startswith("secret-carrier  ")
    found = json.loads(run("find", "status:draft", "--json").stdout)
    assert [hit["id"] for hit in found["hits"]] == ["drone-delivery"]


def test_find_tells_where_to_edit() -> None:
    assert "    faq/prospects/payment.yml:2\n" in run("find", "mastercard").stdout
    [hit] = json.loads(run("find", "mastercard", "--json").stdout)["hits"]
    assert (hit["path"], hit["line"]) == ("faq/prospects/payment.yml", 2)


@pytest.mark.parametrize("name", sorted(main.commands))
def test_help_shows_no_sign_of_its_own_making(name: str) -> None:
    assert "\\b" not in run(name, "--help").stdout


def test_a_mistyped_option_of_the_plugin_is_an_error(shop: Path) -> None:
    config = (shop / "mkdocs.yml").read_text("utf-8")
    assert "languages:" in config
    write(shop, {"mkdocs.yml": config.replace("languages:", "langs:")})
    result = run("check")
    assert result.exit_code == 1
    said = "option 'langs': there is no such option (there are feedback, half_life, languages,"
    assert said in result.stderr


def test_find_sees_an_entry_that_was_just_changed(shop: Path) -> None:
    assert run("find", "mastercard").stdout.startswith("pay-cards")
    payment = SHOP["faq/prospects/payment.yml"].replace("Mastercard", "Maestro")
    write(shop, {"faq/prospects/payment.yml": payment})
    assert run("find", "maestro").stdout.startswith("pay-cards")
    assert "nothing found" in run("find", "mastercard").stdout


def test_index_writes_what_the_runtime_reads(shop: Path) -> None:
    run("index", "--faq", "faq", "--out", "data")
    index = open_index(lambda name: (shop / "data" / name).read_bytes())
    assert index.search("cards").hits[0].id == "pay-cards"


@pytest.mark.parametrize(("said", "dimensions"), [("", 128), (", meaning: false", 0)])
def test_a_site_may_do_without_what_words_mean(shop: Path, said: str, dimensions: int) -> None:
    config = (shop / "mkdocs.yml").read_text("utf-8")
    write(shop, {"mkdocs.yml": config.replace("languages: [zh]", f"languages: [zh]{said}")})
    run("index", "--faq", "faq", "--out", "data")
    manifest = json.loads((shop / "data" / "manifest.json").read_bytes())
    assert len(manifest["scales"]) == dimensions
    index = open_index(lambda name: (shop / "data" / name).read_bytes())
    assert index.search("cards").hits[0].id == "pay-cards"


def test_a_folder_without_mkdocs_yml_is_searched_in_the_language_named(tmp_path: Path) -> None:
    entry = "entries:\n  - {id: umtausch, question: Kann ich Ware umtauschen?, answer: Ja.}\n"
    write(tmp_path / "solo", {"faq/prospects/returns.yml": entry})
    result = run("search", "umtauschen", "--faq", str(tmp_path / "solo/faq"), "--lang", "de")
    assert "Kann ich Ware umtauschen?" in result.stdout


def test_schema_prints_a_json_schema() -> None:
    assert json.loads(run("schema", "topic").stdout)["$schema"].startswith(
        "https://json-schema.org"
    )


def test_quick_leaves_out_what_needs_an_editors_eye() -> None:
    result = run("check", "--strict")
    assert result.exit_code == 1
    assert "not written in `zh`" in result.stdout
    assert result.stderr == "0 errors, 2 warnings, 7 entries, 6 without a translation (zh)\n"


def test_doubts_are_not_printed_beside_errors(shop: Path) -> None:
    write(shop, {"faq/prospects/payment.yml": "entries: 5\n"})
    assert "not written in" not in run("check").stdout


def test_search_without_a_query_is_wrong_usage() -> None:
    assert run("search").exit_code == 2


def test_the_date_of_the_tests_is_what_they_say() -> None:
    assert AS_OF.isoformat() == "2026-11-22"
