"""`evaluate`: how good the machine is, and how well people agree."""

from __future__ import annotations

from collections.abc import Sequence

import click

from nlp_reform.cli.document import DEBUG
from nlp_reform.cli.failures import Failures


@click.command(epilog="Example: nlp-reform evaluate --errors quantities.role")
@click.argument("gold", metavar="[GOLD]...", nargs=-1)
@click.option("--agreement", is_flag=True, help="Agreement between the annotators of GOLD instead of scores.")
@click.option("--by", multiple=True, type=click.Choice(["document", "genre", "class"]), help="More tables; repeatable.")
@click.option("--errors", multiple=True, metavar="TASK",
              help="List a task's errors with their sentences; TASK.SLOT for one slot; repeatable.")
@click.option("--save", metavar="FILE", help="Keep this run.")
@click.option("--against", metavar="FILE", help="Name the single items gained and lost against a kept run.")
@click.option("--format", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True,
              help="How the tables are printed.")
@click.option("--release", is_flag=True, help="Score the held-back gold too: for a release only.")
@DEBUG
def evaluate(
    gold: Sequence[str], agreement: bool, by: Sequence[str], errors: Sequence[str], save: str | None,
    against: str | None, format: str, release: bool, debug: bool,
) -> None:
    """Score the machine against gold, or annotators against each other. 评测与标注一致性

    GOLD names gold files or folders, inline-marked texts (.gold.txt) or stand-off JSON; none means all at hand.
    """
    from nlp_reform import api

    failures = Failures(debug)
    with failures.caught("evaluate"):
        if agreement:
            click.echo(api.agreement(gold), nl=False)
        else:
            board, unread = api.evaluate(gold, release)
            for error in unread:
                failures.tell("gold", error)
            click.echo(api.report_evaluation(board, by, errors, save, against, format), nl=False)
    failures.end()
