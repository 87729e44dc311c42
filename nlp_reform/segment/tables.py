"""Tables: lines of tab-separated cells, and tables set one cell a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from nlp_reform.model import BlockKind, Table
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon
from nlp_reform.segment.labels import Label, label_at

Cells = tuple[tuple[int, int], ...]

_CELL, _HEADER, _LONGEST = 12, 3, 120
_ROW_ENDS = frozenset("0123456789%)-—–")
_WIDE, _BETWEEN, _FEWEST = 24, 7, 6
_NUMBER = compiled(r"\d{1,3}")
_COLUMN = r"(?:[-—–]+|[-+(]?\d[\d,.]*\)?%?)"
_ENTRY = rf"[^\d。;!?—–-]{{0,40}}(?:\([^()]{{1,8}}\))? ?{_COLUMN}\*?(?: {_COLUMN}\*?)*"
_ROW = compiled(rf"(?>{_ENTRY})(?: ?(?>{_ENTRY})){{0,5}}")
_FIGURE = compiled(r"(?:\(\d{1,2}\) ?)?(?:[-—–]+|[-+(]?\d[\d,. %*]*\)?[%元]?)")


def find(
    text: str, paragraphs: Sequence[tuple[int, int]], kinds: list[BlockKind | None], parts: Sequence[int]
) -> tuple[Table, ...]:
    """Return the tables of a cleaned text, and mark their paragraphs as rows in `kinds`.

    A table is a run of lines with tabs, or a run of at least three words known from headers, one a line, with
    the cells that follow them to the end of the part or to a remark. `parts` are where enclosed parts begin.
    """
    found = [*_tabbed(text, paragraphs, kinds), *_stacked(text, paragraphs, kinds, parts)]
    return tuple(sorted(found, key=lambda table: table.header[:1] or ((0, 0),)))


def figures(text: str, paragraphs: Sequence[tuple[int, int]], kinds: list[BlockKind | None]) -> None:
    """Mark as rows, in `kinds`, runs of bare figures one a line with the short names between them.

    A run has at least six figures with at most six names between two; a sentence or a longer line ends it. The names
    right above it belong to it.
    """
    run: list[int] = []

    def close() -> None:
        if len(run) < _FEWEST:
            return
        first = run[0]
        while first and kinds[first - 1] is None and _is_name(text, *paragraphs[first - 1]):
            first -= 1
        for index in range(first, run[-1] + 1):
            kinds[index] = kinds[index] or "row"

    for index, (start, end) in enumerate(paragraphs):
        wide = end - start > _WIDE or text[end - 1] in "。;:!?"
        figure = not wide and kinds[index] is None and _FIGURE.fullmatch(text, start, end) is not None
        if run and (wide or index - run[-1] > _BETWEEN):
            close()
            run = []
        if figure:
            run.append(index)
    close()


def lists(text: str, paragraphs: Sequence[tuple[int, int]], kinds: list[BlockKind | None]) -> None:
    """Mark as rows, in `kinds`, runs of names with nothing but their figures behind them (土地基金 366,940 342,166).

    A run has at least three such lines with at most two short ones, names set alone, between two.
    """
    run: list[int] = []

    def close() -> None:
        if len(run) < _HEADER:
            return
        for index in range(run[0], run[-1] + 1):
            kinds[index] = kinds[index] or "row"

    for index, (start, end) in enumerate(paragraphs):
        row = (
            kinds[index] is None and end - start <= _LONGEST and text[end - 1] in _ROW_ENDS
            and label_at(text, start, end) is None and _ROW.fullmatch(text, start, end) is not None
        )
        if run and (index - run[-1] > _HEADER or (not row and not _is_name(text, start, end))):
            close()
            run = []
        if row:
            run.append(index)
    close()


def _is_name(text: str, start: int, end: int) -> bool:
    """Tell whether a paragraph may be a cell of words: short, no label, no end of a clause."""
    return end - start <= _CELL and text[end - 1] not in "。;:!?," and label_at(text, start, end) is None


def _tabbed(text: str, paragraphs: Sequence[tuple[int, int]], kinds: list[BlockKind | None]) -> list[Table]:
    found: list[Table] = []
    if "\t" not in text:
        return found
    rows: list[Cells] = []
    last = -2
    for index, (start, end) in enumerate(paragraphs):
        if kinds[index] not in (None, "title") or text.find("\t", start, end) < 0:
            continue
        if index != last + 1 and rows:
            found.append(Table(rows[0], tuple(rows[1:])))
            rows = []
        kinds[index] = "row"
        rows.append(_cells(text, start, end))
        last = index
    if rows:
        found.append(Table(rows[0], tuple(rows[1:])))
    return found


def _cells(text: str, start: int, end: int) -> Cells:
    """Return the cells of a tab-separated line, without outer blanks; empty ones have no length."""
    cells = []
    at = start
    for cell in text[start:end].split("\t"):
        first = at + len(cell) - len(cell.lstrip())
        cells.append((first, max(first, at + len(cell.rstrip()))))
        at += len(cell) + 1
    return tuple(cells)


@lru_cache(maxsize=1)
def _header() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = lexicon("frame")["table"]
    return (compiled("|".join(data["header"])), compiled("|".join(data["ends"])), compiled(data["counter"]),
            compiled(data["pair"]))


def _stacked(
    text: str, paragraphs: Sequence[tuple[int, int]], kinds: list[BlockKind | None], parts: Sequence[int]
) -> list[Table]:
    """Find tables set one cell a line, by their header: three words or more, or a task and its unit."""
    header, _, counter, pair = _header()
    heads = [
        kinds[index] in (None, "title") and end - start <= _CELL and header.fullmatch(text, start, end) is not None
        for index, (start, end) in enumerate(paragraphs)
    ]
    found: list[Table] = []
    index = 0
    while index < len(heads):
        width = 0
        while index + width < len(heads) and heads[index + width]:
            width += 1
        cells = paragraphs[index : index + width]
        if width >= _HEADER or (width and pair.fullmatch("\n".join(text[slice(*cell)] for cell in cells))):
            counted = [n for n in range(index, index + width) if counter.fullmatch(text, *paragraphs[n])]
            index, width = (counted[-1], width - counted[-1] + index) if counted else (index, width)
            edge = min((part for part in parts if part > index), default=len(paragraphs))
            last = _end(text, paragraphs, kinds, index + width, edge, width)
            found.append(_table(text, paragraphs, index, width, last))
            kinds[index:last] = ["row"] * (last - index)
            index = last
        index += max(width, 1)
    return found


def _end(
    text: str, paragraphs: Sequence[tuple[int, int]], kinds: list[BlockKind | None], first: int, edge: int, width: int
) -> int:
    """Return where the cells end: at a remark, a signature, or two paragraphs of prose in a row.

    A date that completes the last row is its cell and signs nothing.
    """
    ends, index = _header()[1], first
    while index < edge:
        start, end = paragraphs[index]
        following = paragraphs[index + 1] if index + 1 < edge else (0, 0)
        prose = end - start > 120 and following[1] - following[0] > 120
        closes = kinds[index] == "meta" and index > first and (index - first) % width == width - 1
        if (kinds[index] not in (None, "title") and not closes) or ends.match(text, start, end) or prose:
            break
        index += 1
    return index


def _table(text: str, paragraphs: Sequence[tuple[int, int]], first: int, width: int, last: int) -> Table:
    """Return the table whose header begins at `first`: rows begin at numbered cells, or every `width` cells."""
    cells = list(paragraphs[first + width : last])
    labels = [label_at(text, *cell) for cell in cells]
    numbered = _counting(text, cells, labels)
    rows: list[list[tuple[int, int]]] = []
    by_number = sum(numbered) >= _HEADER
    for cell, label, starts in zip(cells, labels, numbered, strict=True):
        spanning = label is not None and label.family.title
        if not rows or spanning or (starts if by_number else len(rows[-1]) >= width):
            rows.append([])
        rows[-1].append(cell)
    return Table(tuple(paragraphs[first : first + width]), tuple(tuple(row) for row in rows))


def _counting(text: str, cells: Sequence[tuple[int, int]], labels: Sequence[Label | None]) -> list[bool]:
    """Tell of each cell whether it counts the rows: a label with a number, or a bare number that is next in turn."""
    found = []
    expected = 1
    for cell, label in zip(cells, labels, strict=True):
        bare = _NUMBER.fullmatch(text, *cell)
        counts = label is not None and label.family.name == "arabic"
        if bare is not None and int(bare.group()) == expected:
            counts = True
            expected += 1
        found.append(counts)
    return found
