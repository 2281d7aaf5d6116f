"""Checks across files: everything that names something else must name what exists and may be read.

An id that only a faulty file defines counts as known: its own mistake is reported already.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote

from oftasked.links import Link
from oftasked.loading import Part
from oftasked.model import Access, Entry, Place, RecordedQuestion, Status
from oftasked.notes import Notes
from oftasked.problems import shown
from oftasked.schema import EntryFields
from oftasked.suggestions import closest

SCHEMES = frozenset({"https", "http", "mailto", "tel", "faq"})

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_BLANKS = re.compile(r"[\x00-\x20]+")


@dataclass(frozen=True, slots=True)
class Known:
    """What may be referred to. ``claimed`` are the ids that faulty files seem to define."""

    entries: Mapping[str, Entry]
    claimed: frozenset[str]
    audiences: frozenset[str]
    contacts: frozenset[str] | None
    """None where contacts.yml cannot be read."""
    files: frozenset[str]
    """Files of the folder, relative to it."""
    as_of: dt.date

    def has_entry(self, name: str) -> bool:
        """Tell whether some file defines this id, however faulty."""
        return name in self.entries or name in self.claimed


def check_entry(entry: Entry, part: Part[EntryFields], known: Known, notes: Notes) -> Entry:
    """Check what an entry's fields refer to; return it without what cannot be shown."""
    for index, name in enumerate(part.fields.also_for or ()):
        place = part.place("also_for", index)
        if name == entry.audience:
            remedy = "delete it: the folder is its first audience"
            notes.error(place, f"`also_for` names the entry's own audience, `{name}`", remedy)
        _check_name(name, known.audiences, "audience", place, notes)
    check_contact(part.fields.contact, part.place("contact"), known, notes)
    _check_replaces(entry, part, known, notes)
    related = tuple(
        name
        for index, name in enumerate(part.fields.related or ())
        if _is_related(entry, name, part.place("related", index), known, notes)
    )
    related = tuple(dict.fromkeys(related))
    return entry if related == entry.related else replace(entry, related=related)


def check_contact(name: str | None, place: Place, known: Known, notes: Notes) -> None:
    """Check that a department is declared."""
    if name is not None and known.contacts is not None:
        _check_name(name, known.contacts, "contact", place, notes)


def check_question(
    question: RecordedQuestion, place: Callable[..., Place], known: Known, notes: Notes
) -> None:
    """Check the entries and the audience that a recorded question names."""
    for index, name in enumerate(question.expect):
        if not known.has_entry(name):
            _unknown_entry(name, place("expect", index), known, notes)
    if question.audience is not None:
        _check_name(question.audience, known.audiences, "audience", place("audience"), notes)


def check_replacements(
    entries: Iterable[Entry], place: Callable[[str, str], Place], notes: Notes
) -> None:
    """Find entries that two others replace, or that replace each other."""
    replacing: dict[str, str] = {}
    for entry in entries:
        for name in entry.replaces:
            if name in replacing:
                what = f"`{name}` is already replaced by `{replacing[name]}`"
                notes.error(place(entry.id, name), what, "let one entry replace it")
            elif name != entry.id:
                replacing[name] = entry.id
    for ring in _rings(replacing):
        what = f"`replaces` goes round in a ring: {', '.join(ring)}"
        notes.error(place(replacing[ring[0]], ring[0]), what, "delete one of them")


