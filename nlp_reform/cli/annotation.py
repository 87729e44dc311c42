"""`annotate` and `gold`: out to an annotation tool for correction, and back as gold."""

from __future__ import annotations

from collections.abc import Sequence

import click

from nlp_reform.cli.document import CODEBOOK, DEBUG, FILES
from nlp_reform.cli.failures import Failures, documents

TOOL = click.option("--tool", type=click.Choice(["labelstudio", "doccano", "inception", "xlsx"]), default="xlsx",
                    show_default=True, help="The annotation tool; xlsx is an Excel coding sheet.")


@click.command(epilog="Example: nlp-reform annotate plan.txt --tool labelstudio -o to-correct/")
@FILES
@TOOL
@click.option("-o", "--output", metavar="FOLDER", default="annotation", show_default=True, help="Where the files go.")
@CODEBOOK
@DEBUG
def annotate(files: Sequence[str], tool: str, output: str, codebook: Sequence[str], debug: bool) -> None:
    """Write documents with their machine output for people to correct. 导出供人工校正

    Correct the file in the tool, export it there, and read it back with `nlp-reform gold`.
    """
    from nlp_reform import api

    failures = Failures(debug)
    for document in documents(files, codebook, failures):
        with failures.caught(document.source.name):
            click.echo(f"wrote {api.annotate(document, output, tool)[0]}", err=True)
    failures.end()


@click.command(epilog="Example: nlp-reform gold corrected.coding.xlsx --document plan.txt -o plan.gold.json")
@click.argument("corrected", metavar="CORRECTED")
@TOOL
@click.option("--document", metavar="PATH", required=True, help="The text that was marked, as the gold shall name it.")
@click.option("-o", "--output", metavar="FILE", required=True, help="The gold file to write.")
@DEBUG
def gold(corrected: str, tool: str, document: str, output: str, debug: bool) -> None:
    """Read corrections back and write them as stand-off gold. 读回校正结果

    The gold holds offsets and labels, and the sha256 of the text; score against it with `nlp-reform evaluate`.
    """
    from nlp_reform import api

    failures = Failures(debug)
    with failures.caught(corrected):
        click.echo(f"wrote {api.gold(corrected, document, output, tool)}", err=True)
    failures.end()
