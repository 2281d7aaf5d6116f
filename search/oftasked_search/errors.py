"""What can go wrong when an index is read, as one exception with a kind.

SearchError (kind: "unavailable" | "corrupt" | "version" | "aborted")
"""

from __future__ import annotations

from typing import Literal

Kind = Literal["unavailable", "corrupt", "version", "aborted"]


class SearchError(Exception):
    """An index that cannot be searched.

    ``kind`` says why, so that a caller can choose its fallback.

    unavailable: a file is missing or the network failed; corrupt: a file is not what was published;
    version: written by a newer Oftasked; aborted: the caller gave up (browser only).
    """

    def __init__(self, kind: Kind, message: str) -> None:
        super().__init__(message)
        self.kind: Kind = kind
