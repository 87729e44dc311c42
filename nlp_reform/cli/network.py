"""`graph`: documents in, a graph file out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from nlp_reform.cli.document import CODEBOOK, DEBUG, FILES, MANIFEST
from nlp_reform.cli.failures import Failures, documents
from nlp_reform.cli.manifest import repeatable, write_manifest
from nlp_reform.cli.terminal import say


def _formats() -> str:
    from nlp_reform.export.graph_formats import BUILT_IN

    return "\n".join(f"  {one.name:<10} {one.opens_in}" for one in BUILT_IN.values())


class _Graph(click.Command):
    """Shows the formats under the options."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of formats, then the example."""
        formatter.write(f"\nFormats:\n{_formats()}\n")
        super().format_epilog(ctx, formatter)


@click.command(cls=_Graph, epilog="Example: nlp-reform graph 2018.txt 2019.txt -o plans.gexf")
@FILES
@click.option("-f", "--format", metavar="FORMAT", help="See below.  [default: by the ending of OUT, else graphml]")
@click.option("-o", "--output", metavar="OUT",
              help="The file, or for formats of several files the folder.  [default: first document's id]")
@click.option("--force", is_flag=True, help="Replace what exists.")
@click.option("--year", type=int, multiple=True, help="Only documents of this year; repeatable.")
@click.option("--theme", metavar="CODE", multiple=True,
              help="Only directives of this theme: code, name or codebook:code; repeatable.")
@click.option("--kind", metavar="KIND", multiple=True, help="Only nodes of this kind (directive, actor …); repeatable.")
@click.option("--actor", metavar="NAME", multiple=True, help="Only directives in which this actor acts; repeatable.")
@click.option("--modality", metavar="MODALITY", multiple=True, help="Only obligations of this modality; repeatable.")
@click.option("--ego", metavar="NODE", help="Only what surrounds a node, by id or label.")
@click.option("--radius", type=click.IntRange(0), default=1, show_default=True, help="Steps around --ego.")
@click.option("--similar", is_flag=True, help="Join directives of like wording (similar_to).")
@click.option("--projection", metavar="NAME",
              help="directive-similarity, actor-theme, actor-actor or indicator-year instead of the whole.")
@click.option("--measure", metavar="NAME", multiple=True,
              help="degree, in_degree, out_degree, betweenness, pagerank or community on every node; repeatable.")
@MANIFEST
@CODEBOOK
@DEBUG
def graph(
    files: Sequence[str], format: str | None, output: str | None, force: bool, year: Sequence[int],
    theme: Sequence[str], kind: Sequence[str], actor: Sequence[str], modality: Sequence[str], ego: str | None,
    radius: int, similar: bool, projection: str | None, measure: Sequence[str], manifest: str | None,
    codebook: Sequence[str], debug: bool,
) -> None:
    """Write the directive graph of one or many documents for Gephi, yEd, Cytoscape, Neo4j and others. 指令图谱

    Nodes: document, year, section, directive, obligation, target, indicator, actor, theme, reference. The options
    that choose a part are applied in the order year, theme, actor, modality, kind, ego; then the projection; then
    the measures.
    """
    from pathlib import Path

    from nlp_reform import api
    from nlp_reform.export.graphs import format_of, graph_format, graph_formats
    from nlp_reform.graph import MEASURES, PROJECTIONS

    repeatable(files, output, manifest)
    failures = Failures(debug)
    _choice(format, graph_formats(), "--format")
    _choice(projection, PROJECTIONS, "--projection")
    for name in measure:
        _choice(name, MEASURES, "--measure")
    done = list(documents(files, codebook, failures))
    if done:
        with failures.caught(output or format or "graph"):
            chosen = graph_format(format or format_of(Path(output or "")))
            part: dict[str, Any] = {
                "year": year, "theme": theme, "kind": kind, "actor": actor, "modality": modality, "ego": ego,
                "radius": radius, "similar": similar, "projection": projection, "measure": measure}
            built = api.build_graph(done, **part)
            name = output or done[0].id + (f"-{chosen.name}" if chosen.suffix == "/" else chosen.suffix)
            paths = api.write_graph(built, name, chosen.name, force)
            shown = paths if len(paths) <= 3 else (f"{len(paths)} files in {name}",)
            for path in shown:
                say(f"wrote {path}: {built.number_of_nodes()} nodes, {built.number_of_edges()} edges")
            settings = {"format": chosen.name, "part": part, "codebook": codebook}
            write_manifest("graph", settings, files, name, paths, manifest)
    failures.end()


def _choice(value: str | None, known: Sequence[str], option: str) -> None:
    if value is not None and value not in known:
        raise click.BadParameter(f"{value!r} is not one of {', '.join(known)}", param_hint=option)
