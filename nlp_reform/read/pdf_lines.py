"""Where the lines of a PDF page begin: a first line set in from the margin gets its two blanks, as in a typed text.

Without them a paragraph that ends with a full line cannot be told from one that goes on.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from nlp_reform.prepared import compiled

INDENT = "\u3000\u3000"
_LINE = compiled(r"[^\r\n]+")
_HAN = compiled("[\u3400-\u9fff（“《「『〔【]")
_LONG, _FEWEST = 12, 3
_LEAST, _MOST = 1.2, 3.6


class _Start(NamedTuple):
    """Where a line of the text begins, and where on the page, in ems of its own letters."""

    offset: int
    left: float
    em: float
    long: bool


def insets(text: str, textpage: Any, raw: Any) -> list[int]:
    """Return the offsets of the lines of a page's text that are set in from its margin by about two letters.

    `text` is what pdfium gives for the whole page. The margin is where most of the page's long lines begin. None on
    a page without a margin; lines that begin with blanks already are left alone.
    """
    starts = _starts(text, textpage, raw)
    margins = Counter(round(start.left) for start in starts if start.long)
    if not margins or margins.most_common(1)[0][1] < _FEWEST:
        return []
    margin = float(min(place for place, count in margins.items() if 2 * count >= margins.most_common(1)[0][1]))
    return [s.offset for s in starts if _LEAST * s.em <= s.left - margin <= _MOST * s.em]


def indented(text: str, offsets: Iterable[int]) -> str:
    """Return a text with two ideographic spaces before each of these lines."""
    pieces, at = [], 0
    for offset in offsets:
        pieces += [text[at:offset], INDENT]
        at = offset
    return "".join([*pieces, text[at:]])


def _starts(text: str, textpage: Any, raw: Any) -> list[_Start]:
    """Return the lines of a page that hold Chinese, with the place of their first character.

    A line that begins with a figure or a letter takes the size of its letters from the line before it.
    """
    left, right, bottom, top = box = [ctypes.c_double() for _ in range(4)]
    place, measure = raw.FPDFText_GetCharIndexFromTextIndex, raw.FPDFText_GetCharBox
    found = []
    em = 0.0
    for line in _LINE.finditer(text):
        printed = line.group()
        han = None if printed[0].isspace() else _HAN.search(printed)
        if han is None:
            continue
        if (not em or not han.start()) and measure(textpage, place(textpage, line.start() + han.start()), *box):
            em = max(right.value - left.value, top.value - bottom.value)
        if em > 0 and (not han.start() or measure(textpage, place(textpage, line.start()), *box)):
            found.append(_Start(line.start(), left.value, em, len(printed) >= _LONG))
    return found
