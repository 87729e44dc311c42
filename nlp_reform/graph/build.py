"""Builds the graph of one or many documents."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from nlp_reform.graph.names import theme_names
from nlp_reform.graph.rows import Edge, EdgeKind, Node, Value, shared_id
from nlp_reform.model import Document, Mention, UnitRole
from nlp_reform.model.citing import known, resolve
from nlp_reform.model.signals import signals
from nlp_reform.model.strength import shares

if TYPE_CHECKING:
    import networkx as nx

_ASSIGNED: dict[UnitRole, EdgeKind] = {"lead": "leads", "responsible": "responsible", "support": "supports"}
_SHARED = frozenset({"indicator", "actor", "theme", "reference"})
_LABEL = 24
"""Characters of a directive's heading shown as the node's label."""


def build(documents: Sequence[Document]) -> nx.MultiDiGraph[str]:
    """Return a networkx MultiDiGraph of all the documents.

    Node and edge attributes are those of `Node` and `Edge`, with None for what does not apply; an edge's key is its
    kind (`cites`, `cites-2` when the same two nodes meet again). Actors, themes, indicators, references and years are
    shared by all documents: names that differ only in script, width or blanks are one node, and so are indicators of
    one comparable key; their `year` is the first one and `years` holds all. Everything else belongs to one document.
    Order and ids depend on the documents alone.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    names = known(documents)
    nodes: dict[str, dict[str, Value]] = {}
    edges: list[Edge] = []
    for document in documents:
        for row in _rows(document, names):
            if isinstance(row, Edge):
                edges.append(row)
            elif row.id not in nodes:
                nodes[row.id] = row.attributes()
    _date_shared(nodes, edges)
    _weigh_actors(nodes, edges)
    graph.add_nodes_from(nodes.items())
    numbers: dict[tuple[str, str, str], int] = {}
    for edge in edges:
        between = (edge.source, edge.target, edge.kind)
        number = numbers[between] = numbers.get(between, 0) + 1
        graph.add_edge(edge.source, edge.target, _key(edge.kind, number), **edge.attributes())
    return graph


def _weigh_actors(nodes: Mapping[str, dict[str, Value]], edges: Sequence[Edge]) -> None:
    """Give actors that bear demands the strength profile of those demands."""
    borne: defaultdict[str, list[Any]] = defaultdict(list)
    for edge in edges:
        if edge.kind == "bears":
            borne[edge.source].append(nodes[edge.target]["strength"])
    for actor, strengths in borne.items():
        nodes[actor].update(_firmness(strengths))


def _firmness(strengths: Sequence[int]) -> dict[str, Value]:
    """Return how many demands there are and the share of each level of strength; nothing where there is none."""
    if not strengths:
        return {}
    return {"demands": len(strengths), **{level: round(share, 4) for level, share in shares(strengths).items()}}


def _by_section(document: Document) -> dict[str, list[int]]:
    """Return the strengths of the demands of every section, those of the sections below it included."""
    parents = {section.id: section.parent for section in document.sections}
    owners = {directive.id: directive.section for directive in document.directives}
    found: defaultdict[str, list[int]] = defaultdict(list)
    for item in document.obligations:
        section = owners.get(item.directive or "")
        seen: set[str] = set()
        while section and section not in seen:
            seen.add(section)
            found[section].append(item.strength)
            section = parents.get(section)
    return found


def connect(graph: nx.MultiDiGraph[str], edge: Edge) -> None:
    """Add an edge; its key is its kind, numbered from the second edge of that kind between the same nodes."""
    between = graph.get_edge_data(edge.source, edge.target) or {}
    number = 1
    while _key(edge.kind, number) in between:
        number += 1
    graph.add_edge(edge.source, edge.target, _key(edge.kind, number), **edge.attributes())


def _key(kind: EdgeKind, number: int) -> str:
    return kind if number == 1 else f"{kind}-{number}"


def _date_shared(nodes: Mapping[str, dict[str, Value]], edges: Sequence[Edge]) -> None:
    """Give shared nodes the years of the edges that touch them."""
    years: dict[str, set[int]] = {name: set() for name, node in nodes.items() if node["kind"] in _SHARED}
    for edge in edges:
        if edge.year is not None:
            for end in (edge.source, edge.target):
                if end in years:
                    years[end].add(edge.year)
    for name, found in years.items():
        seen = tuple(sorted(found))
        nodes[name].update(year=seen[0] if seen else None, years=seen)


def _rows(document: Document, names: Mapping[str, str]) -> Iterator[Node | Edge]:
    """Yield a document's nodes and edges, every node before the edges that touch it."""
    year = document.year
    yield Node(document.id, "document", document.title or document.id, document.id, year, 0, len(document.text),
               document.title or None,
               more={"number": document.number, "issuer": document.issuer, "date": document.date,
                     "script": document.script, "file": document.source.name, "sha256": document.source.sha256,
                     "made_with": str(document.made_with) if document.made_with else None,
                     **_firmness([item.strength for item in document.obligations])})
    if year is not None:
        yield Node(f"year-{year}", "year", str(year), year=year)
        yield Edge(document.id, f"year-{year}", "dated", document.id, year)
    yield from _structure(document)
    yield from _obligations(document)
    yield from _targets(document)
    yield from _assignments(document)
    yield from _themes(document)
    yield from _references(document, names)


