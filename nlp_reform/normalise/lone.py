"""Numbers that stand alone on their lines and count the paragraphs that follow them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nlp_reform.normalise.lines import Line

_NUMBER = re.compile(r"\d{1,3}")
_COUNTER = re.compile(r"序号|编号|页码|段数")
_FEWEST, _PROSE, _HEAD, _ABOVE, _HEADINGS, _DIGITS, _OPEN = 3, 24, 44, 8, 4, 3, 4
_ENDS = frozenset("。!?;:…”」』)—")


def lone_numbers(lines: list[Line], text: str) -> frozenset[int]:
    """Return the lines that hold only a number and count paragraphs: one, two, three … each before prose.

    A page number stands where the page ends: in the middle of a sentence, or beside a form feed. A number that
    counts a paragraph follows the end of a sentence or a short heading. The first must not stand below the head of
    a table or contents page.
    """
    if not any(line.text == "1" for line in lines):
        return frozenset()
    heads = Counter(line.text for line in lines if line.width <= _HEAD)
    rows: list[list[int]] = []
    for index, line in enumerate(lines[:-1]):
        if line.width > _DIGITS or not _NUMBER.fullmatch(line.text):
            continue
        number = int(line.text)
        row = next((row for row in reversed(rows[-_OPEN:]) if len(row) + 1 == number), None)
        if (row is None and number != 1) or not _opens(lines, text, index, heads, first=number == 1):
            continue
        if row is None:
            rows.append([index])
        else:
            row.append(index)
    return frozenset(index for row in rows if len(row) >= _FEWEST for index in row)


def _opens(lines: list[Line], text: str, index: int, heads: Counter[str], *, first: bool) -> bool:
    """Tell whether prose begins below a line and nothing is left open above it but short headings of one place."""
    line, below = lines[index], lines[index + 1]
    if below.width < _PROSE or "\x0c" in text[line.end : below.start]:
        return False
    if first and any(_COUNTER.fullmatch(near.text) for near in lines[max(index - _ABOVE, 0) : index]):
        return False
    for number in range(index - 1, max(index - _HEADINGS, 0) - 1, -1):
        above = lines[number]
        if "\x0c" in text[above.end : lines[number + 1].start]:
            return False
        if above.text[-1] in _ENDS:
            return True
        if above.width > _HEAD or above.text[-1] in ",、" or heads[above.text] > 2:
            return False
    return True
