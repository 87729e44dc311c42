"""`completion`: what a shell needs to complete our commands and options."""

from __future__ import annotations

import click


@click.command(epilog="Example: nlp-reform completion bash >> ~/.bashrc")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the lines that teach a shell to complete commands, options and choices. 命令补全

    bash: add them to ~/.bashrc; zsh: to ~/.zshrc; fish: to ~/.config/fish/completions/nlp-reform.fish.
    """
    from click.shell_completion import get_completion_class

    from nlp_reform.cli.main import cli

    made = get_completion_class(shell)
    if made is not None:
        click.echo(made(cli, {}, "nlp-reform", "_NLP_REFORM_COMPLETE").source())
