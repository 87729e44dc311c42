"""Formats of a comparison. Each renderer returns the whole file; every write is all or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from nlp_reform.align import Comparison
from nlp_reform.align.declared import COMPARISON
from nlp_reform.align.tables import TABLES as COMPARISON_TABLES
from nlp_reform.align.tables import rows
from nlp_reform.errors import ExportError
from nlp_reform.export.comparison_pages import comparison_html, comparison_markdown, comparison_xlsx
from nlp_reform.export.comparison_redline import redline_docx, redline_text
from nlp_reform.export.comparison_text import comparison_text
from nlp_reform.export.csvw import write_csv, write_csvs
from nlp_reform.export.formats import csv_table
from nlp_reform.export.signing import signed
from nlp_reform.export.write import write

_BINARY: dict[str, Callable[[Comparison], bytes]] = {"xlsx": comparison_xlsx, "docx": redline_docx}
_SUFFIX = {"text": "txt", "json": "json", "csv": "csv", "markdown": "md", "html": "html", "redline": "redline.txt",
           "xlsx": "xlsx", "docx": "docx"}
COMPARISON_FORMATS = tuple(_SUFFIX)
"""The names of the formats."""


def render_comparison(comparison: Comparison, format: str = "text", table: str = "items", colour: bool = False) -> str:
    """Return a comparison in one of the formats that are text; raises `ExportError` for xlsx and docx."""
    renderers: dict[str, Callable[[], str]] = {
        "text": lambda: comparison_text(comparison, colour),
        "json": lambda: json.dumps(comparison.to_dict(), ensure_ascii=False, indent=1) + "\n",
        "csv": lambda: _csv(comparison, table),
        "markdown": lambda: comparison_markdown(comparison),
        "html": lambda: comparison_html(comparison),
        "redline": lambda: redline_text(comparison, colour),
    }
    if format not in renderers:
        raise ExportError(f"format {format!r} is a file of its own: name one with -o")
    return renderers[format]()


def write_comparison(
    comparison: Comparison, output: str | Path, format: str = "text", table: str = "items"
) -> tuple[Path, ...]:
    """Write a comparison and return the paths written, each whole or not at all.

    `output` is a file, or a folder (existing, or ending with `/`) that gets a file named after both documents,
    for csv a file a table. Raises `ExportError`.
    """
    if format not in COMPARISON_FORMATS:
        raise ExportError(f"no comparison format {format!r}; known are {', '.join(COMPARISON_FORMATS)}")
    if table not in COMPARISON_TABLES:
        raise ExportError(f"no table {table!r}; known are {', '.join(COMPARISON_TABLES)}")
    path = Path(output)
    folder = path.is_dir() or str(output).endswith("/")
    made = (comparison.before.made_with, comparison.after.made_with)
    if folder and format == "csv":
        return write_csvs(path, {name: _csv(comparison, name) for name in COMPARISON_TABLES}, COMPARISON, made)
    if format == "csv":
        return write_csv(path, _csv(comparison, table), COMPARISON[table], made)
    if folder:
        path /= f"{comparison.before.id}--{comparison.after.id}.{_SUFFIX[format]}"
    if format in _BINARY:
        return (write(path, _BINARY[format](comparison)),)
    return (write(path, signed(render_comparison(comparison, format, table), format, made)),)


def _csv(comparison: Comparison, table: str) -> str:
    return csv_table(rows(comparison, table), COMPARISON[table].names)
