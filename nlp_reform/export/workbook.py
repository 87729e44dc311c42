"""Documents as an Excel workbook: typed columns, filters, links from every number to its sentence."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from nlp_reform import __version__
from nlp_reform.classify import load
from nlp_reform.errors import ExportError, ResourceError
from nlp_reform.jsonable import SCHEMA
from nlp_reform.model import Document
from nlp_reform.tables import DOCUMENT_TABLES, TABLES, Row, rows

_LONGEST = 32_767
"""Characters that a cell of Excel holds."""
_LINKS = 60_000
"""Links that a sheet of Excel holds, with room to spare; cells beyond keep their value without one."""
_ROWS = 1_048_575
_WIDE = {"text": 60, "sentence": 60, "heading": 40, "definition": 60, "message": 60, "action": 40, "title": 40}
_LINKED = {
    "quantities": {"value": "start", "text": "start"}, "targets": {"value": "start", "text": "start"},
    "obligations": {"cue": "cue_start", "action": "action_start"}, "references": {"text": "start"},
}
"""Columns that lead to the sentence, and the column that holds the offset."""
CONTENTS = (*TABLES, "codebook", "provenance")
"""The sheets in their order."""


class _Sentences(NamedTuple):
    """Where a document's sentences start and end, and the row of the sheet that has the first."""

    starts: list[int]
    ends: list[int]
    first: int


class _Book(NamedTuple):
    """A workbook being written: the formats of its cells, and where each sentence stands."""

    book: Any
    head: Any
    link: Any
    day: Any
    sentences: Mapping[str, _Sentences]


def workbook(documents: Sequence[Document], text: bool = True) -> bytes:
    """Return the documents as an Excel workbook with a sheet a table, the codebooks and the provenance.

    Numbers, dates and truth values are cells of their type; texts stay texts, nothing is run as a formula, and what
    is longer than a cell holds is cut. Header rows are frozen and have filters. Values, cues and references link to
    the row of their sentence. `text=False` leaves the columns of text and sentences out, and so the links. Raises
    `ExportError` when XlsxWriter is not installed or a table has more rows than a sheet.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise ExportError("xlsx needs XlsxWriter: pip install 'nlp-reform[tables]'") from error
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {
        "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True,
        "nan_inf_to_errors": True, "max_url_length": 2079,
    })
    book.set_properties({"title": "nlp-reform", "created": datetime(2000, 1, 1)})
    tables = {name: rows(documents, name) for name in TABLES}
    heads = {name: (table if text else table.without_text()).names for name, table in DOCUMENT_TABLES.items()}
    made = _Book(book, book.add_format({"bold": True, "bottom": 1, "bg_color": "#e8e8e2"}),
                 book.add_format({"font_color": "#0b5394", "underline": 1}),
                 book.add_format({"num_format": "yyyy-mm-dd"}), _places(tables["statements"]) if text else {})
    tables["documents"] = [_dated(row) for row in tables["documents"]]
    tables |= {"codebook": _codes(documents), "provenance": _provenance(documents)}
    for name in CONTENTS:
        _sheet(made, name, heads.get(name, ()), tables[name])
    book.close()
    return stream.getvalue()


def _sheet(made: _Book, name: str, head: Sequence[str], table: Sequence[Row]) -> None:
    if len(table) > _ROWS:
        raise ExportError(f"the table {name} has {len(table):,} rows, a sheet holds {_ROWS:,}; use --format csv")
    sheet = made.book.add_worksheet(name)
    columns = head or list(dict.fromkeys(key for row in table for key in row)) or ["nothing found"]
    sheet.write_row(0, 0, columns, made.head)
    for k, key in enumerate(columns):
        shown = max([len(key) + 3, *(len(str(row.get(key) or "")) + 1 for row in table[:50])])
        sheet.set_column(k, k, min(shown, _WIDE.get(key, 24)))
    links = 0
    for n, row in enumerate(table, 1):
        for k, key in enumerate(columns):
            value = row.get(key)
            if value is None:
                continue
            aim = _aim(made, name, key, row) if links < _LINKS else None
            if aim:
                links += 1
                sheet.write_url(n, k, aim, made.link, "")
            _write(made, sheet, n, k, value, made.link if aim else None)
    sheet.freeze_panes(1, 2 if len(columns) > 3 else 0)
    sheet.autofilter(0, 0, max(1, len(table)), len(columns) - 1)


def _write(made: _Book, sheet: Any, n: int, k: int, value: Any, look: Any) -> None:
    """Write one cell in its own type."""
    if isinstance(value, bool):
        sheet.write_boolean(n, k, value, look)
    elif isinstance(value, int | float):
        sheet.write_number(n, k, value, look)
    elif isinstance(value, date):
        sheet.write_datetime(n, k, datetime(value.year, value.month, value.day), made.day)
    else:
        sheet.write_string(n, k, str(value)[:_LONGEST], look)


def _aim(made: _Book, table: str, column: str, row: Row) -> str | None:
    """Return the link to the row of the sentence in which a cell's evidence is printed, None where it has none."""
    offset = row.get(_LINKED.get(table, {}).get(column, ""))
    found = made.sentences.get(str(row.get("document_id")))
    if found is None or not isinstance(offset, int):
        return None
    n = bisect_right(found.starts, offset) - 1
    return f"internal:'statements'!A{found.first + n}" if n >= 0 and offset < found.ends[n] else None


def _places(statements: Sequence[Row]) -> dict[str, _Sentences]:
    """Return where each document's sentences stand in the sheet; rows of a sheet count from 1, the header's."""
    found: dict[str, _Sentences] = {}
    for n, row in enumerate(statements, 2):
        one = found.setdefault(str(row["document_id"]), _Sentences([], [], n))
        one.starts.append(int(row["start"]))
        one.ends.append(int(row["end"]))
    return found


def _dated(row: Row) -> Row:
    """Return a document's row with its date as a date, where it is one in full."""
    try:
        return {**row, "date": date.fromisoformat(str(row["date"]))}
    except ValueError:
        return row


def _codes(documents: Sequence[Document]) -> list[Row]:
    """Return every code of the codebooks that the documents were coded with; none for one not at hand any more."""
    found: list[Row] = []
    for name in dict.fromkeys(theme.codebook for document in documents for theme in document.themes):
        try:
            book = load(name)
        except ResourceError:
            continue
        found += [{"codebook": book.id, "version": book.version, "code": code.code, "parent": code.parent,
                   "name_zh": code.name_zh, "name_en": code.name_en, "definition": code.definition,
                   "source": book.source} for code in book.codes]
    return found


def _provenance(documents: Sequence[Document]) -> list[Row]:
    """Return which program made the workbook from which bytes."""
    return [{"document_id": one.id, "source": one.source.name, "media_type": one.source.media_type,
             "encoding": one.source.encoding, "sha256": one.source.sha256, "length": len(one.text),
             "offsets": "half-open, in code points of the text of record", "schema": SCHEMA,
             "program": "nlp-reform", "version": __version__,
             "made_with": str(one.made_with) if one.made_with else None} for one in documents]
