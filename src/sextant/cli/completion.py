"""`sextant completion`: the script that completes commands, options and files in a shell."""

from __future__ import annotations

import click

from sextant.cli.output import say

WHERE = {
    "bash": "sextant completion bash >> ~/.bashrc",
    "zsh": "sextant completion zsh >> ~/.zshrc",
    "fish": "sextant completion fish > ~/.config/fish/completions/sextant.fish",
}


@click.command("completion")
@click.argument("shell", type=click.Choice(list(WHERE)))
def command(shell: str) -> None:
    r"""Print the completion script of SHELL (bash, zsh or fish).

    \b
    bash  sextant completion bash >> ~/.bashrc
    zsh   sextant completion zsh >> ~/.zshrc
    fish  sextant completion fish > ~/.config/fish/completions/sextant.fish
    """
    from click.shell_completion import get_completion_class

    from sextant.cli.main import main

    made = get_completion_class(shell)
    assert made is not None
    say(made(main, {}, "sextant", "_SEXTANT_COMPLETE").source())
