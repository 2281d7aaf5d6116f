# noqa: A005 - a program, which nothing imports; its parts stand in `firstviews` and `grades`
"""What a visitor waits for: bytes of each kind of page's first view, and Lighthouse's grades.

    python bench/site.py [--runs N] [--pages home,entry,...] [--json FILE]

The shop template's site is built and served on this machine as a good host
does, compressed by brotli at its best, with the headers that the site asks for. Chromium counts
what the first view transfers, headers included. Lighthouse, which is installed below ``bench/`` at
the first run, grades each page as on a mobile phone; of several runs the median counts.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import firstviews
import grades
from tables import table

sys.path.append(str(Path(__file__).resolve().parent.parent / "docs"))
from screenshots import KINDS, shop_site
from serving import serving


def main() -> None:
    """Measure what the arguments ask for, and print it as a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=3, help="of Lighthouse, for each page")
    parser.add_argument("--pages", default=",".join(KINDS), help="kinds of pages, with commas")
    parser.add_argument("--json", type=Path, metavar="FILE", help="all figures, for programs")
    given = parser.parse_args()
    paths = {page: f"/{KINDS[page]}" for page in given.pages.split(",")}
    grades.install()
    with tempfile.TemporaryDirectory() as folder:
        site = shop_site(Path(folder))
        firstviews.compress(site)
        with serving(site, firstviews.HostHandler) as address:
            views = firstviews.first_views(address, paths)
            graded = {
                page: grades.grade(address + path, given.runs) for page, path in paths.items()
            }
    print(table(grades.rows(views, graded)))
    for page, found in graded.items():
        for fault in found.faults:
            print(f"{page}: {fault}")
    if given.json:
        measured = {page: asdict(views[page]) | asdict(graded[page]) for page in paths}
        given.json.write_text(json.dumps(measured, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
