"""How commands end and what they colour: pipes, full disks, Ctrl-C, terminals, JSON."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from oftasked.cli import main
from oftasked.cli.colours import from_environment
from oftasked.cli.output import ProgressBar
from support import SHOP, write
from terminals import heard

PROGRAM = [sys.executable, "-m", "oftasked"]
ESCAPE = "\x1b["
BROKEN = {"faq/prospects/payment.yml": "entries: 5\n"}


@pytest.fixture(autouse=True)
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")  # 2026-11-22
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return write(tmp_path, SHOP)


def shell(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash in which `oftasked` is the program; its status is the first command's."""
    script = f'oftasked() {{ "{sys.executable}" -m oftasked "$@"; }}\n{line}\n'
    return subprocess.run(
        ["bash", "-c", script],
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def on_a_terminal(*arguments: str, **environment: str) -> str:
    """Return what a command prints on a terminal."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [*PROGRAM, *arguments], stdout=follower, stderr=follower, env=os.environ | environment
    )
    os.close(follower)
    printed = heard(leader)
    os.close(leader)
    process.wait()
    return printed


@pytest.mark.parametrize(
    "command", ["schema topic", "--help", "--version", "check --help", "search parcel", "doctor"]
)
def test_a_full_disk_is_one_line_and_status_1(command: str) -> None:
    done = shell(f"oftasked {command} > /dev/full")
    assert done.returncode == 1
    assert done.stderr == (
        "error: No space left on device; make room or repair the disk, and run it again\n"
    )


@pytest.mark.parametrize("command", ["schema topic", "--help", "search parcel", "doctor"])
def test_a_reader_that_has_seen_enough_is_no_error(command: str) -> None:
    done = shell(f"oftasked {command} | true; exit ${{PIPESTATUS[0]}}")
    assert done.stderr == ""
    assert done.returncode in (0, 141)


def test_output_larger_than_a_pipe_ends_as_shells_expect(shop: Path) -> None:
    asks = "".join("parcel\n" for _ in range(5000))
    write(shop, {"asked.txt": asks})
    done = shell("oftasked search --batch asked.txt | head -1; exit ${PIPESTATUS[0]}")
    assert (done.returncode, done.stderr) == (141, "")
    assert done.stdout.count("\n") == 1


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let programs be interrupted even where a shell runs the tests in its background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_ends_without_a_traceback() -> None:
    process = subprocess.Popen(
        [*PROGRAM, "search", "--batch", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("parcel\n" * 4000)
    process.stdin.flush()
    assert "track-parcel" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert (process.returncode, said.strip()) == (130, "")


def test_nonsense_in_source_date_epoch_is_no_traceback_in_plain_mkdocs() -> None:
    mkdocs = Path(sys.executable).with_name("mkdocs")
    done = subprocess.run(
        [mkdocs, "build", "-q", "-d", "out"],
        env=os.environ | {"SOURCE_DATE_EPOCH": "nonsense", "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "set it to seconds since 1970, or unset it" in done.stderr


def test_a_finished_progress_bar_leaves_nothing_on_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("oftasked.cli.output.SLOW", 0.0)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    progress = ProgressBar()
    for done in (1, 2, 3):
        progress("pages", done, 3)
    written = capsys.readouterr().err
    assert "pages    [##############################] 3/3" in written
    *_, blank, after = written.split("\r")
    assert (blank.strip(), after) == ("", "")
    assert len(blank) >= max(map(len, written.split("\r")))
    assert "\n" not in written


def test_problems_are_coloured_on_a_terminal_only(shop: Path) -> None:
    write(shop, BROKEN)
    shown = on_a_terminal("check")
    assert f"{ESCAPE}1mfaq/prospects/payment.yml:1:10:" in shown  # bold
    assert f"{ESCAPE}31m" in shown  # red
    assert ESCAPE not in shell("oftasked check").stdout


def test_warnings_are_yellow_and_well_is_green(shop: Path) -> None:
    write(shop, {"faq/asks.csv": "date,entry,audience,channel,count\n2026-11-01,gone,,,5\n"})
    shown = on_a_terminal("check", "--quick")
    assert f"{ESCAPE}33mwarning: `gone` is not an entry" in shown
    assert f"{ESCAPE}32m0 errors" in shown
    assert f"{ESCAPE}32mbuilt" in on_a_terminal("build")


@pytest.mark.parametrize(
    ("arguments", "environment", "is_coloured"),
    [
        (("check",), {"NO_COLOR": "1"}, False),
        (("check",), {"NO_COLOR": ""}, True),
        (("check",), {"TERM": "dumb"}, False),
        (("check",), {"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        (("check",), {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        (("check", "--color", "always"), {"NO_COLOR": "1"}, True),
        (("--color", "always", "check"), {"NO_COLOR": "1"}, True),
        (("check", "--color", "never"), {}, False),
        (("--color", "never", "check"), {}, False),
        (("--color", "never", "check", "--color", "always"), {}, True),
    ],
)
def test_the_wish_for_colour_is_honoured_on_a_terminal(
    shop: Path, arguments: tuple[str, ...], environment: dict[str, str], is_coloured: bool
) -> None:
    write(shop, BROKEN)
    assert (ESCAPE in on_a_terminal(*arguments, **environment)) is is_coloured


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({}, None),
        ({"FORCE_COLOR": "3"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"FORCE_COLOR": ""}, None),
        ({"TERM": "xterm"}, None),
    ],
)
def test_the_environment_decides_where_nothing_is_said(
    environ: Mapping[str, str], wanted: bool | None
) -> None:
    assert from_environment(environ) is wanted


def test_colour_can_be_kept_in_a_pipe(shop: Path) -> None:
    write(shop, BROKEN)
    assert ESCAPE in shell("oftasked check | cat", FORCE_COLOR="1").stdout
    assert ESCAPE in shell("oftasked check --color always | cat").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--format", "json"),
        ("check", "--format", "github"),
        ("build", "--json"),
        ("search", "parcel", "--json"),
        ("find", "parcel", "--json"),
        ("doctor", "--json"),
        ("schema", "topic"),
    ],
)
def test_what_programs_read_is_never_coloured(shop: Path, arguments: tuple[str, ...]) -> None:
    write(shop, {"faq/asks.csv": "date,entry,audience,channel,count\n2026-11-01,gone,,,5\n"})
    result = CliRunner().invoke(main, ["--color", "always", *arguments], color=True)
    assert result.stdout
    assert ESCAPE not in result.stdout
    if "github" not in arguments:
        json.loads(result.stdout)


def test_a_build_tells_programs_what_it_made() -> None:
    result = CliRunner().invoke(main, ["build", "--json"])
    assert json.loads(result.stdout) == {
        "built": True,
        "tier": "public",
        "site_dir": "site",
        "entries": {"en": 3, "zh": 3},
        "members": None,
        "at_once": True,
        "error": None,
        "problems": [],
    }


def test_a_failed_build_tells_programs_why(shop: Path) -> None:
    write(shop, BROKEN)
    result = CliRunner().invoke(main, ["build", "--json"])
    value = json.loads(result.stdout)
    assert (result.exit_code, value["built"], value["error"]) == (1, False, None)
    assert value["problems"][0]["path"] == "faq/prospects/payment.yml"
    (shop / "mkdocs.yml").unlink()
    result = CliRunner().invoke(main, ["build", "--json"])
    value = json.loads(result.stdout)
    assert (result.exit_code, value["built"], value["problems"]) == (1, False, [])
    assert "mkdocs.yml does not exist" in value["error"]


def test_the_list_of_commands_says_what_each_command_says_of_itself() -> None:
    listed = CliRunner().invoke(main, ["--help"]).stdout
    for name in main.commands:
        assert f"\n  {name} " in listed
