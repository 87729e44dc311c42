"""Builds the graph of one or many documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from nlp_reform.graph.rows import Edge, EdgeKind, Node, shared_id
from nlp_reform.model import Document, UnitRole

if TYPE_CHECKING:
    import networkx as nx

_ASSIGNED: dict[UnitRole, EdgeKind] = {"lead": "leads", "responsible": "responsible", "support": "supports"}
_LABEL = 24
"""Characters of a directive's heading shown as the node's label."""


def build(documents: Sequence[Document]) -> nx.MultiDiGraph[str]:
    """Return a networkx MultiDiGraph of all the documents.

    Node and edge attributes are those of `Node` and `Edge`, with None for what does not apply. Actors, themes,
    indicators, references and years are shared by all documents; everything else belongs to one. Node and
    edge order, and ids, depend on the documents alone.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for document in documents:
        for row in _rows(document):
            if isinstance(row, Node):
                if row.id not in graph:
                    graph.add_node(row.id, **_attributes(row))
            else:
                graph.add_edge(row.source, row.target, **_attributes(row))
    return graph


def _attributes(row: Node | Edge) -> dict[str, object]:
    skipped = ("id", "more") if isinstance(row, Node) else ("source", "target", "more")
    named = {name: getattr(row, name) for name in row.__dataclass_fields__ if name not in skipped}
    return named | row.more


def _rows(document: Document) -> Iterator[Node | Edge]:
    """Yield a document's nodes and edges, every node before the edges that touch it."""
    yield Node(document.id, "document", document.title or document.id, document.id, document.year, 0,
               len(document.text), document.title)
    if document.year is not None:
        year = f"year-{document.year}"
        yield Node(year, "year", str(document.year), year=document.year)
        yield Edge(document.id, year, "dated", document.id, document.year)
    yield from _structure(document)
    yield from _obligations(document)
    yield from _targets(document)
    yield from _shared(document)


def _structure(document: Document) -> Iterator[Node | Edge]:
    year = document.year
    for section in document.sections:
        yield Node(section.id, "section", section.label + section.heading, document.id, year, section.start,
                   section.end, section.heading, {"level": section.level})
        yield Edge(section.parent or document.id, section.id, "contains", document.id, year)
    for directive in document.directives:
        label = directive.label + directive.heading
        yield Node(directive.id, "directive", label if len(label) <= _LABEL else label[:_LABEL] + "…", document.id,
                   year, directive.start, directive.end, document.text[directive.start:directive.end],
                   {"number": directive.number, "numbering": directive.numbering})
        yield Edge(directive.section or document.id, directive.id, "contains", document.id, year)
    for one, other in pairwise(document.directives):
        yield Edge(one.id, other.id, "next", document.id, year)


def _obligations(document: Document) -> Iterator[Node | Edge]:
    year = document.year
    for item in document.obligations:
        shown = item.action or item.cue
        yield Node(item.id, "obligation", shown.text[:_LABEL] if shown else item.modality, document.id, year,
                   shown.start if shown else None, shown.end if shown else None, shown.text if shown else None,
                   {"modality": item.modality, "strength": item.strength, "cue": item.cue.text if item.cue else None})
        yield Edge(item.directive or document.id, item.id, "obliges", document.id, year)
        if item.bearer is not None:
            actor = shared_id("actor", item.bearer.text)
            yield Node(actor, "actor", item.bearer.text)
            yield Edge(actor, item.id, "bears", document.id, year, more={"inherited": item.inherited})


def _targets(document: Document) -> Iterator[Node | Edge]:
    year = document.year
    quantities = {quantity.id: quantity for quantity in document.quantities}
    for target in document.targets:
        quantity = quantities.get(target.quantity or "")
        label = f"{target.indicator.text if target.indicator else ''} {quantity.text if quantity else ''}".strip()
        place = quantity or target.indicator
        more: dict[str, str | int | float | bool | None] = {
            "direction": target.direction, "change": target.change, "binding": target.binding,
            "deadline": target.deadline.year if target.deadline else None,
        }
        if quantity:
            more |= {"value": quantity.value, "upper": quantity.upper, "unit": quantity.unit,
                     "comparator": quantity.comparator}
        yield Node(target.id, "target", label or target.id, document.id, year, place.start if place else None,
                   place.end if place else None, place.text if place else None, more)
        yield Edge(target.directive or document.id, target.id, "sets", document.id, year)
        if target.indicator is not None:
            indicator = shared_id("indicator", target.indicator.text)
            yield Node(indicator, "indicator", target.indicator.text)
            yield Edge(target.id, indicator, "measures", document.id, year)


def _shared(document: Document) -> Iterator[Node | Edge]:
    year = document.year
    for assignment in document.assignments:
        actor = shared_id("actor", assignment.unit.text)
        yield Node(actor, "actor", assignment.unit.text)
        yield Edge(actor, assignment.directive or document.id, _ASSIGNED[assignment.role], document.id, year)
    for theme in document.themes:
        node = shared_id("theme", f"{theme.codebook}-{theme.code}")
        yield Node(node, "theme", theme.code, more={"codebook": theme.codebook})
        yield Edge(theme.directive, node, "has_theme", document.id, year, theme.score)
    owners = _owners(document, ((item.start, item.end) for item in document.references))
    for item, owner in zip(document.references, owners, strict=True):
        node = shared_id("reference", item.number or item.title or item.text)
        yield Node(node, "reference", item.text, more={"title": item.title, "number": item.number, "of": item.kind})
        yield Edge(owner, node, "cites", document.id, year)


def _owners(document: Document, spans: Iterable[tuple[int, int]]) -> Iterator[str]:
    """Yield for each span, in text order, the directive it stands in, else the document."""
    directives = document.directives
    at = 0
    for start, _ in spans:
        while at < len(directives) and directives[at].end <= start:
            at += 1
        inside = at < len(directives) and directives[at].start <= start
        yield directives[at].id if inside else document.id
