"""Reads what people have coded: tables of text (or directive id) and code, with row numbers in every complaint.

Columns, by their heading in the first row (JSONL: by key): `text`, or `directive` (also `id`) for the id of a
directive whose text the caller supplies; `code` (also `label`, `theme`, `topic`), a code or its Chinese or
English name, several parted by `;`; and optionally `document` (also `group`), which keeps the texts of one
document together when a model is tried on what it has not seen.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from nlp_reform.classify.codebook import Codebook
from nlp_reform.errors import ReadError
from nlp_reform.prepared import compiled

_HEADINGS = {
    "text": ("text", "文本", "正文", "内容"),
    "directive": ("directive", "directive_id", "id", "编号"),
    "code": ("code", "codes", "label", "theme", "topic", "主题", "编码", "代码", "类别"),
    "document": ("document", "group", "doc", "文件", "文档"),
}
_ENCODINGS = ("utf-8-sig", "gb18030")
_MARKED = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SHOWN = 5
"""Faults named in one message; the rest are counted."""
_PART = compiled(r"[;；|]")


class Label(NamedTuple):
    """A coded text: its codes, the document it comes from, and the row it was read from."""

    text: str
    codes: tuple[str, ...]
    document: str
    row: int


def same(text: str) -> str:
    """Return the text as it is."""
    return text


def read_table(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Return `(row, cells by heading)` of a CSV, TSV, XLSX or JSONL file, rows numbered as a spreadsheet does.

    CSV and TSV may be UTF-8, GB18030 (GBK, GB2312) or UTF-16. Raises `ReadError` naming file and row.
    """
    try:
        suffix = path.suffix.lower()
        if suffix == ".xlsx":
            return list(_sheet(path))
        text = _decode(path.read_bytes(), path)
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror or error}") from error
    return list(_lines(text, path) if suffix in (".jsonl", ".ndjson") else _cells(text, path, suffix == ".tsv"))


def read(
    path: Path, book: Codebook, texts: Mapping[str, str] | None = None, clean: Callable[[str], str] = same,
    level: int | None = None,
) -> list[Label]:
    """Return the labels of a file, codes rolled up to `level` (default: the codebook's).

    `texts` gives the text of each directive id; `clean` is applied to every text (to bring Traditional texts
    to Simplified). Raises `ReadError` with row numbers for unknown codes, rows without text or code, several
    codes where the codebook is not `multi`, and for files with fewer than two classes.
    """
    rows = read_table(path)
    columns = _columns(rows[0][1] if rows else {}, path)
    codes = _names(book, level)
    found: list[Label] = []
    faults: list[str] = []
    for row, cells in rows:
        try:
            found.append(_label(row, {key: cells.get(name) or "" for key, name in columns.items()}, codes, texts or {},
                                book.multi, clean))
        except ValueError as error:
            faults.append(f"row {row}: {error}")
    if faults:
        more = f" (and {len(faults) - _SHOWN} more)" if len(faults) > _SHOWN else ""
        raise ReadError(f"{path}: {'; '.join(faults[:_SHOWN])}{more}; codebook {book.id!r}")
    classes = {code for label in found for code in label.codes}
    if len(classes) < 2:
        what = f"only the class {classes.pop()!r}" if classes else "no labels"
        raise ReadError(f"{path}: {what} in {len(found)} rows; a classifier needs at least two classes")
    return found


