"""Numbers with nothing behind them (`1 范围`, or alone on a line) that count headings or paragraphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nlp_reform.prepared import compiled
from nlp_reform.segment.labels import Label, families
from nlp_reform.spans import View

_NUMBER = compiled(r"(\d{1,3}) ?(?=[\u4e00-\u9fff“《「A-Za-z]|(?<= )\d)")
_FEWEST, _HEADING, _OPEN = 3, 30, 4


def find(view: View, paragraphs: Sequence[tuple[int, int]], printed: Mapping[int, Label]) -> dict[int, Label]:
    """Return, by offset, the labels that are bare numbers.

    Numbers that stood on lines of their own count paragraphs where three of them in a row count up from one. Numbers
    parted by a blank from a short heading count where the document numbers items under them (`2 建设` over `2.1`).
    """
    text = view.text
    dotted = {label.family.name for label in printed.values()} >= {"dotted"}
    family = next(family for family in families() if family.name == "bare")
    alone: list[Label] = []
    headings: list[Label] = []
    for start, end in paragraphs:
        if not text[start].isdecimal() or start in printed or (match := _NUMBER.match(text, start, end)) is None:
            continue
        stop = match.end(1)
        gap = view.record[view.map.origin(stop - 1) + 1 : view.map.origin(stop) + (text[stop] == " ")]
        label = Label(start, match.end(), family, int(match.group(1)))
        if "\n" in gap or "\r" in gap:
            alone.append(label)
        elif dotted and (gap.isspace() or text[stop] in " \t") and _is_title(text, start, end):
            headings.append(label)
    found = _counted(alone, _FEWEST)
    if headings:
        under = {int(text[label.start : label.end].split(".")[0]) for label in printed.values() if label.depth}
        found += [label for label in _counted(headings, 1) if label.number in under or label.number == 1]
    return {label.start: label for label in found}


def _is_title(text: str, start: int, end: int) -> bool:
    return end - start <= _HEADING and text[end - 1] not in "。;,:!?" and text.find("。", start, end) < 0


def _counted(labels: Sequence[Label], fewest: int) -> list[Label]:
    """Return the labels that count up one by one from one, when there are at least `fewest`."""
    rows: list[list[Label]] = []
    for label in labels:
        row = next((row for row in reversed(rows[-_OPEN:]) if len(row) + 1 == label.number), None)
        if row is not None:
            row.append(label)
        elif label.number == 1:
            rows.append([label])
    return [label for row in rows if len(row) >= fewest for label in row]
