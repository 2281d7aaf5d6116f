"""What somebody wants -> the files of a new project, as values.

The content comes from a starter template; everything around it (configuration, schemas for the
editor, pipelines, a note for the people who will edit) stands in ``templates/project``.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from oftasked import starters
from oftasked.bilingual import LANGUAGES, SOURCE
from oftasked.problems import BuildError, printable
from oftasked.provenance import Requirement
from oftasked.schema import json_schemas, schema_path

FAQ = "faq"
"""The folder of a new project that holds its content."""

EXAMPLE_URL = "https://help.example.com/"
"""The address of a site that has none yet."""
NAMES = {"en": "Help centre", "zh": "帮助中心"}
"""What a site is called that has no name yet."""

_FOLDER = Path(__file__).parent / "templates" / "project"
_ALIKE = {
    ".gitattributes": "gitattributes",
    ".github/workflows/faq.yml": "github-workflow.yml",
    ".gitignore": "gitignore",
    ".gitlab-ci.yml": "gitlab-ci.yml",
    ".pre-commit-config.yaml": "pre-commit-config.yaml",
    ".vscode/extensions.json": "vscode-extensions.json",
}
"""Files that are the same in every project, and where they are kept: a name with a leading dot
would work on this repository."""
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~&])")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a new project shall be. The first language is the default one."""

    template: str
    languages: tuple[str, ...]
    name: str
    url: str
    day: dt.date
    """The day on which its entries count as reviewed."""


def content(wanted: Wanted) -> dict[str, bytes]:
    """Return the project's content, by path in `FAQ`. Raises BuildError for unknown languages."""
    unknown = [lang for lang in wanted.languages if lang not in LANGUAGES]
    if unknown:
        what = f"the templates speak {' and '.join(LANGUAGES)}, not {', '.join(unknown)}"
        raise BuildError(f"{what}; start in one of these languages, and add others afterwards")
    return starters.content(wanted.template, languages=wanted.languages, reviewed=wanted.day)


def project(wanted: Wanted, needed: Requirement) -> dict[str, bytes]:
    """Return everything around the content, by path in the project's folder."""
    texts = {
        **{path: _kept(name) for path, name in _ALIKE.items()},
        "mkdocs.yml": _configuration(wanted),
        "README.md": _note_for_editors(wanted),
        "requirements.txt": f"{needed.line}\n",
        ".vscode/settings.json": _json(_editor_settings(wanted.languages[1:])),
        **{schema_path(kind): _json(schema) for kind, schema in json_schemas().items()},
    }
    files = {path: text.encode() for path, text in texts.items()}
    if needed.wheel and needed.wanted_wheel:
        files[needed.wanted_wheel] = needed.wheel.read_bytes()
    return dict(sorted(files.items()))


def languages_of(text: str) -> tuple[str, ...]:
    """Return the languages in a list such as ``en,zh``. Raises BuildError for an unknown one."""
    languages = tuple(each.strip().lower() for each in text.split(",") if each.strip())
    unknown = [each for each in languages if each not in LANGUAGES]
    if unknown or not languages or len(set(languages)) < len(languages):
        what = f"`{printable(text)}` is no choice of {' and '.join(LANGUAGES)}"
        example = ",".join(reversed(LANGUAGES))
        remedy = f"write one of them, or both with the default language first, as in {example}"
        raise BuildError(f"{what}; {remedy} (more can be added to mkdocs.yml later)")
    return languages


def site_name(text: str) -> str:
    """Return a site's name as one printable line. Raises BuildError if nothing is left of it."""
    name = " ".join(printable(text).split())
    if not name:
        raise BuildError("the name is empty; write the site's title, as visitors shall read it")
    return name


_BARE_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/|$)")
"""An address as people say it, without its scheme."""


def site_url(text: str) -> str:
    """Return a site's address, with its scheme (https) and ending in a slash.

    Raises BuildError if it is none.
    """
    address = text.strip()
    if _BARE_HOST.match(address):
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname)
        is_plain = not (parts.query or parts.fragment or parts.username) and parts.port != 0
    except ValueError:
        is_address = is_plain = False
    if not is_address or not is_plain or re.search(r"[\s\"'<>\\^`{|}]", printable(address)):
        remedy = f"write it in full, such as {EXAMPLE_URL} or https://team.github.io/faq/"
        raise BuildError(f"`{printable(address)}` is no address of a site; {remedy}")
    return address if address.endswith("/") else f"{address}/"


def _note_for_editors(wanted: Wanted) -> str:
    """Return ``README.md``. It asks for the site's address only where none was given."""
    text = _kept(f"README.{_ours(wanted.languages[0])}.md")
    if wanted.url != EXAMPLE_URL:
        lines = text.splitlines(keepends=True)
        text = "".join(line for line in lines if "`site_url`" not in line)
    return text.replace("@name@", _as_markdown(wanted.name))


def _configuration(wanted: Wanted) -> str:
    """Return ``mkdocs.yml``. JSON's quoted strings are YAML's."""
    default, *others = wanted.languages
    plugin = f"  - oftasked:\n      languages: [{', '.join(others)}]" if others else "  - oftasked"
    values = {
        "@site_name@": json.dumps(wanted.name, ensure_ascii=False),
        "@site_url@": json.dumps(wanted.url, ensure_ascii=False),
        "@language@": default,
        "  - @plugin@": plugin,
    }
    text = _kept(f"mkdocs.{_ours(default)}.yml")
    return re.sub("|".join(map(re.escape, values)), lambda found: values[found[0]], text)


def _editor_settings(translations: Sequence[str]) -> dict[str, object]:
    """Return VS Code's settings: which JSON Schema is for which files."""
    translated = [f"{FAQ}/*/*.{lang}.yml" for lang in translations]
    files = {
        kind: [f"{FAQ}/{kind}.yml"]
        for kind in json_schemas()
        if kind not in ("topic", "translation")
    }
    files["topic"] = [f"{FAQ}/*/*.yml", *(f"!{path}" for path in translated)]
    files["translation"] = translated
    return {
        "yaml.schemas": {
            schema_path(kind): paths for kind, paths in sorted(files.items()) if paths
        },
        "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2},
        "files.eol": "\n",
        "files.insertFinalNewline": True,
    }


def _ours(lang: str) -> str:
    """Return the language in which those who edit in ``lang`` are told things."""
    return lang if lang in LANGUAGES else SOURCE


def _kept(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _as_markdown(text: str) -> str:
    """Return a text that Markdown shows as it is."""
    return _MARKDOWN.sub(r"\\\1", text)
