"""Reads a document's amounts once, with their sentences and roles; quantities and targets are made from it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from typing import Any, NamedTuple

from nlp_reform.extract.quantities import amounts as scanning
from nlp_reform.extract.quantities import periods as timing
from nlp_reform.extract.quantities import roles as purposes
from nlp_reform.extract.quantities import tense
from nlp_reform.extract.quantities.masks import Masks
from nlp_reform.extract.quantities.periods import Period
from nlp_reform.extract.quantities.pieces import Amount, Doubt
from nlp_reform.extract.quantities.tables import Cell
from nlp_reform.extract.quantities.tables import find as find_cells
from nlp_reform.model import Document, Note, Quantity, Role, StatementKind
from nlp_reform.model.ids import Serial


class Reading(NamedTuple):
    """All amounts of a document with, at the same index, their sentence's number and their role."""

    amounts: list[Amount]
    sentences: list[int]
    roles: list[Role]
    periods: list[Period]
    doubts: list[Doubt]
    cells: dict[int, Cell]


def find_quantities(document: Document) -> Mapping[str, Any]:
    """Return the layer `quantities`, and notes on what is vague or could not be valued."""
    reading = read(document)
    view = document.view
    serial = Serial(document.id)
    found = []
    for amount, number, role in zip(reading.amounts, reading.sentences, reading.roles, strict=True):
        directive = document.sentences[number].directive
        start, end, text = view.cite(amount.start, amount.end)
        upper = float(amount.upper) if amount.upper is not None else None
        found.append(
            Quantity(
                serial.next(directive, "q"),
                directive,
                start,
                end,
                text,
                float(amount.value),
                upper,
                amount.unit,
                amount.comparator,
                role,
            )
        )
    notes = tuple(Note(d.code, "info", *view.span(d.start, d.end), d.message) for d in reading.doubts)
    return {"quantities": tuple(found), "notes": notes}


_recent: list[tuple[Document, Reading]] = []


def read(document: Document) -> Reading:
    """Scan a document once; the next stage that asks for the same text gets the same reading."""
    for known, reading in _recent:
        if known.view is document.view and known.statements is document.statements and known.year == document.year:
            return reading
    reading = _read(document)
    _recent[:] = [(document, reading)]
    return reading


def _read(document: Document) -> Reading:
    text = document.view.text
    periods = timing.find(text, document.year)
    masks = Masks(text, tuple((p.start, p.end) for p in periods if p.kind in ("year", "plan", "relative")))
    found = scanning.scan(text, masks)
    cells = {cell.amount.start: cell for cell in find_cells(document)} if document.tables else {}
    starts = [s.start for s in document.sentences]
    amounts: list[Amount] = []
    numbers: list[int] = []
    for amount in _with_cells(found.amounts, cells):
        n = bisect_right(starts, amount.start) - 1
        if n >= 0 and amount.start >= document.sentences[n].body and amount.end <= document.sentences[n].end:
            amounts.append(amount)
            numbers.append(n)
    roles = _roles(document, text, amounts, numbers, periods)
    roles = [cells[a.start].role if a.start in cells else role for a, role in zip(amounts, roles, strict=True)]
    return Reading(amounts, numbers, roles, periods, found.doubts, cells)


def _with_cells(amounts: list[Amount], cells: dict[int, Cell]) -> list[Amount]:
    """Put the numbers of table cells in the place of what the scan found there."""
    if not cells:
        return amounts
    taken = sorted((c.amount.left, c.amount.right) for c in cells.values())
    kept = [a for a in amounts if not _inside(taken, a)]
    return sorted([*kept, *(c.amount for c in cells.values())], key=lambda a: a.start)


def _inside(spans: list[tuple[int, int]], amount: Amount) -> bool:
    n = bisect_right(spans, (amount.start, amount.end + 1)) - 1
    return n >= 0 and spans[n][0] <= amount.start < spans[n][1]


def _roles(
    document: Document, text: str, amounts: list[Amount], numbers: list[int], periods: list[Period]
) -> list[Role]:
    roles: list[Role] = []
    starts = [p.start for p in periods]
    kinds: dict[int, StatementKind] = {}
    heads: dict[int, Period | None] = {}
    for i, (amount, n) in enumerate(zip(amounts, numbers, strict=True)):
        sentence = document.sentences[n]
        if n not in kinds:
            kinds[n] = tense.kind(document, n, periods)
            heads[n] = tense.opening(text, periods, sentence.body, document.year)
        following = amounts[i + 1] if i + 1 < len(amounts) and numbers[i + 1] == n else None
        clause = purposes.clause_start(text, sentence.body, amount.left)
        past = _past(text, periods, starts, clause, amount.left, document.year) or _opened(
            text, periods, heads[n], clause, amount.left, document.year
        )
        changed = bool(roles) and roles[-1] == "baseline" and numbers[i - 1] == n
        place = purposes.Place(clause, sentence.body, sentence.end, past, kinds[n], changed)
        roles.append(purposes.find(text, amount, following, place))
    return roles


def _opened(text: str, periods: list[Period], first: Period | None, clause: int, end: int, year: int | None) -> bool:
    """Tell whether a past period at the head of the sentence still governs (“十三五”期间,…;…)."""
    if first is None or tense.coming(text, clause, end):
        return False
    n = bisect_right(periods, first.start, key=lambda p: p.start)
    return not any(
        p.start < end and p.last is not None and year is not None and p.last >= year and p.kind != "term"
        for p in periods[n : n + 8]
    )


def _past(text: str, periods: list[Period], starts: list[int], clause: int, end: int, year: int | None) -> bool:
    """Tell whether a past year governs a clause: 繼於2019年出售; a baseline (比2015年) does not."""
    if year is None:
        return False
    for period in periods[bisect_left(starts, clause) : bisect_left(starts, end)]:
        if period.last is not None and period.last < year and period.kind in ("year", "relative"):
            before = text[max(clause, period.start - 1) : period.start]
            if before not in ("比", "较", "在", "自", "从", "由", "将", "把") and text[
                period.start : period.end
            ] not in ("同比", "上年") and not tense.dates(text, period.end):
                return True
    return False
