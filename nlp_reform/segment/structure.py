"""First cut: 一、 sections and 1. directives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from nlp_reform.model import Block, Directive, Document, Section

_LABEL = re.compile(r"([一二三四五六七八九十]+、)|((?:\([一二三四五六七八九十]+\))|\d{1,2}\.(?!\d))")


def find(document: Document) -> Mapping[str, Any]:
    """Return the layers `blocks`, `sections`, `directives`."""
    view = document.view
    blocks: list[Block] = []
    sections: list[Section] = []
    directives: list[Directive] = []
    section = directive = None
    for line in re.finditer(r"[^\n]+", view.text):
        start, end = line.span()
        label = _LABEL.match(view.text, start)
        kind, body = "prose", start
        if label:
            body = label.end()
            first, last = view.span(start, end)
            if label.group(1):
                kind, directive = "section", None
                section = f"{document.id}.s{len(sections) + 1}"
                sections.append(Section(section, None, 1, label.group(), len(sections) + 1, view.text[body:end], first, last))
            else:
                kind = "item"
                directive = f"{document.id}.d{len(directives) + 1}"
                directives.append(Directive(directive, section, (label.group(),), label.group(), len(directives) + 1, "explicit", view.text[body:end].split("。")[0], first, last))
        blocks.append(Block(start, end, body, kind, section, directive))  # type: ignore[arg-type]
    return {"blocks": tuple(blocks), "sections": tuple(sections), "directives": tuple(directives)}
