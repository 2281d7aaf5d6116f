"""The command that adds an entry, or a phrasing to one: ``new``."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import click

from oftasked import adding, dates, site
from oftasked.adding import Added, Base
from oftasked.cli import candidates, interview, options, wishes
from oftasked.cli.endings import fail
from oftasked.cli.output import ProgressBar, print_problems
from oftasked.cli.wishes import Wish, text_of
from oftasked.editing_values import entry_lines
from oftasked.knowledge import Reading
from oftasked.model import KnowledgeBase, Status
from oftasked.problems import BuildError, ContentError, printable
from oftasked.schema import schema_path
from oftasked.similar import Phrasings, Similar

_MOST_SIMILAR = 3
_SCHEMA = schema_path("topic")
"""Where `init` puts the JSON Schema of topic files, beside mkdocs.yml."""


@click.command()
@click.option("--question", metavar="TEXT", callback=text_of, help="As a customer asks it.")
@click.option(
    "--answer", metavar="TEXT", callback=text_of, help="In Markdown; - reads it from stdin."
)
@click.option("--edit", is_flag=True, help="Write the answer in the editor that $EDITOR names.")
@click.option(
    "--audience",
    metavar="ID",
    default="",
    shell_complete=candidates.audiences,
    help="Who asks: the folder.",
)
@click.option(
    "--topic",
    metavar="NAME",
    default="",
    shell_complete=candidates.topics,
    help="The file, without .yml; a new name makes a new one.",
)
@click.option("--topic-title", metavar="TEXT", callback=text_of, help="Title of a new topic.")
@click.option("--id", "id_", metavar="ID", callback=text_of, help="Default: made of the question.")
@click.option(
    "--also-asked", metavar="TEXT", multiple=True, callback=text_of, help="Another way to ask it."
)
@click.option("--summary", metavar="TEXT", callback=text_of, help="The answer in one line.")
@click.option(
    "--tag",
    metavar="TEXT",
    multiple=True,
    callback=text_of,
    shell_complete=candidates.tags,
    help="A word to narrow results by.",
)
@click.option(
    "--access",
    type=click.Choice(["public", "members", "internal"]),
    help="Who may read it (default: the topic's).",
)
@click.option(
    "--contact",
    metavar="ID",
    callback=text_of,
    shell_complete=candidates.contacts,
    help="The department that helps further (default: the topic's).",
)
@click.option(
    "--as-phrasing-of",
    metavar="ID",
    shell_complete=candidates.entry_ids,
    help="Add the question to this entry instead, as another way to ask it.",
)
@click.option("--no-input", is_flag=True, help="Ask nothing; what is missing is an error.")
@options.as_json
@options.as_of
@options.faq
@options.config_file
def new(
    faq: Path | None,
    config_file: Path,
    as_of: dt.datetime | None,
    no_input: bool,
    as_json: bool,
    edit: bool,
    as_phrasing_of: str | None,
    id_: str,
    tag: tuple[str, ...],
    access: str | None,
    **given: str,
) -> None:
    """Add an entry to a topic file, or a phrasing to an entry.

    Asks for what no option says, shows similar questions first, and changes nothing if the result
    would not pass the check. Every other byte of the file stays as it is.
    """
    wish = Wish(**given, id=id_, tags=tag, access=access or "")  # type: ignore[arg-type]  # click has made them
    if as_phrasing_of and (lost := wish.only_for_entries()):
        raise click.UsageError(f"--as-phrasing-of makes no entry; leave out {', '.join(lost)}")
    asks = sys.stdin.isatty() and not no_input
    home = (faq or config_file).absolute().parent
    try:
        found, _ = options.project_of(faq, config_file, None)
        base = _base(found, as_of)
        wish = wishes.asked(wish, asks=asks)
        entry_id = _check_others(base.knowledge, wish, as_phrasing_of, asks=asks)
        if entry_id:
            entry = adding.entry_named(base.knowledge, entry_id)
            added = adding.add_phrasings(base, entry, wish.phrasings)
        else:
            wish = wishes.completed(base, wish, edit=edit, asks=asks)
            day = options.speaks_for(as_of)
            while (done := _add_entry(base, wish, day, home, asks=asks)) is None:
                wish = replace(wish, answer=interview.edited(wish.answer) or wish.answer)
            added = done
    except ContentError as error:
        print_problems(error.problems, "text", err=True)
        fail("nothing was changed; put right what stands above, and try again")
    if as_json:
        where = {"id": added.id, "path": added.place.path, "line": added.place.line}
        click.echo(json.dumps(where, ensure_ascii=False))
    else:
        _report(added, base.knowledge, wish, is_phrasing=bool(entry_id))
    _warn(added)


def _base(found: site.Project, as_of: dt.datetime | None) -> Base:
    def read() -> Reading:
        return options.read(found, as_of, ProgressBar())

    return Base(found.faq, dates.shown(found.faq), read, read())


def _check_others(
    knowledge: KnowledgeBase, wish: Wish, as_phrasing_of: str | None, *, asks: bool
) -> str | None:
    """Return the entry that the text becomes a phrasing of, if any; show those that are similar."""
    for text in wish.phrasings:
        same = adding.same_phrasing(knowledge, text)
        if same:
            where = f"{same[0].place.path}:{same[0].place.line}"
            what = f"`{same[0].id}` ({where}) is asked for in these words already"
            raise BuildError(f"{what}: {printable(same[1])}; improve that entry, or ask otherwise")
    similar = () if as_phrasing_of else _similar(knowledge, wish)
    if not similar:
        return as_phrasing_of
    questions = {entry.id: entry.wordings[0].question for entry in knowledge.entries}
    interview.say("There are similar questions:")
    for number, each in enumerate(similar, start=1):
        interview.say(f"  {number}  {each.entry_id}: {questions[each.entry_id]}")
        if each.phrasing != questions[each.entry_id]:
            interview.say(f"     asked for as: {each.phrasing}")
    if not asks:
        interview.say("To add yours to one of them instead, use --as-phrasing-of ID.")
        return None
    question = "Number of the entry to add yours to, as another way to ask it (Enter: none)"
    chosen = interview.number(question, len(similar))
    return similar[chosen - 1].entry_id if chosen else None


def _similar(knowledge: KnowledgeBase, wish: Wish) -> tuple[Similar, ...]:
    """Return the phrasings of other entries most like what is to be added, one an entry."""
    living = [entry for entry in knowledge.entries if entry.status is not Status.RETIRED]
    phrasings = Phrasings.of(living, knowledge.default_lang)
    best: dict[str, Similar] = {}
    for text in wish.phrasings:
        for each in phrasings.closest(text, _MOST_SIMILAR):
            known = best.get(each.entry_id)
            if known is None or known.likeness < each.likeness:
                best[each.entry_id] = each
    order = sorted(best.values(), key=lambda each: (-each.likeness, each.entry_id))
    return tuple(order[:_MOST_SIMILAR])


def _add_entry(base: Base, wish: Wish, day: dt.date, home: Path, *, asks: bool) -> Added | None:
    """Add an entry, at a terminal after showing it; None if its answer is to be put right there."""
    topic = f"{wish.audience}/{wish.topic}"
    path = adding.topic_path(base, topic)
    fields = wish.fields(day)
    if asks:
        for line in ("", *entry_lines(fields, dash=2), ""):
            interview.say(line)
        if not interview.agreed(f"Write this to {base.shown_as}/{path}?"):
            fail("nothing was changed, as you wished; run it again to start over")
    schema = os.path.relpath(home / _SCHEMA, (base.root / path).absolute().parent)
    try:
        return adding.add_entry(
            base,
            topic,
            fields,
            title=wish.topic_title or None,
            schema=Path(schema).as_posix() if (home / _SCHEMA).is_file() else None,
        )
    except ContentError as error:
        if not asks:
            raise
        print_problems(error.problems, "text", err=True)
        if not interview.agreed("Nothing is changed yet. Put the answer right in your editor?"):
            fail("nothing was changed; run it again to start over")
    return None


def _report(added: Added, knowledge: KnowledgeBase, wish: Wish, *, is_phrasing: bool) -> None:
    """Say what was written where, and what to do next."""
    place = click.style(f"{added.place.path}:{added.place.line}", bold=True)
    if is_phrasing:
        click.echo(f"{place}: `{added.id}` is found by this, too: {'; '.join(wish.phrasings)}")
    else:
        click.echo(f"{place}: the entry `{added.id}` is written")
    click.echo(click.style("Next:", bold=True))
    click.echo("  oftasked serve    shows it, as visitors will see it")
    for lang in () if is_phrasing else knowledge.languages[1:]:
        path = f"{added.place.path.removesuffix('.yml')}.{lang}.yml"
        click.echo(f"  {path}    awaits its translation: id, question and answer")


def _warn(added: Added) -> None:
    """Say what is wrong all the same."""
    print_problems(added.doubts, "text", err=True)
    if added.older:
        count = f"{len(added.older)} error{'' if len(added.older) == 1 else 's'}"
        interview.say(f"The knowledge base has {count} from before; `oftasked check` names them.")
