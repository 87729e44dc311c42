"""Gives themes to directives, with the section's heading and the title as context."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nlp_reform.classify import codebook as codebooks
from nlp_reform.classify import lexical, scan
from nlp_reform.model import Document, Theme
from nlp_reform.tokens import mainland

DEFAULT_TOP = 3
_CONTEXT = 0.5
"""How much a term in the section's heading weighs beside one in the directive itself."""


def classify(texts: Sequence[str], codebook: str, top: int = DEFAULT_TOP) -> list[list[tuple[str, float]]]:
    """Return for each Simplified text its `(code, score)` pairs, best first, at most `top`.

    Scores lie between 0 and 1. A text in which nothing speaks for any code gets an empty list.
    """
    book = codebooks.load(codebook)
    given = lexical.lexicon(book)
    found = lexical.scores(lexical.evidence(scan.join([mainland(text) for text in texts]), given))
    return [lexical.ranked(row, given.labels, top, 0.0) for row in found]


def finder(names: Sequence[str], top: int = DEFAULT_TOP) -> Callable[[Document], Mapping[str, Any]]:
    """Return the function that finds the layer `themes` for the named codebooks."""
    books = tuple(codebooks.load(name) for name in names)

    def find(document: Document) -> Mapping[str, Any]:
        owners = [directive.id for directive in document.directives]
        headings = {section.id: section.heading for section in document.sections}
        bodies = scan.join([mainland(_plain(document, one.start, one.end)) for one in document.directives])
        above = scan.join([mainland(headings.get(one.section or "", "")) for one in document.directives])
        found = []
        for book in books:
            given = lexical.lexicon(book)
            weighed = lexical.evidence(bodies, given) + _CONTEXT * lexical.evidence(above, given)
            for owner, row in zip(owners, lexical.scores(weighed), strict=True):
                found += [Theme(owner, book.id, *pair) for pair in lexical.ranked(row, given.labels, top, 0.0)]
        return {"themes": tuple(found)}

    return find


def _plain(document: Document, start: int, end: int) -> str:
    """Return the cleaned text of a span of record."""
    view = document.view
    return view.text[view.map.clean(start):view.map.clean(end)]