def _rings(replacing: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield the rings of a map from old to new, each from its smallest id on."""
    seen: set[str] = set()
    for start in sorted(replacing):
        trail: list[str] = []
        name = start
        while name in replacing and name not in seen:
            seen.add(name)
            trail.append(name)
            name = replacing[name]
        if name in trail:
            ring = trail[trail.index(name) :]
            first = ring.index(min(ring))
            yield [*ring[first:], *ring[:first]]


def check_links(
    links: Iterable[Link], source: Entry | None, folder: str, known: Known, notes: Notes
) -> None:
    """Check the addresses in a text of ``source`` (None: a page) that stands in ``folder``."""
    for link in links:
        target = _BLANKS.sub("", link.target)
        scheme = _SCHEME.match(target)
        if scheme is None:
            if source is not None:
                _check_relative(link, folder, known, notes)
        elif scheme[1].lower() not in SCHEMES:
            what = f"links to `{shown(scheme[1])}:` are not allowed"
            remedy = "use https, http, mailto, tel, faq: or a relative path"
            notes.error(link.place, what, remedy)
        elif scheme[1].lower() == "faq":
            name = target[len("faq:") :].partition("#")[0]
            _check_faq_link(name, source, link.place, known, notes)


def _check_faq_link(
    name: str, source: Entry | None, place: Place, known: Known, notes: Notes
) -> None:
    if not known.has_entry(name):
        _unknown_entry(name, place, known, notes, "the link leads to ")
        return
    target = known.entries.get(name)
    access = source.access if source else Access.PUBLIC
    is_seen = source is None or (
        source.status is Status.PUBLISHED and source.access is not Access.INTERNAL
    )
    if target is None or not is_seen:
        return
    if target.access > access:
        what = f"a {_name(access)} text links to `{name}`, which is for {_readers(target)}"
        notes.error(place, what, f"delete the link, or let the text be {_name(target.access)} too")
    elif target.status is Status.DRAFT:
        what = f"the link leads to `{name}`, which is a draft"
        notes.error(place, what, f"publish `{name}`, or delete the link")
    elif target.status is Status.RETIRED:
        what = f"the link leads to `{name}`, which is retired"
        notes.warn(place, what, "link to the entry that took its place")
    elif not target.is_current(known.as_of):
        what = f"the link leads to `{name}`, which is not valid on {known.as_of.isoformat()}"
        notes.warn(place, what, "delete the link, or change the dates")


def check_published(entries: Iterable[Entry], known: Known, place: Place, notes: Notes) -> None:
    """Report a site without a single answer, unless faulty files hold them."""
    published = [
        entry
        for entry in entries
        if entry.status is Status.PUBLISHED and entry.access is not Access.INTERNAL
    ]
    if known.claimed or any(entry.is_current(known.as_of) for entry in published):
        return
    what, remedy = "no entry is published", "add one, for example in prospects/first-questions.yml"
    if published:
        what = f"no entry is valid on {known.as_of.isoformat()}"
        remedy = "change `valid_from` or `valid_until`, or add an entry without them"
    notes.error(place, what, remedy)


def _is_related(entry: Entry, name: str, place: Place, known: Known, notes: Notes) -> bool:
    """Tell whether a related entry can be shown beside ``entry``."""
    if not known.has_entry(name):
        _unknown_entry(name, place, known, notes)
        return False
    if name == entry.id:
        notes.error(place, f"`related` names the entry itself, `{name}`", "delete it")
        return False
    target = known.entries.get(name)
    if target is None or entry.status is not Status.PUBLISHED:
        return True
    if target.access > entry.access:
        what = f"`{name}` is for {_readers(target)} and is left out here"
    elif target.status is not Status.PUBLISHED:
        state = "a draft" if target.status is Status.DRAFT else "retired"
        what = f"`{name}` is {state} and is left out here"
    else:
        return True
    notes.warn(place, what, f"delete `{name}` from `related`")
    return False


def _check_replaces(entry: Entry, part: Part[EntryFields], known: Known, notes: Notes) -> None:
    for index, name in enumerate(part.fields.replaces or ()):
        place = part.place("replaces", index)
        target = known.entries.get(name)
        if name == entry.id:
            notes.error(place, f"`replaces` names the entry itself, `{name}`", "delete it")
        elif not known.has_entry(name):
            _unknown_entry(name, place, known, notes, "", "keep it with `status: retired`")
        elif target and target.status is Status.PUBLISHED:
            what = f"`{name}` is replaced, but still published"
            notes.error(place, what, f"set `status: retired` on `{name}`")


def _check_relative(link: Link, folder: str, known: Known, notes: Notes) -> None:
    """Check that a relative address leads to a file of this folder that is published.

    A missing image is an error; a link that the folder cannot explain may have its reasons on
    the site's host, and is a doubt.
    """
    trouble = _outside_trouble(link.target, folder)
    if trouble:
        notes.error(link.place, *trouble)
        return
    trouble = _missing_trouble(link.target, folder, known)
    if trouble:
        (notes.error if link.is_image else notes.warn)(link.place, *trouble)


def _path_of(target: str, folder: str) -> str:
    """Return the path that a relative address leads to, from the top of the knowledge base."""
    path = unquote(re.split(r"[?#]", _slashed(target), maxsplit=1)[0])
    return posixpath.normpath(posixpath.join(folder, path)) if path else ""


def _slashed(target: str) -> str:
    """Return an address as browsers read it: a backslash is a slash."""
    return target.replace("\\", "/")


def _outside_trouble(target: str, folder: str) -> tuple[str, str] | None:
    path = _path_of(target, folder)
    if _slashed(target).startswith("//"):
        return f"`{shown(target)}` has no scheme", "write https:// before it"
    if path == ".." or path.startswith("../"):
        return f"`{shown(target)}` leads out of the folder", "put the file beside the entries"
    if path.endswith((".yml", ".csv")) and not _slashed(target).startswith("/"):
        return f"`{shown(target)}` is not published", "link to an entry with faq:id"
    return None


def _missing_trouble(target: str, folder: str, known: Known) -> tuple[str, str] | None:
    if _slashed(target).startswith("/"):
        what = f"`{shown(target)}` depends on where the site stands"
        return what, "use faq:id, a relative path, or a full https:// address"
    path = _path_of(target, folder)
    if not path or path in known.files:
        return None
    close = closest(path, known.files, 0.85)
    hint = f"did you mean {posixpath.relpath(close, folder or '.')}?" if close else ""
    remedy = hint or "add the file, or use faq:id to link to an entry"
    return f"there is no file `{shown(target)}`", remedy


def _check_name(name: str, known: Collection[str], kind: str, place: Place, notes: Notes) -> None:
    if name not in known:
        remedy = _suggestion(name, known) or f"declare it in {kind}s.yml"
        notes.error(place, f"`{shown(name)}` is not a known {kind}", remedy)


def _unknown_entry(
    name: str, place: Place, known: Known, notes: Notes, lead: str = "", remedy: str = ""
) -> None:
    hint = _suggestion(name, known.entries) or remedy or "check the id"
    what = f"{lead}`{shown(name)}`, which" if lead else f"`{shown(name)}`"
    notes.error(place, f"{what} is not an entry", hint)


def _suggestion(name: str, known: Iterable[str]) -> str:
    close = closest(name, known)
    return f"did you mean `{close}`?" if close else ""


def _name(access: Access) -> str:
    return access.name.lower()


def _readers(entry: Entry) -> str:
    return "members" if entry.access is Access.MEMBERS else "internal use"
