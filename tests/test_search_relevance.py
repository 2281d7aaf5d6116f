"""What comes first for realistic questions; claims and queries are in cases/search/shop.*.json."""

from __future__ import annotations

from typing import Any

import pytest

from oftasked_search import open_index
from searching import SHOPS, index_files

CASES = [(lang, case) for lang, shop in sorted(SHOPS.items()) for case in shop["cases"]]


@pytest.mark.parametrize(("lang", "case"), CASES, ids=[f"{c[0]}: {c[1]['claim']}" for c in CASES])
def test_the_answer_comes_first(lang: str, case: dict[str, Any]) -> None:
    result = open_index(index_files(lang).__getitem__).search(case["query"])
    assert result.hits[0].id == case["first"], [hit.id for hit in result.hits]