def _structure(document: Document) -> Iterator[Node | Edge]:
    year = document.year
    firm = _by_section(document)
    signal = {item.directive: item.colour for item in signals(document)}
    for section in document.sections:
        yield Node(section.id, "section", section.label + section.heading, document.id, year, section.start,
                   section.end, section.heading, more={"level": section.level, **_firmness(firm.get(section.id, ()))})
        yield Edge(section.parent or document.id, section.id, "contains", document.id, year, section.start,
                   section.end)
    for directive in document.directives:
        yield Node(directive.id, "directive", _shown(directive.label + directive.heading) or directive.id,
                   document.id, year, directive.start, directive.end, document.text[directive.start:directive.end],
                   more={"heading": directive.heading, "number": directive.number, "numbering": directive.numbering,
                         "signal": signal.get(directive.id)})
        yield Edge(directive.section or document.id, directive.id, "contains", document.id, year, directive.start,
                   directive.end)
    for one, other in pairwise(document.directives):
        yield Edge(one.id, other.id, "next", document.id, year)


def _obligations(document: Document) -> Iterator[Node | Edge]:
    year = document.year
    statements = {statement.id: statement for statement in document.statements}
    for item in document.obligations:
        shown = item.action or item.cue
        statement = statements.get(item.statement)
        place = (statement.start, statement.end) if statement else (None, None)
        yield Node(item.id, "obligation", _shown(shown.text) if shown else item.modality, document.id, year,
                   shown.start if shown else place[0], shown.end if shown else place[1],
                   shown.text if shown else document.text[slice(*place)] if statement else None,
                   more={"modality": item.modality, "strength": item.strength,
                         "cue": item.cue.text if item.cue else None,
                         "condition": item.condition.text if item.condition else None,
                         "exception": item.exception.text if item.exception else None})
        yield Edge(item.directive or document.id, item.id, "obliges", document.id, year, *place)
        if item.bearer is not None:
            actor = _shared(document, "actor", item.bearer)
            yield actor
            yield Edge(actor.id, item.id, "bears", document.id, year, item.bearer.start, item.bearer.end,
                       item.bearer.text, more={"inherited": item.inherited})


def _targets(document: Document) -> Iterator[Node | Edge]:
    year = document.year
    quantities = {quantity.id: quantity for quantity in document.quantities}
    for target in document.targets:
        quantity = quantities.get(target.quantity or "")
        label = f"{target.indicator.text if target.indicator else ''} {quantity.text if quantity else ''}".strip()
        place = quantity or target.indicator
        more: dict[str, Value] = {
            "direction": target.direction, "change": target.change, "binding": target.binding,
            "deadline": target.deadline.year if target.deadline else None,
            "scope": target.scope.text if target.scope else None, "explicitly_absent": target.explicitly_absent,
        }
        if quantity:
            more |= {"value": quantity.value, "upper": quantity.upper, "unit": quantity.unit,
                     "comparator": quantity.comparator}
        yield Node(target.id, "target", _shown(label) or target.id, document.id, year, place.start if place else None,
                   place.end if place else None, place.text if place else None, more=more)
        yield Edge(target.directive or document.id, target.id, "sets", document.id, year,
                   place.start if place else None, place.end if place else None)
        if target.indicator is not None:
            indicator = _shared(document, "indicator", target.indicator, target.key)
            yield indicator
            yield Edge(target.id, indicator.id, "measures", document.id, year, target.indicator.start,
                       target.indicator.end, target.indicator.text)


def _assignments(document: Document) -> Iterator[Node | Edge]:
    for item in document.assignments:
        actor = _shared(document, "actor", item.unit)
        yield actor
        yield Edge(actor.id, item.directive or document.id, _ASSIGNED[item.role], document.id, document.year,
                   item.unit.start, item.unit.end, item.unit.text)


def _themes(document: Document) -> Iterator[Node | Edge]:
    ids: dict[tuple[str, str], str] = {}
    for theme in document.themes:
        node = ids.get((theme.codebook, theme.code))
        if node is None:
            node = shared_id("theme", f"{theme.codebook}-{theme.code}")
            ids[theme.codebook, theme.code] = node
            zh, en = theme_names(theme.codebook).get(theme.code, (theme.code, None))
            yield Node(node, "theme", zh, text=zh,
                       more={"codebook": theme.codebook, "code": theme.code, "name_en": en})
        yield Edge(theme.directive, node, "has_theme", document.id, document.year, score=theme.score)


def _references(document: Document, names: Mapping[str, str]) -> Iterator[Node | Edge]:
    owners = _owners(document, ((item.start, item.end) for item in document.references))
    for item, owner in zip(document.references, owners, strict=True):
        node = shared_id("reference", _plain(item.number or item.title or item.text))
        yield Node(node, "reference", item.title or item.text, text=item.text,
                   more={"title": item.title, "number": item.number, "of": item.kind})
        yield Edge(owner, node, "cites", document.id, document.year, item.start, item.end, item.text)
        cited = resolve(item, names, document.id)
        if cited:
            yield Edge(owner, cited, "cites", document.id, document.year, item.start, item.end, item.text)


def _shared(document: Document, kind: Any, mention: Mention, key: str | None = None) -> Node:
    """Return the node of a name that documents share.

    Its id comes from the comparable key where there is one, else from the Simplified half-width form of the name.
    """
    view = document.view
    name = view.text[view.map.clean(mention.start):view.map.clean(mention.end)] if view.text else mention.text
    name = _plain(name) or mention.text
    return Node(shared_id(kind, key or name), kind, name, text=name, more={"comparable": key} if key else {})


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LABEL else text[:_LABEL] + "…"


def _owners(document: Document, spans: Iterable[tuple[int, int]]) -> Iterator[str]:
    """Yield for each span, in text order, the directive it stands in, else the document."""
    directives = document.directives
    at = 0
    for start, _ in spans:
        while at < len(directives) and directives[at].end <= start:
            at += 1
        inside = at < len(directives) and directives[at].start <= start
        yield directives[at].id if inside else document.id
