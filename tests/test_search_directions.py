"""Directions of four bits a dimension: what is kept of a meaning, and how near two are."""

from __future__ import annotations

import numpy as np
import pytest

from oftasked_search.directions import Space, centre, packed, scaled, stored, unpacked

SCALES = (32, 32, 16, 16)
UNIT = 127


def pointing(*values: float) -> bytes:
    vector = np.array([values]) * UNIT / np.linalg.norm(values)
    return stored(np.rint(vector).astype(np.float32), UNIT, SCALES).tobytes()


def middle(*directions: bytes) -> tuple[int, ...]:
    return centre(np.frombuffer(b"".join(directions), np.uint8).reshape(-1, 2), SCALES)


def word(length: int, *levels: int) -> bytes:
    return bytes([length]) + packed(np.array([levels], dtype=np.uint8)).tobytes()


def test_levels_are_stored_two_a_byte_and_read_again() -> None:
    levels = np.arange(16, dtype=np.uint8).reshape(1, 16)
    assert unpacked(packed(levels).tobytes()).tolist() == list(range(16))


def test_scales_are_whole_numbers_up_to_32() -> None:
    assert scaled([0.36, 0.18, 0.09]) == (32, 16, 8)


def test_a_direction_is_nearest_to_itself_and_farthest_from_its_opposite() -> None:
    space = Space(SCALES, (0, 0, 0, 0))
    asked = space.question([(100, word(200, 15, 8, 7, 4))])
    own, across, opposite = (
        asked.nearness(pointing(*values))
        for values in ((7.5, 0.5, -0.25, -1.75), (0.5, -7.5, 1.75, -0.25), (-7.5, -0.5, 0.25, 1.75))
    )
    assert own > 950
    assert abs(across) < 200
    assert opposite < -950


def test_what_all_documents_have_in_common_counts_for_none() -> None:
    documents = [pointing(1, 0.2, 0, 0), pointing(1, -0.2, 0, 0)]
    space = Space(SCALES, middle(*documents))
    asked = space.question([(100, word(200, 15, 8, 8, 8))])
    assert all(abs(asked.nearness(document)) < 40 for document in documents)


@pytest.mark.parametrize("space", [Space(), Space(SCALES, (0, 0, 0, 0))])
def test_a_query_without_general_words_is_near_nothing(space: Space) -> None:
    assert space.question([]).nearness(pointing(1, 1, 1, 1)) == 0


def test_a_document_without_general_words_is_near_nothing_and_not_in_the_centre() -> None:
    empty = stored(np.zeros((1, 4), dtype=np.float32), UNIT, SCALES).tobytes()
    assert empty == b"\0\0"
    asked = Space(SCALES, (0, 0, 0, 0)).question([(100, word(200, 15, 8, 7, 4))])
    assert asked.nearness(empty) == 0
    assert middle(empty, pointing(1, 0, 0, 0)) == middle(pointing(1, 0, 0, 0))
    assert middle(empty) == (0, 0, 0, 0)


def test_a_word_has_more_in_common_with_a_document_that_points_where_it_does() -> None:
    asked = Space(SCALES, (0, 0, 0, 0)).question([(100, word(200, 15, 8, 7, 4))])
    one, other = word(90, 15, 8, 8, 8), word(90, 0, 8, 8, 8)
    document = pointing(1, 0, 0, 0)
    assert asked.share(one, document) > 0 > asked.share(other, document)
