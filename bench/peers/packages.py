"""The peers' packages, in folders below ``bench``: installed when they are asked for.

``package.json`` and ``requirements.txt`` name exact versions, and none of these packages depends
on anything but its own binary.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from programs import run

BENCH = Path(__file__).resolve().parent.parent
MODULES = BENCH / "node_modules"
SEGMENTER = BENCH / ".cache" / "python"
"""Not beside this project's own packages: an MkDocs that finds it there builds another index."""


def installed() -> Path:
    """Return the folder of the packages; installs what is missing or of another version."""
    if any(_version(name) != version for name, version in wanted().items()):
        quiet = ["--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
        run(["npm", "install", "--prefix", str(BENCH), *quiet])
    return MODULES


def with_segmenter() -> dict[str, str]:
    """Return the variables with which MkDocs finds jieba, as Material advises for Chinese."""
    requirements = BENCH / "requirements.txt"
    version = requirements.read_text("utf-8").strip().replace("==", "-")
    if not (SEGMENTER / f"{version}.dist-info").is_dir():
        into = ["--upgrade", "--target", str(SEGMENTER), "--requirement", str(requirements)]
        run([sys.executable, "-m", "pip", "install", "--quiet", *into])
    paths = [str(SEGMENTER), os.environ.get("PYTHONPATH", "")]
    return {"PYTHONPATH": os.pathsep.join(filter(None, paths))}


def wanted() -> dict[str, str]:
    """Return the exact versions to be compared, by name."""
    manifest = json.loads(BENCH.joinpath("package.json").read_text("utf-8"))
    return dict(manifest["dependencies"])


def _version(name: str) -> str | None:
    manifest = MODULES / name / "package.json"
    return json.loads(manifest.read_text("utf-8"))["version"] if manifest.is_file() else None
