"""The text of record as HTML: sentences with anchors, nested highlighted spans, pages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markupsafe import Markup, escape

from nlp_reform.model import Directive, Document
from nlp_reform.view.words import Words

MARKS = ("quantity", "cue", "bearer", "condition", "actor", "indicator", "deadline", "reference")
"""The kinds of highlighted spans, in the order of the legend."""


class Mark(NamedTuple):
    """A highlighted span `[start, end)` of record: its kind, and what a pointer resting on it is told."""

    start: int
    end: int
    kind: str
    title: str = ""


class Block(NamedTuple):
    """A stretch of the text: a directive with its body, or what stands between directives."""

    directive: Directive | None
    html: Markup


class Anchors:
    """Where a place of record is found in the page: `s0-120` is the sentence of document 0 that starts at 120."""

    def __init__(self, number: int, document: Document) -> None:
        """Take the document's number in the report."""
        self.number = number
        self._document = document
        self._starts = [item.start for item in document.statements]
        self._pages = [page.start for page in document.pages]

    def of(self, offset: int) -> str:
        """Return the anchor of the sentence an offset lies in; of its number where it lies in none."""
        n = bisect_right(self._starts, offset) - 1
        if n >= 0 and offset < self._document.statements[n].end:
            return f"s{self.number}-{self._starts[n]}"
        return f"m{self.number}-{offset}"

    def sentence(self, offset: int) -> tuple[int, int]:
        """Return the sentence's offsets, an empty span where there is none."""
        n = bisect_right(self._starts, offset) - 1
        if n >= 0 and offset < self._document.statements[n].end:
            return self._starts[n], self._document.statements[n].end
        return offset, offset

    def page(self, offset: int) -> int | None:
        """Return the number of the page an offset lies on; None for a source without pages."""
        n = bisect_right(self._pages, offset) - 1
        return self._document.pages[n].number if n >= 0 else None


def find_marks(document: Document, words: Words) -> list[Mark]:
    """Return every span to highlight, each kind and place once."""
    return sorted(set(_marks(document, words)))


def _marks(document: Document, words: Words) -> Iterator[Mark]:
    for quantity in document.quantities:
        yield Mark(quantity.start, quantity.end, "quantity", words("role", quantity.role))
    for duty in document.obligations:
        said = f"{words('modality', duty.modality)} · {words('strength', duty.strength)}"
        if duty.cue:
            yield Mark(duty.cue.start, duty.cue.end, "cue", said)
        if duty.bearer and not duty.inherited:
            yield Mark(duty.bearer.start, duty.bearer.end, "bearer")
        for found in (duty.condition, duty.exception):
            if found:
                yield Mark(found.start, found.end, "condition")
    for unit in document.assignments:
        yield Mark(unit.unit.start, unit.unit.end, "actor")
    for target in document.targets:
        if target.indicator:
            yield Mark(target.indicator.start, target.indicator.end, "indicator")
        if target.deadline and target.deadline.start is not None and target.deadline.end is not None:
            yield Mark(target.deadline.start, target.deadline.end, "deadline")
    for reference in document.references:
        yield Mark(reference.start, reference.end, "reference")


def blocks(number: int, document: Document, words: Words) -> Iterator[Block]:
    """Yield the whole text in order, cut at the directives; joined, the blocks' texts are the text of record."""
    marks = find_marks(document, words)
    done = 0
    for directive in sorted(document.directives, key=lambda one: one.start):
        if directive.start < done:
            continue
        if directive.start > done:
            yield Block(None, render(number, document, marks, done, directive.start))
        yield Block(directive, render(number, document, marks, directive.start, directive.end))
        done = directive.end
    if done < len(document.text):
        yield Block(None, render(number, document, marks, done, len(document.text)))


def render(number: int, document: Document, marks: Iterable[Mark], first: int, last: int) -> Markup:
    """Return `text[first:last]` as HTML with its sentences, marks and page starts.

    Spans that cross are closed and opened again, so that elements always nest; anchors stand on the first piece.
    """
    spans = [(item.start, item.end, f' class="s" id="s{number}-{item.start}"') for item in document.statements
             if first <= item.start < last]
    spans += [(max(mark.start, first), min(mark.end, last), _attributes(number, mark)) for mark in marks
              if mark.start < last and mark.end > first]
    pages = {page.start: page.number for page in document.pages if first <= page.start < last}
    return Markup("".join(_nested(document.text, sorted(spans, key=lambda s: (s[0], -s[1])), pages, first, last)))


def _attributes(number: int, mark: Mark) -> str:
    anchor = f' id="m{number}-{mark.start}"' if mark.kind == "quantity" else ""
    title = f' title="{escape(mark.title)}"' if mark.title else ""
    return f' class="m {mark.kind}"{anchor}{title}'


def _nested(
    text: str, spans: list[tuple[int, int, str]], pages: dict[int, int], first: int, last: int
) -> Iterator[str]:
    """Yield the pieces: at each place close what ends, open what starts, longest outside."""
    edges = sorted({first, last, *pages, *(edge for start, end, _ in spans for edge in (start, min(end, last)))})
    open_spans: list[tuple[int, str]] = []
    at = 0
    for place, following in zip(edges, [*edges[1:], last], strict=True):
        again: list[tuple[int, str]] = []
        while open_spans and any(end <= place for end, _ in open_spans):
            end, attributes = open_spans.pop()
            yield "</span>"
            if end > place:
                again.append((end, attributes.partition(" id=")[0]))
        starting = list(reversed(again))
        while at < len(spans) and spans[at][0] <= place:
            if spans[at][1] > place:
                starting.append(spans[at][1:])
            at += 1
        if place in pages:
            yield f'<span class="page" data-page="{pages[place]}"></span>'
        for end, attributes in starting:
            open_spans.append((end, attributes))
            yield f"<span{attributes}>"
        yield str(escape(text[place:following])).replace("\r", "&#13;")
    yield "</span>" * len(open_spans)
