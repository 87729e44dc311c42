"""Where the lines of a PDF page begin: a first line set in from the margin gets its two blanks, as in a typed text.

Without them a paragraph that ends with a full line cannot be told from one that goes on.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

INDENT = "\u3000\u3000"
_LINE = re.compile(r"[^\r\n]+")
_HAN = re.compile("[\u3400-\u9fff（“《「『〔【]")
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
    """Return the lines of a page that hold Chinese, with the place of their first character."""
    box = [ctypes.c_double() for _ in range(4)]
    found = []
    for line in _LINE.finditer(text):
        han = _HAN.search(line.group())
        if han is None or line.group()[0].isspace():
            continue
        first = raw.FPDFText_GetCharIndexFromTextIndex(textpage, line.start())
        letter = raw.FPDFText_GetCharIndexFromTextIndex(textpage, line.start() + han.start())
        if first < 0 or letter < 0 or not raw.FPDFText_GetCharBox(textpage, letter, *box):
            continue
        em = max(box[1].value - box[0].value, box[3].value - box[2].value)
        if raw.FPDFText_GetCharBox(textpage, first, *box) and em > 0:
            found.append(_Start(line.start(), box[0].value, em, len(line.group()) >= _LONG))
    return found
