"""Sentences: they end at 。！？ or with their paragraph; ； and ， do not end them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from nlp_reform.model import Document, Sentence

_SENTENCE = re.compile(r"[^。!?]*[。!?]+[”’」』)]*|[^。!?]+$")
_SILENT = frozenset({"noise", "contents", "duplicate"})


def find(document: Document) -> Mapping[str, Any]:
    """Return the layer `sentences`: every sentence outside noise, contents and duplicates, in order."""
    text = document.view.text
    found: list[Sentence] = []
    for number, block in enumerate(document.blocks):
        if block.kind in _SILENT:
            continue
        first = True
        for match in _SENTENCE.finditer(text, block.start, block.end):
            start, end = match.span()
            while start < end and text[start].isspace():
                start += 1
            if start == end:
                continue
            body = max(start, block.body) if first else start
            heading = block.kind in ("title", "section")
            found.append(Sentence(start, end, body, number, block.section, block.directive, heading))
            first = False
    return {"sentences": tuple(found)}
