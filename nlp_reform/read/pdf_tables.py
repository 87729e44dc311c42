"""A page of a PDF with its ruled tables as rows: lines read from its paths, characters put into their cells."""

from __future__ import annotations

import ctypes
from collections.abc import Collection
from typing import Any

from nlp_reform.prepared import compiled
from nlp_reform.read import grid, ruled
from nlp_reform.read.limits import MAX_COLUMNS, MAX_PAGE_OBJECTS
from nlp_reform.read.pdf_lines import INDENT

_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_MOVE, _LINE = 2, 0
_FEWEST, _THIN, _DEPTH, _LONGEST, _CLOSE = 3, 3.0, 3, 2000, 6.0

_FIGURE = compiled(r"[\s\d.,()%+-]*")

Cells = dict[tuple[int, int], list[str]]
Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def objects(page: Any, raw: Any) -> tuple[list[Any], int]:
    """Return the paths and forms of a page and how many images it may hold (a form may hold one).

    No paths when the page has more than `MAX_PAGE_OBJECTS` objects: it is a drawing.
    """
    paths, images = [], 0
    get, kind = raw.FPDFPage_GetObject, raw.FPDFPageObj_GetType
    count = raw.FPDFPage_CountObjects(page)
    for index in range(min(count, MAX_PAGE_OBJECTS)):
        item = get(page, index)
        found = kind(item)
        if found != _TEXT:
            if found in (_PATH, _FORM):
                paths.append(item)
            images += found in (_IMAGE, _FORM)
    return (paths if count <= MAX_PAGE_OBJECTS else []), images


def text_with_tables(text: str, offsets: Collection[int], paths: list[Any], textpage: Any, raw: Any) -> str | None:
    """Return the text of a page with each ruled table as lines of tab-separated cells; None when it has no table.

    `text` is what pdfium gives for the page, `offsets` the lines of it that are set in from the margin, `paths` what
    `objects` found.

    A table stands where its first character stands in the text. What looks like a table but sets running text
    (long passages in its cells) stays text.
    """
    strokes: list[ruled.Stroke] = []
    for item in paths:
        _collect(item, _SAME, raw, strokes, _DEPTH)
        if len(strokes) > MAX_PAGE_OBJECTS:
            return None
    found = [table for table in ruled.tables(strokes) if len(table.xs) <= MAX_COLUMNS] if len(strokes) > _FEWEST else []
    return _placed(found, text, offsets, textpage, raw) if found else None


def _collect(item: Any, matrix: Matrix, raw: Any, strokes: list[ruled.Stroke], depth: int) -> None:
    kind = raw.FPDFPageObj_GetType(item)
    if kind == _FORM and depth:
        inner = _product(_matrix(item, raw), matrix)
        for index in range(min(raw.FPDFFormObj_CountObjects(item), MAX_PAGE_OBJECTS)):
            _collect(raw.FPDFFormObj_GetObject(item, index), inner, raw, strokes, depth - 1)
    if kind != _PATH or _is_thin(item, matrix, raw, strokes):
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    count = raw.FPDFPath_CountSegments(item)
    if count > _LONGEST or not raw.FPDFPath_GetDrawMode(item, fill, stroke) or not (fill.value or stroke.value):
        return
    lines = _segments(item, count, _product(_matrix(item, raw), matrix), raw)
    if not stroke.value and lines:
        width = max(max(s.x0, s.x1) for s in lines) - min(min(s.x0, s.x1) for s in lines)
        height = max(max(s.y0, s.y1) for s in lines) - min(min(s.y0, s.y1) for s in lines)
        if min(width, height) > _THIN:
            return
    strokes += lines


def _is_thin(item: Any, matrix: Matrix, raw: Any, strokes: list[ruled.Stroke]) -> bool:
    """Tell whether a path is one thin line, and take it: most are, and their bounds say all."""
    x0, y0, x1, y1 = bounds = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(item, *bounds):
        return False
    wide, high = x1.value - x0.value, y1.value - y0.value
    if min(wide, high) > _THIN:
        return False
    x, y = (x0.value + x1.value) / 2, (y0.value + y1.value) / 2
    ends = ((x0.value, y), (x1.value, y)) if wide >= high else ((x, y0.value), (x, y1.value))
    if matrix != _SAME:
        a, b, c, d, e, f = matrix
        ends = tuple((a * x + c * y + e, b * x + d * y + f) for x, y in ends)  # type: ignore[assignment]
    strokes.append(ruled.Stroke(*ends[0], *ends[1]))
    return True


