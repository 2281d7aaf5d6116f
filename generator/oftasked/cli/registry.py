"""Names of commands -> the commands, imported when they are called.

MkDocs, pydantic and Whoosh take half a second to import; a shell that completes a name on TAB
should not wait for them.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from typing import Any

import click
from click.shell_completion import CompletionItem

from oftasked.cli import colours
from oftasked.cli.endings import proper_endings


@dataclass(frozen=True, slots=True)
class Registered:
    """Where a command is: a module of this package with a function of the command's name."""

    module: str
    summary: str
    """One line for the list of commands."""


class CommandGroup(click.Group):
    """The program: its commands are imported on demand, and every failure ends properly."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own
        """Return the commands in the order in which somebody meets them."""
        return list(self.commands)

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Read the arguments; ``--help`` and ``--version`` are answered here."""
        with proper_endings():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an expected failure is one line and an exit status."""
        with proper_endings():
            return super().invoke(ctx)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete a command's name without importing any command."""
        named = [
            CompletionItem(name, help=registered.summary)
            for name, registered in self._registered.items()
            if name.startswith(incomplete)
        ]
        return named + click.Command.shell_complete(self, ctx, incomplete)

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's own
        formatter: click.HelpFormatter,
    ) -> None:
        """List the commands with their summaries."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, each.summary) for name, each in self._registered.items()])

    @property
    def _registered(self) -> dict[str, Registered]:
        commands = self.commands
        return commands.registered if isinstance(commands, Commands) else {}


class Commands(MutableMapping[str, click.Command]):
    """The commands by name; each is imported when it is asked for."""

    group = CommandGroup

    def __init__(self, registered: dict[str, Registered]) -> None:
        self.registered = registered
        self._loaded: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        """Return a command; KeyError if there is none of this name."""
        module = self.registered[name].module
        if name not in self._loaded:
            command = getattr(importlib.import_module(f"oftasked.cli.{module}"), name)
            self._loaded[name] = colours.option(command)
        return self._loaded[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        """Add a command that needs no import."""
        self.registered[name] = Registered("", command.get_short_help_str(limit=200))
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        """Forget a command."""
        del self.registered[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names in the order of the help."""
        return iter(self.registered)

    def __len__(self) -> int:
        """Return how many commands there are."""
        return len(self.registered)
