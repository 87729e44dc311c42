"""The layers of documents as flat rows, one table a layer, for CSV, Excel and data frames.

Every row starts with the document's id and year. Evidence with offsets becomes three columns
(`bearer`, `bearer_start`, `bearer_end`). Cells are strings, numbers, truth values or None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from nlp_reform.model import Document, Mention
from nlp_reform.model.signals import signals
from nlp_reform.model.strength import Group, profiles

Row = dict[str, Any]


def _mention(name: str, mention: Mention | None) -> Row:
    if mention is None:
        return {name: None, f"{name}_start": None, f"{name}_end": None}
    return {name: mention.text, f"{name}_start": mention.start, f"{name}_end": mention.end}


def _documents(document: Document) -> Iterator[Row]:
    yield {"title": document.title, "issuer": document.issuer, "number": document.number, "date": document.date,
           "script": document.script, "source": document.source.name, "sha256": document.source.sha256,
           "length": len(document.text), "sections": len(document.sections), "directives": len(document.directives),
           "statements": len(document.statements), "obligations": len(document.obligations),
           "quantities": len(document.quantities), "targets": len(document.targets)}


def _sections(document: Document) -> Iterator[Row]:
    for item in document.sections:
        yield {"section": item.id, "parent": item.parent, "level": item.level, "label": item.label,
               "number": item.number, "heading": item.heading, "start": item.start, "end": item.end}


def _directives(document: Document) -> Iterator[Row]:
    best: dict[str, Row] = {}
    for theme in document.themes:
        best.setdefault(theme.directive, {}).setdefault(f"theme_{theme.codebook}", theme.code)
    books = sorted({theme.codebook for theme in document.themes})
    for item in document.directives:
        themes = {f"theme_{book}": best.get(item.id, {}).get(f"theme_{book}") for book in books}
        yield {"directive": item.id, "section": item.section, "path": " / ".join(item.path), "label": item.label,
               "number": item.number, "numbering": item.numbering, "heading": item.heading, "start": item.start,
               "end": item.end, "duplicates": len(item.duplicates), **themes,
               "text": document.text[item.start:item.end]}


def _statements(document: Document) -> Iterator[Row]:
    for item in document.statements:
        yield {"statement": item.id, "directive": item.directive, "kind": item.kind, "start": item.start,
               "end": item.end, "text": document.text[item.start:item.end]}


def _obligations(document: Document) -> Iterator[Row]:
    for item in document.obligations:
        yield {"obligation": item.id, "directive": item.directive, "statement": item.statement,
               "modality": item.modality, "strength": item.strength, **_mention("cue", item.cue),
               **_mention("bearer", item.bearer), "inherited": item.inherited, **_mention("action", item.action),
               **_mention("condition", item.condition), **_mention("exception", item.exception),
               "polarity": item.polarity, **_mention("object", item.object),
               "bearers": "; ".join(actor.name for actor in item.bearers)}


def _assignments(document: Document) -> Iterator[Row]:
    for item in document.assignments:
        yield {"directive": item.directive, "role": item.role, **_mention("unit", item.unit),
               "canonical": item.canonical, "level": item.level, "kind": item.kind}


def _quantities(document: Document) -> Iterator[Row]:
    for item in document.quantities:
        yield {"quantity": item.id, "directive": item.directive, "text": item.text, "value": item.value,
               "upper": item.upper, "unit": item.unit, "comparator": item.comparator, "role": item.role,
               "start": item.start, "end": item.end, "sentence": _sentence(document, item.start)}


def _targets(document: Document) -> Iterator[Row]:
    quantities = {item.id: item for item in document.quantities}
    for item in document.targets:
        quantity = quantities.get(item.quantity or "")
        place = quantity.start if quantity else item.indicator.start if item.indicator else 0
        yield {"target": item.id, "directive": item.directive,
               "indicator": item.indicator.text if item.indicator else None,
               "comparator": quantity.comparator if quantity else None, "value": quantity.value if quantity else None,
               "upper": quantity.upper if quantity else None, "unit": quantity.unit if quantity else None,
               "direction": item.direction, "change": item.change,
               "deadline": item.deadline.text if item.deadline else None,
               "deadline_year": item.deadline.year if item.deadline else None,
               "baseline": item.baseline.text if item.baseline else None,
               "scope": item.scope.text if item.scope else None, "binding": item.binding,
               "explicitly_absent": item.explicitly_absent, "text": quantity.text if quantity else None,
               "start": quantity.start if quantity else None, "end": quantity.end if quantity else None,
               "sentence": _sentence(document, place)}


def _references(document: Document) -> Iterator[Row]:
    for item in document.references:
        yield {"text": item.text, "title": item.title, "number": item.number, "kind": item.kind, "start": item.start,
               "end": item.end}


def _themes(document: Document) -> Iterator[Row]:
    for item in document.themes:
        yield {"directive": item.directive, "codebook": item.codebook, "code": item.code, "score": item.score}


def _notes(document: Document) -> Iterator[Row]:
    for item in document.notes:
        yield {"code": item.code, "severity": item.severity, "start": item.start, "end": item.end,
               "message": item.message}


def _strength(document: Document) -> Iterator[Row]:
    groups: tuple[Group, ...] = ("document", "section", "actor", "directive")
    for by in groups:
        for row in profiles(document, by):
            yield {"by": by, "group": row.group, "demands": row.count, **dict(row.shares.items()), "mean": row.mean}


def _signals(document: Document) -> Iterator[Row]:
    for item in signals(document):
        yield {"directive": item.directive, "signal": item.colour, "evidence": " ".join(item.evidence)}


_MAKERS: dict[str, Callable[[Document], Iterator[Row]]] = {
    "documents": _documents, "sections": _sections, "directives": _directives, "statements": _statements,
    "obligations": _obligations, "assignments": _assignments, "quantities": _quantities, "targets": _targets,
    "references": _references, "themes": _themes, "notes": _notes,
    "strength": _strength, "signals": _signals,
}
TABLES = tuple(_MAKERS)
"""The names of the tables, in the order in which they are written."""


def rows(documents: Sequence[Document], table: str) -> list[Row]:
    """Return one table over all documents; raises KeyError for a name that is not in `TABLES`."""
    make = _MAKERS[table]
    return [{"document": document.id, "year": document.year, **row} for document in documents for row in make(document)]


def _sentence(document: Document, at: int) -> str:
    """Return the printed sentence in which an offset lies, by bisection over the statements."""
    low, high = 0, len(document.statements)
    while low < high:
        middle = (low + high) // 2
        if document.statements[middle].end <= at:
            low = middle + 1
        else:
            high = middle
    if low == len(document.statements) or document.statements[low].start > at:
        return ""
    return document.text[document.statements[low].start:document.statements[low].end]
