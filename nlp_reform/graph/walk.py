"""Ways to go through a graph that networkx types too loosely."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import networkx as nx


def each_edge(graph: nx.MultiDiGraph[str], name: str) -> Iterator[tuple[str, str, Any]]:
    """Yield source, target and one attribute of every edge."""
    return iter(cast(Any, graph).edges(data=name))


def each_node(graph: nx.MultiDiGraph[str], name: str) -> Iterator[tuple[str, Any]]:
    """Yield every node with one attribute."""
    return iter(cast(Any, graph).nodes(data=name))


def sources(graph: nx.MultiDiGraph[str], nodes: Iterable[str], kinds: Collection[str]) -> set[str]:
    """Return where edges of these kinds into the nodes come from."""
    edges = cast(Any, graph).in_edges
    return {source for node in nodes for source, _, kind in edges(node, data="kind") if kind in kinds}


def aims(graph: nx.MultiDiGraph[str], nodes: Iterable[str], kinds: Collection[str]) -> set[str]:
    """Return where edges of these kinds out of the nodes lead."""
    edges = cast(Any, graph).out_edges
    return {target for node in nodes for _, target, kind in edges(node, data="kind") if kind in kinds}
