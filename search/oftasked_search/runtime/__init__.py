"""The browser side: ES modules that read what `compile_index` writes."""

from __future__ import annotations

from importlib.resources import files


def runtime_files() -> dict[str, bytes]:
    """Return the modules that a browser needs, by file name."""
    folder = files("oftasked_search.runtime")
    names = sorted(path.name for path in folder.iterdir() if path.name.endswith(".js"))
    return {name: folder.joinpath(name).read_bytes() for name in names}
