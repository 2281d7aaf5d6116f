"""The command line: arguments -> calls into the generator. The only place that knows click.

`main` is the console script. Exit status: 0 done, 1 problems in the content or a failed build,
2 wrong usage, 130 interrupted, 141 nobody reads the output any more.
"""

from __future__ import annotations

import io
import sys

import click

from oftasked import __version__
from oftasked.cli import colours
from oftasked.cli.registry import Commands, Registered

COMMANDS = Commands(
    {
        "init": Registered("starting", "Start a project: content, configuration, pipelines."),
        "new": Registered("writing", "Add an entry, or a phrasing to an entry."),
        "check": Registered("content", "Check the knowledge base and report every problem."),
        "test": Registered("testing", "Ask the recorded questions; say how many are answered."),
        "build": Registered("sites", "Build the site and put it in the place of the old one."),
        "audit": Registered("trusting", "Look for restricted text in a finished site."),
        "verify": Registered("trusting", "Compare a published site with its manifest."),
        "serve": Registered("sites", "Preview the site in the browser while you write."),
        "search": Registered("searching", "Search as a visitor does: same index, same order."),
        "find": Registered("searching", "Find entries as an editor: every entry counts."),
        "index": Registered("searching", "Write only the visitors' search data of one language."),
        "schema": Registered("content", "Print the JSON Schema of a kind of YAML file."),
        "doctor": Registered("doctoring", "Say what is installed, set up, and missing."),
        "completion": Registered("completion", "Print the script that completes on TAB."),
    }
)
"""In the order of the help: a command is imported when it is called."""


@click.group(
    cls=COMMANDS.group,
    commands=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="oftasked")
@colours.option
def main() -> None:
    """Turn FAQ entries written in YAML into a searchable help site.

    Run it in the folder of mkdocs.yml. `oftasked COMMAND --help` says more about each command.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a sign shows its code
            stream.reconfigure(errors="backslashreplace")
