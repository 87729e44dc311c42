"""Numbers that count no items: notes below a table, marks among its cells, titles printed again on each page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from nlp_reform.model import BlockKind
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon
from nlp_reform.segment.labels import Label, label_at
from nlp_reform.segment.sequence import Key, key_of

_CELL = compiled(r"[-—–]+|[-+(]?\d[\d,. %*]*\)?[%元]?")
_MARKS = frozenset({"arabic_bracket", "arabic_half", "letter", "roman_bracket", "circle"})
_LISTED = _MARKS | {"arabic"}
_OPENER, _NEAR, _FEW, _FAR = 6, 6, 3, 60


def find(
    text: str, paragraphs: Sequence[tuple[int, int]], kinds: list[BlockKind | None], labels: Mapping[int, Label]
) -> frozenset[int]:
    """Return, by index, the paragraphs whose labels count no items; `labels` are by index.

    Titles that come again with number and wording before the next of their family are marked as noise in `kinds`.
    """
    return frozenset(
        _below(text, paragraphs, labels) | _marked(text, paragraphs, kinds, labels)
        | _among_cells(text, paragraphs, labels) | _printed_again(text, paragraphs, kinds, labels)
    )


@lru_cache(maxsize=1)
def _openers() -> re.Pattern[str]:
    return compiled(lexicon("frame")["notes"]["opener"])


def _below(text: str, paragraphs: Sequence[tuple[int, int]], labels: Mapping[int, Label]) -> set[int]:
    """Return the numbered notes below a line that says notes (注:), with all numbers set between them."""
    found: set[int] = set()
    for index, (start, end) in enumerate(paragraphs):
        if end - start <= _OPENER and _openers().fullmatch(text, start, end):
            found |= _counted(index + 1, len(paragraphs), labels)
    return found


def _marked(
    text: str, paragraphs: Sequence[tuple[int, int]], kinds: Sequence[BlockKind | None], labels: Mapping[int, Label]
) -> set[int]:
    """Return the numbered notes right below rows that hold such numbers as marks."""
    found: set[int] = set()
    for index, label in labels.items():
        if label.number != 1 or label.family.name not in _MARKS or not index or kinds[index - 1] != "row":
            continue
        row = index - 1
        while row and kinds[row - 1] == "row":
            row -= 1
        cells = (label_at(text, *paragraphs[n]) for n in range(row, index))
        if any(mark is not None and key_of(mark) == key_of(label) for mark in cells):
            found |= _counted(index, len(paragraphs), labels)
    return found


def _counted(at: int, end: int, labels: Mapping[int, Label]) -> set[int]:
    """Return the paragraphs with labels from the note number one at `at` to the last that counts on."""
    first = labels.get(at)
    if first is None or first.number != 1 or first.family.name not in _LISTED:
        return set()
    start = last = at
    number = 1
    while at + 1 < end and at - last <= _FAR:
        at += 1
        label = labels.get(at)
        if label is None:
            continue
        if key_of(label) == key_of(first) and label.number == number + 1:
            last, number = at, number + 1
        elif label.family.name not in _LISTED:
            break
    return {n for n in range(start, last + 1) if n in labels}


def _among_cells(text: str, paragraphs: Sequence[tuple[int, int]], labels: Mapping[int, Label]) -> set[int]:
    """Return the bracketed marks of runs most of which stand among bare figures, one a line."""
    cells = [end - start <= 24 and _CELL.fullmatch(text, start, end) is not None for start, end in paragraphs]
    if sum(cells) < _FEW:
        return set()
    found: set[int] = set()
    runs: dict[Key, list[int]] = {}

    def close(run: list[int]) -> None:
        if 2 * sum(sum(cells[max(n - _NEAR, 0) : n + _NEAR + 1]) >= _FEW for n in run) > len(run):
            found.update(run)

    for index, label in sorted(labels.items()):
        if label.family.name not in _MARKS:
            continue
        run = runs.setdefault(key_of(label), [])
        before = labels[run[-1]].number if run else None
        if run and label.number != (before or 0) + 1:
            close(run)
            run.clear()
        run.append(index)
    for run in runs.values():
        close(run)
    return found


def _printed_again(
    text: str, paragraphs: Sequence[tuple[int, int]], kinds: list[BlockKind | None], labels: Mapping[int, Label]
) -> set[int]:
    """Return the chapter titles printed again while the chapter goes on, as at the head of every page."""
    open_: dict[str, str] = {}
    found: set[int] = set()
    for index, label in sorted(labels.items()):
        line = text[slice(*paragraphs[index])]
        if label.family.title and "。" not in line and label.end < paragraphs[index][1]:
            if open_.get(label.family.name) == line:
                kinds[index] = "noise"
                found.add(index)
            open_[label.family.name] = line
    return found
