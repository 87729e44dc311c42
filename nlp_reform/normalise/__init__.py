"""From the text of record to a cleaned copy: one script, one width, one paragraph a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from nlp_reform.model import Document
from nlp_reform.normalise import characters, lines
from nlp_reform.normalise.script import simplify
from nlp_reform.spans import View

__all__ = ["find"]

_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_LONE_RETURN = re.compile(r"\r(?!\n)")


def find(document: Document) -> Mapping[str, Any]:
    """Return the layers `view` and `script`."""
    simple, script = simplify(document.text)
    for mark in _BREAKS:
        simple = simple.replace(mark, "\n")
    if "\r" in simple:
        simple = _LONE_RETURN.sub("\n", simple)
    layout = lines.unwrap(simple, document.text, tuple((page.start, page.end) for page in document.pages))
    cuts = _merged([*characters.cuts(simple), *layout.cuts])
    if layout.blanks:
        letters = list(simple)
        for at in layout.blanks:
            letters[at] = " "
        simple = "".join(letters)
    pieces, at = [], 0
    for start, end in cuts:
        pieces.append(simple[at:start])
        at = end
    pieces.append(simple[at:])
    return {"view": View(document.text, "".join(pieces), cuts), "script": script}


def _merged(cuts: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the cuts in order, overlapping and touching ones as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(cuts):
        if merged and start <= merged[-1][1]:
            if end > merged[-1][1]:
                merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged
