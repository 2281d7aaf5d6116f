"""A knowledge base -> how many of its recorded questions, and of its phrasings, find their entry.

Asked is what a visitor of the public site searches, in each language, without narrowing: the same
files, the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from oftasked import editions
from oftasked.contents import search_index
from oftasked.editions import Edition
from oftasked.model import Entry, KnowledgeBase, RecordedQuestion
from oftasked.overtaken import Overtaken, overtaken_in, own_entries
from oftasked.progress import Progress, silent
from oftasked.ranking import HALF_LIFE
from oftasked_search import Index, open_index

DEPTHS = (1, 3, 5)
"""How many of the first hits are looked at."""
FOUND = 3
"""Who finds the entry among so many hits has found it: a visitor reads no further."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A recorded question and what visitors are shown for it.

    ``wanted`` are the entries that count as its answer, on the public site; empty: none does.
    ``audience`` is the question's, or else that of the first of them.
    """

    question: RecordedQuestion
    audience: str | None
    wanted: tuple[str, ...]
    hits: tuple[str, ...]
    confident: bool

    @property
    def rank(self) -> int | None:
        """Return where the first wanted entry stands, from 1; None if it is not shown."""
        ranks = (at for at, hit in enumerate(self.hits, start=1) if hit in self.wanted)
        return next(ranks, None)

    @property
    def found(self) -> bool:
        """Whether a visitor finds the answer."""
        return self.rank is not None and self.rank <= FOUND


@dataclass(frozen=True, slots=True)
class Tally:
    """How many questions were asked, and how many found their entry within each of `DEPTHS`."""

    asked: int
    found: tuple[int, ...]

    @staticmethod
    def of(questions: Iterable[Asked]) -> Tally:
        """Count some questions."""
        ranks = [question.rank for question in questions]
        found = (sum(rank is not None and rank <= depth for rank in ranks) for depth in DEPTHS)
        return Tally(len(ranks), tuple(found))

    def reaches(self, percent: int) -> bool:
        """Tell whether so many are found; of no questions, all are."""
        return self.found[DEPTHS.index(FOUND)] * 100 >= percent * self.asked


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the public site of one language finds."""

    lang: str
    answerable: tuple[Asked, ...]
    unanswerable: tuple[Asked, ...]
    """Those that expect `none`."""
    uncounted: tuple[tuple[RecordedQuestion, Entry], ...]
    """Those whose answer is not on the public site, with the entry that they expect."""
    phrasings: int
    lost: tuple[Overtaken, ...]
    """The phrasings that do not find their own entry among the first `FOUND`, or find nothing."""

    @property
    def tally(self) -> Tally:
        """Count all questions that have an answer."""
        return Tally.of(self.answerable)

    @property
    def by_audience(self) -> dict[str, Tally]:
        """Count the questions of each audience, in the order of the sources."""
        audiences = dict.fromkeys(asked.audience for asked in self.answerable)
        return {
            audience: Tally.of(asked for asked in self.answerable if asked.audience == audience)
            for audience in audiences
            if audience is not None
        }

    @property
    def claimed(self) -> tuple[Asked, ...]:
        """Return the questions without an answer for which the site claims to have one."""
        return tuple(asked for asked in self.unanswerable if asked.confident)

    def passes(self, percent: int) -> bool:
        """Tell whether enough questions, and all phrasings, find their entry."""
        return not self.lost and self.tally.reaches(percent)


def coverage(
    knowledge: KnowledgeBase,
    lang: str,
    *,
    half_life: float = HALF_LIFE,
    meaning: bool = True,
    progress: Progress = silent,
) -> Coverage:
    """Ask the public site of a language its recorded questions, and every phrasing."""
    edition = editions.cut(knowledge, lang=lang, half_life=half_life)
    files = search_index(edition, meaning=meaning, progress=progress)
    recorded = [question for question in knowledge.questions if question.lang == lang]
    index, successors = open_index(files.__getitem__), _successors(knowledge.entries)
    asked = tuple(_asked(recorded, edition, successors, index, progress))
    counted = {each.question for each in asked}
    entries = {entry.id: entry for entry in knowledge.entries}
    return Coverage(
        lang,
        answerable=tuple(each for each in asked if each.wanted),
        unanswerable=tuple(each for each in asked if not each.wanted),
        uncounted=tuple(
            (question, entries[question.expect[0]])
            for question in recorded
            if question not in counted
        ),
        phrasings=sum(len(edition.wording(entry).phrasings) for entry in own_entries(edition)),
        lost=(
            *(each for each in overtaken_in(edition, files, progress) if len(each.before) >= FOUND),
            *_wordless(edition),
        ),
    )


def _wordless(edition: Edition) -> Iterator[Overtaken]:
    """Yield the phrasings in which there is nothing to search for."""
    for entry in own_entries(edition):
        wording = edition.wording(entry)
        for number, phrasing in enumerate(wording.phrasings):
            if not has_words(phrasing):
                yield Overtaken(entry, phrasing, wording.place_of(number), ())


def has_words(text: str) -> bool:
    """Tell whether a text has anything that a search goes by."""
    return any(character.isalnum() for character in text)


def _asked(
    recorded: Sequence[RecordedQuestion],
    edition: Edition,
    successors: Mapping[str, str],
    index: Index,
    progress: Progress,
) -> Iterator[Asked]:
    """Ask what has an answer on the site, and what expects none."""
    for done, question in enumerate(recorded, start=1):
        wanted = _wanted(question, edition, successors)
        if wanted or not question.expect:
            audience = question.audience
            if audience is None and wanted:
                audience = edition.entries[wanted[0]].audience
            result = index.search(question.ask, limit=max(DEPTHS))
            hits = tuple(hit.id for hit in result.hits)
            yield Asked(question, audience, wanted, hits, result.confident)
        progress("asking", done, len(recorded))


def _wanted(
    question: RecordedQuestion, edition: Edition, successors: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the entries on the site that a question expects, or what has replaced them."""
    named = [id_ for each in question.expect for id_ in (each, successors.get(each, each))]
    return tuple(id_ for id_ in dict.fromkeys(named) if id_ in edition.entries)


def _successors(entries: Iterable[Entry]) -> dict[str, str]:
    """Return, for each id that an entry replaces, the entry that stands for it today."""
    direct = {old: entry.id for entry in entries for old in entry.replaces}
    last = {}
    for old in direct:
        newest = old
        while newest in direct:  # ends: rings are errors
            newest = direct[newest]
        last[old] = newest
    return last