def _segments(item: Any, count: int, matrix: Matrix, raw: Any) -> list[ruled.Stroke]:
    """Return the straight lines of a path in the page's coordinates."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    found = []
    last = first = None
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if kind == _MOVE:
            first = point
        elif kind == _LINE and last is not None:
            found.append(ruled.Stroke(*last, *point))
        if raw.FPDFPathSegment_GetClose(segment) and first is not None:
            found.append(ruled.Stroke(*point, *first))
        last = point
    return found


def _matrix(item: Any, raw: Any) -> Matrix:
    given = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, given):
        return _SAME
    return given.a, given.b, given.c, given.d, given.e, given.f


def _product(m: Matrix, n: Matrix) -> Matrix:
    if n == _SAME:
        return m
    return (m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3], m[2] * n[0] + m[3] * n[2],
            m[2] * n[1] + m[3] * n[3], m[4] * n[0] + m[5] * n[2] + n[4], m[4] * n[1] + m[5] * n[3] + n[5])


def _placed(
    found: list[ruled.Ruling], text: str, offsets: Collection[int], textpage: Any, raw: Any
) -> str | None:
    """Put each character into its cell or into the running text, and the tables at their places.

    Of a line whose first character stands above or below all tables, the others are not looked at.
    """
    running: list[str | int] = []
    cells: list[Cells] = [{} for _ in found]
    left, right, bottom, top = box = [ctypes.c_double() for _ in range(4)]
    place, measure = raw.FPDFText_GetCharIndexFromTextIndex, raw.FPDFText_GetCharBox
    target: Any = running
    first = outside = False
    for offset, character in enumerate(text):
        if character == "\r":
            continue
        if character == "\n":
            first, outside = True, False
        elif not outside and not character.isspace() and measure(textpage, place(textpage, offset), *box):
            x, y = (left.value + right.value) / 2, (bottom.value + top.value) / 2
            target = _target(found, cells, running, x, y)
            outside = first and all(y > table.ys[0] + _CLOSE or y < table.ys[-1] - _CLOSE for table in found)
            first = False
        if offset in offsets and target is running:
            running.append(INDENT)
        target.append(character)
    if not any(cells):
        return None
    return _printed(found, cells, running)


def _target(
    found: list[ruled.Ruling], cells: list[Cells], running: list[str | int], x: float, y: float
) -> list[str] | list[str | int]:
    for number, table in enumerate(found):
        place = table.field(x, y)
        if place is not None:
            if not cells[number]:
                running.append(number)
            return cells[number].setdefault(place, [])
    return running


def _printed(
    found: list[ruled.Ruling], cells: list[Cells], running: list[str | int]
) -> str | None:
    """Return the running text with the tables in it; None when one of them only sets text."""
    printed: dict[int, str] = {}
    for number, table in enumerate(found):
        rows = [
            ["".join(cells[number].get(owner, ())).strip() if owner == (row, column) else None if owner[0] < row else ""
             for column, owner in enumerate(owners)]
            for row, owners in enumerate(table.owner)
        ]
        if cells[number] and (not grid.is_data([row for row in rows if any(row)]) or _is_half_ruled(rows)):
            return None
        printed[number] = "\n".join(grid.lines(rows))
    pieces: list[str] = []
    for piece in running:
        if isinstance(piece, int):
            before = "" if not pieces or pieces[-1].endswith("\n") else "\n"
            pieces.append(f"{before}{printed[piece]}\n")
        elif piece != "\n" or not pieces or len(pieces[-1]) < 2 or not pieces[-1].endswith("\n"):
            pieces.append(piece)
    return "".join(pieces)


def _is_half_ruled(rows: list[list[str | None]]) -> bool:
    """Tell whether one cell holds several figures: lines between them are not drawn, so the cells are not known."""
    return any(cell and "\n" in cell and all(map(_FIGURE.fullmatch, cell.split("\n"))) for row in rows for cell in row)
