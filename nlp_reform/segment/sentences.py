"""Sentences: they end at 。！？ or with their paragraph, in a table with their cell; ； and ， do not end them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nlp_reform.model import Block, Document, Sentence
from nlp_reform.prepared import compiled
from nlp_reform.spans import View

_SENTENCE = compiled(r"(?=\S)[^。!?]*(?:[。!?]+[”’」』)\]》\"]*|$)")
_CELL = compiled(r"(?=\S)[^。!?\t]*(?:[。!?]+[”’」』)\]》\"]*|(?=\t)|$)")
_SILENT = frozenset({"noise", "contents", "duplicate"})


def find(document: Document) -> Mapping[str, Any]:
    """Return the layer `sentences`: every sentence outside noise, contents and duplicates, in order.

    A label belongs to the first sentence of its paragraph, unless a line break parts it from the text.
    """
    view = document.view
    text = view.text
    found: list[Sentence] = []
    for number, block in enumerate(document.blocks):
        if block.kind in _SILENT:
            continue
        at = _after_lone_label(view, block)
        heading = block.kind in ("title", "section")
        pattern = _CELL if block.kind == "row" else _SENTENCE
        for match in pattern.finditer(text, at, block.end):
            start, end = match.span()
            while end > start and text[end - 1].isspace():
                end -= 1
            if end > start:
                body = max(start, block.body)
                found.append(Sentence(start, end, body, number, block.section, block.directive, heading))
    return {"sentences": tuple(found)}


def _after_lone_label(view: View, block: Block) -> int:
    """Return where a block's first sentence begins: after a label on a line of its own, else at its start."""
    if not block.start < block.body < block.end:
        return block.start
    gap = view.record[view.map.origin(block.body - 1) : view.map.origin(block.body)]
    return block.body if "\n" in gap or "\r" in gap else block.start
