"""`batch`: a folder or manifest in, a Parquet data set out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from nlp_reform.cli.document import CODEBOOK, DEBUG
from nlp_reform.cli.failures import Failures
from nlp_reform.cli.terminal import coloured, noted, quiet, say

if TYPE_CHECKING:
    from nlp_reform.batch import Done, Progress

_SHOWN = 20
"""Failed documents named on the terminal; the table `failures` has all."""


@click.command(epilog="Example: nlp-reform batch notices/ -o notices-tables --workers 8")
@click.argument("source", metavar="FOLDER|MANIFEST")
@click.option("-o", "--output", metavar="OUT", required=True, help="The folder of the data set.")
@click.option("--engine", metavar="NAME", default="local", show_default=True,
              help="local (processes of this machine) or dask.")
@click.option("--scheduler", metavar="ADDRESS", help="A running Dask scheduler.  [default: a cluster of this machine]")
@click.option("--workers", metavar="N", type=click.IntRange(1), help="Processes.  [default: one a processor]")
@click.option("--resume", is_flag=True, help="Take over what an earlier run in OUT finished and is still true.")
@click.option("--timeout", metavar="S", type=click.FloatRange(0, min_open=True), default=120.0, show_default=True,
              help="Seconds that one document may take.")
@click.option("--memory", metavar="MB", type=click.IntRange(1), default=1024, show_default=True,
              help="Megabytes that one document may take.")
@click.option("--representatives", is_flag=True, help="Analyse only one of each cluster of near-duplicates.")
@CODEBOOK
@DEBUG
def batch(
    source: str, output: str, engine: str, scheduler: str | None, workers: int | None, resume: bool, timeout: float,
    memory: int, representatives: bool, codebook: tuple[str, ...], debug: bool,
) -> None:
    """Extract a whole collection into Parquet tables, for pandas, R, DuckDB. 批量处理

    FOLDER is read at any depth; MANIFEST is a CSV, TSV, JSONL or XLSX file with a column path and, if wanted, id,
    year and issuer. OUT gets a folder a table, near-duplicates, failures with their reasons, and manifest.json.
    Interrupted at any moment, the same command with --resume completes it.
    """
    from nlp_reform import batching

    failures = Failures(debug)
    with failures.caught(source), noted(), _shown() as progress:
        try:
            done = batching.batch(source, output, engine, scheduler, workers, resume, timeout, memory, codebook,
                                  representatives, progress)
        except KeyboardInterrupt:
            again = f"nlp-reform batch {source} -o {output} --resume"
            click.echo(f"nlp-reform: interrupted; complete it with: {again}", err=True)
            sys.exit(1)
        _tell(done)
        if done.failed:
            sys.exit(1)
    failures.end()


def _tell(done: Done) -> None:
    for outcome in done.failed[:_SHOWN]:
        click.echo(f"nlp-reform: {outcome.reason}", err=True)
    if len(done.failed) > _SHOWN:
        click.echo(f"nlp-reform: and {len(done.failed) - _SHOWN} more: see {done.output}/failures", err=True)
    kept = f", {done.kept} of them kept" if done.kept else ""
    stood = f", {done.represented} stood for by a near-duplicate" if done.represented else ""
    rate = (done.documents + len(done.failed) - done.kept) / done.seconds if done.seconds else 0.0
    say(f"wrote {done.output}: {done.documents} documents{kept}{stood}, {len(done.failed)} failed, "
        f"{done.seconds:.1f} s, {rate:.1f} a second")


@contextmanager
def _shown() -> Iterator[Callable[[Progress], None] | None]:
    """Yield what shows progress with rate and remaining time on standard error; nothing when quiet or no terminal."""
    if quiet() or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("analysing 分析"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
               TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn(), TextColumn("{task.fields[failed]}"))
    with Bar(*columns, console=Console(stderr=True, no_color=not coloured() or None), transient=True) as bar:
        task = bar.add_task("", total=None, rate="", failed="")

        def show(now: Progress) -> None:
            speed = bar.tasks[0].speed
            bar.update(task, total=now.total, completed=now.done, rate=f"{speed:.1f}/s" if speed else "",
                       failed=f"{now.failed} failed" if now.failed else "")

        yield show
