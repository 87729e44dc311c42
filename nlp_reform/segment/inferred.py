"""The last word on directives: only what prescribes stays one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from nlp_reform.model import Block, Directive, Document, Section, Sentence
from nlp_reform.model.ids import Serial, distinct
from nlp_reform.segment.labels import label_at
from nlp_reform.segment.outline import verbs

_LABEL, _TITLE = 8, 10
Owned = TypeVar("Owned", Block, Sentence)


def keep_prescriptive(document: Document) -> Mapping[str, Any]:
    """Return `directives`, `sections`, `blocks`, `sentences` and `statements` after the kinds of sentences are known.

    A directive stays when one of its sentences is prescriptive. An inferred one that has none is prose of its
    section, and so is a point (一是 …); a numbered one that only reports, explains or defines is a section without
    directives. What pointed to them points to the section. Statements are numbered anew under their owners.
    """
    telling = _telling(document)
    gone = {d.id: d for d in document.directives if d.id not in telling}
    if not gone:
        return {}
    numbered = {name: d for name, d in gone.items() if d.numbering == "explicit" and not _is_point(document, d)}
    levels = {section.id: section.level for section in document.sections}
    taken = {section.id for section in document.sections}
    demoted = {name: _section(d, levels, taken) for name, d in numbered.items()}

    def owner(section: str | None, directive: str | None) -> tuple[str | None, str | None]:
        if directive not in gone:
            return section, directive
        return (demoted[directive].id if directive in demoted else section), None

    def moved(layer: Owned) -> Owned:
        if layer.directive not in gone:
            return layer
        section, directive = owner(layer.section, layer.directive)
        return layer._replace(section=section, directive=directive)

    serial = Serial(document.id)
    statements = []
    for statement in document.statements:
        directive = owner(None, statement.directive)[1]
        name = serial.next(directive, "s")
        same = name == statement.id and directive == statement.directive
        statements.append(statement if same else replace(statement, id=name, directive=directive))
    return {
        "directives": tuple(d for d in document.directives if d.id not in gone),
        "sections": tuple(sorted((*document.sections, *demoted.values()), key=lambda s: (s.start, -s.end))),
        "blocks": tuple(moved(block) for block in document.blocks),
        "sentences": tuple(moved(sentence) for sentence in document.sentences),
        "statements": tuple(statements),
    }


def _telling(document: Document) -> set[str | None]:
    """Return the ids of directives that lay something down.

    Cells of tables and remarks in brackets do not, nor does the short title of an item that goes on, unless it opens
    with a verb: what a noun announces (样本城市, 生态宜居) is told by the sentences below it.
    """
    text = document.view.text
    told: dict[str | None, bool] = {}
    titles: dict[str | None, bool] = {}
    for sentence, statement in zip(document.sentences, document.statements, strict=True):
        if document.blocks[sentence.block].kind == "row":
            continue
        lays_down = statement.kind == "prescriptive"
        if sentence.directive not in titles:
            short = sentence.end - sentence.body <= _TITLE and not verbs().match(text, sentence.body, sentence.end)
            titles[sentence.directive] = lays_down
            if short:
                continue
        elif text[sentence.start] == "(" and text[sentence.end - 1] == ")":
            continue
        told[sentence.directive] = told.get(sentence.directive, False) or lays_down
    return {name for name, title in titles.items() if told.get(name, title)}


def _is_point(document: Document, directive: Directive) -> bool:
    """Tell whether a directive's label only marks a point in prose (一是, 第一，)."""
    text = document.view.text
    start = document.view.map.clean(directive.start)
    label = label_at(text, start, min(start + _LABEL, len(text)))
    return label is not None and label.family.clause


def _section(directive: Directive, levels: Mapping[str, int], taken: set[str]) -> Section:
    """Return a numbered item that prescribes nothing as the section it is, under an id not `taken`."""
    head, _, tail = directive.id.rpartition(".d")
    level = levels.get(directive.section or "", 0) + 1
    name = distinct(f"{head}.s{tail}", taken)
    return Section(name, directive.section, level, directive.label, directive.number, directive.heading,
                   directive.start, directive.end, directive.duplicates)
