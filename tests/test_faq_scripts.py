"""The scripts that the FAQ hands out do what it says, in each language."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from oftasked import knowledge
from support import AS_OF

if TYPE_CHECKING:
    from oftasked.model import KnowledgeBase

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases" / "importing"
LANGUAGES = ("en", "zh")
SCRIPT = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def read(folder: Path, languages: tuple[str, ...] = LANGUAGES) -> KnowledgeBase:
    reading = knowledge.read(folder, languages=languages, as_of=AS_OF)
    assert reading.problems == ()
    assert reading.knowledge is not None
    return reading.knowledge


@pytest.fixture(scope="module")
def faq() -> KnowledgeBase:
    return read(ROOT / "faq")


def script_of(faq: KnowledgeBase, entry_id: str, lang: str) -> str:
    [entry] = [entry for entry in faq.entries if entry.id == entry_id]
    [script] = SCRIPT.findall(entry.wording(lang).answer)
    return str(script)


def run(script: str, folder: Path, stdin: str = "") -> str:
    """Run a script in a folder, with the commands of this environment on its path."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    program = folder / "script.py"
    program.write_text(script, encoding="utf-8")
    finished = subprocess.run(
        [sys.executable, program.name],
        cwd=folder,
        env={**os.environ, "PATH": path, "PYTHONUTF8": "1"},
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def test_every_script_of_the_faq_is_tried_here(faq: KnowledgeBase) -> None:
    with_script = {e.id for e in faq.entries if any(SCRIPT.search(w.answer) for w in e.wordings)}
    assert with_script == {*IMPORTED, "asks-from-a-log"}


IMPORTED = {
    "import-a-table": {
        "how-long-does-delivery-take": "How long does delivery take?",
        "can-i-pay-by-invoice": 'Can I pay "by invoice"?',
        "imported-3": "可以开发票吗？",
    },
    "import-a-document": {
        "our-shop": "Our shop",
        "can-i-pay-by-invoice": "Can I pay by invoice?",
        "which-cards-do-you-take": "Which cards do you take?",
        "imported-5": "可以开发票吗？",
    },
    "import-a-help-centre": {
        "article-360001": 'Can I pay "by invoice"?',
        "article-360002": "可以开发票吗？",
    },
}
"""What each import script makes of the sources in `tests/cases/importing`: questions by id."""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("entry_id", IMPORTED)
def test_an_import_makes_a_topic_without_a_problem(
    entry_id: str, lang: str, faq: KnowledgeBase, tmp_path: Path
) -> None:
    shutil.copytree(CASES, tmp_path, dirs_exist_ok=True)
    run(script_of(faq, entry_id, lang), tmp_path)
    made = {entry.id: entry.wording("en") for entry in read(tmp_path / "faq", ("en",)).entries}
    assert {id_: wording.question for id_, wording in made.items()} == IMPORTED[entry_id]
    assert all(wording.answer.strip() for wording in made.values())


def test_an_imported_table_keeps_the_paragraphs_of_an_answer(
    faq: KnowledgeBase, tmp_path: Path
) -> None:
    shutil.copytree(CASES, tmp_path, dirs_exist_ok=True)
    run(script_of(faq, "import-a-table", "en"), tmp_path)
    [entry, *_] = (e for e in read(tmp_path / "faq", ("en",)).entries if "delivery" in e.id)
    assert entry.wording("en").answer.split("\n\n") == [
        "Two to four working days.",
        "Abroad: up to ten.",
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_log_becomes_rows_of_the_ledger(lang: str, faq: KnowledgeBase, tmp_path: Path) -> None:
    log = (CASES / "access.log").read_text(encoding="utf-8")
    assert run(script_of(faq, "asks-from-a-log", lang), tmp_path, log).splitlines() == [
        "2026-11-02,delivery-time,,web,2",
        "2026-11-02,track-parcel,,web,1",
        "2026-11-03,delivery-time,,web,1",
    ]
