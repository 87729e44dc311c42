"""The layers of documents as flat rows by the declaration in `declared.py`.

Every row has all columns of its table in their order. Evidence with offsets becomes three columns
(`bearer`, `bearer_start`, `bearer_end`). Cells are strings, numbers, truth values or None.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import get_args

from nlp_reform.model import Document, Mention, Statement
from nlp_reform.model.records import Baseline, Deadline
from nlp_reform.model.signals import signals
from nlp_reform.model.strength import Group, profiles
from nlp_reform.tables.columns import Row
from nlp_reform.tables.declared import DOCUMENT_TABLES, LONGEST_SENTENCE


def rows(documents: Iterable[Document], table: str) -> list[Row]:
    """Return one table over all documents; raises KeyError for a name that is not in `TABLES`."""
    make, names = _MAKERS[table], DOCUMENT_TABLES[table].names
    found = []
    for document in documents:
        for row in make(document):
            row |= {"document_id": document.id, "year": document.year}
            found.append({name: row[name] for name in names})
    return found


def _mention(name: str, mention: Mention | Deadline | Baseline | None) -> Row:
    if mention is None:
        return {name: None, f"{name}_start": None, f"{name}_end": None}
    return {name: mention.text, f"{name}_start": mention.start, f"{name}_end": mention.end}


def _documents(document: Document) -> Iterator[Row]:
    yield {"title": document.title, "issuer": document.issuer, "number": document.number, "date": document.date,
           "genre": document.genre.name if document.genre else None,
           "genre_zh": document.genre.chinese if document.genre else None,
           "period_first": document.period.first if document.period else None,
           "period_last": document.period.last if document.period else None,
           "script": document.script, "source": document.source.name, "media_type": document.source.media_type,
           "encoding": document.source.encoding, "sha256": document.source.sha256,
           "length": len(document.text), "sections": len(document.sections), "directives": len(document.directives),
           "statements": len(document.statements), "obligations": len(document.obligations),
           "quantities": len(document.quantities), "targets": len(document.targets)}


def _sections(document: Document) -> Iterator[Row]:
    for item in document.sections:
        yield {"section_id": item.id, "parent": item.parent, "level": item.level, "label": item.label,
               "number": item.number, "heading": item.heading, "start": item.start, "end": item.end}


def _directives(document: Document) -> Iterator[Row]:
    best: dict[str, dict[str, str]] = {}
    for theme in document.themes:
        best.setdefault(theme.directive, {}).setdefault(theme.codebook, theme.code)
    for item in document.directives:
        codes = best.get(item.id, {})
        yield {"directive_id": item.id, "section_id": item.section, "path": " / ".join(item.path), "label": item.label,
               "number": item.number, "numbering": item.numbering, "heading": item.heading, "start": item.start,
               "end": item.end, "duplicates": len(item.duplicates),
               "themes": "; ".join(f"{book}:{codes[book]}" for book in sorted(codes)),
               "text": document.text[item.start:item.end]}


def _statements(document: Document) -> Iterator[Row]:
    for item in document.statements:
        yield {"statement_id": item.id, "directive_id": item.directive, "kind": item.kind, "start": item.start,
               "end": item.end, "text": document.text[item.start:item.end]}


def _obligations(document: Document) -> Iterator[Row]:
    for item in document.obligations:
        yield {"obligation_id": item.id, "directive_id": item.directive, "statement_id": item.statement,
               "modality": item.modality, "strength": item.strength, **_mention("cue", item.cue),
               **_mention("bearer", item.bearer), "inherited": item.inherited, **_mention("action", item.action),
               **_mention("condition", item.condition), **_mention("exception", item.exception),
               "polarity": item.polarity, **_mention("object", item.object),
               "bearers": "; ".join(actor.name for actor in item.bearers), "rule": item.rule}


def _assignments(document: Document) -> Iterator[Row]:
    for item in document.assignments:
        yield {"directive_id": item.directive, "role": item.role, **_mention("unit", item.unit),
               "canonical": item.canonical, "level": item.level, "kind": item.kind}


def _quantities(document: Document) -> Iterator[Row]:
    for item in document.quantities:
        yield {"quantity_id": item.id, "directive_id": item.directive, "text": item.text, "value": item.value,
               "upper": item.upper, "unit": item.unit, "comparator": item.comparator, "role": item.role,
               "start": item.start, "end": item.end, "rule": item.rule, "sentence": _sentence(document, item.start)}


def _targets(document: Document) -> Iterator[Row]:
    quantities = {item.id: item for item in document.quantities}
    for item in document.targets:
        quantity = quantities.get(item.quantity or "")
        place = quantity.start if quantity else item.indicator.start if item.indicator else None
        yield {"target_id": item.id, "quantity_id": item.quantity, "directive_id": item.directive,
               **_mention("indicator", item.indicator), "key": item.key,
               **{name: getattr(quantity, name, None)
                  for name in ("comparator", "value", "upper", "unit", "text", "start", "end")},
               "direction": item.direction, "change": item.change, **_mention("deadline", item.deadline),
               "deadline_year": item.deadline.year if item.deadline else None, **_mention("baseline", item.baseline),
               "baseline_year": item.baseline.year if item.baseline else None,
               "baseline_value": item.baseline.value if item.baseline else None, **_mention("scope", item.scope),
               "binding": item.binding, "explicitly_absent": item.explicitly_absent,
               "sentence": None if place is None else _sentence(document, place)}


def _references(document: Document) -> Iterator[Row]:
    for item in document.references:
        yield {"text": item.text, "title": item.title, "number": item.number, "kind": item.kind, "start": item.start,
               "end": item.end}


def _themes(document: Document) -> Iterator[Row]:
    ranks: Counter[tuple[str, str]] = Counter()
    for item in document.themes:
        ranks[item.directive, item.codebook] += 1
        yield {"directive_id": item.directive, "codebook": item.codebook, "code": item.code,
               "rank": ranks[item.directive, item.codebook], "score": item.score}


def _notes(document: Document) -> Iterator[Row]:
    for item in document.notes:
        yield {"code": item.code, "severity": item.severity, "start": item.start, "end": item.end,
               "message": item.message}


def _strength(document: Document) -> Iterator[Row]:
    for by in get_args(Group):
        for row in profiles(document, by):
            yield {"by": by, "group": row.group, "demands": row.count, **dict(row.shares.items()), "mean": row.mean}


def _signals(document: Document) -> Iterator[Row]:
    for item in signals(document):
        yield {"directive_id": item.directive, "signal": item.colour, "evidence": " ".join(item.evidence)}


def _extra(document: Document) -> Iterator[Row]:
    for layer, records in document.extra.items():
        for number, record in enumerate(records, 1):
            told = record if isinstance(record, Mapping) else {}
            start, end = (told.get(name) if type(told.get(name)) is int else None for name in ("start", "end"))
            yield {"layer": layer, "number": number, "start": start, "end": end,
                   "text": told["text"] if isinstance(told.get("text"), str) else None,
                   "record": json.dumps(record, ensure_ascii=False, default=str)}


_MAKERS: dict[str, Callable[[Document], Iterator[Row]]] = {
    "documents": _documents, "sections": _sections, "directives": _directives, "statements": _statements,
    "obligations": _obligations, "assignments": _assignments, "quantities": _quantities, "targets": _targets,
    "references": _references, "themes": _themes, "notes": _notes,
    "strength": _strength, "signals": _signals, "extra": _extra,
}


def statement_at(document: Document, at: int) -> Statement | None:
    """Return the sentence in which an offset of record lies, by bisection; None between sentences."""
    n = bisect_right(document.statements, at, key=lambda one: one.start) - 1
    return document.statements[n] if n >= 0 and at < document.statements[n].end else None


def _sentence(document: Document, at: int) -> str | None:
    """Return the printed sentence in which an offset lies.

    Of one longer than `LONGEST_SENTENCE` what stands around the offset: else a paragraph without an end, printed
    with each of its thousand numbers, would make tables as long as the square of the text.
    """
    found = statement_at(document, at)
    if found is None or found.end - found.start <= LONGEST_SENTENCE:
        return document.text[found.start:found.end] if found else None
    first = max(found.start, min(at - LONGEST_SENTENCE // 2, found.end - LONGEST_SENTENCE))
    last = first + LONGEST_SENTENCE
    return f"{'…' * (first > found.start)}{document.text[first:last]}{'…' * (last < found.end)}"
