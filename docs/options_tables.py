"""The commands and the plugin's options -> the tables in the FAQ that list them.

A table stands in an answer between two marker lines, ``<!-- options: build -->`` (a command,
``commands``, ``everywhere`` or ``plugin``) and ``<!-- /options -->``. ``make tables`` renews what
is between them. English is the program's own help; the other languages are in
``options.<lang>.toml``, by the English text.

    python docs/options_tables.py            renew the tables
    python docs/options_tables.py --check    fail if one is out of date
"""

from __future__ import annotations

import ast
import inspect
import itertools
import re
import sys
import textwrap
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from oftasked.cli import main as program
from oftasked.cli.registry import Commands
from oftasked.settings import Options

ROOT = Path(__file__).resolve().parent.parent
FAQ = ROOT / "faq"
SOURCE = "en"
"""The language of the program's own help."""

TABLE = re.compile(
    r"^(?P<indent> *)<!-- options: (?P<subject>[a-z]+) -->\n.*?^ *<!-- /options -->\n",
    re.MULTILINE | re.DOTALL,
)
NAME = re.compile(r"(?<![`\w])(?:\$?[A-Za-z]+(?:_[A-Za-z]+)+|\$[A-Z]+|\w+\.yml|site/)(?![`\w])")
"""What a help text names without marking it, as a terminal shows no code: variables and files."""
LANGUAGE = re.compile(r"\.([a-z]{2,3})\.yml$")
_PLACEHOLDERS: dict[type, str] = {click.File: "FILE", click.IntRange: "N"}


class MissingTextError(LookupError):
    """A help text that a language does not have yet."""


@dataclass(frozen=True, slots=True)
class Language:
    """How one language writes a table."""

    lang: str
    texts: Mapping[str, str]
    """By the English text; empty for English itself."""

    def __call__(self, text: str) -> str:
        """Return a text in this language."""
        if self.lang == SOURCE:
            return NAME.sub(r"`\g<0>`", text.replace("``", "`"))
        try:
            return self.texts[text]
        except KeyError:
            raise MissingTextError(f"docs/options.{self.lang}.toml lacks {text!r}") from None


def language(lang: str) -> Language:
    """Return a language with its texts."""
    if lang == SOURCE:
        return Language(lang, {})
    source = Path(__file__).with_name(f"options.{lang}.toml").read_text(encoding="utf-8")
    return Language(lang, tomllib.loads(source))


def renewed(text: str, say: Language) -> str:
    """Return a topic file's text with every table in it as it should be."""

    def table(match: re.Match[str]) -> str:
        lines = [f"<!-- options: {match['subject']} -->", "", *_table(match["subject"], say), ""]
        block = "\n".join([*lines, "<!-- /options -->", ""])
        return textwrap.indent(block, match["indent"])

    return TABLE.sub(table, text)


def subjects(text: str) -> Iterator[str]:
    """Yield what the tables of a text are about."""
    return (match["subject"] for match in TABLE.finditer(text))


def topic_files() -> Iterator[tuple[Path, str]]:
    """Yield the topic files of this product's FAQ, each with its language."""
    for path in sorted(FAQ.glob("*/*.yml")):
        suffix = LANGUAGE.search(path.name)
        yield path, suffix[1] if suffix else SOURCE


def outdated() -> Iterator[tuple[Path, str]]:
    """Yield the files whose tables are out of date, with the text they should have."""
    for path, lang in topic_files():
        text = path.read_text(encoding="utf-8")
        if (new := renewed(text, language(lang))) != text:
            yield path, new


def _table(subject: str, say: Language) -> Iterator[str]:
    makers: dict[str, Callable[[Language], Iterator[str]]] = {
        "commands": _commands,
        "everywhere": _everywhere,
        "plugin": _plugin,
    }
    return makers[subject](say) if subject in makers else _options(program.commands[subject], say)


