"""The reference of the tables, written from their declaration."""

from __future__ import annotations

from collections.abc import Iterable

from nlp_reform.tables.columns import Column, Table
from nlp_reform.tables.declared import DOCUMENT_TABLES


def reference(tables: Iterable[Table] = tuple(DOCUMENT_TABLES.values()), level: int = 2) -> str:
    """Return a Markdown page: a section a table, a line a column with its type and meaning; headings at `level`."""
    return "\n".join(section(table, level) for table in tables)


def section(table: Table, level: int = 2) -> str:
    """Return one table's part of the reference."""
    lines = [f"{'#' * level} {table.name}", "", f"A row is {table.english}. {table.chinese}", "",
             "| column | type | meaning | 含义 |", "|---|---|---|---|"]
    lines += [f"| `{one.name}` | {one.type} | {_english(one)} | {one.chinese} |" for one in table.columns]
    return "\n".join(lines) + "\n"


def _english(column: Column) -> str:
    words = f": {', '.join(f'`{term}`' for term in column.terms)}" if column.terms else ""
    note = f" ({column.note})" if column.note else ""
    return f"{column.english}{words}{note}".replace("|", "\\|")