def _label(
    row: int, cells: Mapping[str, str], codes: Mapping[str, str], texts: Mapping[str, str], multi: bool,
    clean: Callable[[str], str],
) -> Label:
    given = cells.get("text", "").strip()
    directive = cells.get("directive", "").strip()
    if not given and directive:
        if directive not in texts:
            raise ValueError(f"no text, and no directive {directive!r} in the documents given")
        given = texts[directive]
    if not given:
        raise ValueError("no text")
    names = [name.strip() for name in _PART.split(cells["code"]) if name.strip()]
    if not names:
        raise ValueError("no code")
    unknown = [name for name in names if name.lower() not in codes]
    if unknown:
        raise ValueError(f"unknown code {unknown[0]!r}")
    chosen = tuple(dict.fromkeys(codes[name.lower()] for name in names))
    if len(chosen) > 1 and not multi:
        raise ValueError(f"{len(chosen)} codes, but the codebook gives a directive one")
    document = cells.get("document", "").strip() or re.split(r"[#]|\.d\d", directive)[0] or f"row {row}"
    return Label(clean(given), chosen, document, row)


def _names(book: Codebook, level: int | None) -> dict[str, str]:
    """Return code by code and by name, in lower case; a name that several codes share is no key."""
    known = {code.code.lower(): book.roll_up(code.code, level) for code in book.codes}
    for attribute in ("name_zh", "name_en"):
        seen: dict[str, set[str]] = {}
        for code in book.codes:
            seen.setdefault(getattr(code, attribute).lower(), set()).add(code.code)
        for name, having in seen.items():
            top = [code for code in having if book.by_code[code].parent is None]
            if len(having) == 1 or len(top) == 1:
                known.setdefault(name, book.roll_up(top[0] if top else next(iter(having)), level))
    return known


def need(path: Path, rows: Sequence[tuple[int, Mapping[str, str]]], column: str) -> None:
    """Raise `ReadError` when a table has no rows or no such column."""
    if not rows:
        raise ReadError(f"{path}: no rows")
    if column not in rows[0][1]:
        raise ReadError(f"{path}: row 1: no column {column!r}, has {', '.join(rows[0][1])}")


def _columns(first: Mapping[str, str], path: Path) -> dict[str, str]:
    given = {name.strip().lower(): name for name in first}
    found = {key: given[alias] for key, aliases in _HEADINGS.items() for alias in reversed(aliases) if alias in given}
    if "code" not in found or not {"text", "directive"} & set(found):
        have = ", ".join(first) or "nothing"
        raise ReadError(f"{path}: row 1: needs columns `text` (or `directive`) and `code`, has {have}")
    return found


def _decode(data: bytes, path: Path) -> str:
    marked = _MARKED.get(data[:2])
    for encoding in (marked,) if marked else _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            last = error
    row = data.count(b"\n", 0, last.start) + 1
    raise ReadError(f"{path}: row {row}: neither UTF-8, UTF-16 nor GB18030; save it again as UTF-8")


def _cells(text: str, path: Path, tabs: bool) -> Iterator[tuple[int, dict[str, str]]]:
    tabs = tabs or ("\t" in text.partition("\n")[0] and "," not in text.partition("\n")[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if tabs else ",")
    csv.field_size_limit(1 << 24)
    heading: list[str] | None = None
    row = 0
    try:
        for row, cells in enumerate(reader, start=1):
            if heading is None:
                heading = [cell.strip() for cell in cells]
                continue
            if any(cell.strip() for cell in cells):
                yield row, dict(zip(heading, cells, strict=False))
    except csv.Error as error:
        raise ReadError(f"{path}: row {row + 1}: {error}") from error


def _lines(text: str, path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    for row, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise ReadError(f"{path}: row {row}: not JSON: {error}") from error
        if not isinstance(record, dict):
            raise ReadError(f"{path}: row {row}: not a JSON object")
        yield row, {str(key): _cell(value) for key, value in record.items()}


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ";".join(map(str, value))
    return "" if value is None else str(value)


def _sheet(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise ReadError(f"{path}: reading XLSX needs openpyxl: pip install nlp-reform[tables]") from error
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:
        raise ReadError(f"{path}: not a readable XLSX file: {error}") from error
    heading: list[str] | None = None
    for row, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
        values = [_cell(cell) for cell in cells]
        if heading is None:
            heading = [value.strip() for value in values]
        elif any(value.strip() for value in values):
            yield row, dict(zip(heading, values, strict=False))
