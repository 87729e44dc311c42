"""Document formats: JSON by the contract, JSON lines, CSV tables, and a summary to read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, get_args

from nlp_reform.errors import ExportError
from nlp_reform.export import added
from nlp_reform.export.csvw import notes, write_csv, write_csvs
from nlp_reform.export.signing import signed
from nlp_reform.export.summary import summary
from nlp_reform.export.write import write
from nlp_reform.jsonable import exact, to_dict
from nlp_reform.model import Document
from nlp_reform.tables import DOCUMENT_TABLES, TABLES, Row, rows, to_arrow

DocumentFormat = Literal["json", "jsonl", "csv", "text", "xlsx", "parquet"]
DOCUMENT_FORMATS: tuple[DocumentFormat, ...] = get_args(DocumentFormat)
DEFAULT_TABLE = "directives"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(
    documents: Sequence[Document], format: str = "json", text: bool = True, table: str = DEFAULT_TABLE
) -> str:
    """Return the documents as one string that ends with a line end.

    json: one indented object a document; jsonl: one object a line; csv: one table (see `TABLES`); text: a
    summary to read; other names are those of plugins. `text=False` leaves the text of record out of json and jsonl.
    Raises `ExportError` for xlsx and parquet, which are no text, and for an unknown name.
    """
    if format not in DOCUMENT_FORMATS:
        content = added.document_exporter(format).render(documents)
        if isinstance(content, str):
            return content
    if format == "csv":
        return _csv(documents, table)
    if format in ("xlsx", "parquet") or format not in DOCUMENT_FORMATS:
        raise ExportError(f"format {format!r} is a file of its own: name one with -o")
    if format == "text":
        return "\n".join(summary(document) for document in documents)
    indent = 1 if format == "json" else None
    return "".join(
        json.dumps(to_dict(document, text), ensure_ascii=False, indent=indent) + "\n" for document in documents
    )


def write_documents(
    documents: Sequence[Document], output: str | Path, format: str = "json", text: bool = True,
    table: str = DEFAULT_TABLE,
) -> tuple[Path, ...]:
    """Write the documents and return the paths written, each whole or not at all.

    `output` names a file; or a folder (one that exists, or a name that ends with `/`), which then gets a file a
    document, for csv and parquet a file a table, for xlsx and the formats of plugins one file of all. Two documents
    of one id are an error for files a document. CSV files begin with a byte order mark, so that Excel reads them as
    UTF-8, and are described by a file beside them (`csvw`). A summary in a file ends with what it was made with.
    """
    path = Path(output)
    folder = path.is_dir() or str(output).endswith("/")
    made = [document.made_with for document in documents]
    if format not in DOCUMENT_FORMATS:
        chosen = added.document_exporter(format)
        name = (documents[0].id if len(documents) == 1 else "documents") + chosen.suffix
        return (write(path / name if folder else path, chosen.render(documents)),)
    if format == "xlsx":
        from nlp_reform.export.workbook import workbook

        name = f"{documents[0].id}.xlsx" if len(documents) == 1 else "documents.xlsx"
        return (write(path / name if folder else path, workbook(documents, text)),)
    if format == "parquet":
        names = TABLES if folder else (table,)
        return tuple(write(path / f"{name}.parquet" if folder else path, parquet(documents, name)) for name in names)
    if format == "csv":
        return (write_csvs(path, {name: _csv(documents, name) for name in TABLES}, DOCUMENT_TABLES, made) if folder
                else write_csv(path, _csv(documents, table), DOCUMENT_TABLES[table], made))
    if not folder:
        return (write(path, signed(render(documents, format, text, table), format, made)),)
    suffix = {"json": "json", "jsonl": "jsonl", "text": "txt"}[format]
    ids = [document.id for document in documents]
    if len(set(ids)) < len(ids):
        raise ExportError(f"{output}: two documents have the id {_twice(ids)!r}; write them to one file instead")
    return tuple(
        write(path / f"{document.id}.{suffix}", signed(render([document], format, text), format, [document.made_with]))
        for document in documents
    )


def parquet(documents: Sequence[Document], table: str) -> bytes:
    """Return one table as a Parquet file with the declared types; raises `ExportError` without pyarrow."""
    found = to_arrow(documents, table)
    import pyarrow.parquet as pq

    told = json.dumps(notes(document.made_with for document in documents), ensure_ascii=False)
    stream = io.BytesIO()
    pq.write_table(found.replace_schema_metadata({**(found.schema.metadata or {}), "nlp_reform": told}), stream,
                   compression="zstd")
    return stream.getvalue()


def _csv(documents: Sequence[Document], table: str) -> str:
    return csv_table(rows(documents, table), DOCUMENT_TABLES[table].names)


def csv_table(table: Sequence[Row], columns: Sequence[str] = ()) -> str:
    """Return rows as CSV with a header; cells that a spreadsheet would run as a formula get a leading quote.

    `columns` is the header, without it the keys of the rows.
    """
    columns = columns or list(dict.fromkeys(key for row in table for key in row))
    stream = Lines()
    writer = csv.DictWriter(stream, columns)
    writer.writeheader()
    writer.writerows({key: cell(value) for key, value in row.items()} for row in table)
    return stream.getvalue()


class Lines(io.StringIO):
    """Takes the rows of a CSV writer and ends them with a newline.

    The writer itself ends them with a carriage return too: only then does it quote cells that hold a lone one.
    """

    def write(self, row: str) -> int:
        """Take one row."""
        return super().write(row.removesuffix("\r\n") + "\n")


def cell(value: Any) -> Any:
    """Return a cell's value; text that begins like a formula (= + - @) is neutralised by a leading quote.

    A lone = (the comparator) is no formula and stays as it is.
    """
    if isinstance(value, str) and value.startswith(_FORMULA) and value != "=":
        return "'" + value
    return exact(value) if isinstance(value, float) else value


def _twice(names: Sequence[str]) -> str:
    return next(name for n, name in enumerate(names) if name in names[:n])
