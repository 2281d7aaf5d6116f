"""The command ``completion``: the script that lets a shell complete on TAB."""

from __future__ import annotations

import click
from click.shell_completion import ShellComplete, get_completion_class

SHELLS = ("bash", "zsh", "fish")
_PROGRAM, _VARIABLE = "oftasked", "_OFTASKED_COMPLETE"


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that lets a shell complete commands, options and ids on TAB.

    \b
    bash: oftasked completion bash > ~/.local/share/bash-completion/completions/oftasked
    zsh:  oftasked completion zsh > a folder of your $fpath, as _oftasked
    fish: oftasked completion fish > ~/.config/fish/completions/oftasked.fish

    Then open a new shell. To try it at once in bash: eval "$(oftasked completion bash)".
    """  # noqa: D301 - the sign by which click knows lines that it must not wrap
    kind = get_completion_class(shell)
    if kind is None:  # click knows these three; a later one may not
        raise click.ClickException(f"click cannot complete in {shell}; use another shell")
    script = kind(ctx.find_root().command, {}, _PROGRAM, _VARIABLE)
    click.echo(ShellComplete.source(script))  # bash's own would look for a bash to ask its version
