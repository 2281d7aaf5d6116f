"""Programs that a benchmark runs for what they make or say, not for what they cost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def run(
    command: Sequence[str], *, text: str = "", variables: Mapping[str, str] | None = None
) -> str:
    """Run a program and return what it prints; its failure ends the benchmark with its words."""
    if not shutil.which(command[0]):
        sys.exit(f"{command[0]} is missing; install the project and Node 20 or newer first")
    done = subprocess.run(
        command,
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, **(variables or {})},
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)}: exit status {done.returncode}\n{done.stderr}")
    return done.stdout
