"""Tables: lines of tab-separated cells, and tables set one cell a line."""

from __future__ import annotations

from collections.abc import Sequence

from nlp_reform.model import BlockKind, Table


def find(text: str, paragraphs: Sequence[tuple[int, int]], kinds: list[BlockKind | None]) -> tuple[Table, ...]:
    """Return the tables, and mark their paragraphs as rows in `kinds`."""
    found: list[Table] = []
    rows: list[tuple[tuple[int, int], ...]] = []
    last = -2
    for index, (start, end) in enumerate(paragraphs):
        if "\t" not in text[start:end] or kinds[index] is not None:
            continue
        if index != last + 1 and rows:
            found.append(Table(rows[0], tuple(rows[1:])))
            rows = []
        kinds[index] = "row"
        rows.append(_cells(text, start, end))
        last = index
    if rows:
        found.append(Table(rows[0], tuple(rows[1:])))
    return tuple(found)


def _cells(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the cells of a tab-separated line; empty ones have no length."""
    cells = []
    at = start
    for cell in text[start:end].split("\t"):
        cells.append((at, at + len(cell)))
        at += len(cell) + 1
    return tuple(cells)
