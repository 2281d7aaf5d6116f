"""The freely licensed material a table is made from, read as its publishers ship it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PARTS = ("noun", "verb", "adj", "adv")
_WHOLE_WORD = re.compile(r"[0-9]{0,4}[a-z]+[0-9]?")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_QUOTED = re.compile(r'"([^"]+)"')
_SYNTACTIC_MARKER = re.compile(r"\([a-z]+\)$")


@dataclass(frozen=True, slots=True)
class Synset:
    """What WordNet says about one meaning: the words for it, a definition, examples."""

    part: str
    offset: str  # its place in the file, by which the index names it
    field: int  # number of the lexicographer's file: 6 artifacts, 21 possession, ...
    lemmas: tuple[str, ...]
    frames: frozenset[int]  # of a verb: the sentence patterns it stands in
    definition: str
    examples: tuple[str, ...]


def whole_words(vocabulary: Path) -> list[str]:
    """Return the whole words of a WordPiece vocabulary: the commonest first, as it lists them."""
    lines = vocabulary.read_text(encoding="utf-8").splitlines()
    words = [line for line in lines if _WHOLE_WORD.fullmatch(line)]
    # Before its ranked part a vocabulary lists the letters of the alphabet.
    letters = [word for word in words if len(word) == 1]
    return [word for word in words if len(word) > 1 or (word in "ai" and word in letters)]


def spelling_levels(folder: Path) -> dict[str, int]:
    """Return SCOWL's words and their level: 10 common, ... 60 rare; contractions included."""
    levels: dict[str, int] = {}
    for path in sorted(folder.glob("*.[0-9][0-9]")):
        dialect, kind = path.stem.split("-", 1)
        if dialect in {"english", "american", "british"} and kind in {"words", "contractions"}:
            for word in path.read_text(encoding="latin-1").splitlines():
                if _WORD.fullmatch(word) and not word.endswith("'s"):
                    levels[word] = min(int(path.suffix[1:]), levels.get(word, 99))
    return levels


def synsets(folder: Path) -> Iterator[Synset]:
    """Yield WordNet's meanings in the order of its files."""
    for part in PARTS:
        for line in (folder / f"data.{part}").read_text(encoding="utf-8").splitlines():
            if not line.startswith("  "):
                yield _synset(part, line)


def _synset(part: str, line: str) -> Synset:
    head, gloss = line.split(" | ", 1)
    fields = head.split()
    after_words = 4 + 2 * int(fields[3], 16)
    lemmas = [_SYNTACTIC_MARKER.sub("", word) for word in fields[4:after_words:2]]
    frames = fields[after_words + 1 + 4 * int(fields[after_words]) :]
    return Synset(
        part=part,
        offset=fields[0],
        field=int(fields[1]),
        lemmas=tuple(lemma.replace("_", " ").lower() for lemma in lemmas),
        frames=frozenset(int(number) for number in frames[2::3]),
        definition=gloss.split('; "')[0].split('"')[0].strip(" ;"),
        examples=tuple(example.strip(" ;") for example in _QUOTED.findall(gloss)),
    )


def chief_meanings(folder: Path) -> dict[tuple[str, str], str]:
    """Return the offset of the commonest meaning of each word as each part of speech."""
    chief = {}
    for part in PARTS:
        for line in (folder / f"index.{part}").read_text(encoding="utf-8").splitlines():
            if not line.startswith("  "):
                fields = line.split()
                chief[part, fields[0].replace("_", " ")] = fields[6 + int(fields[3])]
    return chief


def inflections(folder: Path, part: str) -> dict[str, str]:
    """Return irregular form -> base form, as WordNet's exception list has them."""
    lines = (folder / f"{part}.exc").read_text(encoding="utf-8").splitlines()
    return {line.split()[0]: line.split()[1] for line in lines}


def listed(path: Path) -> list[str]:
    """Return the words of a list of our own: several a line, comments start with ``#``."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]
