"""One rendered entry page -> every entry page, by filling in what differs.

A renderer spends nearly all of its time on a frame that is the same for every entry. So it
renders one *shell*, whose values are sentinels; the shell is cut at them, and each entry's own
values are put in between. The result is what the renderer itself would have written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from oftasked.problems import BuildError


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


def cut(page: str, sentinels: Mapping[str, str]) -> Shell:
    """Cut a rendered page at its sentinels, ``{name: sentinel}``.

    Raises BuildError if one of them is missing: the template then shows something else in its
    place, and no page can be made from this shell.
    """
    missing = [name for name, sentinel in sorted(sentinels.items()) if sentinel not in page]
    if missing:
        raise BuildError(f"the shell page does not hold: {', '.join(missing)}")
    by_sentinel = {sentinel: name for name, sentinel in sentinels.items()}
    pattern = "|".join(re.escape(each) for each in sorted(by_sentinel, key=len, reverse=True))
    pieces = re.split(f"({pattern})", page)
    return Shell(tuple(pieces[::2]), tuple(by_sentinel[each] for each in pieces[1::2]))
