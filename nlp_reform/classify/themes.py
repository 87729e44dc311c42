"""Gives themes to directives, with the section's heading as context."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nlp_reform.classify import codebook as codebooks
from nlp_reform.classify import lexical
from nlp_reform.model import Document, Theme
from nlp_reform.tokens import mainland

DEFAULT_TOP = 3
_CONTEXT = 0.5
"""How much a term in the section's heading weighs beside one in the directive itself."""


def classify(texts: Sequence[str], codebook: str, top: int = DEFAULT_TOP) -> list[list[tuple[str, float]]]:
    """Return for each Simplified text its `(code, score)` pairs, best first, at most `top`.

    Scores lie between 0 and 1. A text in which no term of the codebook stands gets an empty list.
    """
    book = codebooks.load(codebook)
    return [list(lexical.shares(lexical.evidence(mainland(text), book))[:top]) for text in texts]


def finder(names: Sequence[str], top: int = DEFAULT_TOP) -> Callable[[Document], Mapping[str, Any]]:
    """Return the function that finds the layer `themes` for the named codebooks."""
    books = tuple(codebooks.load(name) for name in names)

    def find(document: Document) -> Mapping[str, Any]:
        above = {section.id: mainland(_plain(document, section.start, section.end, first_line=True))
                 for section in document.sections}
        texts = [(directive.id, mainland(_plain(document, directive.start, directive.end)),
                  above.get(directive.section or "", "")) for directive in document.directives]
        found = []
        for book in books:
            for owner, body, heading in texts:
                weighed = lexical.evidence(body, book)
                for code, weight in lexical.evidence(heading, book).items():
                    weighed[code] += _CONTEXT * weight
                found += [Theme(owner, book.id, code, score) for code, score in lexical.shares(weighed)[:top]]
        return {"themes": tuple(found)}

    return find


def _plain(document: Document, start: int, end: int, first_line: bool = False) -> str:
    """Return the cleaned text of a span of record, or only its first line."""
    view = document.view
    begin, stop = view.map.clean(start), view.map.clean(end)
    if first_line:
        line = view.text.find("\n", begin, stop)
        stop = line if line >= 0 else stop
    return view.text[begin:stop]
