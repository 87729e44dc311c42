"""Attachments and enclosed documents as parts of their own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from nlp_reform.model import BlockKind, Part
from nlp_reform.prepared import compiled
from nlp_reform.segment.formulas import Paragraph
from nlp_reform.spans import View

_LABEL = compiled(r"附 ?(?:件|表|录|图|:) ?(?:[\d一二三四五六七八九十]{1,3}(?![\d年月]))?[:.、]?")
_SPACE = compiled(r"\s+")
_TITLE = 80


def parts_of(
    view: View, paragraphs: Sequence[Paragraph], kinds: Sequence[BlockKind | None], starts: Sequence[int]
) -> tuple[Part, ...]:
    """Return the parts that begin at the paragraphs `starts`, each up to the next.

    A part begins with its label (附件1) when one is printed just above; its title is what follows the label on its
    line, else its title lines.
    """
    found = []
    edges = []
    for first in starts:
        label = _LABEL.match(view.text, *paragraphs[first - 1]) if first else None
        edges.append((first - 1 if label else first, first, label))
    last = len(paragraphs)
    for (begin, first, label), (following, _, _) in pairwise((*edges, (last, last, None))):
        end = following
        if end <= first and not label:
            continue
        lines = []
        if label and label.end() < paragraphs[begin][1]:
            lines.append((label.end(), paragraphs[begin][1]))
        for index in range(first, end if not lines else first):
            if kinds[index] == "title":
                lines.append(paragraphs[index])
            elif lines or kinds[index] not in ("meta", "noise"):
                break
        title = "".join(_printed(view, *line) for line in lines)[:_TITLE]
        name = _printed(view, *label.span()).rstrip(":：.．、 ") if label else ""
        while end - 1 > begin and kinds[end - 1] == "noise":
            end -= 1
        start, stop = view.span(paragraphs[begin][0], paragraphs[max(end - 1, begin)][1])
        found.append(Part(name, title, start, stop))
    return tuple(found)


def _printed(view: View, start: int, end: int) -> str:
    first, last = view.span(start, end)
    return _SPACE.sub(" ", view.record[first:last]).strip()
