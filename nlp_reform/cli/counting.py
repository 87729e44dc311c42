"""`kwic`, `keyness`, `stats` and `units`: documents in, rows of a table out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from nlp_reform.cli.document import DEBUG, FILES
from nlp_reform.cli.failures import Failures, documents
from nlp_reform.cli.terminal import say

if TYPE_CHECKING:
    from nlp_reform.tables import Row, Table

FORMAT = click.option("--format", type=click.Choice(["text", "csv", "json", "jsonl"]), default="text",
                      show_default=True, help="For reading, for Excel and R, or for programs.")
OUTPUT = click.option("-o", "--output", metavar="FILE", help="A file; without it the rows are printed.")


@click.command(epilog="Example: nlp-reform kwic 放管服 20*.txt --window 30 --format csv -o hits.csv")
@click.argument("term", metavar="TERM")
@FILES
@click.option("--window", type=click.IntRange(0), default=20, show_default=True,
              help="Characters shown on each side, within the paragraph.")
@click.option("--regex", is_flag=True, help="TERM is a regular expression on the Simplified half-width text.")
@FORMAT
@OUTPUT
@DEBUG
def kwic(term: str, files: Sequence[str], window: int, regex: bool, format: str, output: str | None,
         debug: bool) -> None:
    """Show a term in its context, with the place of each occurrence. 关键词语境

    TERM may be Simplified or Traditional and is found in both, in the wording of Taiwan and Hong Kong too.
    """
    from nlp_reform import counting
    from nlp_reform.lexis import KWIC

    failures = Failures(debug)
    found = list(documents(files, (), failures))
    with failures.caught(term):
        _show(KWIC, counting.kwic(found, term, window, regex), format, output)
    failures.end()


@click.command(epilog="Example: nlp-reform keyness 2019.txt --reference 2017.txt --reference 2018.txt --top 20")
@FILES
@click.option("--reference", metavar="FILE", multiple=True, required=True,
              help="A document to hold the others against; repeatable.")
@click.option("--measure", type=click.Choice(["log_likelihood", "chi_square", "log_ratio"]), default="log_likelihood",
              show_default=True, help="What orders the words and is tested.")
@click.option("--least", type=click.IntRange(1), default=3, show_default=True,
              help="Occurrences in both together under which a word is left out.")
@click.option("--top", type=click.IntRange(1), help="So many words a side.  [default: all]")
@FORMAT
@OUTPUT
@DEBUG
def keyness(files: Sequence[str], reference: Sequence[str], measure: str, least: int, top: int | None, format: str,
            output: str | None, debug: bool) -> None:
    """Show the words by which documents differ from others. 主题词

    Log-likelihood (G², Dunning 1993), chi-square (Yates) and log ratio (Hardie 2014) of each word of two characters
    or more; counted in Simplified and mainland wording.
    """
    from nlp_reform import counting
    from nlp_reform.lexis import KEYNESS

    failures = Failures(debug)
    ours = list(documents(files, (), failures))
    theirs = list(documents(reference, (), failures))
    if ours and theirs:
        with failures.caught("keyness"):
            _show(KEYNESS, counting.keyness(ours, theirs, measure, least, top), format, output)
    failures.end()


@click.command(epilog="Example: nlp-reform stats 20*.txt --format csv -o stats.csv")
@FILES
@FORMAT
@OUTPUT
@DEBUG
def stats(files: Sequence[str], format: str, output: str | None, debug: bool) -> None:
    """Show documents in figures: length, words, sentences, strength, targets. 文本统计"""
    from nlp_reform import counting
    from nlp_reform.lexis import STATS

    failures = Failures(debug)
    found = list(documents(files, (), failures))
    with failures.caught("stats"):
        _show(STATS, counting.stats(found), format, output)
    failures.end()


@click.command(epilog="Example: nlp-reform units plan.txt --to 公顷 --to 亿元 --rate 美元=7.1 --format csv -o sums.csv")
@FILES
@click.option("--to", metavar="UNIT", multiple=True, required=True,
              help="A unit like 公顷, 万吨, 公斤/亩; repeatable: the first that fits a quantity is taken.")
@click.option("--rate", metavar="NAME=VALUE", multiple=True,
              help="What one of a foreign currency is in 元: 美元=7.1; repeatable. Without it none becomes another.")
@FORMAT
@OUTPUT
@DEBUG
def units(files: Sequence[str], to: Sequence[str], rate: Sequence[str], format: str, output: str | None,
          debug: bool) -> None:
    """Show quantities in units of your choice, with their places. 单位换算

    Ranges keep both ends, bounds their comparator; quantities that fit none of the units are left out.
    """
    from nlp_reform import converting

    failures = Failures(debug)
    found = list(documents(files, (), failures))
    with failures.caught("units"):
        _show(converting.UNITS, converting.units(found, to, rate), format, output)
    failures.end()


def _show(table: Table, rows: list[Row], format: str, output: str | None) -> None:
    """Print rows, or write them to a file and say so."""
    from nlp_reform import counting
    from nlp_reform.export.listing import render_rows

    if output is None:
        click.echo(render_rows(table, rows, format), nl=False)
    else:
        path: Any = counting.write_rows(table, rows, output, format)
        say(f"wrote {path}: {len(rows)} rows")
