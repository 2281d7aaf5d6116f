"""What the public site finds -> what is wrong or doubtful about it, with places and remedies."""

from __future__ import annotations

import datetime as dt

from oftasked.coverage import FOUND, Asked, Coverage, has_words
from oftasked.model import Access, Entry, Place, RecordedQuestion, Status
from oftasked.notes import Notes
from oftasked.overtaken import Overtaken
from oftasked.problems import Problem, shown

IN_WORDS = "write it in words: there is nothing else to search for"


def verdict(found: Coverage, at_least: int, as_of: dt.date) -> tuple[Problem, ...]:
    """Return what an editor should mend, sorted by place.

    Errors are what fails the test: a phrasing that does not find its own entry, and too small a
    share of the questions. A single question that fails is a doubt, as is one that nothing
    answers and that gets an answer nevertheless.
    """
    notes = Notes()
    for each in found.lost:
        _lost(each, notes)
    _share(found, at_least, notes)
    for asked in found.answerable:
        if not asked.found:
            _missed(asked, notes)
    for asked in found.claimed:
        _claimed(asked, notes)
    for question, entry in found.uncounted:
        _uncounted(question, entry, as_of, notes)
    return tuple(sorted(set(notes.found)))


def percent(part: int, whole: int) -> int:
    """Return a share in percent, rounded down, so that 100 means all."""
    return 100 * part // whole if whole else 100


def _share(found: Coverage, at_least: int, notes: Notes) -> None:
    tally = found.tally
    if tally.reaches(at_least):
        return
    reached = percent(sum(asked.found for asked in found.answerable), tally.asked)
    what = f"{reached} % of the questions ({found.lang}) find their entry among the first {FOUND}"
    place = Place(found.answerable[0].question.place.path)
    notes.error(place, f"{what}, not {at_least} %", "mend those named below")


def _lost(each: Overtaken, notes: Notes) -> None:
    if not each.before:
        notes.error(each.place, f"“{shown(each.phrasing)}” finds nothing", IN_WORDS)
        return
    what = f"“{shown(each.phrasing)}” finds {_named(each.before[:FOUND])} before `{each.entry.id}`"
    remedy = f"say what is particular to `{each.entry.id}`, or move the phrasing to another entry"
    notes.error(each.place, what, remedy)


def _missed(asked: Asked, notes: Notes) -> None:
    wanted = " or ".join(f"`{id_}`" for id_ in asked.wanted)
    first = f"{_named(asked.hits[:FOUND])} first" if asked.hits else "nothing"
    later = f" (number {asked.rank})" if asked.rank else ""
    what = f"“{shown(asked.question.ask)}” finds {first}, not {wanted}{later}"
    remedy = f"add such words to `also_asked` of `{asked.wanted[0]}`, or to synonyms.yml"
    remedy = remedy if has_words(asked.question.ask) else IN_WORDS
    notes.warn(asked.question.place, what, remedy)


def _claimed(asked: Asked, notes: Notes) -> None:
    what = f"“{shown(asked.question.ask)}” is answered with `{asked.hits[0]}`, and expects `none`"
    notes.warn(asked.question.place, what, f"make clear in `{asked.hits[0]}` what it is about")


def _uncounted(question: RecordedQuestion, entry: Entry, as_of: dt.date, notes: Notes) -> None:
    what = f"“{shown(question.ask)}” is not counted: `{entry.id}` is {_hidden(entry, as_of)}"
    notes.warn(question.place, what, "expect an entry that the public site has")


def _hidden(entry: Entry, as_of: dt.date) -> str:
    """Say why the public site does not have an entry."""
    if entry.status is not Status.PUBLISHED:
        return "a draft" if entry.status is Status.DRAFT else "retired"
    if entry.access is not Access.PUBLIC:
        return f"for {entry.access.name.lower()} readers"
    return "out of date" if entry.valid_until and entry.valid_until < as_of else "not valid yet"


def _named(ids: tuple[str, ...]) -> str:
    return ", ".join(f"`{id_}`" for id_ in ids)
