"""Documents -> where their terms occur, as columns of numbers.

Terms are numbered in the order of the index, documents and phrasings in the order given. What
is written alike is analysed once; everything else is counting.
"""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from oftasked_search.lexicon import sort_key
from oftasked_search.postingtable import ordered, places_within
from oftasked_search.terms import analyser, is_unspaced
from oftasked_search.texts import phrasings, told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from oftasked_search.documents import Document

    Numbers = NDArray[np.int32]
    Whole = NDArray[np.int64]


AT_ONCE = 1024  # documents: to spare memory


@dataclass(frozen=True, slots=True, eq=False)
class Occurrences:
    """All occurrences of all terms: of those in phrasings one row each, of bodies their counts."""

    terms: list[str]  # sorted as in the index
    documents: int
    phrased: Numbers  # a term in a phrasing, in reading order
    phrasing: Numbers  # the phrasing that it is in
    owner: Numbers  # of each phrasing: its document
    within: Numbers  # of each phrasing: its number among those of its document
    starts: Numbers  # of each phrasing: where it starts in ``phrased``
    body: Numbers  # a term in a body
    counts: Numbers  # how often it is there
    holder: Numbers  # whose body it is
    surfaces: list[str]  # spaced words as written, sorted
    written: Numbers  # such a word in a document
    writer: Numbers  # whose word it is


class _Numbered(dict[str, int]):
    """Numbers texts as they come."""

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self)
        return number


class _Pieces:
    """What stands between white space, each distinct piece with the words that it gives.

    No token crosses white space, and nothing is folded across it: so a piece is analysed once,
    however many documents have it.
    """

    def __init__(self, lang: str) -> None:
        self._analyser = analyser(lang)
        self._sizes, self._terms, self._surfaces = array("i"), array("i"), array("i")
        self.numbered, self.terms, self.surfaces = _Numbered(), _Numbered(), _Numbered()

    def read(self) -> _Words:
        """Return the words of all pieces that have been numbered so far."""
        for piece in islice(self.numbered, len(self._sizes), None):
            words = self._analyser.words(piece)
            self._sizes.append(len(words))
            self._terms.extend([self.terms[word.term] for word in words])
            forms = [self.surfaces[w.surface] if _is_listed(w.surface) else -1 for w in words]
            self._surfaces.extend(forms)
        sizes = np.array(self._sizes, dtype=np.int32)
        columns = (np.array(column, dtype=np.int32) for column in (self._terms, self._surfaces))
        return _Words(sizes, np.cumsum(sizes) - sizes, *columns)


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """The words of pieces: how many, where they start; their terms, their numbers if listed."""

    sizes: Numbers
    starts: Whole
    term: Numbers
    surface: Numbers

    def of(self, pieces: Numbers) -> tuple[Whole, Whole]:
        """Return for each word of each piece the piece's place and the word's."""
        which = np.repeat(np.arange(len(pieces)), self.sizes[pieces])
        return which, self.starts[pieces][which] + places_within(which)


class _Batch:
    """The pieces of a few documents, as they are read."""

    def __init__(self) -> None:
        self.having = array("i")  # phrasings of each document
        self.asked, self.asked_sizes = array("i"), array("i")
        self.told, self.told_counts, self.told_sizes = array("i"), array("i"), array("i")

    def add(self, document: Document, numbered: _Numbered) -> None:
        """Read the next document."""
        number, texts = numbered.__getitem__, phrasings(document)
        self.having.append(len(texts))
        for text in texts:
            pieces = text.split()
            self.asked.extend(map(number, pieces))
            self.asked_sizes.append(len(pieces))
        counted = Counter(told(document).split())
        self.told.extend(map(number, counted))
        self.told_counts.extend(counted.values())
        self.told_sizes.append(len(counted))

    def columns(self, words: _Words) -> _Columns:
        """Return what occurs in these documents, which are numbered from 0."""
        asked_of, told_of = _repeated(self.asked_sizes), _repeated(self.told_sizes)
        asked, told_counts = _numbers(self.asked), _numbers(self.told_counts)
        owner = _repeated(self.having)
        which, source = words.of(asked)
        phrasing = asked_of[which]
        told_which, told_source = words.of(_numbers(self.told))
        holder = told_of[told_which]
        forms = np.r_[words.surface[source], words.surface[told_source]]
        writer, written, _ = _counted(np.r_[owner[phrasing], holder], forms)
        counted = _counted(holder, words.term[told_source], told_counts[told_which])
        return _Columns(words.term[source], phrasing, owner, *counted, written, writer)


