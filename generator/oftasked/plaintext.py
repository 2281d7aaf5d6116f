"""Markdown -> plain text, and its first sentence: what summaries and search documents are made of.

No renderer is involved: this runs for every entry, and needs the words only, not the structure.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

SUMMARY_LENGTH = 200
"""Characters; a list shows about two lines of it."""

_SENTENCE_SOURCE = 800
"""Characters of a paragraph in which its first sentence is sought."""

_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})")
_COMMENT = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]")
_RULE = re.compile(r"^ {0,3}(?:(?:[-*_][ \t]*){3,}|=+[ \t]*|-+[ \t]*)$")
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_STRUCTURE_SIGNS = frozenset("-*_=|:[")
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*\S+.*$|^[ \t]*\*\[[^\]]+\]:.*$")
_MARKER = re.compile(
    r"^[ \t]*(?:>[ \t]?)*[ \t]*"
    r"(?:#{1,6}[ \t]+|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?|[0-9]{1,9}[.)][ \t]+|:[ \t]+"
    r"|\[\^[^\]]+\]:[ \t]*|(?:!!!|\?\?\?\+?)[ \t]+[\w -]*?(?=\"|$)|===\+?[ \t]+(?=\"))?"
)
_OWN_LINE = re.compile(
    r"^[ \t]*(?:>|#{1,6}[ \t]|[-*+][ \t]|[0-9]{1,9}[.)][ \t]|:[ \t]|\[\^|!!!|\?\?\?|===|\|)"
)
_ENDS_ITSELF = re.compile(r"^[ \t]*(?:>[ \t]?)*(?:#{1,6}|!!!|\?\?\?\+?|===\+?)[ \t]|(?:  |\\)$")
_ATTRIBUTES = re.compile(r"\{:?[ \t]*[.#][^{}\n]*\}")
_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_IMAGE_OR_LINK = re.compile(
    r"!?\[((?:[^\[\]]|\[[^\[\]]{0,500}\]){0,1000})\]"
    r"(?:\((?:[^()\n]|\([^()\n]{0,500}\)){0,2000}\)|\[[^\]\n]{0,500}\])"
)
_AUTOLINK = re.compile(r"<((?:https?|ftp|mailto):[^<>\s]+|[^\s<>@]+@[^\s<>@]+)>")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>")
_STRONG = re.compile(r"(?<![*\\])(\*{1,3})(?=[^\s*])(.{1,2000}?)(?<=[^\s\\])\1(?!\*)")
_UNDERSCORE = re.compile(r"(?<![\w\\])(_{1,3})(?=[^\s_])(.{1,2000}?)(?<=[^\s\\])\1(?!\w)")
_STRUCK = re.compile(r"(?<!\\)(~~)(?=\S)(.{1,2000}?)(?<=\S)\1")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_QUOTED_TITLE = re.compile(r'^"([^"]*)"$')
_CJK = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_CJK_GAP = re.compile(rf"(?<={_CJK})\n(?={_CJK})")
_HELD = re.compile("\x00([0-9]+)\x00")


def plain(markdown: str) -> str:
    """Return the text without Markdown's syntax: one line a paragraph, list item or table row.

    Code, tables and links keep their text; HTML tags are dropped.
    """
    return "\n".join(text for text, _ in _blocks(markdown))


def first_sentence(markdown: str) -> str:
    """Return the first sentence as plain text, at most `SUMMARY_LENGTH` characters long.

    A heading is taken only where nothing follows it.
    """
    heading = ""
    for text, is_heading in _blocks(markdown, limit=_SENTENCE_SOURCE):
        if not is_heading:
            return shortened(text[: _sentence_end(text)], SUMMARY_LENGTH)
        heading = heading or text
    return shortened(heading, SUMMARY_LENGTH)


def shortened(text: str, length: int) -> str:
    """Cut a text at a word (a character, where words have no spaces) and mark the cut."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    space = cut.rfind(" ")
    if space > length // 2:
        cut = cut[:space]
    return cut.rstrip(" ,;:，、；：-–—") + "…"


def _blocks(markdown: str, *, limit: int | None = None) -> Iterator[tuple[str, bool]]:
    """Yield the paragraphs and lines of a text, each with whether it is a heading.

    At most ``limit`` characters of each are looked at.
    """
    text = markdown.replace("\x00", "")
    for raw, is_code in _raw_blocks(_COMMENT.sub("", text) if "<" in text else text):
        found = raw.strip() if is_code else _inline(raw[:limit])
        if found:
            yield found, not is_code and _HEADING.match(raw) is not None


