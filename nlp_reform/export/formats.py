"""Document formats: JSON by the contract, JSON lines, CSV tables, and a summary to read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from nlp_reform.errors import ExportError
from nlp_reform.export.summary import summary
from nlp_reform.export.tables import TABLES, rows
from nlp_reform.export.write import write
from nlp_reform.jsonable import to_dict
from nlp_reform.model import Document

DocumentFormat = Literal["json", "jsonl", "csv", "text", "xlsx"]
DOCUMENT_FORMATS: tuple[DocumentFormat, ...] = ("json", "jsonl", "csv", "text", "xlsx")
DEFAULT_TABLE = "directives"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(
    documents: Sequence[Document], format: DocumentFormat = "json", text: bool = True, table: str = DEFAULT_TABLE
) -> str:
    """Return the documents as one string that ends with a line end.

    json: one indented object a document; jsonl: one object a line; csv: one table (see `TABLES`); text: a
    summary to read. `text=False` leaves the text of record out of json and jsonl. Raises `ExportError` for xlsx,
    which is no text.
    """
    if format == "csv":
        return csv_table(rows(documents, table))
    if format == "xlsx":
        raise ExportError("format 'xlsx' is a file of its own: name one with -o")
    if format == "text":
        return "\n".join(summary(document) for document in documents)
    indent = 1 if format == "json" else None
    return "".join(
        json.dumps(to_dict(document, text), ensure_ascii=False, indent=indent) + "\n" for document in documents
    )


def write_documents(
    documents: Sequence[Document], output: str | Path, format: DocumentFormat = "json", text: bool = True,
    table: str = DEFAULT_TABLE,
) -> tuple[Path, ...]:
    """Write the documents and return the paths written, each whole or not at all.

    `output` names a file; or a folder (one that exists, or a name that ends with `/`), which then gets a file a
    document, for csv a file a table, for xlsx one workbook. Two documents of one id are numbered apart. CSV files
    begin with a byte order mark, so that Excel reads them as UTF-8.
    """
    path = Path(output)
    folder = path.is_dir() or str(output).endswith("/")
    mark = "\ufeff" if format == "csv" else ""
    if format == "xlsx":
        from nlp_reform.export.workbook import workbook

        name = f"{documents[0].id}.xlsx" if len(documents) == 1 else "documents.xlsx"
        return (write(path / name if folder else path, workbook(documents, text)),)
    if not folder:
        return (write(path, mark + render(documents, format, text, table)),)
    if format == "csv":
        return tuple(write(path / f"{name}.csv", mark + csv_table(rows(documents, name))) for name in TABLES)
    suffix = {"json": "json", "jsonl": "jsonl", "text": "txt"}[format]
    names = [document.id for document in documents]
    if len(set(names)) < len(names):
        raise ExportError(f"{output}: two documents have the id {_twice(names)!r}; write them to one file instead")
    return tuple(
        write(path / f"{document.id}.{suffix}", render([document], format, text)) for document in documents
    )


def csv_table(table: Sequence[dict[str, Any]]) -> str:
    """Return rows as CSV with a header; cells that a spreadsheet would run as a formula get a leading quote."""
    if not table:
        return "\n"
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(dict.fromkeys(key for row in table for key in row)), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: cell(value) for key, value in row.items()} for row in table)
    return stream.getvalue()


def cell(value: Any) -> Any:
    """Return a cell's value; text that begins like a formula (= + - @) is neutralised by a leading quote.

    A lone = (the comparator) is no formula and stays as it is.
    """
    if isinstance(value, str) and value.startswith(_FORMULA) and value != "=":
        return "'" + value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _twice(names: Sequence[str]) -> str:
    return next(name for n, name in enumerate(names) if name in names[:n])
