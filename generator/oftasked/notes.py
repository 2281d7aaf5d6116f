"""Collecting problems while values are assembled and compared."""

from __future__ import annotations

from dataclasses import dataclass, field

from oftasked.model import Place
from oftasked.problems import Problem, Severity


@dataclass(slots=True)
class Notes:
    """The problems found so far, in the order of finding."""

    found: list[Problem] = field(default_factory=list)

    def error(self, place: Place, message: str, remedy: str) -> None:
        """Note what makes the knowledge base unusable."""
        self._note(place, message, remedy, Severity.ERROR)

    def warn(self, place: Place, message: str, remedy: str) -> None:
        """Note a doubt."""
        self._note(place, message, remedy, Severity.WARNING)

    def warn_once(self, place: Place, message: str, remedy: str) -> None:
        """Note a doubt, unless its file has the same one already: one cause, one warning."""
        if not any(each.path == place.path and each.message == message for each in self.found):
            self.warn(place, message, remedy)

    def _note(self, place: Place, message: str, remedy: str, severity: Severity) -> None:
        self.found.append(Problem(place.path, place.line, place.column, message, remedy, severity))
