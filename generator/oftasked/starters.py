"""A starter template -> the content of a new project, in the languages that it wants.

A template is a knowledge base whose default language is English, with translations beside it and
files of a fixed form: an entry's fields stand at four spaces, everything below them deeper. So a
project in another default language is made by exchanging whole fields, and every line that is
kept is kept as it was written.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from oftasked import bilingual
from oftasked.bilingual import LANGUAGES, SOURCE
from oftasked.folder import SPECIAL
from oftasked.schema import schema_path

TEMPLATES = {
    "shop": "a complete online shop's FAQ, to be changed where your facts differ",
    "blank": "one entry for each audience, to be built upon",
}
"""Names of the starter templates, and what each is."""


_FOLDER = Path(__file__).parent / "templates"
_TEXTS = (".yml", ".csv", ".md")
_REVIEWED = re.compile(r"^(    reviewed: ).*$", re.MULTILINE)

_PURPOSES: dict[str, dict[str, tuple[str, ...]]] = {
    "audiences.yml": {
        "en": (
            "Who asks. The order here is the order on the site;",
            "each id names the folder that holds the topics.",
        ),
        "zh": ("谁在提问。网站上的顺序与这里一致，每个 id 对应一个同名文件夹。",),
    },
    "contacts.yml": {
        "en": (
            "Departments and how to reach them. Put in your own addresses and numbers first.",
            "In a `form` or `im`, {question} and {url} carry along what the customer was reading.",
        ),
        "zh": (
            "各部门及其联系方式。请先换成您自己的地址和号码。",
            "在 `form` 和 `im` 里，{question} 和 {url} 会带上顾客正在查看的问题和网址。",
        ),
    },
    "synonyms.yml": {
        "en": ("Words that mean the same to your customers: whoever types one finds the others.",),
        "zh": ("对顾客来说意思相同的词：搜索其中一个，也能找到其余的。",),
    },
    "questions.yml": {
        "en": (
            "Questions as customers really put them, with the entries that answer each.",
            "They measure the search: do not copy them into `also_asked`.",
        ),
        "zh": (
            "顾客的真实问法，以及各自应当找到的条目。",
            "它们用来衡量搜索效果，请不要抄进 `also_asked`。",
        ),
    },
}
"""What stands at the head of each file beside the topics, for those who edit it."""


def content(template: str, *, languages: Sequence[str], reviewed: dt.date) -> dict[str, bytes]:
    """Return a project's content by path in its content folder, sorted.

    ``languages`` are some of `LANGUAGES`, the default one first. Whatever the template says was
    reviewed counts as reviewed on the day given: a new project starts with no review overdue.
    """
    found = dict(_files(_FOLDER / template / "faq"))
    texts = {path: raw.decode() for path, raw in found.items() if path.endswith(_TEXTS)}
    chosen = {
        **_introductions(texts, languages),
        **_beside_topics(texts, languages),
        **_topics(texts, languages, reviewed),
    }
    used = "\n".join(chosen.values())
    media = {
        path: raw for path, raw in found.items() if path not in texts and _is_named(path, used)
    }
    return dict(
        sorted({path: text.encode() for path, text in chosen.items()}.items() | media.items())
    )


def schema_comment(path: PurePosixPath | str, kind: str) -> str:
    """Return the line by which an editor finds the JSON Schema of a file of the project."""
    up = "../" * (len(PurePosixPath(path).parts) - 1)
    return f"# yaml-language-server: $schema={up}{schema_path(kind)}\n"


def _files(root: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(root.rglob("*")):
        if path.is_file():
            yield path.relative_to(root).as_posix(), path.read_bytes()


def _introductions(texts: Mapping[str, str], languages: Sequence[str]) -> dict[str, str]:
    """Return the home page's introduction in each language, the default one without a suffix."""
    chosen = {}
    for lang in languages:
        text = texts.get("index.md" if lang == SOURCE else f"index.{lang}.md")
        if text is not None:
            chosen["index.md" if lang == languages[0] else f"index.{lang}.md"] = text
    return chosen


def _beside_topics(texts: Mapping[str, str], languages: Sequence[str]) -> dict[str, str]:
    """Return the ledger, and the YAML files at the top of the folder."""
    chosen = {path: text for path, text in texts.items() if path.endswith(".csv")}
    for name in SPECIAL:
        if name in texts:
            body = bilingual.spoken(name, texts[name], languages)
            purpose = "".join(f"# {line}\n" for line in _PURPOSES[name][languages[0]])
            comment = schema_comment(f"faq/{name}", name.removesuffix(".yml"))
            chosen[name] = f"{comment}{purpose}{body}"
    return chosen


def _topics(
    texts: Mapping[str, str], languages: Sequence[str], reviewed: dt.date
) -> dict[str, str]:
    """Return topic files in the default language, and their translations into the others."""
    chosen = {}
    for path, text in texts.items():
        if "/" not in path or not path.endswith(".yml") or _language(path) != SOURCE:
            continue
        stem = path.removesuffix(".yml")
        wordings = {
            lang: text if lang == SOURCE else texts[f"{stem}.{lang}.yml"] for lang in languages
        }
        topic = bilingual.original(text, wordings[languages[0]])
        topic = _REVIEWED.sub(rf"\g<1>{reviewed.isoformat()}", topic)
        chosen[path] = schema_comment(f"faq/{path}", "topic") + topic
        for lang in languages[1:]:
            comment = schema_comment(f"faq/{path}", "translation")
            chosen[f"{stem}.{lang}.yml"] = comment + bilingual.translation(wordings[lang])
    return chosen


def _language(path: str) -> str:
    """Return the language of a topic file of a template."""
    suffix = PurePosixPath(path.removesuffix(".yml")).suffix.removeprefix(".")
    return suffix if suffix in LANGUAGES else SOURCE


def _is_named(path: str, text: str) -> bool:
    """Tell whether a text links to a file of that name."""
    name = re.escape(PurePosixPath(path).name)
    return re.search(rf"(?<![\w.-]){name}(?![\w.-])", text) is not None
