"""`graph`: documents in, a graph file out."""

from __future__ import annotations

from collections.abc import Sequence

import click

from nlp_reform.cli.document import CODEBOOK, DEBUG, FILES
from nlp_reform.cli.failures import Failures, documents


@click.command(epilog="Example: nlp-reform graph 2018.txt 2019.txt -o plans.graphml")
@FILES
@click.option("-f", "--format", metavar="FORMAT", default="graphml", show_default=True, help="The graph's file format.")
@click.option("-o", "--output", metavar="OUT", help="The file to write.  [default: first file's name in FORMAT]")
@click.option("--force", is_flag=True, help="Replace a file that exists.")
@CODEBOOK
@DEBUG
def graph(
    files: Sequence[str], format: str, output: str | None, force: bool, codebook: Sequence[str], debug: bool
) -> None:
    """Write the directive graph of one or many documents for Gephi, yEd, igraph or Cytoscape. 指令图谱

    Nodes: document, year, section, directive, obligation, target, indicator, actor, theme, reference.
    """
    from nlp_reform import api
    from nlp_reform.export import GRAPH_FORMATS

    failures = Failures(debug)
    if format not in GRAPH_FORMATS:
        raise click.BadParameter(f"{format!r} is not one of {', '.join(GRAPH_FORMATS)}", param_hint="--format")
    done = list(documents(files, codebook, failures))
    if done:
        with failures.caught(output or format):
            built = api.build_graph(done)
            for path in api.write_graph(built, output or f"{done[0].id}.{format}", format, force):
                click.echo(f"wrote {path}: {built.number_of_nodes()} nodes, {built.number_of_edges()} edges", err=True)
    failures.end()
