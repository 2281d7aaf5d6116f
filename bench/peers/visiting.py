"""A peer's site -> its replies: Chromium asks it everything, a server counts what is fetched.

What an empty cache fetches is counted for a sample of the whole questions, each in a fresh
context, gzipped where hosts do so: everything until the first results are shown, but the page.
"""

from __future__ import annotations

import gzip
import sys
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from peers.pages import entry_at
from peers.sites import DRIVERS
from question_sets import Kind
from scoring import HITS, Load, Reply

sys.path.append(str(Path(__file__).resolve().parents[2] / "docs"))
from chromium import launched
from serving import QuietHandler, serving

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from playwright.sync_api import Browser

    from peers.sites import Site
    from question_sets import QuestionSet

SAMPLE = 15
FIRST_PAGE = 5
"""Results that have to be loaded before a visitor sees the first ones."""
BENCH = "/bench/"
"""Where the benchmark's own files are, which nobody's visitors fetch."""
COMPRESSED = {".css", ".html", ".js", ".json", ".mjs"}
"""What hosts compress; Pagefind's files are compressed already."""
ASK = """async ([lang, driver, ...rest]) => {
  document.documentElement.lang = lang;
  const { answers } = await import("/bench/visit.mjs");
  return answers(`/bench/${driver}`, ...rest);
}"""


def replies(site: Site, questions: QuestionSet) -> dict[str, Reply]:
    """Put every distinct query of a set to a peer."""
    asked = list(dict.fromkeys(query.text for query in questions.queries))
    clean = list(dict.fromkeys(q.text for q in questions.queries if q.kind is Kind.CLEAN))
    fetched: list[int] = []
    with serving(site.folder, counting(fetched)) as address, sync_playwright() as playwright:
        browser = launched(playwright)
        loads = {}
        for query in sampled(clean):
            fetched.clear()
            ask(browser, address, site, [query], FIRST_PAGE)
            loads[query] = Load(sum(fetched) / 1000, len(fetched))
        answers = ask(browser, address, site, asked, HITS)
        browser.close()
    return {
        query: reply(answer, loads.get(query)) for query, answer in zip(asked, answers, strict=True)
    }


def sampled(queries: Sequence[str]) -> list[str]:
    """Return some of the queries, evenly spread."""
    count = min(SAMPLE, len(queries))
    return [queries[at * len(queries) // count] for at in range(count)]


def ask(
    browser: Browser, address: str, site: Site, queries: Sequence[str], limit: int
) -> list[dict[str, Any]]:
    """Ask in a context of its own, whose cache is empty."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}{BENCH}blank.html")
    answers: list[dict[str, Any]] = page.evaluate(
        ASK, [site.lang, site.driver, site.entrance, list(queries), limit]
    )
    context.close()
    return answers


def reply(answer: dict[str, Any], load: Load | None) -> Reply:
    """Read one answer; a page counts once, and no peer says whether it is sure."""
    return Reply(distinct(answer["pages"]), None, load, answer["ms"])


def distinct(addresses: Iterable[str]) -> tuple[str, ...]:
    """Return the entries at some addresses, each once."""
    return tuple(dict.fromkeys(map(entry_at, addresses)))


def counting(fetched: list[int]) -> type[QuietHandler]:
    """Return a handler that notes the size of everything that it serves to the peer."""

    class Handler(QuietHandler):
        """Serves as hosts do, and the benchmark's own files beside the site."""

        def do_GET(self) -> None:  # noqa: N802 - http.server calls it so
            """Send a file, compressed if hosts would."""
            path = self.path.partition("?")[0]
            own = path.startswith(BENCH)
            source = DRIVERS / Path(path).name if own else Path(self.translate_path(path))
            if not source.is_file():
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            content, encoding = delivered(source)
            if not own:
                fetched.append(len(content))
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", self.guess_type(source))
            self.send_header("Content-Length", str(len(content)))
            for value in encoding:
                self.send_header("Content-Encoding", value)
            self.end_headers()
            self.wfile.write(content)

    return Handler


def delivered(source: Path) -> tuple[bytes, tuple[str, ...]]:
    """Return what goes over the wire for a file, and how it is encoded."""
    content = source.read_bytes()
    if source.suffix not in COMPRESSED:
        return content, ()
    return gzip.compress(content, mtime=0), ("gzip",)
