"""Ruled tables: from the lines drawn on a page to rows and columns, merged cells included."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

_SNAP, _TOUCH, _FLAT, _SHORT = 3.0, 3.0, 1.5, 5.0
_MOST_LINES = 500


class Stroke(NamedTuple):
    """A straight line on a page, in points; y grows upwards."""

    x0: float
    y0: float
    x1: float
    y1: float


class _Line(NamedTuple):
    """Strokes along one horizontal (or vertical) at `at`: the pieces of it that are drawn."""

    at: float
    pieces: tuple[tuple[float, float], ...]

    def covers(self, place: float) -> bool:
        return any(a - _TOUCH <= place <= b + _TOUCH for a, b in self.pieces)


class Ruling(NamedTuple):
    """One table: its vertical lines from the left, its horizontal lines from the top, and which cell each field is in.

    `owner[row][column]` is the (row, column) of the top left field of the cell that the field belongs to.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: tuple[tuple[tuple[int, int], ...], ...]

    def field(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the cell at a point, None outside."""
        if not (self.xs[0] - 1 <= x <= self.xs[-1] + 1 and self.ys[-1] - 1 <= y <= self.ys[0] + 1):
            return None
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        row = min(max(bisect_right(self.ys, -y, key=lambda at: -at) - 1, 0), len(self.ys) - 2)
        return self.owner[row][column]


def tables(strokes: Sequence[Stroke]) -> list[Ruling]:
    """Return the tables drawn with these strokes: at least two rows and two columns, from the top of the page.

    Nothing when there are too few lines for a table, or so many that they are a drawing.
    """
    across = _lines([(s.y0, min(s.x0, s.x1), max(s.x0, s.x1)) for s in strokes if _level(s.y0, s.y1, s.x0, s.x1)])
    down = _lines([(s.x0, min(s.y0, s.y1), max(s.y0, s.y1)) for s in strokes if _level(s.x0, s.x1, s.y0, s.y1)])
    if len(across) < 3 or not down or max(len(across), len(down)) > _MOST_LINES:
        return []
    found = [ruling for group in _groups(across, down) if (ruling := _ruling(*group)) is not None]
    return sorted(found, key=lambda ruling: -ruling.ys[0])


def _level(a0: float, a1: float, b0: float, b1: float) -> bool:
    return abs(a0 - a1) <= _FLAT and abs(b0 - b1) >= _SHORT


def _lines(pieces: list[tuple[float, float, float]]) -> list[_Line]:
    """Join pieces that lie along one line, within `_SNAP` points, into one."""
    pieces.sort()
    found: list[_Line] = []
    index = 0
    while index < len(pieces):
        end = index
        while end < len(pieces) and pieces[end][0] - pieces[index][0] <= _SNAP:
            end += 1
        same = pieces[index:end]
        joined: list[tuple[float, float]] = []
        for _, start, stop in sorted(same, key=lambda piece: piece[1]):
            if joined and start <= joined[-1][1] + _TOUCH:
                joined[-1] = (joined[-1][0], max(joined[-1][1], stop))
            else:
                joined.append((start, stop))
        found.append(_Line(sum(piece[0] for piece in same) / len(same), tuple(joined)))
        index = end
    return found


def _groups(across: list[_Line], down: list[_Line]) -> list[tuple[list[_Line], list[_Line]]]:
    """Part the lines into tables: pieces that touch one another belong together."""
    level = [(line.at, a, b) for line in across for a, b in line.pieces]
    upright = [(line.at, a, b) for line in down for a, b in line.pieces]
    owner = list(range(len(level) + len(upright)))

    def root(index: int) -> int:
        while owner[index] != index:
            owner[index] = owner[owner[index]]
            index = owner[index]
        return index

    if len(level) * len(upright) > _MOST_LINES * _MOST_LINES:
        return []
    for n, (y, left, right) in enumerate(level):
        for m, (x, low, high) in enumerate(upright, len(level)):
            if left - _TOUCH <= x <= right + _TOUCH and low - _TOUCH <= y <= high + _TOUCH:
                owner[root(m)] = root(n)
    groups: dict[int, tuple[list[tuple[float, float, float]], list[tuple[float, float, float]]]] = {}
    for index, piece in enumerate([*level, *upright]):
        groups.setdefault(root(index), ([], []))[index >= len(level)].append(piece)
    return [(_lines(a), _lines(b)) for a, b in groups.values() if len(a) > 2 and b]


def _ruling(across: list[_Line], down: list[_Line]) -> Ruling | None:
    """Return the table of a group of lines; sides left open are closed where its horizontals end."""
    left = min(a for line in across for a, _ in line.pieces)
    right = max(b for line in across for _, b in line.pieces)
    edge = ((across[0].at, across[-1].at),)
    if down[0].at - left > 2 * _SHORT:
        down = [_Line(left, edge), *down]
    if right - down[-1].at > 2 * _SHORT:
        down = [*down, _Line(right, edge)]
    rows, columns = list(reversed(across)), down
    if len(rows) < 3 or len(columns) < 3:
        return None
    return Ruling(tuple(c.at for c in columns), tuple(r.at for r in rows), _owners(rows, columns))


def _owners(rows: list[_Line], columns: list[_Line]) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return the cell of each field: fields without a line between them are one cell."""
    height, width = len(rows) - 1, len(columns) - 1
    owner: list[list[tuple[int, int]]] = []
    for row in range(height):
        middle = (rows[row].at + rows[row + 1].at) / 2
        owner.append([])
        for column in range(width):
            centre = (columns[column].at + columns[column + 1].at) / 2
            if row and not rows[row].covers(centre):
                owner[row].append(owner[row - 1][column])
            elif column and not columns[column].covers(middle) and owner[row][column - 1][0] == row:
                owner[row].append(owner[row][column - 1])
            else:
                owner[row].append((row, column))
    return tuple(map(tuple, owner))
