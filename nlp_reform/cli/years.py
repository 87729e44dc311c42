"""`compare` and `track`: documents of several years in, what became of every measure out."""

from __future__ import annotations

import click

from nlp_reform.cli.document import CODEBOOK, DEBUG, FILES, MANIFEST
from nlp_reform.cli.failures import Failures, documents
from nlp_reform.cli.manifest import keep, repeatable
from nlp_reform.cli.terminal import coloured


@click.command(epilog="Example: nlp-reform compare 2018.txt 2019.txt --format csv -o changes/")
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="AFTER")
@click.option("--mode", type=click.Choice(["years", "cascade"]), default="years", show_default=True,
              help="years: an earlier and a later plan; cascade: a higher level and a lower one that takes it up.")
@click.option("--grain", type=click.Choice(["directive", "sentence"]), default="directive", show_default=True,
              help="What is followed: a numbered item as one measure, or each of its sentences. 按条或按句")
@click.option("--format", metavar="FORMAT", default="text", show_default=True,
              help="text, json (schema nlp-reform/compare/1), csv, xlsx, markdown, html, docx or redline.")
@click.option("-o", "--output", metavar="OUT", help="A file, or a folder (existing, or ending with /).")
@click.option("--table", metavar="NAME", default="items", show_default=True,
              help="The one table of a csv file: items, targets, outcomes, added or dropped; a folder gets all.")
@MANIFEST
@CODEBOOK
@DEBUG
def compare(
    before: str, after: str, mode: str, grain: str, format: str, output: str | None, table: str, manifest: str | None,
    codebook: tuple[str, ...], debug: bool,
) -> None:
    """Compare two plans: kept, hardened, softened, added, dropped, reached. 比较两年文件的增删强弱

    Every change names the field, from what, to what, with both places in the text. Targets of one indicator are
    paired, and what BEFORE aimed at is looked up in what AFTER reports.
    """
    from nlp_reform import api
    from nlp_reform.align.tables import TABLES
    from nlp_reform.export.comparison import COMPARISON_FORMATS, render_comparison

    if format not in COMPARISON_FORMATS:
        raise click.BadParameter(f"{format!r} is not one of {', '.join(COMPARISON_FORMATS)}", param_hint="--format")
    if table not in TABLES:
        raise click.BadParameter(f"{table!r} is not one of {', '.join(TABLES)}", param_hint="--table")
    repeatable((before, after), output, manifest)
    failures = Failures(debug)
    found = list(documents((before, after), codebook, failures))
    if len(found) == 2:
        with failures.caught(f"{before}, {after}"):
            done = api.compare(found[0], found[1], mode, grain=grain)
            if output is None:
                click.echo(render_comparison(done, format, table, coloured()), nl=False, color=True)
            else:
                settings = {"mode": mode, "grain": grain, "format": format, "table": table, "codebook": codebook}
                written = api.write_comparison(done, output, format, table)
                keep("compare", settings, (before, after), output, written, manifest)
    failures.end()


@click.command(epilog="Example: nlp-reform track 20*.txt --phrase 放管服 --format xlsx -o years.xlsx")
@FILES
@click.option("--phrase", metavar="WORDS", multiple=True, help="A phrase to count in every document; repeatable.")
@click.option("--format", metavar="FORMAT", default="text", show_default=True,
              help="text, json (schema nlp-reform/track/1), csv, xlsx, markdown or html.")
@click.option("-o", "--output", metavar="OUT", help="A file, or a folder (existing, or ending with /).")
@click.option("--table", metavar="NAME", default="threads", show_default=True,
              help="The one table of a csv file: threads, steps, trends, phrases or keyness; a folder gets all.")
@MANIFEST
@CODEBOOK
@DEBUG
def track(
    files: tuple[str, ...], phrase: tuple[str, ...], format: str, output: str | None, table: str,
    manifest: str | None, codebook: tuple[str, ...], debug: bool,
) -> None:
    """Follow measures, indicators and phrases over many years. 多年跟踪：措施、指标与提法

    Each measure is first stated, repeated, hardened, softened, dropped, returned, achieved. Files may come in
    any order and years may be missing.
    """
    from nlp_reform import api
    from nlp_reform.align.history import TABLES
    from nlp_reform.export.history import HISTORY_FORMATS, render_history

    if format not in HISTORY_FORMATS:
        raise click.BadParameter(f"{format!r} is not one of {', '.join(HISTORY_FORMATS)}", param_hint="--format")
    if table not in TABLES:
        raise click.BadParameter(f"{table!r} is not one of {', '.join(TABLES)}", param_hint="--table")
    repeatable(files, output, manifest)
    failures = Failures(debug)
    found = list(documents(files, codebook, failures))
    if found:
        with failures.caught(", ".join(files[:2])):
            history = api.track(found, phrase)
            if output is None:
                click.echo(render_history(history, format, table), nl=False)
            else:
                keep("track", {"phrase": phrase, "format": format, "table": table, "codebook": codebook},
                     files, output, api.write_history(history, output, format, table), manifest)
    failures.end()
