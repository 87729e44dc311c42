"""Indicator tables: one row is one carrier of targets (scheme.md section 1, table row).

Header cells say what a column holds: the indicator, its unit, a year, an average, 约束性/预期性. A bare number in a
cell takes its unit from the unit column, the indicator's brackets or the header. Values of a year before the
document's are achieved, and the baseline of the row's targets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from nlp_reform.extract.quantities.pieces import Amount
from nlp_reform.model import Binding, Comparator, Document, Role, Table
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

Extent = tuple[int, int]
Column = Literal["serial", "indicator", "unit", "value", "rate", "binding", "text"]
_NUMBER = compiled(
    r"(?P<sign>[<>≤≥]|不低于|不少于|不超过|约)? ?[\[〔(]?(?P<value>-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)"
    r"[\]〕)]?(?P<unit>%|‰)?(?P<tail>以上|以下|以内|左右)?"
)
_UNIT = compiled(r"[(\[]([^()\[\]]{1,12})[)\]]\Z")
_SIGNS: dict[str, Comparator] = {
    "<": "<",
    ">": ">",
    "≤": "<=",
    "≥": ">=",
    "不低于": ">=",
    "不少于": ">=",
    "不超过": "<=",
    "约": "~",
    "以上": ">=",
    "以下": "<=",
    "以内": "<=",
    "左右": "~",
}
_SCALE = compiled(r"[百千万亿]+(?=.)")
_POWERS = {"百": 2, "千": 3, "万": 4, "亿": 8}


class Cell(NamedTuple):
    """A number in a table: its amount, role, and what the row and column say of it."""

    amount: Amount
    role: Role
    indicator: Extent | None
    year: int | None
    header: Extent | None
    rate: bool
    binding: Binding | None


class _Head(NamedTuple):
    kind: Column
    year: int | None
    extent: Extent | None
    unit: str


def find(document: Document) -> list[Cell]:
    """Return the numbers of all indicator tables of a document, in text order."""
    text = document.view.text
    cells: list[Cell] = []
    for table in document.tables:
        heads = [_head(text, extent) for extent in table.header]
        years = [h.year for h in heads if h.year is not None]
        # Without the document's own year, the last year's column is the goal and the ones before it are not.
        year = document.year if document.year is not None else max(years, default=None) if len(years) > 1 else None
        if any(h.kind in ("value", "rate", "indicator") for h in heads):
            cells += _table(text, table, heads, year)
    return sorted(cells, key=lambda c: c.amount.start)


@lru_cache(maxsize=1)
def _words() -> list[tuple[Column, re.Pattern[str]]]:
    columns = lexicon("indicators")["columns"]
    return [
        (kind, compiled("|".join(columns[kind])))
        for kind in ("serial", "binding", "unit", "rate", "indicator", "value")
    ]


def _head(text: str, extent: Extent) -> _Head:
    printed = text[extent[0] : extent[1]]
    year = re.search(r"(?:19|20)\d\d", printed)
    unit = _UNIT.search(printed)
    kind: Column = "text"
    for name, words in _words():
        if words.search(printed):
            kind = name
            break
    if year and kind not in ("rate", "binding"):
        kind = "value"
    return _Head(kind, int(year.group()) if year else None, extent, unit[1] if unit else "")


def _table(text: str, table: Table, heads: Sequence[_Head], year: int | None) -> list[Cell]:
    found: list[Cell] = []
    for row in table.rows:
        found += _row(text, row, heads, year)
    return found


def _row(text: str, row: Sequence[Extent], heads: Sequence[_Head], year: int | None) -> list[Cell]:
    named = {
        head.kind: cell for head, cell in zip(heads, row, strict=False) if head.kind in ("indicator", "unit", "binding")
    }
    indicator = named.get("indicator") or next(
        (
            cell
            for head, cell in zip(heads, row, strict=False)
            if head.kind != "serial" and re.search("[\u4e00-\u9fff]", text[cell[0] : cell[1]])
        ),
        None,
    )
    if indicator is None:
        return []
    extent, unit = _bare(text, indicator)
    if "unit" in named:
        unit = text[named["unit"][0] : named["unit"][1]].strip() or unit
    rest = " ".join(text[a:b] for a, b in row)
    binding: Binding | None = "binding" if "约束性" in rest else "expected" if "预期性" in rest else None
    columns = [(head, cell) for head, cell in zip(heads, row, strict=False) if head.kind in ("value", "rate")]
    if year is not None and any(head.year is not None and head.year >= year + 3 for head in heads):
        year += 1  # a plan's table: the document's own year is where it starts from
    return [
        made for head, cell in columns if (made := _cell(text, cell, head, extent, unit, binding, year)) is not None
    ]


def _goal(head: _Head, year: int | None) -> bool:
    return head.kind == "rate" or head.year is None or year is None or head.year >= year


def _bare(text: str, extent: Extent) -> tuple[Extent, str]:
    """Return the indicator without its bracketed unit, and that unit."""
    match = _UNIT.search(text[extent[0] : extent[1]])
    if match is None:
        return extent, ""
    return (extent[0], extent[0] + match.start()), match[1]


def _cell(
    text: str,
    cell: Extent,
    head: _Head,
    indicator: Extent,
    unit: str,
    binding: Binding | None,
    year: int | None,
) -> Cell | None:
    match = _NUMBER.fullmatch(text, *cell)
    if match is None:
        return None
    value = Decimal(match["value"].replace(",", ""))
    unit = match["unit"] or ("%" if head.kind == "rate" else head.unit or unit)
    scale = _SCALE.match(unit)
    if scale and unit[scale.end() :] not in ("瓦", "瓦时", "米", "克"):
        value *= Decimal(10) ** sum(_POWERS[c] for c in scale.group())
        unit = unit[scale.end() :]
    sign = match["sign"] or match["tail"]
    start, end = match.start("value"), match.end("unit") if match["unit"] else match.end("value")
    amount = Amount(start, end, value, None, unit, _SIGNS.get(sign, "=") if sign else "=", *cell, False)
    goal = _goal(head, year)
    role: Role = "target" if goal else "achieved"
    return Cell(amount, role, indicator, head.year, head.extent, head.kind == "rate", binding)
