"""What a program run costs: processor time, wall time, peak memory; and what it leaves behind."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Bill:
    """Seconds of CPU (user and system, children included), seconds by the clock, peak MB.

    The peak is that of the largest single process.
    """

    cpu: float
    wall: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Heap:
    """What a folder holds."""

    files: int
    megabytes: float


def run(command: Sequence[str], *, folder: Path) -> Bill:
    """Run a program and account for it; its failure ends the benchmark with its words."""
    with tempfile.TemporaryFile() as output:
        start = time.monotonic()
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)  # wait4 has already reaped it
        if process.returncode:
            output.seek(0)
            words = output.read().decode("utf-8", "replace")
            sys.exit(f"{' '.join(command)}: exit status {process.returncode}\n{words}")
    per_megabyte = 2**20 if sys.platform == "darwin" else 2**10
    return Bill(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / per_megabyte)


def median_bill(bills: Sequence[Bill]) -> Bill:
    """Return the medians of several runs."""
    return Bill(
        statistics.median(bill.cpu for bill in bills),
        statistics.median(bill.wall for bill in bills),
        statistics.median(bill.peak_mb for bill in bills),
    )


def contents(folder: Path) -> Heap:
    """Count the files under a folder and their bytes."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return Heap(len(sizes), sum(sizes) / 1e6)
