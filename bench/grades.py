"""A page's address -> Lighthouse's grades for it, as on a mobile phone.

Lighthouse is installed below ``bench/`` when it is first asked for; its ``package.json`` names the
exact version.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from programs import run

sys.path.append(str(Path(__file__).resolve().parent.parent / "docs"))
import chromium

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from firstviews import FirstView

HERE = Path(__file__).with_name("lighthouse")
LIGHTHOUSE = HERE / "node_modules" / "lighthouse"
GRADES = ("performance", "accessibility", "best-practices", "seo")
AUDITS = ("largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")


@dataclass(frozen=True, slots=True)
class Graded:
    """Grades (0 to 100) in the order of `GRADES`; figures in that of `AUDITS`."""

    grades: tuple[int, ...]
    figures: tuple[float, ...]
    faults: tuple[str, ...]
    """Audits that are not perfect, outside of performance."""


def install() -> None:
    """Install Lighthouse, unless it is there in the wanted version."""
    wanted = json.loads((HERE / "package.json").read_text("utf-8"))["dependencies"]["lighthouse"]
    manifest = LIGHTHOUSE / "package.json"
    if not manifest.is_file() or json.loads(manifest.read_text("utf-8"))["version"] != wanted:
        quiet = ["--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
        run(["npm", "install", "--prefix", str(HERE), *quiet])


def grade(url: str, runs: int) -> Graded:
    """Let Lighthouse grade a page; of several runs each figure's median counts."""
    return median([report(_lighthouse(url)) for _ in range(runs)])


def _lighthouse(url: str) -> dict[str, Any]:
    """Run Lighthouse as its command does (mobile, simulated throttling); return its report."""
    browser = subprocess.run([chromium.FINDER], capture_output=True, encoding="utf-8", check=True)
    flags = " ".join(["--headless=new", *chromium.OPTIONS])
    finished = subprocess.run(
        ["node", LIGHTHOUSE / "cli" / "index.js", url, "--output=json", "--quiet",
         "--no-enable-error-reporting", f"--chrome-flags={flags}"],
        env=os.environ | {"CHROME_PATH": browser.stdout.strip()},
        stdout=subprocess.PIPE,
        check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(finished.stdout)
    return found


def report(found: dict[str, Any]) -> Graded:
    """Read what is needed of Lighthouse's report."""
    categories, audits = found["categories"], found["audits"]
    weighed = {
        each["id"]
        for name in GRADES[1:]
        for each in categories[name]["auditRefs"]
        if each["weight"] > 0
    }
    return Graded(
        grades=tuple(round(100 * categories[name]["score"]) for name in GRADES),
        figures=tuple(float(audits[name]["numericValue"]) for name in AUDITS),
        faults=tuple(
            f"{name}: {audits[name]['title']}"
            for name in sorted(weighed)
            if audits[name]["score"] is not None and audits[name]["score"] < 1
        ),
    )


def median(reports: Sequence[Graded]) -> Graded:
    """Return the medians of several reports, and every fault that one of them names."""
    return Graded(
        grades=tuple(
            round(statistics.median(each))
            for each in zip(*(one.grades for one in reports), strict=True)
        ),
        figures=tuple(
            statistics.median(each) for each in zip(*(one.figures for one in reports), strict=True)
        ),
        faults=tuple(sorted({fault for one in reports for fault in one.faults})),
    )


def rows(views: Mapping[str, FirstView], graded: Mapping[str, Graded]) -> list[list[str]]:
    """Return the table: one row for each page, bytes first."""
    head = ["page", "bytes", "requests", "foreign", "performance", "accessibility",
            "best practices", "SEO", "largest paint s", "blocked ms", "layout shift"]  # fmt: skip
    return [head, *(
        [page, f"{view.bytes:,}", str(view.requests), str(view.foreign), *map(str, found.grades),
         f"{found.figures[0] / 1000:.2f}", f"{found.figures[1]:.0f}", f"{found.figures[2]:.3f}"]
        for page, view in views.items() for found in [graded[page]]
    )]  # fmt: skip
