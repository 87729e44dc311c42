"""Tables of every format become lines: one row a line, its cells parted by tabs."""

from __future__ import annotations

from collections.abc import Sequence

from nlp_reform.prepared import compiled

Grid = Sequence[Sequence[str | None]]
"""Rows of cells, all of one width. None: covered by the cell above; "": empty, or covered by the cell to the left."""

_LONG, _PARAGRAPHS = 400, 2
_BREAKS = compiled(r"\s*\n\s*")


def lines(grid: Grid) -> list[str]:
    """Return the lines of text that stand for a table.

    A table of data gives one line a row. A cell that covers several rows is printed again where it leads a row,
    so that every row names what it belongs to; elsewhere what it covers stays empty, so that no figure counts twice.
    A table that only sets text (one column, or whole passages in its cells) gives its cells' own lines.
    """
    filled = [row for row in grid if any(row)]
    if not is_data(filled):
        return [line for row in filled for cell in row if cell for line in cell.split("\n")]
    above: list[str] = [""] * max(map(len, filled))
    found = []
    for row in filled:
        leading = True
        cells = []
        for column, cell in enumerate(row):
            if cell is None:
                cells.append(above[column] if leading else "")
                continue
            above[column] = _BREAKS.sub(" ", cell.strip()).replace("\t", " ")
            cells.append(above[column])
            leading = False
        found.append("\t".join(cells))
    return found


def is_data(grid: Grid) -> bool:
    """Tell whether a table holds data in rows and columns rather than setting a page.

    A table inside one of its cells makes it none, unless there are twice as many rows without.
    """
    if len(grid) < 2 or sum(1 for row in grid if sum(cell != "" for cell in row) > 1) < 2:
        return False
    long = (cell for row in grid for cell in row if cell and len(cell) > _LONG)
    if any("\t" in cell or cell.count("\n") > _PARAGRAPHS for cell in long):
        return False
    return 3 * sum(any(cell and "\t" in cell for cell in row) for row in grid) <= len(grid)


def even(rows: Sequence[Sequence[str | None]]) -> Grid:
    """Return rows of one width: short ones are filled with empty cells."""
    width = max(map(len, rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]
