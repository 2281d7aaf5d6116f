"""OpenCC's ``TSCharacters.txt`` -> ``data/han_pairs.txt``.

Usage: ``python -m oftasked_search.tools.make_han_pairs TSCharacters.txt > data/han_pairs.txt``.
The source is in the wheel of ``opencc-python-reimplemented`` (Apache License 2.0).
"""

from __future__ import annotations

import sys
from pathlib import Path

HEADER = """\
# Traditional -> simplified Chinese, one pair of characters after the other.
# Derived from OpenCC's TSCharacters.txt, Apache License 2.0, (c) 2010-2020 Carbo Kuo and
# contributors;
# changed: only one-to-one pairs, the first choice of each, sorted by code point.
"""
PAIRS_PER_LINE = 40


def pairs_of(source: str) -> list[str]:
    """Each line is a character, a tab and its simplified forms, the most common one first."""
    rows = (line.split("\t") for line in source.splitlines() if "\t" in line)
    pairs = {row[0]: row[1].split(" ")[0] for row in rows}
    return [
        old + new for old, new in sorted(pairs.items()) if len(old) == len(new) == 1 and old != new
    ]


def main() -> None:
    """Write the pairs to standard output."""
    pairs = pairs_of(Path(sys.argv[1]).read_text(encoding="utf-8"))
    lines = ["".join(pairs[i : i + PAIRS_PER_LINE]) for i in range(0, len(pairs), PAIRS_PER_LINE)]
    sys.stdout.write(HEADER + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
