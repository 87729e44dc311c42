"""Outputs: the JSON contract, tables, a readable summary and graph files. Every write is all or nothing."""

from nlp_reform.export.formats import DOCUMENT_FORMATS, render, write_documents
from nlp_reform.export.graphs import GRAPH_FORMATS, graph_formats, write_graph
from nlp_reform.export.summary import overview
from nlp_reform.tables import TABLES, rows

__all__ = [
    "DOCUMENT_FORMATS", "GRAPH_FORMATS", "TABLES", "graph_formats", "overview", "render", "rows", "write_documents",
    "write_graph",
]
