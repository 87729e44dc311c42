"""An Excel coding sheet: one row a mark, with the printed text beside it, and the document on its own sheet.

People correct cells; offsets stay beside the text they cite. Text that begins like a formula is stored as text, and
characters XML cannot hold are escaped (`_x000D_`), so everything comes back as it went.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Set
from typing import TYPE_CHECKING, Any

from nlp_reform.errors import GoldError
from nlp_reform.evaluate.exchange.regions import LAYERS, Link, Marked, Region, check

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_CHUNK = 8000
"""Characters of the document in one cell; Excel holds 32,767, and escapes take seven."""
_COLUMNS = (
    "id", "layer", "start", "end", "text", "kind", "scored", "role", "value", "upper", "unit", "comparator",
    "direction", "change", "binding", "deadline_elsewhere", "modality", "strength", "number", "level", "directive",
    "heading", "themes", "name", "labeller",
)
_OURS = re.compile(r"r\d+")
"""The ids that we give to rows."""
_FIXED = frozenset({"id", "layer", "start", "end", "text", "labeller"})


def write(marked: Marked) -> bytes:
    """Return the workbook: sheets marks, links, document."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "marks"
    _row(sheet, _COLUMNS)
    for region in marked.regions:
        given = {**region.attributes, "id": region.id, "layer": region.layer, "start": region.start, "end": region.end,
                 "text": marked.text[region.start:region.end], "labeller": region.labeller}
        _row(sheet, [given.get(name) for name in _COLUMNS])
    sheet.freeze_panes = "F2"
    sheet.auto_filter.ref = sheet.dimensions
    links = book.create_sheet("links")
    _row(links, Link._fields)
    for link in marked.links:
        _row(links, link)
    document = book.create_sheet("document")
    _row(document, ("name", marked.name))
    _row(document, ("sha256", marked.sha256))
    for start in range(0, len(marked.text), _CHUNK):
        _row(document, (start, marked.text[start:start + _CHUNK]))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _row(sheet: Worksheet, values: Any) -> None:
    from openpyxl.utils.escape import escape

    number = sheet.max_row + 1 if sheet.max_row > 1 or sheet.cell(1, 1).value is not None else 1
    for column, value in enumerate(values, 1):
        if value is None:
            continue
        cell = sheet.cell(number, column)
        if isinstance(value, str):
            cell.value = escape(value)
            cell.data_type = "s"
            cell.quotePrefix = value[:1] in "=+-@"
        else:
            cell.value = value


def read(data: bytes, where: str) -> Marked:
    """Read a corrected workbook back; raises `GoldError` naming sheet and row of what is malformed."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(data), data_only=False)
        about = list(book["document"].iter_rows(values_only=True))
        name, digest = _text(about[0][1]), _text(about[1][1])
        text = "".join(_text(row[1]) for row in about[2:])
        heads = [str(cell) for cell in next(book["marks"].iter_rows(values_only=True))]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, IndexError, StopIteration, TypeError, OSError) as error:
        raise GoldError(f"{where}: no coding sheet of this project ({error!r})") from error
    regions = []
    for number, row in enumerate(book["marks"].iter_rows(min_row=2, values_only=True), 2):
        if any(value is not None for value in row):
            regions.append(_region(dict(zip(heads, row, strict=False)), f"{where}: sheet marks, row {number}"))
    check(text, regions, where)
    return Marked(name, text, digest, tuple(regions), _links(book["links"], {region.id for region in regions}, where))


def _links(sheet: Any, ids: Set[str], where: str) -> tuple[Link, ...]:
    """Return the links between rows; who deletes a row that we wrote need not look for its links."""
    found = []
    for number, row in enumerate(sheet.iter_rows(min_row=2, values_only=True), 2):
        if not row[0]:
            continue
        link = Link(*map(_text, row[:3]))
        lost = {link.source, link.target} - ids
        if any(not _OURS.fullmatch(name) for name in lost):
            raise GoldError(f"{where}: sheet links, row {number}: no row of the sheet marks has the id "
                            f"{', '.join(sorted(lost))}; correct it or delete the row")
        if not lost:
            found.append(link)
    return tuple(found)


def _region(row: dict[str, Any], where: str) -> Region:
    try:
        start, end, layer = int(row["start"]), int(row["end"]), str(row["layer"])
    except (KeyError, TypeError, ValueError) as error:
        raise GoldError(f"{where}: start, end and layer are needed ({error!r})") from error
    if layer not in LAYERS:
        raise GoldError(f"{where}: unknown layer {layer!r}; known: {', '.join(LAYERS)}")
    given = {name: _text(value) for name, value in row.items() if name not in _FIXED and value is not None}
    return Region(_text(row["id"]), layer, start, end, given, _text(row.get("labeller") or "annotator"))


def _text(value: Any) -> str:
    from openpyxl.utils.escape import unescape

    return str(unescape(value)) if isinstance(value, str) else str(value)
