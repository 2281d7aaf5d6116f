"""When output is coloured: on a terminal, unless the environment or ``--color`` says otherwise.

``--color`` stands above ``NO_COLOR`` (https://no-color.org), that above ``FORCE_COLOR``
(https://force-color.org), that above ``TERM=dumb``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import click

_CHOICES: dict[str, bool | None] = {"auto": None, "always": True, "never": False}


def _apply(ctx: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    """Let this context, and what is printed when it has ended, follow the choice."""
    if value is not None:
        chosen = _CHOICES[value]
        wanted = from_environment(os.environ) if chosen is None else chosen
    elif ctx.parent is None:
        wanted = from_environment(os.environ)
    else:
        return
    ctx.color = ctx.find_root().color = wanted


_decorate = click.option(
    "--color",
    type=click.Choice(list(_CHOICES)),
    callback=_apply,
    expose_value=False,
    is_eager=True,
    help="Colour the output (default: on a terminal, if NO_COLOR is not set).",
)


def option(command: Any) -> Any:
    """Give a command, or the function that becomes one, the option ``--color``."""
    return _decorate(command)


def from_environment(environ: Mapping[str, str]) -> bool | None:
    """Tell whether to colour, as the environment has it; None: where there is a terminal."""
    if environ.get("NO_COLOR"):
        return False
    forced = environ.get("FORCE_COLOR", "")
    if forced:
        return forced.lower() not in ("0", "false")
    return False if environ.get("TERM") == "dumb" else None
