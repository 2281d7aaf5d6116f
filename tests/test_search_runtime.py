"""The runtime as it is delivered: one module, the same wherever it is made, and counted as such."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import oftasked_search
from oftasked_search import filing, runtime_files
from searching import CASES, ask_node, documents, index_files, write

if TYPE_CHECKING:
    import pytest

SOURCES = Path(oftasked_search.__file__).parent / "runtime"
GOLDEN = CASES / "index"


def node(*arguments: str, text: str = "") -> str:
    done = subprocess.run(
        ["node", *arguments], input=text, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


def evaluate(script: str, *arguments: str) -> str:
    return node("--input-type=module", "--eval", script, *arguments)


def module() -> str:
    (content,) = runtime_files().values()
    return content.decode()


def test_a_browser_needs_one_module_that_imports_nothing() -> None:
    assert list(runtime_files()) == ["oftasked-search.js"]
    assert not re.search(r"^import |\bimport\(|\bfrom \"", module(), re.MULTILINE)


def test_comments_and_indentation_are_not_delivered() -> None:
    assert not re.search(r"//|/\*|^[ \n]", module(), re.MULTILINE)


def test_every_source_is_delivered_after_what_it_imports() -> None:
    names = json.loads((SOURCES / "modules.json").read_text("utf-8"))
    assert sorted(names) == sorted(path.name for path in SOURCES.glob("*.js"))
    for at, name in enumerate(names):
        imported = re.findall(r"from \"\./([^\"]+)\"", (SOURCES / name).read_text("utf-8"))
        assert set(imported) <= set(names[:at])


def test_only_what_pages_import_is_exported(tmp_path: Path) -> None:
    (tmp_path / "runtime.mjs").write_text(module(), "utf-8")
    script = "console.log(Object.keys(await import(process.argv[1])).join(' '))"
    assert evaluate(script, str(tmp_path / "runtime.mjs")).split() == [
        "Index",
        "SearchError",
        "openIndex",
    ]


def test_node_counts_the_module_that_python_delivers() -> None:
    script = """
        const { deliveredModule } = await import(process.argv[1]);
        process.stdout.write(await deliveredModule());
    """
    assert evaluate(script, str(SOURCES / "delivered.mjs")) == module()


def test_a_visitor_pays_for_the_runtime_the_manifest_and_the_bundle() -> None:
    script = """
        import { readFileSync } from "node:fs";
        import { gzipSync } from "node:zlib";
        const { deliveredModule } = await import(process.argv[1]);
        const files = process.argv.slice(2).map((name) => readFileSync(name));
        const sizes = [await deliveredModule(), ...files].map((file) => gzipSync(file).length);
        console.log(sizes.reduce((sum, size) => sum + size));
    """
    files = sorted(map(str, GOLDEN.iterdir()))
    (line,) = node(str(SOURCES / "cli.mjs"), str(GOLDEN), text="delivery\n").splitlines()
    answer = json.loads(line)
    assert answer["requests"] == 1 + len(files)
    assert answer["bytes"] == int(evaluate(script, str(SOURCES / "delivered.mjs"), *files))


def test_the_program_runs_where_nothing_around_it_says_that_it_is_a_module(tmp_path: Path) -> None:
    installed = shutil.copytree(SOURCES, tmp_path / "installed")
    (line,) = node(str(installed / "cli.mjs"), str(GOLDEN), text="delivery time\n").splitlines()
    assert json.loads(line)["hits"][0]["id"] == "delivery-time"


def test_one_module_answers_like_the_many_that_it_is_made_of(tmp_path: Path) -> None:
    queries = [phrasing for document in documents("en") for phrasing in document.phrasings]
    queries += [query[: len(query) // 2] for query in queries] + ["delivry tme", "信用卡", ""]
    text = "".join(f"{query}\n" for query in queries)
    lines = node(str(SOURCES / "cli.mjs"), str(GOLDEN), text=text).splitlines()
    folder = shutil.copytree(GOLDEN, tmp_path / "index")
    asked = [{"query": query, "limit": 10, "facets": {}} for query in queries]
    for found, line in zip(ask_node(folder, asked), lines, strict=True):
        hits = [(hit["id"], hit["score"]) for hit in json.loads(line)["hits"]]
        assert [(hit["id"], hit["score"]) for hit in found["hits"]] == hits
        assert found["confident"] == json.loads(line)["confident"]


WAVES = """
    import { readFile } from "node:fs/promises";
    const [module, folder, ...queries] = process.argv.slice(1);
    const { openIndex } = await import(module);
    const waves = [];
    for (const query of queries) {
      let held = [];
      const answer = openIndex((path) => new Promise((give) => held.push([path, give]))).then(
        (index) => index.search(query),
      );
      let done = false;
      answer.finally(() => (done = true));
      const found = [];
      while (!done) {
        await new Promise((next) => setImmediate(next));
        const wave = held;
        held = [];
        if (wave.length) found.push(wave.map(([path]) => path).sort());
        for (const [path, give] of wave) {
          give(new Uint8Array(await readFile(`${folder}/${path}`)).buffer);
        }
      }
      waves.push(found);
    }
    console.log(JSON.stringify(waves));
"""


def test_a_query_takes_two_round_trips_after_the_manifest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "BUNDLE_BYTES", 0)
    folder = write(index_files("en"), tmp_path)
    queries = ["how long does delivery take", "refnd monye", "pass code", "d", "gift cards at home"]
    module = str(SOURCES / "oftasked-search.js")
    for waves in json.loads(evaluate(WAVES, module, str(folder), *queries)):
        manifest, terms, documents = ({name.split("-")[0] for name in wave} for wave in waves)
        assert manifest == {"manifest.json"}
        assert {"terms"} <= terms <= {"terms", f"facets.{facets(folder)}.bin"}
        assert documents == {"documents"}


def facets(folder: Path) -> str:
    """Return the hash in the name of the facets."""
    names: dict[str, str] = json.loads((folder / "manifest.json").read_text("utf-8"))["names"]
    return names["facets"]
