"""What a project says and what is asked for -> which edition is built into which folder.

The members' edition has a folder of its own. It is never inside the public one, nor around it,
by whatever name or link: a web server that delivers the one must not deliver the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from oftasked import publishing
from oftasked.model import Access
from oftasked.problems import BuildError

SUFFIX = "-members"
"""What the members' folder is called after the public one where nothing names it."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the edition of one tier goes, and the absolute address of its root ("" if unknown)."""

    tier: Access
    folder: Path
    site_url: str


@dataclass(frozen=True, slots=True)
class Configured:
    """What a configuration says about places; ``members_dir`` is None where it names none."""

    sources: Path
    """The folder of mkdocs.yml."""
    site_dir: Path
    site_url: str
    members_dir: Path | None
    members_url: str


def destinations(
    configured: Configured, *, tier: Access | None = None, site_dir: Path | None = None
) -> tuple[Destination, ...]:
    """Return what to build: one tier, or (None) the public one and what the configuration asks for.

    ``site_dir`` is where that tier goes, or else the public one. Raises BuildError for a folder
    that must not be written to.
    """
    public = Destination(
        Access.PUBLIC,
        (configured.site_dir if tier is Access.MEMBERS else site_dir) or configured.site_dir,
        configured.site_url,
    )
    named = site_dir if tier is Access.MEMBERS and site_dir else configured.members_dir
    beside = public.folder.absolute()
    fallback = beside.with_name(beside.name + SUFFIX)
    members = Destination(Access.MEMBERS, named or fallback, configured.members_url)
    if tier is Access.MEMBERS or configured.members_dir:
        _keep_apart(members.folder, public.folder)
        _keep_apart(members.folder, configured.site_dir)
    for each in (wanted := _wanted(public, members, tier, is_both=bool(configured.members_dir))):
        check_place(each.folder, configured.sources, tier=each.tier)
    return wanted


def _wanted(
    public: Destination, members: Destination, tier: Access | None, *, is_both: bool
) -> tuple[Destination, ...]:
    if tier is None:
        return (public, members) if is_both else (public,)
    return (public,) if tier is Access.PUBLIC else (members,)


def check_place(folder: Path, sources: Path, *, tier: Access = Access.PUBLIC) -> None:
    """Raise BuildError unless a tier's site may stand there, replacing what does."""
    if sources.resolve().is_relative_to(folder.resolve()):
        raise BuildError(f"{folder} holds the site's own sources; name another --site-dir")
    publishing.check_target(folder, tier=tier)


def _keep_apart(members: Path, public: Path) -> None:
    if _holds(public, members) or _holds(members, public):
        what = f"the members' site in {members} and the public one in {public} share a folder"
        raise BuildError(f"{what}; name one beside it, neither inside nor around it")


def _holds(folder: Path, other: Path) -> bool:
    """Tell whether ``other`` is ``folder`` or in it, links resolved, whatever it is spelt like."""
    folder, other = folder.resolve(), other.resolve()
    ways = (other, *other.parents)
    return folder in ways or (
        folder.exists() and any(way.exists() and folder.samefile(way) for way in ways)
    )
