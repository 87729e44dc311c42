"""Graph formats, one file a family, all of them in one table; the entry points `nlp_reform.exporters` add more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nlp_reform.export.graph_formats.cytoscape import cx2, cyjs
from nlp_reform.export.graph_formats.gexf import gexf
from nlp_reform.export.graph_formats.graphml import graphml, yed
from nlp_reform.export.graph_formats.jsonlike import d3, node_link
from nlp_reform.export.graph_formats.linked import json_ld, turtle
from nlp_reform.export.graph_formats.neo4j import cypher, neo4j
from nlp_reform.export.graph_formats.tables import FLOWS, csv_tables, parquet, sankey, xlsx
from nlp_reform.export.graph_formats.textual import dot, mermaid, pajek
from nlp_reform.export.graph_formats.vault import obsidian
from nlp_reform.graph import Flat
from nlp_reform.tables import Table

Rendered = str | bytes | Mapping[str, str | bytes]
"""A file's content, or the files of a folder by their path in it."""


@dataclass(frozen=True, slots=True)
class GraphFormat:
    """A graph format: its name, what a file's name ends with (`/`: it is a folder), its use, and its writer.

    `table` declares the columns of a format that is one CSV file; it is described by a second file beside it.
    """

    name: str
    suffix: str
    opens_in: str
    render: Callable[[Flat], Rendered]
    table: Table | None = None


_ALL = (
    GraphFormat("graphml", ".graphml", "Gephi, Cytoscape, igraph, networkx", graphml),
    GraphFormat("yed", ".yed.graphml", "yEd, with labels, colours and shapes", yed),
    GraphFormat("gexf", ".gexf", "Gephi, with colours, sizes, places and a timeline", gexf),
    GraphFormat("cytoscape", ".cyjs", "Cytoscape.js and the desktop program", cyjs),
    GraphFormat("cx2", ".cx2", "Cytoscape 3.10, Cytoscape Web, NDEx", cx2),
    GraphFormat("neo4j", "/", "neo4j-admin import: two CSV files", neo4j),
    GraphFormat("cypher", ".cypher", "Neo4j Browser, cypher-shell", cypher),
    GraphFormat("dot", ".dot", "Graphviz", dot),
    GraphFormat("node-link", ".json", "networkx and other programs", node_link),
    GraphFormat("d3", ".d3.json", "D3 and other web pages", d3),
    GraphFormat("pajek", ".net", "Pajek, igraph, networkx", pajek),
    GraphFormat("turtle", ".ttl", "RDF stores (ELI, SKOS, PROV-O)", turtle),
    GraphFormat("json-ld", ".jsonld", "RDF stores and web pages", json_ld),
    GraphFormat("mermaid", ".mmd", "Markdown pages; selections up to 500 edges", mermaid),
    GraphFormat("obsidian", "/", "Obsidian: a note a directive", obsidian),
    GraphFormat("sankey", ".sankey.csv", "RAWGraphs, Flourish, plotly: flows", sankey, FLOWS),
    GraphFormat("csv", "/", "Excel, R, pandas, graph databases: nodes.csv, edges.csv", csv_tables),
    GraphFormat("parquet", "/", "pandas, Arrow, DuckDB: nodes.parquet, edges.parquet", parquet),
    GraphFormat("xlsx", ".xlsx", "Excel: sheets nodes and edges", xlsx),
)
BUILT_IN = {format.name: format for format in _ALL}
"""The built-in formats by name."""
