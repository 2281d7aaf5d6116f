"""Commands that search: ``search`` as visitors do, ``find`` as editors do, ``index`` for both."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TextIO

import click

from oftasked import editions, site
from oftasked.cli import candidates, explaining, options
from oftasked.cli.output import ProgressBar, ending
from oftasked.contents import search_index
from oftasked.dates import shown
from oftasked.documents import documents, editors_documents
from oftasked.progress import Progress
from oftasked_search import Result, open_index
from oftasked_search.explaining import Explainer
from oftasked_search.finder import Finder


@click.command()
@click.argument("query", required=False)
@options.faq
@options.config_file
@options.lang
@options.limit
@click.option(
    "--audience",
    metavar="ID",
    shell_complete=candidates.audiences,
    help="Only what this audience sees.",
)
@options.as_json
@click.option(
    "--explain",
    is_flag=True,
    help="Say for each hit which words matched, through what, and what share of the score it is.",
)
@click.option(
    "--batch",
    type=click.File(encoding="utf-8"),
    help="Ask each line of a file (- is stdin); prints one JSON line for each.",
)
def search(
    query: str | None,
    faq: Path | None,
    config_file: Path,
    lang: str | None,
    limit: int,
    audience: str | None,
    as_json: bool,
    explain: bool,
    batch: TextIO | None,
) -> None:
    """Search as a visitor does: the same index, the same order."""
    if (query is None) == (batch is None):
        raise click.UsageError("give a QUERY or --batch FILE")
    if explain and batch:
        raise click.UsageError("--explain is about one QUERY")
    facets = {"audience": audience} if audience else {}
    with ending():
        edition, files = _visitors_edition(faq, config_file, lang)
        _check_audience(audience, edition)
        index_ = open_index(files.__getitem__)
    if explain and query is not None:
        explainer = Explainer(files.__getitem__, documents(edition))
        explanation = explainer.explain(query, limit=limit, facets=facets)
        show = partial(explaining.as_json, query) if as_json else explaining.for_people
        click.echo(show(explanation))
        return
    if batch is not None:
        for line in batch:
            asked = line.rstrip("\r\n")
            click.echo(_json_line(asked, index_.search(asked, limit=limit, facets=facets)))
    elif query is not None:
        result = index_.search(query, limit=limit, facets=facets)
        click.echo(_json_line(query, result) if as_json else _for_people(result))


@click.command()
@click.argument("query")
@options.config_file
@options.faq
@options.lang
@options.limit
@options.as_json
def find(
    query: str,
    config_file: Path,
    faq: Path | None,
    lang: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Find entries as an editor: every entry, drafts and internal ones included.

    QUERY is Whoosh's query language: words, "a phrase", wildcards (ship*), AND, OR, NOT, and
    fields (question, answer, tags, id, audience, topic, status, access, owner, notes), such as
    `status:draft AND answer:refund`.
    """
    with ending():
        found, language = options.project_of(faq, config_file, lang)
        progress = ProgressBar()
        reading = options.knowledge_base(found, None, progress)
        folder = found.faq.resolve().parent / ".cache" / "oftasked" / "finder" / language
        finder = Finder.open(folder, lang=language)
        finder.update(editors_documents(reading, language), progress=progress)
        answer = finder.find(query, limit=limit)
        places = {entry.id: entry.wording(language).place for entry in reading.entries}
    if as_json:
        rows = [
            {
                "id": row.id,
                "title": row.title,
                "highlight": row.highlight,
                "path": places[row.id].path,
                "line": places[row.id].line,
            }
            for row in answer.rows
        ]
        value = {"query": query, "hits": rows, "corrections": list(answer.corrections)}
        click.echo(json.dumps(value, ensure_ascii=False))
        return
    for row in answer.rows:
        place = places[row.id]
        click.echo(f"{click.style(row.id, bold=True)}  {row.title}")
        click.echo(f"    {place.path}:{place.line}")
        if row.highlight:
            click.echo(f"    {row.highlight}")
    if not answer.rows:
        click.echo("nothing found" + _did_you_mean(answer.corrections))


@click.command()
@options.faq
@options.config_file
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Where the search data goes.",
)
@options.lang
@options.as_of
@options.quiet
def index(
    faq: Path | None,
    config_file: Path,
    out: Path,
    lang: str | None,
    as_of: dt.datetime | None,
    quiet: bool,
) -> None:
    """Write only the visitors' search data of one language, without a site."""
    with ending():
        found, language = options.project_of(faq, config_file, lang)
        edition, files = _compiled(found, language, as_of, ProgressBar(quiet=quiet))
        out.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (out / name).write_bytes(content)
    if not quiet:
        size = sum(map(len, files.values()))
        count = len(edition.entries)
        click.echo(f"{shown(out)}: {count} entries ({language}), {len(files)} files, {size} bytes")


def _compiled(
    found: site.Project, language: str, as_of: dt.datetime | None, progress: Progress
) -> tuple[editions.Edition, dict[str, bytes]]:
    """Return what the public site has in a language, and its search data by file name."""
    reading = options.knowledge_base(found, as_of, progress)
    edition = editions.cut(reading, lang=language, half_life=found.half_life)
    return edition, search_index(edition, meaning=found.meaning, progress=progress)


def _visitors_edition(
    faq: Path | None, config_file: Path, lang: str | None
) -> tuple[editions.Edition, dict[str, bytes]]:
    found, language = options.project_of(faq, config_file, lang)
    return _compiled(found, language, None, ProgressBar())


def _check_audience(audience: str | None, edition: editions.Edition) -> None:
    known = [each.id for each in edition.audiences]
    if audience is not None and audience not in known:
        what = f"`{audience}` is no audience with public entries; choose {', '.join(known)}"
        raise click.BadParameter(what, param_hint="'--audience'")


def _json_line(query: str, result: Result) -> str:
    hits = [{"id": hit.id, "score": hit.score} for hit in result.hits]
    value = {"query": query, "hits": hits, "confident": result.confident}
    return json.dumps(value, ensure_ascii=False)


def _for_people(result: Result) -> str:
    if not result.hits:
        return "nothing found" + _did_you_mean(result.corrections)
    lines = [] if result.confident else ["No good answer; the nearest:"]
    for rank, hit in enumerate(result.hits, start=1):
        lines.append(f"{rank:>2}. {click.style(hit.title, bold=True)}  ({hit.id})")
        lines.append(f"    {hit.summary}")
    return "\n".join(lines)


def _did_you_mean(corrections: Iterable[str]) -> str:
    found = ", ".join(corrections)
    return f"; did you mean: {found}?" if found else ""
