"""The browser side: the ES module that reads what `compile_index` writes."""

from __future__ import annotations

import json
import re
from importlib.resources import files

DELIVERED = "oftasked-search.js"

# The sources are formatted, so that statements begin with a line and end with one; no string holds
# what looks like a comment.
_LEFT_OUT = re.compile(
    r"^import [^;]*;\n|^ *//[^\n]*\n| +// [^\n]*$|^ */\*\*(?:(?!\*/).)*\*/\n|/\*\*(?:(?!\*/).)*\*/ "
    r"|^ +|^\n",
    re.MULTILINE | re.DOTALL,
)
_EXPORT = re.compile("^export ", re.MULTILINE)


def runtime_files() -> dict[str, bytes]:
    """Return what a browser needs, by file name: one module, so that it costs one request."""
    folder = files("oftasked_search.runtime")
    names: list[str] = json.loads(folder.joinpath("modules.json").read_text("utf-8"))
    return {DELIVERED: _joined([folder.joinpath(name).read_text("utf-8") for name in names])}


def _joined(sources: list[str]) -> bytes:
    """Modules in order of dependence -> one; `delivered.mjs` does the same for Node.

    Their top-level names are distinct, or no browser would load the result. Only the last exports.
    """
    *inner, last = (_LEFT_OUT.sub("", source) for source in sources)
    return ("".join(_EXPORT.sub("", source) for source in inner) + last).encode()
