"""A transformer encoder of BERT's kind in numpy: what it makes of sentences.

A sentence's vector is the mean of its tokens' last states. Sentences are worked through in batches
of the same number of tokens, so that none is padded. The activation is GELU's usual approximation
by tanh.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

HEADS = 12
EPSILON = np.float32(1e-12)
TOKENS_AT_A_TIME = 1024
_PROJECTIONS = ("query", "key", "value")


class Bert:
    """The weights of an encoder, under the names that BERT's published files use."""

    def __init__(self, weights: dict[str, Floats], layers: int) -> None:
        self._weights, self._layers = weights, layers
        self._width = weights["embeddings.word_embeddings.weight"].shape[1]
        for layer in range(layers):
            self._join_projections(f"encoder.layer.{layer}.attention.self")

    def _join_projections(self, name: str) -> None:
        """Put the three projections of attention side by side: one product instead of three."""
        for kind in ("weight", "bias"):
            parts = [self._weights.pop(f"{name}.{which}.{kind}") for which in _PROJECTIONS]
            self._weights[f"{name}.{kind}"] = np.concatenate(parts)

    def vectors(self, sentences: Sequence[Sequence[int]]) -> Floats:
        """Return a vector of unit length for each sentence, given as its tokens' numbers."""
        vectors = np.zeros((len(sentences), self._width), np.float32)
        for batch in _batches(sentences):
            states = self._states(np.array([sentences[place] for place in batch]))
            vectors[batch] = states.mean(axis=1)
        result: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return result

    def _states(self, numbers: NDArray[np.int64]) -> Floats:
        """Return the last layer's states: sentences x tokens x width."""
        weights = self._weights
        states = (
            weights["embeddings.word_embeddings.weight"][numbers]
            + weights["embeddings.position_embeddings.weight"][: numbers.shape[1]]
            + weights["embeddings.token_type_embeddings.weight"][0]
        ).reshape(-1, self._width)
        states = self._normalised("embeddings.LayerNorm", states)
        for layer in range(self._layers):
            states = self._layer(f"encoder.layer.{layer}", states, numbers.shape)
        result: Floats = states.reshape(*numbers.shape, self._width)
        return result

    def _layer(self, name: str, states: Floats, shape: tuple[int, ...]) -> Floats:
        seen = self._attention(self._linear(f"{name}.attention.self", states), shape)
        seen = self._linear(f"{name}.attention.output.dense", seen)
        states = self._normalised(f"{name}.attention.output.LayerNorm", states + seen)
        inner = _gelu(self._linear(f"{name}.intermediate.dense", states))
        states += self._linear(f"{name}.output.dense", inner)
        return self._normalised(f"{name}.output.LayerNorm", states)

    def _attention(self, projected: Floats, shape: tuple[int, ...]) -> Floats:
        sentences, tokens = shape
        split = projected.reshape(sentences, tokens, 3, HEADS, self._width // HEADS)
        query, key, value = split.transpose(2, 0, 3, 1, 4)
        scores = query @ key.transpose(0, 1, 3, 2) / np.float32((self._width // HEADS) ** 0.5)
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        context: Floats = (shares @ value).transpose(0, 2, 1, 3).reshape(-1, self._width)
        return context

    def _linear(self, name: str, states: Floats) -> Floats:
        result: Floats = states @ self._weights[f"{name}.weight"].T
        result += self._weights[f"{name}.bias"]
        return result

    def _normalised(self, name: str, states: Floats) -> Floats:
        states = states - states.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", states, states)[:, None] / np.float32(self._width)
        states /= np.sqrt(variance + EPSILON)
        states *= self._weights[f"{name}.weight"]
        states += self._weights[f"{name}.bias"]
        return states


def _batches(numbers: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    by_length: dict[int, list[int]] = {}
    for place, sentence in enumerate(numbers):
        by_length.setdefault(len(sentence), []).append(place)
    for length, places in sorted(by_length.items()):
        size = max(1, TOKENS_AT_A_TIME // length)
        yield from (places[start : start + size] for start in range(0, len(places), size))


def _gelu(values: Floats) -> Floats:
    inner = values * values
    inner *= np.float32(0.044715)
    inner += np.float32(1)
    inner *= values
    inner *= np.float32(0.7978845608)
    np.tanh(inner, out=inner)
    inner += np.float32(1)
    inner *= values
    inner *= np.float32(0.5)
    return inner
