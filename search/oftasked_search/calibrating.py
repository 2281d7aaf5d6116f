"""How sure a first hit must be to be called an answer, for one knowledge base.

Each phrasing is left out in turn and asked of what remains: a question as customers ask it whose
entry is known. What all but a few of them reach is the bar. (A fixed bar does not transfer: how
much of a question finds its like depends on how many phrasings entries have, and how alike they
are.)
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from oftasked_search import recalling
from oftasked_search.postingtable import places_within
from oftasked_search.rivals import Contest
from oftasked_search.texts import phrasings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from oftasked_search.documents import Document
    from oftasked_search.gathering import Gathered
    from oftasked_search.recalling import Answered
    from oftasked_search.sources import Source

MOST_ASKED = 300  # phrasings; more of them make the bar no surer
ODD = np.uint64(0x9E3779B97F4A7C15)  # spreads numbers over all bits
MISSED = 5  # percent of them that may stay below the bar
# Where entries are few or bare titles, hardly a phrasing finds its like: the least bar of an index
# of words alone, and of one that knows what words mean (and so finds something for most questions).
LEAST, LEAST_MEANT = 35, 27


def bar(
    source: Source, documents: Sequence[Document], gathered: Gathered, general: Mapping[str, int]
) -> tuple[int, bytes]:
    """Return the sureness that a hit needs, in percent, and the answers for the next build.

    Documents are in the index's order; ``general`` numbers the general words that lead anywhere.
    """
    least = LEAST_MEANT if source.manifest.scales else LEAST
    recalled = recalling.decoded(gathered.answers)
    known = recalling.unchanged(recalled, source, gathered, general)
    contest, found = Contest(source), list[int]()
    answers: dict[str, Answered] = {}
    for number, at, text in islice(_asked(documents, gathered), MOST_ASKED):
        name = f"{gathered.keys[number].hex()} {at}"
        answer = known.get(name)
        if answer is None:
            sure, answer = contest.without(number, at, text)
        else:
            sure = answer.sureness
        found.append(sure)
        if answer:
            answers[name] = answer
    kept = recalling.encoded(
        recalling.Recalled(
            recalling.world(source.manifest), recalling.words_of(source.manifest), answers
        )
    )
    if not found:
        return least, kept
    return max(least, sorted(found)[len(found) * MISSED // 100]), kept


def _asked(documents: Sequence[Document], gathered: Gathered) -> Iterator[tuple[int, int, str]]:
    """Yield phrasings that do not stand in their document's body (each would find itself).

    In an order that hardly changes with the knowledge base, so that the same ones are asked again.
    """
    number = np.repeat(np.arange(len(documents)), gathered.inverted.lengths.phrasings)
    at = places_within(number)
    keys = np.frombuffer(b"".join(gathered.keys), dtype="<u8").reshape(-1, 2)[:, 0]
    draw = (keys[number] ^ (at.astype(np.uint64) * ODD)) * ODD
    for place in np.lexsort((at, number, draw)).tolist():
        document, phrasing = documents[number[place]], int(at[place])
        text = phrasings(document)[phrasing]
        if text not in document.body:
            yield int(number[place]), phrasing, text
