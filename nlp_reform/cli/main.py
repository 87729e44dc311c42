"""The command group, its shared options, and how errors reach a person."""

from __future__ import annotations

import gc
import sys

import click

from nlp_reform import __version__
from nlp_reform.cli.annotation import annotate, gold
from nlp_reform.cli.coding import codebook, themes
from nlp_reform.cli.document import demo, extract
from nlp_reform.cli.evaluate import evaluate
from nlp_reform.cli.look import plot, report, view
from nlp_reform.cli.network import graph
from nlp_reform.cli.terminal import shared
from nlp_reform.cli.years import compare, track


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="nlp-reform")
def cli() -> None:
    """Read Chinese policy texts: directives, targets, obligations, themes, each with its place of record.

    政策文本分析：指令、量化目标、义务、主题，逐条标明原文位置。
    """


for command in (extract, report, view, plot, graph, compare, track, evaluate, annotate, gold, codebook, themes, demo):
    cli.add_command(shared(command))


def main() -> None:
    """Run the command line; no traceback reaches a person unless --debug asks for it."""
    gc.set_threshold(100_000)  # a command makes much that lives to its end: looking for garbage often costs a tenth
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
