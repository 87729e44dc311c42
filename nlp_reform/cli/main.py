"""The command group, its shared options, and how errors reach a person."""

from __future__ import annotations

import gc
import sys
from importlib import import_module

import click

from nlp_reform import __version__
from nlp_reform.cli.terminal import shared

_FILES = {
    "document": ("extract", "demo"), "batch": ("batch",), "look": ("report", "view", "plot"), "network": ("graph",),
    "years": ("compare", "track"), "evaluate": ("evaluate",), "annotation": ("annotate", "gold"),
    "coding": ("codebook", "themes"), "lexicon": ("lexicon",), "plugins": ("plugins",),
    "counting": ("kwic", "keyness", "stats", "units"), "rerun": ("rerun",), "completion": ("completion",),
}
"""The commands of each file of this folder."""
_HOME = {command: file for file, commands in _FILES.items() for command in commands}


class Commands(click.Group):
    """The group of all commands; each one's file is imported when it is asked for, so that none waits for others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, sorted."""
        return sorted(_HOME)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name; None where there is none."""
        if cmd_name in _HOME and cmd_name not in self.commands:
            found: click.Command = getattr(import_module(f"nlp_reform.cli.{_HOME[cmd_name]}"), cmd_name)
            self.add_command(shared(found), cmd_name)
        return super().get_command(ctx, cmd_name)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="nlp-reform")
def cli() -> None:
    """Read Chinese policy texts: directives, targets, obligations, themes, each with its place of record.

    政策文本分析：指令、量化目标、义务、主题，逐条标明原文位置。
    """


def main() -> None:
    """Run the command line; no traceback reaches a person unless --debug asks for it."""
    gc.set_threshold(1_000_000)  # a command makes much that lives to its end: looking for garbage often costs a tenth
    try:
        cli.main(prog_name="nlp-reform")
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        if "--debug" in sys.argv:
            raise
        reason = f"cannot be written ({error.strerror})"
        sys.stderr.write(f"nlp-reform: standard output: {reason}; write to a file with -o\n")
        sys.exit(1)
