"""Measures of a node's place in the graph, as attributes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from nlp_reform.errors import ReformError

if TYPE_CHECKING:
    import networkx as nx

_SEED = 1
_EXACT = 1000
"""Nodes up to which betweenness is exact; above, it is estimated from as many sampled sources."""
_SAMPLED = 200


def measure(graph: nx.MultiDiGraph[str], names: Iterable[str]) -> nx.MultiDiGraph[str]:
    """Return a copy of the graph with the measures named (see `MEASURES`) on every node.

    degree, in_degree, out_degree: numbers of edges. betweenness: share of shortest paths through the node,
    directions left aside; exact up to 1,000 nodes, above estimated from 200 sampled sources. pagerank: along the
    edges, parallel ones adding up. community: number of the node's Louvain community, the largest being 0. Sampling
    and Louvain run with a fixed seed. Communities are networkx's Louvain; Leiden needs igraph, whose licence (GPL)
    this project does not take on. Raises `ReformError` for an unknown name.
    """
    names = list(names)
    for name in names:
        if name not in _MAKERS:
            raise ReformError(f"no measure {name!r}; known are {', '.join(MEASURES)}")
    measured: nx.MultiDiGraph[str] = graph.copy()
    for name in names:
        for node, value in _MAKERS[name](graph).items():
            measured.nodes[node][name] = value
    return measured


def _simple(graph: nx.MultiDiGraph[str]) -> nx.Graph[str]:
    """Return the graph without directions; weights count parallel edges."""
    import networkx as nx

    simple: nx.Graph[str] = nx.Graph()
    simple.add_nodes_from(graph)
    for source, target in graph.edges():
        if source != target:
            weight = simple.get_edge_data(source, target, {"weight": 0})["weight"]
            simple.add_edge(source, target, weight=weight + 1)
    return simple


def _betweenness(graph: nx.MultiDiGraph[str]) -> Mapping[str, float]:
    import networkx as nx

    simple = _simple(graph)
    sampled = None if len(simple) <= _EXACT else _SAMPLED
    found: Mapping[str, float] = nx.betweenness_centrality(simple, k=sampled, seed=_SEED)
    return found


def _pagerank(graph: nx.MultiDiGraph[str]) -> Mapping[str, float]:
    import networkx as nx

    if not len(graph):
        return {}
    found: Mapping[str, float] = nx.pagerank(graph, weight=None)
    return found


def _community(graph: nx.MultiDiGraph[str]) -> Mapping[str, int]:
    import networkx as nx

    order = {node: n for n, node in enumerate(graph)}
    parts = [sorted(part, key=order.__getitem__) for part in
             nx.community.louvain_communities(_simple(graph), weight="weight", seed=_SEED)]
    parts.sort(key=lambda part: (-len(part), order[part[0]]))
    return {node: number for number, part in enumerate(parts) for node in part}


_MAKERS: dict[str, Callable[[nx.MultiDiGraph[str]], Mapping[str, float]]] = {
    "degree": lambda graph: dict(graph.degree()),
    "in_degree": lambda graph: dict(graph.in_degree()),
    "out_degree": lambda graph: dict(graph.out_degree()),
    "betweenness": _betweenness,
    "pagerank": _pagerank,
    "community": _community,
}
MEASURES = tuple(_MAKERS)
"""Names of the measures."""
