"""One rendered entry page -> every entry page, by filling in what differs.

A renderer spends nearly all of its time on a frame that is the same for every entry. So it
renders one *shell*, whose values are sentinels; the shell is cut at them, and each entry's own
values are put in between. The result is what the renderer itself would have written.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from oftasked.problems import BuildError

MARK = "qz0"
"""Every sentinel begins so, in any case; no template does."""


@dataclass(frozen=True, slots=True)
class Shell:
    """A page cut at its sentinels: ``parts[0] + value[slots[0]] + parts[1] + ...``."""

    parts: tuple[str, ...]
    slots: tuple[str, ...]

    def stamp(self, values: Mapping[str, str]) -> str:
        """Fill in the values, already escaped for where they stand; one for each sentinel."""
        pieces = [self.parts[0]]
        for slot, part in zip(self.slots, self.parts[1:], strict=True):
            pieces += (values[slot], part)
        return "".join(pieces)


def cut(page: str, sentinels: Mapping[str, str], *, required: Collection[str] = ()) -> Shell:
    """Cut a rendered page at its sentinels, ``{name: sentinel}``.

    Raises BuildError if a ``required`` one is missing or if a template has changed one (cut it
    short, say, or put it in capitals): pages made from such a shell would not be what they seem.
    """
    missing = [name for name in sorted(required) if sentinels[name] not in page]
    if missing:
        raise BuildError(f"the page of an entry does not show its {', '.join(missing)}")
    by_sentinel = {sentinel: name for name, sentinel in sentinels.items()}
    pattern = "|".join(re.escape(each) for each in sorted(by_sentinel, key=len, reverse=True))
    pieces = re.split(f"({pattern})", page)
    parts = tuple(pieces[::2])
    if any(MARK in part.lower() for part in parts):
        raise BuildError("a template changes the title, description or id of an entry's page")
    return Shell(parts, tuple(by_sentinel[each] for each in pieces[1::2]))
