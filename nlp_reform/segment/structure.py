"""From the cleaned copy to blocks, sections, directives and tables."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from nlp_reform.model import BlockKind, Document
from nlp_reform.segment import bare, duplicates, frame, notes, tables
from nlp_reform.segment.labels import Label
from nlp_reform.segment.outline import Builder, Node, detach, is_heading, opens_box, opens_chapter
from nlp_reform.segment.paragraphs import paragraphs_of
from nlp_reform.segment.parts import parts_of
from nlp_reform.segment.records import Recorder
from nlp_reform.segment.sequence import accepted, key_of, nesting


def find(document: Document) -> Mapping[str, Any]:
    """Return the layers `blocks`, `sections`, `directives`, `tables` and `parts`, and notes on doubtful numbering.

    Directives are explicit (numbered items) and inferred (paragraphs of prose that no numbered item holds);
    `keep_prescriptive` later takes out those that prescribe nothing.
    """
    text = document.view.text
    paragraphs, printed = paragraphs_of(text)
    printed |= bare.find(document.view, paragraphs, printed)
    kinds, parts, unreadable = frame.read(text, paragraphs, printed)
    found_tables = tables.find(text, paragraphs, kinds, parts)
    tables.figures(text, paragraphs, kinds)
    tables.lists(text, paragraphs, kinds)
    repeats = duplicates.find(text, paragraphs, [kind is not None for kind in kinds], printed)
    for index in repeats:
        kinds[index] = "duplicate"
    labels = _labels(text, paragraphs, kinds, printed)
    roots = _trees(text, paragraphs, kinds, labels, parts)
    recorder = Recorder(document, paragraphs, kinds, labels, repeats)
    for first, last in unreadable:
        recorder.note("mojibake", (first, last), "text that could not be decoded is left out")
    for first, last in duplicates.stretches(repeats):
        recorder.note("duplicate-block", (first, last), "printed before; kept as duplicates of the first place")
    enclosed = parts_of(document.view, paragraphs, kinds, parts)
    return {**recorder.record(roots), "tables": found_tables, "parts": enclosed}


def _labels(
    text: str, paragraphs: list[tuple[int, int]], kinds: list[BlockKind | None], printed: dict[int, Label]
) -> dict[int, Label]:
    """Return the labels that count items, by paragraph."""
    found = {
        index: label
        for index, (start, _) in enumerate(paragraphs)
        if kinds[index] is None and (label := printed.get(start)) is not None
    }
    for index in notes.find(text, paragraphs, kinds, found):
        del found[index]
    keep = accepted(list(found.values()))
    return {index: label for (index, label), kept in zip(found.items(), keep, strict=True) if kept}


def _trees(
    text: str,
    paragraphs: list[tuple[int, int]],
    kinds: list[BlockKind | None],
    labels: dict[int, Label],
    parts: list[int],
) -> list[Node]:
    """Return one tree for the document and one for each enclosed part."""
    edges = [0, *parts, len(paragraphs)]
    roots = []
    for first, last in pairwise(edges):
        order = nesting([label for index, label in labels.items() if first <= index < last], list(labels.values()))
        builder = Builder(text, paragraphs, order)
        pending: list[int] = []
        for index in range(first, last):
            if kinds[index] == "row":
                builder.prose(index)
            if kinds[index] is not None:
                continue
            label = labels.get(index)
            if label is None and opens_box(text, paragraphs[index]):
                builder.box(index)
                continue
            if label is None and is_heading(text, paragraphs[index]):
                pending.append(index)
                continue
            _place_headings(builder, text, paragraphs, pending, label, order)
            pending = []
            if label is None or label.family.clause:
                builder.prose(index)
            else:
                builder.item(index, label)
        for index in pending:
            builder.prose(index)
        detach(builder.root, text, paragraphs)
        roots.append(builder.root)
    return roots


def _place_headings(
    builder: Builder,
    text: str,
    paragraphs: list[tuple[int, int]],
    pending: list[int],
    label: Label | None,
    order: dict[Any, int],
) -> None:
    """Hang printed headings without number above the item or prose that follows them."""
    for depth, index in enumerate(pending):
        line = text[slice(*paragraphs[index])]
        if label is not None and not label.family.clause:
            below = 10 * order[key_of(label)]
            builder.heading(index, below - (2 if depth == 0 and len(pending) > 1 else 1))
        elif opens_chapter(line) or not order:
            builder.heading(index, -1 + depth + 1)
        else:
            builder.prose(index)
