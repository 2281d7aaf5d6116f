"""A folder's files, read on demand; what is wrong with one becomes a problem, not an exception."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from oftasked.loading import Source, read_file
from oftasked.model import Place
from oftasked.notes import Notes
from oftasked.problems import shown
from oftasked.progress import Progress
from oftasked.remembering import Table
from oftasked.schema import FileModel
from oftasked.yamltext import MAX_BYTES, decode

M = TypeVar("M", bound=FileModel)


@dataclass(frozen=True, slots=True)
class Sources:
    """The folder's files by their name in it, read on demand; and what was wrong with them."""

    root: Path
    shown_as: str
    notes: Notes
    progress: Progress
    read: Table = field(default_factory=lambda: Table("sources", {}))
    """The topic files that an earlier build has read."""

    def shown(self, path: str) -> str:
        """Return a path as problems name it."""
        return f"{self.shown_as}/{path}"

    def text(self, path: str) -> str | None:
        """Return a file's text; None, and a problem, where it cannot be read as text."""
        try:
            with (self.root / path).open("rb") as file:
                raw = file.read(MAX_BYTES + 1)
        except OSError as error:
            what = f"the file cannot be read: {shown(error.strerror or type(error).__name__)}"
            self.notes.error(Place(self.shown(path)), what, "check its permissions")
            return None
        text, problems = decode(raw, self.shown(path))
        self.notes.found.extend(problems)
        return None if problems else text

    def source(self, model: type[M], path: str, files: Sequence[str]) -> Source[M] | None:
        """Read one of the YAML files at the top; None where there is none."""
        text = self.text(path) if path in files else None
        if text is None:
            return None
        source = read_file(model, text, self.shown(path))
        self.notes.found.extend(source.problems)
        return source
