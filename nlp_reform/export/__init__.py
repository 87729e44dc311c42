"""Outputs: the JSON contract, tables, a readable summary and graph files. Every write is all or nothing."""

from nlp_reform.export.formats import DOCUMENT_FORMATS, render, write_documents
from nlp_reform.export.graphs import write_graph
from nlp_reform.export.summary import overview
from nlp_reform.tables import TABLES, rows

__all__ = [
    "DOCUMENT_FORMATS", "TABLES", "overview", "render", "rows", "write_documents", "write_graph",
]