class _Columns(NamedTuple):
    """What occurs in a few documents; see `Occurrences`."""

    phrased: Numbers
    phrasing: Numbers
    owner: Numbers
    holder: Numbers
    body: Numbers
    counts: Numbers
    written: Numbers
    writer: Numbers


def occurrences(
    documents: Sequence[Document], lang: str, progress: Callable[[int, int], None] | None = None
) -> Occurrences:
    """Return what occurs in some documents; ``progress`` is told how many have been read."""
    pieces, found = _Pieces(lang), list[_Columns]()
    asked = 0
    for first in range(0, len(documents) or 1, AT_ONCE):
        batch = _Batch()
        for done, document in enumerate(documents[first : first + AT_ONCE], start=first + 1):
            batch.add(document, pieces.numbered)
            if progress:
                progress(done, len(documents))
        few = batch.columns(pieces.read())
        shifts = {"phrasing": asked, "owner": first, "holder": first, "writer": first}
        found.append(
            few._replace(**{n: getattr(few, n) + np.int32(by) for n, by in shifts.items()})
        )
        asked += len(few.owner)
    return _together(found, pieces, len(documents))


def _together(found: Sequence[_Columns], pieces: _Pieces, documents: int) -> Occurrences:
    terms, ranks = _ranked(pieces.terms)
    surfaces, forms = _ranked(pieces.surfaces)
    whole = _Columns(*map(np.concatenate, zip(*found, strict=True)))
    lengths = np.bincount(whole.phrasing, minlength=len(whole.owner))
    return Occurrences(
        terms=terms,
        documents=documents,
        phrased=ranks[whole.phrased],
        phrasing=whole.phrasing,
        owner=whole.owner,
        within=places_within(whole.owner).astype(np.int32),
        starts=(np.cumsum(lengths) - lengths).astype(np.int32),
        body=ranks[whole.body],
        counts=whole.counts,
        holder=whole.holder,
        surfaces=surfaces,
        written=forms[whole.written],
        writer=whole.writer,
    )


def _counted(
    owner: Numbers, member: Numbers, counts: Numbers | None = None
) -> tuple[Numbers, Numbers, Numbers]:
    """Return each owner's distinct members, and how often it has them; none below 0."""
    there = np.flatnonzero(member >= 0)
    width = np.int64(member.max(initial=0) + 1)
    keys = owner[there] * width + member[there]
    order = ordered(keys)
    keys = keys[order]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    each = np.ones(len(keys), dtype=np.int32) if counts is None else counts[there][order]
    sums = np.add.reduceat(each, first) if len(first) else each
    at = there[order[first]]
    return owner[at], member[at], sums


@cache
def _is_listed(surface: str) -> bool:
    """Whether a word is one that prefixes and typos are looked up among."""
    return not is_unspaced(surface) and max(surface) <= "\uffff"


def _ranked(numbered: dict[str, int]) -> tuple[list[str], Numbers]:
    """Return the texts sorted, and for each number the place of its text."""
    texts = sorted(numbered, key=sort_key)
    ranks = np.empty(len(texts), dtype=np.int32)
    ranks[[numbered[text] for text in texts]] = np.arange(len(texts), dtype=np.int32)
    return texts, ranks


def _numbers(found: array[int]) -> Numbers:
    return np.frombuffer(found, dtype=np.int32) if len(found) else np.zeros(0, dtype=np.int32)


def _repeated(sizes: array[int]) -> Numbers:
    """Return each place as often as its size says."""
    return np.repeat(np.arange(len(sizes), dtype=np.int32), _numbers(sizes))
