"""A knowledge base and a tier -> what must be in no file of that tier's site, and how to find it.

Withheld is everything that stands in what the edition does not hold, and in no text that it may
show: an id, a sentence, a name, a long word. What both say gives nothing away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from oftasked import traces
from oftasked.model import Place
from oftasked.opening import Held
from oftasked.traces import Trace, folded, readings

STEM_LENGTH = 2
"""Letters that a word and the term that stands for it share at least."""
NAME_LENGTH = 3
"""Letters from which on an owner or a phrasing of one word can be told from chance."""

Terms = Callable[[str], Iterable[str]]
"""A word -> the terms that stand for it in an index, in any language of the site."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A piece of a restricted source: what it is, whose, and where it stands."""

    what: str
    """Such as "a sentence of `fees`, which is internal"."""
    text: str
    place: Place
    is_name: bool = False
    """An id or the name of a file: it counts as a whole only, not its words."""
    is_whole: bool = False
    """Everything that a text says: its words count; its sentences are secrets by themselves."""


@dataclass(frozen=True, slots=True)
class Joints:
    """Where an interface text and a value meet: one or two characters on either side."""

    before: frozenset[str] = frozenset()
    """Ends of interface texts that a value follows."""
    starts: frozenset[str] = frozenset()
    """Beginnings of values."""
    ends: frozenset[str] = frozenset()
    behind: frozenset[str] = frozenset()

    def make(self, run: str) -> bool:
        """Tell whether a run may come from putting an interface text and a value together."""
        return any(
            (run[:cut] in self.before and run[cut:] in self.starts)
            or (run[:cut] in self.ends and run[cut:] in self.behind)
            for cut in range(1, len(run))
        )


@dataclass(slots=True)
class Allowed:
    """What an edition may say: the words and runs of its entries, settings and theme.

    ``in_full`` yields the same texts as readers see them; they are read only if a sentence must be
    compared.
    """

    in_full: Callable[[], Iterable[str]]
    tokens: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    runs: set[str] = field(default_factory=set)
    joints: Joints = field(default_factory=Joints)
    _known: dict[str, bool] = field(default_factory=dict)
    _whole: str = ""
    _shown_runs: set[str] | None = None

    def add(self, text: str) -> None:
        """Learn a text."""
        for trace in readings(text):
            self.tokens.update(trace.tokens)
            self.runs |= trace.runs

    def close(self) -> None:
        """Work out the words, when all texts are known."""
        self.words = traces.words(self.tokens)

    def shows(self, run: str) -> bool:
        """Tell whether readers see a run, in what the sources hold apart by marks of Markdown."""
        if self._shown_runs is None:
            found = (trace.runs for text in self.in_full() for trace in readings(text))
            self._shown_runs = set[str]().union(*found)
        return run in self._shown_runs

    def says(self, sequence: str) -> bool:
        """Tell whether some text says just that."""
        if sequence not in self._known:
            if not self._whole:
                found = (trace.tokens for text in self.in_full() for trace in readings(text))
                self._whole = traces.BARRIER.join(map(traces.in_order, found))
            self._known[sequence] = f" {sequence} " in self._whole
        return self._known[sequence]


@dataclass(slots=True)
class Withheld:
    """What to look for, by how it is found; each maps what would be seen to the secret it is."""

    allowed: Allowed
    terms_of: Terms
    always: frozenset[str] = frozenset()
    """Function words of the languages: every index has them, whatever it is about."""
    general: frozenset[str] = frozenset()
    """Words of the languages that may lead to a document without standing in one."""
    whole: dict[str, Secret] = field(default_factory=dict)
    words: dict[str, Secret] = field(default_factory=dict)
    runs: dict[str, Secret] = field(default_factory=dict)
    sequences: dict[tuple[str, str], dict[str, Secret]] = field(default_factory=dict)
    """By two successive tokens of theirs, the longest: long words are rare."""
    longest: int = 0
    """Tokens."""
    _by_term: dict[str, Secret] | None = None

    def add(self, secret: Secret) -> None:
        """Look for a text from now on, unless all of it may be said."""
        text = folded(secret.text)
        sequence = "" if secret.is_whole else traces.sequence(text)
        parts = sequence.split(" ")
        is_found = False
        if not secret.is_name:
            found = traces.words(traces.tokens(text))
            new = {word for word in found if traces.is_telling(word)} - self.allowed.words
            runs = traces.runs(text) - self.allowed.runs
            is_found = bool(new or runs)
            self.words |= {word: secret for word in new if word not in self.words}
            self.runs |= {run: secret for run in runs if run not in self.runs}
        if len(parts) == 1:
            is_long = secret.is_name or len(sequence) >= NAME_LENGTH
            if sequence and is_long and sequence not in self.allowed.tokens:
                self.whole.setdefault(sequence, secret)
        elif not is_found and sequence:
            longest = max(pairwise(parts), key=lambda pair: len("".join(pair)))
            self.sequences.setdefault(longest, {}).setdefault(sequence, secret)
            self.longest = max(self.longest, len(parts))

    def __bool__(self) -> bool:
        return bool(self.whole or self.words or self.runs or self.sequences)

    def found(self, held: Held) -> Iterator[tuple[str, Secret]]:
        """Yield what a text of a file gives away, each with the secret that it is of."""
        yield from self._found_terms(held)
        for trace in readings(held.text.decode("utf-8", "replace")) if held.text else ():
            yield from self._found(trace, is_text=held.is_text)

    def _found(self, trace: Trace, *, is_text: bool) -> Iterator[tuple[str, Secret]]:
        distinct = set(trace.tokens)
        for word in self.words.keys() & traces.words(distinct):
            yield word, self.words[word]
        for run in self.runs.keys() & trace.runs:
            if not self.allowed.joints.make(run) and not self.allowed.shows(run):
                yield run, self.runs[run]
        for name in self.whole.keys() & distinct:
            if is_text or traces.is_telling(name):
                yield name, self.whole[name]
        if self.sequences and is_text:
            yield from self._found_sequences(trace)

    def _found_sequences(self, trace: Trace) -> Iterator[tuple[str, Secret]]:
        for window in trace.windows(self.longest):
            pairs = self.sequences.keys() & set(pairwise(window))
            text = traces.in_order(window) if pairs else ""
            for pair in pairs:
                for sequence, secret in list(self.sequences[pair].items()):
                    if f" {sequence} " not in text:
                        continue
                    if self.allowed.says(sequence):
                        del self.sequences[pair][sequence]
                    else:
                        yield sequence, secret

    def _found_terms(self, held: Held) -> Iterator[tuple[str, Secret]]:
        seen = (held.terms | (held.general - self.general)) - self.always
        if not seen:
            return
        by_term = self._terms()
        for term in by_term.keys() & seen:
            if not self._is_said(term):
                yield term, by_term[term]

    def _terms(self) -> dict[str, Secret]:
        """Return the terms that stand for what is withheld."""
        if self._by_term is None:
            found = self.words | self.whole
            pairs = [(term, word) for word in sorted(found) for term in self.terms_of(word)]
            self._by_term = {term: found[word] for term, word in pairs}
        return self._by_term

    def _is_said(self, term: str) -> bool:
        """Tell whether a term stands for a word that may be said, as well."""
        alike = (word for word in self.allowed.words if word.startswith(term[:STEM_LENGTH]))
        return any(term in self.terms_of(word) for word in alike)