def _raw_blocks(markdown: str) -> Iterator[tuple[str, bool]]:
    """Yield paragraphs, items and rows, and the lines of fenced code (True)."""
    gathered: list[str] = []
    fence = ""
    for line in markdown.splitlines():
        opened = _FENCE.match(line)
        if fence:
            if _closes(fence, line):
                fence = ""
            else:
                yield line, True
            continue
        opens = opened is not None and "`" not in line.strip().lstrip("`")
        blank = not line.strip() or _is_structure(line)
        if gathered and (opens or blank or _OWN_LINE.match(line)):
            yield "\n".join(gathered), False
            gathered = []
        if opened and opens:
            fence = opened[1]
        elif not blank:
            gathered.append(line)
            if _ENDS_ITSELF.search(line):
                yield "\n".join(gathered), False
                gathered = []
    if gathered:
        yield "\n".join(gathered), False


def _closes(fence: str, line: str) -> bool:
    text = line.strip()
    return text.startswith(fence) and not text.strip(fence[0])


def _is_structure(line: str) -> bool:
    """Tell whether a line draws something and says nothing."""
    first = line.lstrip()[:1]
    if first not in _STRUCTURE_SIGNS:
        return False
    return any(kind.match(line) for kind in (_RULE, _TABLE_RULE, _DEFINITION))


def _inline(raw: str) -> str:
    """Return one block's text: markers, links, emphasis, tags and entities resolved."""
    lines = [_MARKER.sub("", line, count=1).rstrip("\\ \t") for line in raw.split("\n")]
    held: list[str] = []

    def hold(text: str) -> str:
        held.append(text)
        return f"\x00{len(held) - 1}\x00"

    text = "\n".join(lines)
    if "`" in text:
        text = _CODE.sub(lambda code: hold(code[2].strip()), text)
    if "\\" in text:
        text = _ESCAPE.sub(lambda escaped: hold(escaped[1]), text)
    if "<" in text:
        text = _AUTOLINK.sub(lambda link: hold(link[1]), text)
    text = _without_markup(text)
    text = _table_row(text) if lines[0].lstrip().startswith("|") else text
    text = (
        _HELD.sub(lambda key: held[int(key[1])], html.unescape(text))
        if held
        else (html.unescape(text))
    )
    if "\n" in text:
        text = _CJK_GAP.sub("", text.strip())
    return " ".join(_QUOTED_TITLE.sub(r"\1", text).split())


_MARKUP = (
    ("[", _IMAGE_OR_LINK, r"\1"),
    ("[", _IMAGE_OR_LINK, r"\1"),  # a linked image is a link around a link
    ("[", _FOOTNOTE, ""),
    ("{", _ATTRIBUTES, ""),
    ("<", _TAG, " "),
    ("*", _STRONG, r"\2"),
    ("*", _STRONG, r"\2"),  # emphasis inside strong
    ("_", _UNDERSCORE, r"\2"),
    ("_", _UNDERSCORE, r"\2"),
    ("~~", _STRUCK, r"\2"),
)
"""What a character announces, and what remains of it."""


def _without_markup(text: str) -> str:
    for sign, syntax, rest in _MARKUP:
        if sign in text:
            text = syntax.sub(rest, text)
    return text


def _table_row(text: str) -> str:
    return " ".join(cell.strip() for cell in text.split("|") if cell.strip())


_END = re.compile(r"[。！？]+[”’」』）)\"']*|(?:[.!?]+|…)[”’)\]\"'*]*(?=\s|$)")
_ABBREVIATIONS = frozenset(
    "e.g i.e etc vs cf al approx ca no nos mr mrs ms dr prof st jr sr inc ltd co corp dept est "
    "fig p pp vol jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun "
    "a.m p.m u.s u.k ext tel max min incl excl".split()
)
_LAST_WORD = re.compile(r"[\w.]*$")
_OFTEN_LAST = frozenset(
    {"etc", "a.m", "p.m", "inc", "ltd", "co", "corp", "u.s", "u.k", "no", "max"}
)
"""Abbreviations (and words spelt like one) that end a sentence if a capital follows."""


def _sentence_end(text: str) -> int:
    for match in _END.finditer(text):
        if not _is_inside(text, match):
            return match.end()
    return len(text)


def _is_inside(text: str, end: re.Match[str]) -> bool:
    """Tell whether a mark that could end a sentence stands in the middle of one."""
    if end[0][0] in "。！？":
        return False
    following = text[end.end() :].lstrip()[:1]
    if not following:
        return False
    if following.islower():
        return True
    if end[0] != ".":
        return False
    last = _LAST_WORD.search(text, max(0, end.start() - 30), end.start())
    word = last[0].lower() if last else ""
    if word in _OFTEN_LAST:
        return not following.isupper()
    is_initial = len(word) == 1 and word.isalpha() and word != "i"
    is_number = word.isdigit() and end.start() == len(word)
    return word in _ABBREVIATIONS or is_initial or is_number
