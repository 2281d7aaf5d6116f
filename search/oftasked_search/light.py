"""Light stemmers: the endings of nouns and adjectives, off words that are folded already.

The rules are Jacques Savoy's ("Light stemming approaches for the French, Portuguese, German and
Hungarian languages", 2006, and the stemmers published with it); for French the minimal ones.
`runtime/light.js` gives the same. Words reach them lower case and without accents.
"""

from __future__ import annotations

_BEFORE_S = frozenset("bdfghklmnt")  # what may stand before a German ending -s or -st


def german(word: str) -> str:
    """Return the stem of a German word: *lieferungen* and *lieferung* give the same."""
    return _german_comparative(_german_inflection(word))


def french(word: str) -> str:
    """Return the stem of a French word: *commandes* and *commander* give the same."""
    if len(word) < 6:
        return word
    if word.endswith("x"):
        return f"{word[:-2]}l" if word.endswith("aux") else word[:-1]
    for ending in "sree":
        word = word.removesuffix(ending)
    return word[:-1] if word[-1] == word[-2] else word


def spanish(word: str) -> str:
    """Return the stem of a Spanish word: *pedidos* and *pedido* give the same."""
    if len(word) < 5:
        return word
    if word.endswith("eses"):
        return word[:-2]
    if word.endswith("ces"):
        return f"{word[:-3]}z"
    if word.endswith(("os", "as", "es")):
        return word[:-2]
    return word[:-1] if word[-1] in "oae" else word


def italian(word: str) -> str:
    """Return the stem of an Italian word: *pacchi* and *pacco* nearly so, *ordini* and *ordine*."""
    if len(word) < 6 or word[-1] not in "eiao":
        return word
    doubled = "hi" if word[-1] in "ei" else "i"
    return word[:-2] if word[-2] in doubled else word[:-1]


def _german_inflection(word: str) -> str:
    if len(word) > 5 and word.endswith("ern"):
        return word[:-3]
    if len(word) > 4 and word.endswith(("em", "en", "er", "es")):
        return word[:-2]
    if len(word) > 3 and (word[-1] == "e" or (word[-1] == "s" and word[-2] in _BEFORE_S)):
        return word[:-1]
    return word


def _german_comparative(word: str) -> str:
    if len(word) > 5 and word.endswith("est"):
        return word[:-3]
    if len(word) > 4 and word.endswith(("er", "en")):
        return word[:-2]
    if len(word) > 4 and word.endswith("st") and word[-3] in _BEFORE_S:
        return word[:-2]
    return word
