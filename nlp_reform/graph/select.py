"""Selections: the part of a graph that has to do with a year, theme, kind, actor or modality; a node's surroundings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any

from nlp_reform.errors import ReformError
from nlp_reform.graph.walk import aims, each_node, sources

if TYPE_CHECKING:
    import networkx as nx

_ACTING = frozenset({"leads", "responsible", "supports"})
_SHARED_OUT = frozenset({"measures", "has_theme", "cites"})
Choice = str | int | Collection[str | int] | None


def select(
    graph: nx.MultiDiGraph[str], year: Choice = None, theme: Choice = None, kind: Choice = None,
    actor: Choice = None, modality: Choice = None,
) -> nx.MultiDiGraph[str]:
    """Return the part of the graph that meets every condition given, as a graph of its own.

    Each condition is one value or several (any of them will do). `year` keeps the documents of these years.
    `theme` (a code, a label, or `codebook:code`), `actor` (its label; bearer or assigned unit) and `modality`
    choose directives, and a document for what stands outside its directives; with them come their obligations
    (with `modality` only those of it), targets, indicators, actors, themes, references, sections, document and
    year. `kind` at last keeps nodes of these kinds and the edges between them. Labels are compared as printed,
    without regard to blanks and case. Raises `ReformError` for a value that occurs nowhere in the graph.
    """
    if year is not None:
        graph = _of_years(graph, _known(graph, "year", year, lambda data: {str(data.get("year"))}))
    chosen: set[str] | None = None
    kept_obligations: set[str] | None = None
    if theme is not None:
        themes = _nodes(graph, "theme", theme)
        chosen = sources(graph, themes, {"has_theme"})
    if actor is not None:
        actors = _nodes(graph, "actor", actor)
        acting = aims(graph, actors, _ACTING) | sources(graph, aims(graph, actors, {"bears"}), {"obliges"})
        chosen = acting if chosen is None else chosen & acting
    if modality is not None:
        wanted = _known(graph, "modality", modality, lambda data: {str(data.get("modality"))})
        kept_obligations = {node for node, data in graph.nodes(data=True)
                            if data.get("kind") == "obligation" and data.get("modality") in wanted}
        owners = sources(graph, kept_obligations, {"obliges"})
        chosen = owners if chosen is None else chosen & owners
    if chosen is not None:
        graph = _part(graph, _surroundings(graph, chosen, kept_obligations))
    if kind is not None:
        kinds = _known(graph, "kind", kind, lambda data: {str(data.get("kind"))})
        graph = _part(graph, (node for node, data in graph.nodes(data=True) if data.get("kind") in kinds))
    return graph


def ego(graph: nx.MultiDiGraph[str], node: str, radius: int = 1) -> nx.MultiDiGraph[str]:
    """Return everything within `radius` steps of a node, along edges in both directions.

    `node` is an id or a label that only one node has. Raises `ReformError` for a node that is not there or a
    label of several.
    """
    start = find(graph, node)
    near = {start}
    edge = {start}
    for _ in range(max(0, radius)):
        edge = {other for one in edge for other in (*graph.successors(one), *graph.predecessors(one))} - near
        near |= edge
    return _part(graph, near)


def find(graph: nx.MultiDiGraph[str], name: str) -> str:
    """Return the id of the node with this id or, when only one has it, this label; raises `ReformError`."""
    if name in graph:
        return name
    wanted = _folded(name)
    found = [node for node, label in each_node(graph, "label") if _folded(label) == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        raise ReformError(f"{len(found)} nodes are called {name!r}: {_some(found)}; give the id of one")
    close = [node for node, label in each_node(graph, "label") if name in str(label) or name in str(node)]
    hint = f"close are {_some(close)}" if close else f"ids look like {_some(list(graph)[:3])}"
    raise ReformError(f"no node {name!r} in the graph; {hint}")


def _of_years(graph: nx.MultiDiGraph[str], years: set[str]) -> nx.MultiDiGraph[str]:
    """Keep nodes of these years, and shared nodes that an edge of these years touches."""
    own = {node for node, data in graph.nodes(data=True)
           if str(data.get("year")) in years and (data.get("document") is not None or data.get("kind") == "year")}
    edges = [(source, target, key) for source, target, key, data in graph.edges(keys=True, data=True)
             if str(data.get("year")) in years and not _leaves(graph, source, target, own)]
    kept = own.union(*((source, target) for source, target, _ in edges))
    return _with(graph, kept, edges)


def _leaves(graph: nx.MultiDiGraph[str], source: str, target: str, own: set[str]) -> bool:
    """Tell whether an edge leads to a document of another year (a `continues` edge does)."""
    return any(node not in own and graph.nodes[node].get("document") is not None for node in (source, target))


def _surroundings(graph: nx.MultiDiGraph[str], chosen: set[str], obligations: set[str] | None) -> set[str]:
    """Return the chosen directives with what belongs to them and where they stand."""
    duties = aims(graph, chosen, {"obliges"})
    owned = (duties if obligations is None else duties & obligations) | aims(graph, chosen, {"sets"})
    kept = chosen | owned | aims(graph, chosen | owned, _SHARED_OUT)
    kept |= sources(graph, chosen, _ACTING) | sources(graph, owned, {"bears"})
    rising = set(chosen)
    while rising:
        rising = sources(graph, rising, {"contains"}) - kept
        kept |= rising
    return kept | aims(graph, kept, {"dated"})


def _nodes(graph: nx.MultiDiGraph[str], kind: str, choice: Choice) -> set[str]:
    """Return the nodes of a kind that a choice names by label, code or `codebook:code`."""
    def names(data: dict[str, Any]) -> set[str]:
        if data.get("kind") != kind:
            return set()
        code = data.get("code")
        return {str(data.get("label"))} | ({str(code), f"{data.get('codebook')}:{code}"} if code else set())

    wanted = {_folded(value) for value in _known(graph, kind, choice, names)}
    return {node for node, data in graph.nodes(data=True)
            if data.get("kind") == kind and (_folded(node) in wanted or wanted & {*map(_folded, names(data))})}


def _known(
    graph: nx.MultiDiGraph[str], what: str, choice: Choice, names: Callable[[dict[str, Any]], set[str]]
) -> set[str]:
    """Return a choice as strings; raises `ReformError` for one that no node answers to."""
    single = isinstance(choice, str | int)
    wanted = {str(value) for value in ([choice] if single else choice or ())}  # type: ignore[union-attr]
    there = set().union(*(names(data) for _, data in graph.nodes(data=True))) - {"None"}
    folded = {_folded(name) for name in there} | {_folded(node) for node in graph}
    for value in sorted(wanted):
        if _folded(value) not in folded:
            raise ReformError(f"no {what} {value!r} in the graph; there are {_some(sorted(there)) or 'none'}")
    return wanted


def _part(graph: nx.MultiDiGraph[str], nodes: Iterable[str]) -> nx.MultiDiGraph[str]:
    part: nx.MultiDiGraph[str] = graph.subgraph(set(nodes)).copy()
    return part


def _with(
    graph: nx.MultiDiGraph[str], nodes: set[str], edges: Iterable[tuple[str, str, str]]
) -> nx.MultiDiGraph[str]:
    """Return these nodes, in the graph's order, and these edges only."""
    part: nx.MultiDiGraph[str] = graph.__class__()
    part.add_nodes_from((node, data) for node, data in graph.nodes(data=True) if node in nodes)
    for source, target, key in edges:
        part.add_edge(source, target, key=key, **graph[source][target][key])
    return part


def _folded(name: Any) -> str:
    return "".join(str(name).split()).casefold()


def _some(names: list[str]) -> str:
    return ", ".join(names[:8]) + (f" … ({len(names)})" if len(names) > 8 else "")
