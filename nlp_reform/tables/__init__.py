"""Documents as tidy tables: one declaration of all columns, and rows, frames and a reference page made by it."""

from nlp_reform.tables.columns import Column, Row, Table
from nlp_reform.tables.declared import DOCUMENT_TABLES, TABLES
from nlp_reform.tables.frames import arrow, arrow_schema, frame, named, to_arrow, to_frame
from nlp_reform.tables.reference import reference
from nlp_reform.tables.rows import rows, statement_at

__all__ = [
    "DOCUMENT_TABLES", "TABLES", "Column", "Row", "Table", "arrow", "arrow_schema", "frame", "named", "reference",
    "rows", "statement_at", "to_arrow", "to_frame",
]
