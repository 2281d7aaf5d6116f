"""How sure a first hit must be to be called an answer, for one knowledge base.

Each phrasing is left out in turn and asked of what remains: a question as customers ask it whose
entry is known. What all but a few of them reach is the bar. (A fixed bar does not transfer: how
much of a question finds its like depends on how many phrasings entries have, and how alike they
are.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from oftasked_search.rivals import Contest
from oftasked_search.texts import phrasings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oftasked_search.documents import Document
    from oftasked_search.sources import Source

MOST_ASKED = 300  # phrasings; more of them make the bar no surer
MISSED = 5  # percent of them that may stay below the bar
# Where entries are few or bare titles, hardly a phrasing finds its like: the least bar of an index
# of words alone, and of one that knows what words mean (and so finds something for most questions).
LEAST, LEAST_MEANT = 35, 27


def bar(source: Source, documents: Sequence[Document]) -> int:
    """Return the sureness that a hit needs, in percent; documents are in the index's order."""
    least = LEAST_MEANT if source.manifest.scales else LEAST
    asked = [
        (number, at, text)
        for number, document in enumerate(documents)
        for at, text in enumerate(phrasings(document))
        if text not in document.body  # or it would find itself
    ]
    if not asked:
        return least
    contest = Contest(source)
    step = -(-len(asked) // MOST_ASKED)
    found = sorted(contest.sureness_without(*one) for one in asked[::step])
    return max(least, found[len(found) * MISSED // 100])
