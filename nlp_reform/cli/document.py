"""`extract` and `demo`: documents in, records out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from nlp_reform.cli.failures import Failures, documents, same
from nlp_reform.cli.manifest import keep, repeatable

FILES = click.argument("files", metavar="FILE...", nargs=-1, required=True)
CODEBOOK = click.option("--codebook", metavar="NAME", multiple=True,
                        help="Codebook of the themes, by name or path; repeatable.  [default: all built-in]")
MANIFEST = click.option("--manifest", metavar="FILE",
                        help="Write down what was done, with hashes, for nlp-reform rerun; needs -o.")
DEBUG = click.option("--debug", is_flag=True, help="Show the traceback of an error.")


class _Format(click.Choice[str]):
    """The built-in formats and, looked for only when another name is given, those of plugins."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the format's name; an unknown one is wrong usage."""
        if value not in self.choices:
            from nlp_reform.export.added import names

            if value in names():
                return value
        return super().convert(value, param, ctx)


@click.command(epilog="Example: nlp-reform extract plan.txt --format csv -o tables/")
@FILES
@click.option("--format", type=_Format(["json", "jsonl", "csv", "text", "xlsx", "parquet"]), default="json",
              show_default=True, help="json and jsonl follow the schema nlp-reform/1; csv and parquet are one "
                                      "table (in a folder, all); xlsx is a workbook of all tables, numbers linked to "
                                      "sentences; text a summary to read. Plugins add more.")
@click.option("-o", "--output", metavar="OUT", help="A file, or a folder (existing, or ending with /).")
@click.option("--text/--no-text", default=True, help="Keep or leave out the text of record in json and jsonl.")
@click.option("--table", metavar="NAME", default="directives", show_default=True,
              help="The one table of a csv or parquet file; a folder gets all of them.")
@MANIFEST
@CODEBOOK
@DEBUG
def extract(
    files: Sequence[str], format: str, output: str | None, text: bool, table: str, manifest: str | None,
    codebook: Sequence[str], debug: bool,
) -> None:
    """Extract sections, directives, quantities, targets, obligations and themes. 提取指令、目标、义务与主题

    FILE is a document, or - for standard input. Every number, cue and actor comes with its half-open offsets in
    the text of record. A file that fails is named on standard error; the others are still delivered.
    """
    from nlp_reform import api
    from nlp_reform.export import TABLES, render

    if table not in TABLES:
        raise click.BadParameter(f"{table!r} is not one of {', '.join(TABLES)}", param_hint="--table")
    if output is not None and Path(output).exists() and any(same(name, output) for name in files):
        raise click.BadParameter(f"{output} is one of the documents; name another file", param_hint="--output")
    repeatable(files, output, manifest)
    failures = Failures(debug)
    found = documents(files, codebook, failures)
    if output is None and format in ("json", "jsonl", "text", "xlsx", "parquet"):
        for document in found:
            shown = ""
            with failures.caught(document.source.name):
                shown = render([document], format, text)
            click.echo(shown, nl=False)
    elif (done := list(found)) and output is None:
        with failures.caught(format):
            click.echo(render(done, format, table=table), nl=False)
    elif done and output is not None:
        with failures.caught(output):
            written = api.export(done, output, format, text, table)
            keep("extract", {"format": format, "text": text, "table": table, "codebook": codebook}, files, output,
                 written, manifest)
    failures.end()


@click.command(epilog="Example: nlp-reform demo -o my-first-look")
@click.option("-o", "--output", metavar="FOLDER", default="nlp-reform-demo", show_default=True,
              help="Where JSON, CSV and GraphML go.")
@DEBUG
def demo(output: str, debug: bool) -> None:
    """Run the main job on the bundled corpus: five yearly work plans. 示例：内置五年工作要点

    The corpus is constructed: the federation and its figures are made up.
    """
    from nlp_reform import api
    from nlp_reform.export import overview

    failures = Failures(debug)
    with failures.caught("demo"):
        done, written = api.demo(output)
        click.echo(overview(done), nl=False)
        click.echo("\nwrote")
        for path in written:
            if path.suffix == ".graphml" or path.name in ("directives.csv", "targets.csv") or path.suffix == ".json":
                click.echo(f"  {path}")
        click.echo(f"  and {sum(path.suffix == '.csv' for path in written) - 2} more tables beside targets.csv")
    failures.end()
