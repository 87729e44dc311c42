"""Rows of a declared table as text, CSV, JSON and JSON lines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from nlp_reform.errors import ExportError
from nlp_reform.export.formats import csv_table
from nlp_reform.jsonable import plain
from nlp_reform.tables import Row, Table

ROW_FORMATS = ("text", "csv", "json", "jsonl")
_LONGEST = 40
"""Terminal cells that a column takes at most in text."""


def render_rows(table: Table, rows: Sequence[Row], format: str = "text") -> str:
    """Return rows in a format, ending with a line end where there is anything; raises `ExportError` for another.

    text: aligned columns, a concordance centred on the term; csv: a header and the rows; json: a list of objects;
    jsonl: an object a line.
    """
    if format == "csv":
        return csv_table(rows, table.names)
    if format == "json":
        return json.dumps([_plain(row) for row in rows], ensure_ascii=False, indent=1) + "\n"
    if format == "jsonl":
        return "".join(json.dumps(_plain(row), ensure_ascii=False) + "\n" for row in rows)
    if format == "text":
        return _concordance(rows) if table.name == "kwic" else _aligned(table, rows)
    raise ExportError(f"no format {format!r}; known are {', '.join(ROW_FORMATS)}")


def _plain(row: Row) -> dict[str, Any]:
    return {key: plain(value) for key, value in row.items()}


def _concordance(rows: Sequence[Row]) -> str:
    from rich.cells import cell_len

    names = [f"{row['document_id']}:{row['start']}" for row in rows]
    wide = max(map(cell_len, names), default=0), max((cell_len(row["left"]) for row in rows), default=0)
    lines = [f"{name}{' ' * (wide[0] - cell_len(name))}  {' ' * (wide[1] - cell_len(row['left']))}{row['left']}"
             f" [{row['match']}] {row['right']}" for name, row in zip(names, rows, strict=True)]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _aligned(table: Table, rows: Sequence[Row]) -> str:
    from rich.cells import cell_len, set_cell_size

    shown = [[_cell(row[column.name]) for column in table.columns] for row in rows]
    grid = [list(table.names), *shown]
    widths = [min(_LONGEST, max(cell_len(line[n]) for line in grid)) for n in range(len(table.columns))]
    right = [column.type in ("Int64", "Float64") for column in table.columns]
    lines = []
    for line in grid:
        cells = []
        for text, width, numeric in zip(line, widths, right, strict=True):
            short = set_cell_size(text, width) if cell_len(text) > width else text
            pad = " " * (width - cell_len(short))
            cells.append(pad + short if numeric else short + pad)
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines) + "\n"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.4g}" if isinstance(value, float) and abs(value) < 1000 else str(plain(value))
