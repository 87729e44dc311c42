"""Span groups: each layer's records as spans of the Doc, with label, id and the exact offsets of record.

Groups hold whole tokens; a record that begins or ends inside a token is widened to it, and `group.attrs["exact"]`
keeps its own offsets (`exact` pairs them). spaCy does not move span groups when tokens are merged or split: call
`attach(doc)` afterwards, it makes the groups anew from the offsets, which no retokenising changes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from spacy.tokens import Doc, Span, SpanGroup

from nlp_reform.model import Document, Mention
from nlp_reform.spans import Span as Place


class Marked(NamedTuple):
    """A piece of the text of record `[start, end)` with its label and the id of its record."""

    start: int
    end: int
    label: str
    id: str


def _mention(mention: Mention | None, label: str, id: str) -> Iterator[Marked]:
    if mention is not None:
        yield Marked(mention.start, mention.end, label, id)


def _sections(document: Document) -> Iterator[Marked]:
    return (Marked(one.start, one.end, f"level-{one.level}", one.id) for one in document.sections)


def _directives(document: Document) -> Iterator[Marked]:
    return (Marked(one.start, one.end, one.numbering, one.id) for one in document.directives)


def _statements(document: Document) -> Iterator[Marked]:
    return (Marked(one.start, one.end, one.kind, one.id) for one in document.statements)


def _references(document: Document) -> Iterator[Marked]:
    return (Marked(one.start, one.end, one.kind, "") for one in document.references)


def _quantities(document: Document) -> Iterator[Marked]:
    return (Marked(one.start, one.end, one.role, one.id) for one in document.quantities)


def _targets(document: Document) -> Iterator[Marked]:
    """Yield the printed slots of the targets; the number itself is in the group of the quantities."""
    for one in document.targets:
        yield from _mention(one.indicator, "indicator", one.id)
        if one.deadline and one.deadline.start is not None and one.deadline.end is not None:
            yield Marked(one.deadline.start, one.deadline.end, "deadline", one.id)
        if one.baseline:
            yield Marked(one.baseline.start, one.baseline.end, "baseline", one.id)
        yield from _mention(one.scope, "scope", one.id)


def _cues(document: Document) -> Iterator[Marked]:
    for one in document.obligations:
        yield from _mention(one.cue, one.modality, one.id)


def _bearers(document: Document) -> Iterator[Marked]:
    for one in document.obligations:
        yield from _mention(one.bearer, "inherited" if one.inherited else "bearer", one.id)


def _actions(document: Document) -> Iterator[Marked]:
    for one in document.obligations:
        yield from _mention(one.action, one.modality, one.id)


def _conditions(document: Document) -> Iterator[Marked]:
    for one in document.obligations:
        yield from _mention(one.condition, "condition", one.id)
        yield from _mention(one.exception, "exception", one.id)


def _assignments(document: Document) -> Iterator[Marked]:
    return (Marked(one.unit.start, one.unit.end, one.role, one.directive or "") for one in document.assignments)


def _themes(document: Document) -> Iterator[Marked]:
    places = {one.id: Place(one.start, one.end) for one in document.directives}
    return (Marked(*places[one.directive], f"{one.codebook}:{one.code}", one.directive)
            for one in document.themes if one.directive in places)


GROUPS: Mapping[str, Mapping[str, Callable[[Document], Iterable[Marked]]]] = {
    "reform_structure": {"reform.sections": _sections, "reform.directives": _directives,
                         "reform.statements": _statements, "reform.references": _references},
    "reform_quantities": {"reform.quantities": _quantities, "reform.targets": _targets},
    "reform_obligations": {"reform.cues": _cues, "reform.bearers": _bearers, "reform.actions": _actions,
                           "reform.conditions": _conditions, "reform.assignments": _assignments},
    "reform_themes": {"reform.themes": _themes},
}
"""The span groups of each component, by their key in `doc.spans`."""


def mark(doc: Doc, document: Document, component: str) -> None:
    """Write the span groups of a component, in place of earlier ones of the same keys."""
    tokens = Tokens(doc)
    placed = {directive.id for directive in document.directives}
    scores = [theme.score for theme in document.themes if theme.directive in placed]
    for key, find in GROUPS[component].items():
        put(tokens, key, find(document), {"scores": scores} if key == "reform.themes" else None)


def exact(doc: Doc, key: str) -> list[tuple[Span, int, int]]:
    """Return the spans of one of our groups, each with the offsets of record of what it stands for (code points)."""
    group = doc.spans[key]
    return [(span, start, end) for span, (start, end) in zip(group, group.attrs["exact"], strict=True)]


class Tokens:
    """Finds the tokens that cover a piece of text."""

    def __init__(self, doc: Doc) -> None:
        """Note where the tokens begin."""
        self.doc = doc
        self._starts: list[int] = doc.to_array("IDX").tolist()

    def cover(self, start: int, end: int) -> tuple[int, int]:
        """Return the first token that shares a character with `[start, end)`, and the one after the last."""
        return max(bisect_right(self._starts, start) - 1, 0), bisect_left(self._starts, end)


def put(tokens: Tokens, key: str, found: Iterable[Marked], attrs: Mapping[str, object] | None = None) -> None:
    """Write one group; spans are in the order given. `attrs["named"]` repeats labels and ids, which spans can lose."""
    marked = [one for one in found if one.start < one.end]
    spans = [Span(tokens.doc, *tokens.cover(one.start, one.end), label=one.label, span_id=one.id) for one in marked]
    kept = {"exact": [[one.start, one.end] for one in marked], "named": [[one.label, one.id] for one in marked]}
    tokens.doc.spans[key] = SpanGroup(tokens.doc, name=key, spans=spans, attrs={**kept, **(attrs or {})})
