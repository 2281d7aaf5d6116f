"""The command line: arguments -> calls into the generator. The only place that knows click.

`main` is the console script. Exit status: 0 done, 1 problems in the content or a failed build,
2 wrong usage.
"""

from __future__ import annotations

import io
import sys

import click

from oftasked import __version__
from oftasked.cli.content import check, schema
from oftasked.cli.searching import find, index, search
from oftasked.cli.sites import build, serve


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="oftasked")
def main() -> None:
    """Turn FAQ entries written in YAML into a searchable help site.

    Run it in the folder of mkdocs.yml. `oftasked COMMAND --help` says more about each command.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a sign shows its code
            stream.reconfigure(errors="backslashreplace")


for command in (check, build, serve, search, find, index, schema):
    main.add_command(command)
