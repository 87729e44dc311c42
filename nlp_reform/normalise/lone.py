"""Numbers that count: alone on their lines before paragraphs, or as labels that go on from the one before."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nlp_reform.normalise.markers import starts_label
from nlp_reform.prepared import compiled

if TYPE_CHECKING:
    from nlp_reform.normalise.lines import Line

_NUMBER = compiled(r"\d{1,3}")
_LABEL = compiled(r"(\(?)(\d{1,3})([.、)])(?!\d)")
_FIGURE = compiled(r"[-+(]?\d[\d,. ]*\)?%?")
_COUNTER = compiled(r"序号|编号|页码|段数")
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


def counted_labels(lines: list[Line]) -> frozenset[int]:
    """Return the lines whose Arabic label is the next after the label of its kind before (19. after 18.).

    In a hard-wrapped text a line may begin with a number by chance; with just this one it hardly does.
    """
    last: dict[tuple[str, str], int] = {}
    found = []
    for index, line in enumerate(lines):
        if (match := _LABEL.match(line.text)) is None:
            continue
        kind, number = (match.group(1), match.group(3)), int(match.group(2))
        if number > 1 and last.get(kind) == number - 1:
            found.append(index)
        last[kind] = number
    return frozenset(found)


def _opens(lines: list[Line], text: str, index: int, heads: Counter[str], *, first: bool) -> bool:
    """Tell whether prose begins below a line and nothing is left open above it but short headings of one place."""
    line, below = lines[index], lines[index + 1]
    cell = index > 0 and _FIGURE.fullmatch(lines[index - 1].text) is not None
    if cell or below.width < _PROSE or "\x0c" in text[line.end : below.start]:
        return False
    if first and any(_COUNTER.fullmatch(near.text) for near in lines[max(index - _ABOVE, 0) : index]):
        return False
    for number in range(index - 1, max(index - _HEADINGS, 0) - 1, -1):
        above = lines[number]
        if "\x0c" in text[above.end : lines[number + 1].start]:
            return False
        if above.text[-1] in _ENDS or starts_label(above.text):
            return True
        if above.width > _HEAD or above.text[-1] in ",、" or (first and heads[above.text] > 2):
            return False
    return True
