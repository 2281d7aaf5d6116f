"""How this copy of the package was installed -> how a pipeline installs the same.

Installers record it as PEP 610 says (``direct_url.json``). A copy that came from a package index
is there for everybody; one that came from a file is not, so a wheel travels with the project.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from oftasked import __version__

WHEELS = "wheels"
"""The folder of a project that holds wheels."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """A line of ``requirements.txt``, and the wheel that it names, if that is at hand."""

    line: str
    wheel: Path | None = None

    @property
    def wanted_wheel(self) -> str | None:
        """The path in the project of the wheel that the line names; None: it names none."""
        return self.line.removeprefix("./") if self.line.startswith(f"./{WHEELS}/") else None


def requirement() -> Requirement:
    """Return what installs this very version elsewhere."""
    try:
        recorded = metadata.distribution("oftasked").read_text("direct_url.json")
    except metadata.PackageNotFoundError:  # run from its source, not installed
        return _own_wheel()
    return installed_from(json.loads(recorded)) if recorded else Requirement(_pinned())


def installed_from(record: dict[str, Any]) -> Requirement:
    """Return what installs the version that a PEP 610 record describes."""
    url = str(record.get("url", ""))
    address = urlsplit(url)
    if "vcs_info" in record and address.scheme != "file":
        source = record["vcs_info"]
        return Requirement(f"oftasked @ {source['vcs']}+{url}@{source['commit_id']}")
    if "archive_info" in record and address.scheme in ("http", "https"):
        return Requirement(f"oftasked @ {url}")
    path = Path(url2pathname(address.path))
    if address.scheme == "file" and path.suffix == ".whl" and path.is_file():
        return Requirement(f"./{WHEELS}/{path.name}", path)
    return _own_wheel()


def _pinned() -> str:
    return f"oftasked=={__version__}"


def _own_wheel() -> Requirement:
    """Name the wheel that ``pip wheel`` makes of this version's source."""
    return Requirement(f"./{WHEELS}/oftasked-{__version__}-py3-none-any.whl")
