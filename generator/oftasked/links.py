"""Markdown -> the addresses it points to, with where each stands in the source file."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from oftasked.model import Place
from oftasked.yamltext import Scalar, position

_FENCED = re.compile(
    r"^[ \t]*(`{3,}|~{3,})[^\n`]*\n.*?(?:^[ \t]*\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL
)
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)[^`]{1,2000}?(?<!`)\1(?!`)")
_INLINE = re.compile(
    r"\]\(\s*(?:<([^<>\n]*)>|((?:[^()\n\\]|\\.|\([^()\n]{0,200}\)){0,2000}))[^()\n]{0,300}\)"
)
_DEFINED = re.compile(
    r"^ {0,3}\[(?!\^)[^\]\n]{1,300}\]:[ \t]*\n?[ \t]*<?([^\s<>]+)>?", re.MULTILINE
)
_AUTOLINK = re.compile(r"<(ftp://[^<>\s]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"<[a-z][a-z0-9]{0,20}\s[^<>]{0,1000}?\b(?:href|src)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\s+(?:\"[^\"]*\"|'[^']*')\s*$")
_UNESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a text points to, as written, and where it stands."""

    target: str
    place: Place
    is_image: bool = False


def links(markdown: str, path: str, *, source: str, scalar: Scalar | None = None) -> list[Link]:
    """Return the links and images of a text outside of code, in their order.

    ``scalar`` is the value in ``source`` that the text was read from; None: all of ``source``.
    """
    if "](" not in markdown and "]:" not in markdown and "<" not in markdown:
        return []
    found = []
    start = scalar.start if scalar else 0
    for target, raw, is_image in _targets(_masked(markdown)):
        offset = source.find(raw, start, scalar.end if scalar else len(source))
        if offset >= 0:
            line, column = position(source, offset)
            start = offset + len(raw)
        else:  # written with escapes: point at the value
            line, column = (scalar.line, scalar.column) if scalar else (1, 1)
        found.append(Link(target, Place(path, line, column), is_image))
    return found


def _masked(markdown: str) -> str:
    """Blank out code, which links nowhere."""
    if "`" not in markdown and "~~~" not in markdown:
        return markdown
    text = _FENCED.sub("", markdown)
    return _CODE_SPAN.sub("", text)


def _targets(text: str) -> Iterator[tuple[str, str, bool]]:
    """Yield each address in order: clean, as written, and whether it is an image's."""
    matches = [
        match
        for kind in (_INLINE, _DEFINED, _AUTOLINK, _ATTRIBUTE)
        for match in kind.finditer(text)
    ]
    for match in sorted(matches, key=lambda match: match.start()):
        raw = next((group for group in match.groups() if group is not None), "")
        raw = _TITLE.sub("", raw).strip() if match.re is _INLINE else raw.strip()
        if raw:
            yield html.unescape(_UNESCAPE.sub(r"\1", raw)), raw, _is_image(text, match)


def _is_image(text: str, link: re.Match[str]) -> bool:
    if link.re is _ATTRIBUTE:
        return link[0][:4].lower() == "<img"
    return text[max(0, text.rfind("[", 0, link.start()) - 1)] == "!" and link.re is _INLINE
