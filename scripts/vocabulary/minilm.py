"""Sentences' vectors by all-MiniLM-L6-v2."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

import numpy as np

from vocabulary.bert import Bert

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

LAYERS = 6
MAX_TOKENS = 40  # of a sentence; what comes after is left out
_PIECES = re.compile(r"\w+|[^\w\s]")


class Tokenizer:
    """Cuts a text into WordPiece numbers."""

    def __init__(self, vocabulary: Path) -> None:
        lines = vocabulary.read_text(encoding="utf-8").splitlines()
        self._number = {piece: number for number, piece in enumerate(lines)}
        self._known: dict[str, list[int]] = {}

    def numbers(self, text: str) -> list[int]:
        """Return the numbers of a text's pieces between the marks of its start and end."""
        plain = unicodedata.normalize("NFD", text.lower())
        plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
        inner = [piece for word in _PIECES.findall(plain) for piece in self._word(word)]
        return [self._number["[CLS]"], *inner[: MAX_TOKENS - 2], self._number["[SEP]"]]

    def _word(self, word: str) -> list[int]:
        if word not in self._known:
            self._known[word] = self._cut(word)
        return self._known[word]

    def _cut(self, word: str) -> list[int]:
        start, numbers = 0, []
        while start < len(word):
            mark = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((end for end in ends if mark + word[start:end] in self._number), None)
            if end is None:
                return [self._number["[UNK]"]]
            numbers.append(self._number[mark + word[start:end]])
            start = end
        return numbers


class MiniLM:
    """The model in the folder that its publishers ship."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = Tokenizer(folder / "vocab.txt")
        self._bert = Bert(_safetensors(folder / "model.safetensors"), LAYERS)

    def vectors(self, sentences: Sequence[str]) -> Floats:
        """Return one vector of unit length a sentence."""
        return self._bert.vectors([self._tokenizer.numbers(sentence) for sentence in sentences])


def _safetensors(path: Path) -> dict[str, Floats]:
    data = path.read_bytes()
    size = int.from_bytes(data[:8], "little")
    header: dict[str, Any] = json.loads(data[8 : 8 + size])
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            start, end = (8 + size + place for place in entry["data_offsets"])
            tensors[name] = np.frombuffer(data[start:end], np.float32).reshape(entry["shape"])
    return tensors
