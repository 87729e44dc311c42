"""From the text of record to a cleaned copy: one script, one width, one paragraph a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from nlp_reform.model import Document
from nlp_reform.normalise import characters, lines
from nlp_reform.normalise.script import simplify
from nlp_reform.prepared import compiled
from nlp_reform.spans import View

__all__ = ["find"]

_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_EMPTY = compiled(r"(?<=\n)\n")
_LONE_RETURN = compiled(r"\r(?!\n)")


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
    view = View(document.text, _without(simple, cuts), cuts)
    if "\n\n" in view.text:  # a line of nothing but what was cut is no paragraph
        empty = (view.map.origin(match.start()) for match in _EMPTY.finditer(view.text))
        cuts = _merged([*cuts, *((at, at + 1) for at in empty)])
        view = View(document.text, _without(simple, cuts), cuts)
    return {"view": view, "script": script}


def _without(text: str, cuts: Iterable[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for start, end in cuts:
        pieces.append(text[at:start])
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


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
