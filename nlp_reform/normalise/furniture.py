"""Page furniture: numbers that count the pages, and the heads and feet beside them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

from nlp_reform.model import Note
from nlp_reform.normalise.markers import label

if TYPE_CHECKING:
    from nlp_reform.normalise.lines import Line

_NUMBER = re.compile(r"(?:[-—–·•~|/ ]*|第 ?)(\d{1,4}|\d(?: \d){1,2})(?: ?页(?: ?[,/]? ?共 ?\d+ ?页)?| ?/ ?\d{1,4}|[-—–·•~| ]*)")
_DECORATED = re.compile(r"[-—–·•~]+ ?\d{1,4} ?[-—–·•~]+|第 ?\d{1,4} ?页(?: ?[,/]? ?共 ?\d{1,4} ?页)?")
_DIGITS = re.compile(r"\d+")
_MIN_DISTANCE, _MIN_CHAIN = 100, 3
_HEAD_WIDTH = 70


def furniture(lines: list[Line], pages: tuple[tuple[int, int], ...]) -> tuple[frozenset[int], tuple[Note, ...]]:
    """Return the indices of lines that are page numbers or running heads, and notes on what else was found."""
    numbers = sorted({*_page_numbers(lines), *_decorated(lines)})
    edges = set(numbers)
    near = _beside(lines, numbers, pages)
    heads = Counter(_mask(lines[number].text) for number in near)
    edges.update(number for number in near if heads[_mask(lines[number].text)] >= (3 if pages else 2))
    return frozenset(edges), ()


def _mask(text: str) -> str:
    return _DIGITS.sub("#", text).replace(" ", "")


def _decorated(lines: list[Line]) -> list[int]:
    """Return the lines that hold a number between dashes, where there are at least two."""
    found = [index for index, line in enumerate(lines) if line.width <= 16 and _DECORATED.fullmatch(line.text)]
    return found if len(found) > 1 else []


def _page_numbers(lines: list[Line]) -> list[int]:
    """Return the lines whose bare numbers count up, one by one, at the distance of pages."""
    candidates: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        if line.width <= 24 and (match := _NUMBER.fullmatch(line.text)):
            candidates.append((index, int(match.group(1).replace(" ", ""))))
    best: dict[int, tuple[int, int, int | None]] = {}
    ends: dict[int, list[int]] = {}
    top: int | None = None
    for place, (index, value) in enumerate(candidates):
        length, previous = 1, None
        for step in (1, 2, 3):
            for other in reversed(ends.get(value - step, ())):
                if lines[index].start - lines[candidates[other][0]].start < _MIN_DISTANCE * step:
                    continue
                if best[other][0] + 1 > length:
                    length, previous = best[other][0] + 1, other
                break
        best[place] = (length, index, previous)
        ends.setdefault(value, []).append(place)
        if top is None or length > best[top][0]:
            top = place
    if top is None or best[top][0] < _MIN_CHAIN:
        return []
    chain: list[int] = []
    while top is not None:
        chain.append(best[top][1])
        top = best[top][2]
    return chain[::-1]


def _beside(lines: list[Line], numbers: list[int], pages: tuple[tuple[int, int], ...]) -> list[int]:
    """Return the short lines next to page numbers or at the edges of pages."""
    taken = set(numbers)
    near: list[int] = []
    for number in numbers:
        near += [n for n in (number - 1, number + 1) if 0 <= n < len(lines) and n not in taken]
    if pages:
        starts = [line.start for line in lines]
        for first, last in pages:
            a, b = bisect_left(starts, first), bisect_left(starts, last)
            near += [n for n in dict.fromkeys((a, a + 1, b - 2, b - 1)) if a <= n < b and n not in taken]
    return [n for n in dict.fromkeys(near) if lines[n].width <= _HEAD_WIDTH and _is_head(lines[n].text)]


def _is_head(text: str) -> bool:
    """Tell whether a line beside a page number may be a running head: no label, no end of a sentence."""
    return text[-1] not in "。;" and not label().match(text)
