"""The sentences that word vectors are learnt from."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from vocabulary.slots import Filler
from vocabulary.words import used

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vocabulary.sources import Synset
    from vocabulary.words import Known

SEED = 20261122
LONGEST = 20  # words of a definition or an example
LEAST_COMMON = 2.6
FILLED = 100_000  # sentences made of patterns
LEAST_USES = 4  # of every known word
# How a word is shown that the other sentences use too little.
SHOWN = (
    "{w}",
    "{w} {thing}",
    "{thing} {w}",
    "{v} {w}",
    "what is {w}",
    "my {thing} {w}",
    "{adj} {w}",
)


def patterns() -> list[str]:
    """Return the patterns of ``templates.txt``."""
    lines = Path(__file__).with_name("templates.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def sentences(
    known: Sequence[Known],
    meanings: Sequence[Synset],
    chief: Mapping[tuple[str, str], str],
    irregular: Mapping[str, Mapping[str, str]],
) -> list[str]:
    """Return all sentences, each once, in an order that mixes their sources."""
    chance = Random(SEED)  # noqa: S311 - repeatable on purpose
    common = {word.surface: word.commonness for word in known}
    filler = Filler(meanings, chief, common, irregular)
    made = [*_examples(meanings), *_definitions(meanings, common, chance)]
    made += [filler.fill(chance.choice(patterns()), chance) for _ in range(FILLED)]
    made += _rare_words(known, used(made), filler, chance)
    mixed = sorted(set(made))
    chance.shuffle(mixed)
    return mixed


def _examples(meanings: Sequence[Synset]) -> list[str]:
    return [
        example
        for meaning in meanings
        for example in meaning.examples
        if 1 < len(example.split()) <= LONGEST
    ]


def _definitions(
    meanings: Sequence[Synset], common: Mapping[str, float], chance: Random
) -> list[str]:
    """Return definitions, one half after the word that they define."""
    made = []
    for meaning in meanings:
        lemmas = [
            lemma
            for lemma in meaning.lemmas
            if min(common.get(part, 0.0) for part in lemma.split()) >= LEAST_COMMON
        ]
        if lemmas and len(meaning.definition.split()) <= LONGEST:
            before = f"{chance.choice(lemmas)} " if chance.random() < 0.5 else ""
            made.append(before + meaning.definition)
    return made


def _rare_words(
    known: Sequence[Known], uses: Counter[str], filler: Filler, chance: Random
) -> list[str]:
    made = []
    for word in known:
        made += [
            filler.fill(chance.choice(SHOWN).replace("{w}", word.surface), chance)
            for _ in range(LEAST_USES - uses[word.surface])
        ]
    return made