def _rows(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    titles = list(head)
    yield from (f"| {' | '.join(cells)} |" for cells in (titles, ["---"] * len(titles), *rows))


def _commands(say: Language) -> Iterator[str]:
    rows = ((f"`oftasked {name}`", say(summary)) for name, summary in summaries().items())
    return _rows([say("Command"), say("Does")], rows)


def summaries() -> dict[str, str]:
    """Return what each command does, in the words and the order of the program's help."""
    commands = program.commands
    if not isinstance(commands, Commands):
        raise TypeError("the program's commands carry no summaries")
    return {name: commands.registered[name].summary for name in commands}


def _everywhere(say: Language) -> Iterator[str]:
    help_option = ("`-h`, `--help`", say("Show this message and exit."))
    return _option_rows([*_described(program, say), help_option], say)


def _options(command: click.Command, say: Language) -> Iterator[str]:
    common = {option.name for option in program.params}
    return _option_rows(_described(command, say, without=common), say)


def _option_rows(rows: Iterable[tuple[str, str]], say: Language) -> Iterator[str]:
    return _rows([say("Option"), say("Meaning")], rows)


def _described(
    command: click.Command, say: Language, *, without: Iterable[str | None] = ()
) -> Iterator[tuple[str, str]]:
    for option in command.params:
        if isinstance(option, click.Option) and option.name not in without:
            yield _written(option, say), _meaning(option, say)


def _written(option: click.Option, say: Language) -> str:
    """Return how an option is typed, as code: its short form, its long one, its value."""
    *short, long = sorted(option.opts, key=len)
    if isinstance(option.type, click.Choice) and not option.metavar:
        first, *others = map(str, option.type.choices)
        forms = [*short, f"{long} {first}", *others]
        return _listed([f"`{form}`" for form in forms], say)
    value = "" if option.is_flag else option.metavar or _placeholder(option)
    return say(", ").join(f"`{form}`" for form in (*short, f"{long} {value}".strip()))


def _listed(words: list[str], say: Language) -> str:
    return f"{say(', ').join(words[:-1])}{say(' or ')}{words[-1]}"


def _placeholder(option: click.Option) -> str:
    if isinstance(option.type, click.Path):
        return "DIR" if not option.type.file_okay else "FILE"
    return _PLACEHOLDERS.get(type(option.type), "TEXT")


def _meaning(option: click.Option, say: Language) -> str:
    meaning = say(option.help or "")
    if option.multiple:
        meaning += say(" May be repeated.")
    if option.required:
        meaning += say(" Required.")
    return meaning + (say(" Default: {}.").format(f"`{option.default}`") if _shown(option) else "")


def _shown(option: click.Option) -> bool:
    return bool(option.show_default) and option.default is not None


def _plugin(say: Language) -> Iterator[str]:
    rows = (
        (f"`{name}`", f"`{yaml_text(default)}`", say(descriptions()[name]))
        for name, default in Options().items()
    )
    return _rows([say("Option"), say("Default"), say("Meaning")], rows)


def yaml_text(default: object) -> str:
    """Return a default as one writes it in YAML."""
    if isinstance(default, bool):
        return str(default).lower()
    return str(default).removesuffix(".0") or '""'


def descriptions() -> dict[str, str]:
    """Return what the plugin's options mean: the text below each in the source."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(Options)))
    lines = [
        line for owner in ast.walk(tree) if isinstance(owner, ast.ClassDef) for line in owner.body
    ]
    return {
        ast.unparse(line.targets[0]): str(ast.literal_eval(below.value))
        for line, below in itertools.pairwise(lines)
        if isinstance(line, ast.Assign) and isinstance(below, ast.Expr)
    }


def main(arguments: list[str]) -> int:
    """Renew the tables, or say which are out of date; return the exit status."""
    found = list(outdated())
    for path, text in found:
        if "--check" not in arguments:
            path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))
    return 1 if found and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
