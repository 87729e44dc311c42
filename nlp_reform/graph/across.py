"""Edges across years, from a comparison by the contract `nlp-reform/compare/1`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from nlp_reform.graph.build import connect
from nlp_reform.graph.rows import Edge, EdgeKind

if TYPE_CHECKING:
    import networkx as nx

_KINDS: dict[str, EdgeKind] = {
    "unchanged": "continues", "reworded": "continues", "strengthened": "strengthens", "weakened": "weakens",
    "changed": "changes", "split": "splits", "merged": "merges",
}
"""Relation of a compared item → kind of the edges from the older directives to the newer ones."""


def add_comparison(graph: nx.MultiDiGraph[str], comparison: Mapping[str, Any]) -> nx.MultiDiGraph[str]:
    """Return a copy of the graph with the edges of a comparison of two of its documents.

    `comparison` is the output contract's: `before`, `after`, `items`, `outcomes`. Every item but the added and
    dropped ones gives an edge from each directive before to each after (`continues`, `strengthens`, `weakens`,
    `changes`, `splits`, `merges`), dated by the later year, with its similarity as score and its changes in words;
    an item that moved gives a `moves` edge beside it. An outcome gives an `achieves` edge from the directive that
    reports it to the target it fulfils. `relation` is set on the later directives, and on the earlier ones that were
    dropped. Directives that are not in the graph are passed over.
    """
    linked: nx.MultiDiGraph[str] = graph.copy()
    later = (comparison.get("after") or {}).get("year")
    for item in comparison.get("items", ()):
        relation = item.get("relation", "")
        for side in ("before", "after"):
            for unit in item.get(side) or ():
                if unit.get("directive") in linked and (side == "after" or relation == "dropped"):
                    linked.nodes[unit["directive"]]["relation"] = relation
        for edge in _edges(item, later):
            if edge.source in linked and edge.target in linked:
                connect(linked, edge)
    for edge in _outcomes(linked, comparison, later):
        connect(linked, edge)
    return linked


def _edges(item: Mapping[str, Any], year: int | None) -> Iterator[Edge]:
    kind = _KINDS.get(item.get("relation", ""))
    if kind is None:
        return
    similarity = item.get("similarity")
    score = 1.0 if similarity is None else float(similarity)
    words = "; ".join(f"{change.get('field')}: {change.get('before')} → {change.get('after')}"
                      for change in item.get("changes") or ())
    for one in item.get("before") or ():
        for other in item.get("after") or ():
            place = (other.get("start"), other.get("end"))
            yield Edge(one["directive"], other["directive"], kind, None, year, *place, score=score,
                       more={"relation": item["relation"], "changes": words or None})
            if item.get("moved"):
                yield Edge(one["directive"], other["directive"], "moves", None, year, *place, score=score)


def _outcomes(graph: nx.MultiDiGraph[str], comparison: Mapping[str, Any], year: int | None) -> Iterator[Edge]:
    """Yield the links from a reported figure back to the target it fulfils, found by their places of record."""
    before = (comparison.get("before") or {}).get("id")
    after = (comparison.get("after") or {}).get("id")
    outcomes = list(comparison.get("outcomes") or ())
    if not outcomes:
        return
    targets: list[tuple[int, int, str]] = []
    directives: list[tuple[int, int, str]] = []
    for node, data in graph.nodes(data=True):
        if data.get("start") is None:
            continue
        if data.get("kind") == "target" and data.get("document") == before:
            targets.append((data["start"], data["end"], node))
        elif data.get("kind") == "directive" and data.get("document") == after:
            directives.append((data["start"], data["end"], node))
    for outcome in outcomes:
        aim, done = outcome["target"], outcome["achieved"]
        target = _holding(targets, aim["start"], aim["end"])
        indicator = outcome.get("indicator")
        source = _holding(directives, done["start"], done["end"]) or (after if after in graph else None)
        if target and source:
            yield Edge(source, target, "achieves", after, year, done["start"], done["end"], done.get("text"),
                       more={"indicator": indicator.get("text") if isinstance(indicator, Mapping) else indicator})


def _holding(places: list[tuple[int, int, str]], start: int, end: int) -> str | None:
    """Return the shortest place that overlaps `[start, end)`."""
    found = [(stop - first, node) for first, stop, node in places if first < end and start < stop]
    return min(found)[1] if found else None
