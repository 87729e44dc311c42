"""Node and edge tables: CSV, Parquet, Excel, and the flows of a Sankey or alluvial diagram."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from nlp_reform.errors import ExportError
from nlp_reform.export.formats import Lines, cell
from nlp_reform.graph import Flat
from nlp_reform.graph.flatten import ColumnType, Row
from nlp_reform.tables.columns import Table, text, whole

_MARK = "\ufeff"
_EXCEL_ROWS, _EXCEL_CELL = 1_048_576, 32_767
_ACROSS = frozenset({"continues", "strengthens", "weakens", "changes", "splits", "merges"})


def csv_tables(flat: Flat) -> Mapping[str, str]:
    """Return nodes.csv and edges.csv, UTF-8 with a byte order mark for Excel (Gephi and pandas pass over it).

    An edge's first columns are source and target, as graph databases want them. Cells that a spreadsheet
    would run as a formula get a leading quote.
    """
    return {name: _MARK + csv_lines(columns, ([cell(row.get(column)) for column in columns] for row in rows))
            for name, columns, rows in (("nodes.csv", list(flat.node_types), flat.nodes),
                                        ("edges.csv", edge_columns(flat), flat.edges))}


def edge_columns(flat: Flat) -> list[str]:
    """Return the edge columns with source and target first."""
    ends = [name for name in ("source", "target") if name in flat.edge_types]
    return [*(ends or ("source", "target")), *(name for name in flat.edge_types if name not in ends)]


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a header and rows as CSV."""
    stream = Lines()
    writer = csv.writer(stream)
    writer.writerow(head)
    writer.writerows(rows)
    return stream.getvalue()


def parquet(flat: Flat) -> Mapping[str, bytes]:
    """Return nodes.parquet and edges.parquet with typed columns; cells without a value are null."""
    return {"nodes.parquet": _parquet(flat.nodes, flat.node_types, list(flat.node_types)),
            "edges.parquet": _parquet(flat.edges, flat.edge_types, edge_columns(flat))}


def _parquet(rows: list[Row], types: Mapping[str, ColumnType], columns: list[str]) -> bytes:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise ExportError("parquet needs pyarrow; install it with: pip install 'nlp-reform[tables]'") from error
    made = {"boolean": pa.bool_(), "int": pa.int32(), "long": pa.int64(), "double": pa.float64(),
            "string": pa.string()}
    arrays = {name: pa.array([row.get(name) for row in rows], made[types.get(name, "string")]) for name in columns}
    stream = io.BytesIO()
    pq.write_table(pa.table(arrays), stream, compression="zstd")
    return stream.getvalue()


def xlsx(flat: Flat) -> bytes:
    """Return a workbook with the sheets nodes and edges; text is never a formula or a link.

    A cell holds 32,767 characters at most, longer text ends with …; raises `ExportError` above Excel's 1,048,576
    rows.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise ExportError("xlsx needs XlsxWriter; install it with: pip install 'nlp-reform[tables]'") from error
    if max(len(flat.nodes), len(flat.edges)) >= _EXCEL_ROWS:
        raise ExportError(f"xlsx: a sheet holds {_EXCEL_ROWS - 1} rows, the graph has "
                          f"{max(len(flat.nodes), len(flat.edges))}; use csv or parquet, or select a part")
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False,
                                        "strings_to_numbers": False, "in_memory": True})
    _sheet(book, "nodes", list(flat.node_types), flat.nodes)
    _sheet(book, "edges", edge_columns(flat), flat.edges)
    book.close()
    return stream.getvalue()


def _sheet(book: Any, name: str, columns: list[str], rows: list[Row]) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, columns)
    sheet.autofilter(0, 0, max(1, len(rows)), max(0, len(columns) - 1))
    place = {column: n for n, column in enumerate(columns)}
    for number, row in enumerate(rows, 1):
        for column, value in row.items():
            if isinstance(value, bool):
                sheet.write_boolean(number, place[column], value)
            elif isinstance(value, int | float) and abs(value) < 1e15:
                sheet.write_number(number, place[column], value)
            else:
                sheet.write_string(number, place[column], _short(cell(str(value))))


def _short(text: str) -> str:
    return text if len(text) <= _EXCEL_CELL else text[:_EXCEL_CELL - 1] + "…"


FLOWS = Table("flows", "directives or obligations that go from one to the other", "流向", (
    text("step", "year-theme, theme-modality or across-years", "步骤"), text("source", "where they come from", "起点"),
    text("target", "where they go", "终点"), whole("value", "how many", "数量"),
    text("codebook", "id of the codebook of the themes", "编码表"),
))
"""The columns of `sankey`."""


def sankey(flat: Flat) -> str:
    """Return the flows of a Sankey or alluvial diagram as CSV: step, source, target, value, codebook.

    Steps, for each codebook: `year-theme` and `theme-modality` count directives by their best theme and the
    obligations in them; `across-years` (when the graph holds a comparison) counts directives that go on from a
    theme of one year to a theme of the next. RAWGraphs, Flourish, SankeyMATIC and plotly take such rows.
    """
    nodes = {row["id"]: row for row in flat.nodes}
    best: dict[tuple[Any, Any], tuple[float, str]] = {}
    for edge in flat.edges:
        if edge["kind"] == "has_theme":
            theme = nodes[edge["target"]]
            key = (edge["source"], theme.get("codebook", ""))
            score = float(edge.get("score", 1.0))
            if key not in best or score > best[key][0]:
                best[key] = (score, str(theme["label"]))
    books = list(dict.fromkeys(book for _, book in best))
    flows: Counter[tuple[str, str, str, str]] = Counter()
    for (directive, book), (_, name) in best.items():
        flows["year-theme", str(nodes[directive].get("year", "")), name, str(book)] += 1
    for edge in flat.edges:
        for book in books:
            here = best.get((edge["source"], book))
            there = best.get((edge["target"], book))
            if edge["kind"] == "obliges" and here:
                modality = str(nodes[edge["target"]].get("modality", ""))
                flows["theme-modality", here[1], modality, str(book)] += 1
            elif edge["kind"] in _ACROSS and here and there:
                one, other = (nodes[edge[end]].get("year", "") for end in ("source", "target"))
                flows["across-years", f"{one} {here[1]}", f"{other} {there[1]}", str(book)] += 1
    rows = ([*map(cell, flow[:3]), value, flow[3]] for flow, value in flows.items())
    return csv_lines(list(FLOWS.names), rows)
