"""An answer's Markdown -> safe HTML -> HTML for the page it stands on.

The only module that knows Python-Markdown and nh3. `to_html` is a pure function of the text, so
that its result can be cached by content and computed in any process; `place` then fits the
result to one edition: `faq:` links become addresses, relative ones are resolved.
"""

from __future__ import annotations

import functools
import html
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import unquote

import markdown
import nh3

ID_PREFIX = "answer-"
"""Every id inside an answer starts so; none can take a name that the page itself uses."""

EXTENSIONS = {
    "admonition": re.compile(r"^ *!!!", re.MULTILINE),
    "attr_list": re.compile(r"\{"),
    "def_list": re.compile(r"^ {0,3}: ", re.MULTILINE),
    "footnotes": re.compile(r"\[\^"),
    "pymdownx.details": re.compile(r"^ *\?\?\?", re.MULTILINE),
    "pymdownx.highlight": re.compile(r"```|~~~|^(?: {4}|\t)", re.MULTILINE),
    "pymdownx.superfences": re.compile(r"```|~~~|^(?: {4}|\t)", re.MULTILINE),
    "pymdownx.tasklist": re.compile(r"\[[ xX]\]"),
    "sane_lists": re.compile(r""),
    "tables": re.compile(r"\|"),
}
"""What Markdown may do in an answer, beside Markdown itself, and what a text must hold for it.

Every extension looks at every paragraph; one that cannot find anything is left out.
"""

_EXTENSION_OPTIONS: dict[str, dict[str, Any]] = {
    "pymdownx.highlight": {"auto_title": False, "guess_lang": False, "use_pygments": True},
    "pymdownx.superfences": {"disable_indented_code_blocks": False},
    "tables": {"use_align_attribute": True},
    "footnotes": {"BACKLINK_TEXT": "\u21a9\ufe0e"},
}

_TAGS = frozenset(
    "a abbr b blockquote br caption code dd del details div dl dt em figcaption figure h2 h3 h4 h5"
    " h6 hr i img input ins kbd label li mark ol p pre q s small span strong sub summary sup table"
    " tbody td tfoot th thead tr u ul".split()
)

_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "dir", "id", "lang", "title"},
    "a": {"href"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height"},
    "input": {"checked", "disabled", "type"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
}

_SCHEMES = {"http", "https", "mailto", "tel", "faq"}

_LINK = re.compile(r'(<(?:a|img)\b[^>]*? (?:href|src)=")([^"]*)(")')
_IN_PAGE = re.compile(
    r"""\]\(\s*(?:<([^<>\n]+)>|([^)\s<>]+))|(?:src|href)=["']([^"']+)["']|^\[[^\]]+\]:\s*(\S+)""",
    re.MULTILINE,
)
_HEADING = re.compile(r"(</?h)1(?=[\s>])")
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def to_html(answer: str) -> str:
    """Convert Markdown to HTML that is safe to insert into any page.

    `faq:` links and relative addresses are kept as they are, see `place`. Scripts, styles,
    handlers and unknown schemes are gone; a heading of the first level becomes a second one,
    since the question is the page's first.
    """
    converter = _converter(
        tuple(name for name, sign in EXTENSIONS.items() if sign.search(answer))
    ).reset()
    raw = _HEADING.sub(r"\g<1>2", converter.convert(answer))
    return _cleaner().clean(raw)


def place(answer_html: str, *, folder: str, up: str, address: Callable[[str], str | None]) -> str:
    """Fit an answer to the page it stands on.

    ``folder`` is the answer's own folder (relative links start there), ``up`` leads from the page
    to the edition's root (``"../../"``), ``address(id)`` gives an entry's address relative to that
    root, or None where this edition does not hold it: such a link becomes plain emphasis.
    """

    def replace(match: re.Match[str]) -> str:
        before, target, after = match.groups()
        return before + html.escape(_target(html.unescape(target), folder, up, address)) + after

    if 'href="' not in answer_html and 'src="' not in answer_html:
        return answer_html
    return _LINK.sub(replace, answer_html)


def place_page(page_html: str, url: str, address: Callable[[str], str | None]) -> str:
    """Turn the `faq:` links of an ordinary page into addresses; its renderer did the others."""
    up = "../" * url.removeprefix("./").count("/")

    def replace(match: re.Match[str]) -> str:
        before, target, after = match.groups()
        if target[:4].lower() != "faq:":
            return match[0]
        return before + html.escape(_target(html.unescape(target), "", up, address)) + after

    return _LINK.sub(replace, page_html)


def media(answer_html: str, folder: str) -> Iterator[str]:
    """Yield the files of the knowledge base that an answer shows or links to, from its root."""
    if 'href="' in answer_html or 'src="' in answer_html:
        yield from _files(
            (html.unescape(match[2]) for match in _LINK.finditer(answer_html)), folder
        )


def page_media(markdown_page: str, folder: str) -> Iterator[str]:
    """Yield the files that an ordinary Markdown page shows or links to, likewise."""
    groups = _IN_PAGE.findall(markdown_page)
    yield from _files(("".join(group) for group in groups), folder)


def _files(targets: Iterable[str], folder: str) -> Iterator[str]:
    for each in targets:
        target = each.partition("#")[0].partition("?")[0]
        if target and not _ABSOLUTE.match(target) and not target.startswith("/"):
            yield posixpath.normpath(posixpath.join(folder, unquote(target)))


def _target(target: str, folder: str, up: str, address: Callable[[str], str | None]) -> str:
    if target[:4].lower() == "faq:":
        entry, hash_, fragment = target[4:].partition("#")
        found = address(entry)
        anchor = hash_ and hash_ + ID_PREFIX + fragment
        return "#" if found is None else up + found + anchor
    if target.startswith("#"):
        return "#" + ID_PREFIX + target[1:]
    if not target or target.startswith("/") or _ABSOLUTE.match(target):
        return target
    path, hash_, fragment = target.partition("#")
    path = posixpath.normpath(posixpath.join(folder, path))
    if path.endswith(".md"):
        path = path[: -len("index.md")] if path.endswith("index.md") else path[:-3] + "/"
    return up + path + hash_ + fragment


@functools.cache
def _converter(extensions: tuple[str, ...]) -> markdown.Markdown:
    options = {name: _EXTENSION_OPTIONS.get(name, {}) for name in extensions}
    return markdown.Markdown(
        extensions=list(extensions), extension_configs=options, output_format="html"
    )


@functools.cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        clean_content_tags={"script", "style"},
        id_prefix=ID_PREFIX,
        link_rel=None,
        strip_comments=True,
        tag_attribute_values={},
        url_schemes=_SCHEMES,
    )
