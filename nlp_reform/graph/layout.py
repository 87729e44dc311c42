"""Where nodes stand in a drawing: documents as wheels side by side, shared nodes between what they join."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from nlp_reform.graph.flatten import Flat, Row

if TYPE_CHECKING:
    import networkx as nx

_TREE = frozenset({"contains", "obliges", "sets"})
_STEP = 60.0
_GAP = 14.0
_GOLDEN = math.pi * (3 - math.sqrt(5))
_SPRUNG = 1000
"""Nodes up to which a graph without documents is laid out by springs."""
Places = dict[str, tuple[float, float]]


def positions(flat: Flat) -> Places:
    """Return x and y of every node, y upwards; the same graph always gets the same places, in linear time.

    A document and what it contains form a wheel, the rings being the levels; wheels stand in rows, earlier years
    first. Nodes that documents share stand at the middle of their neighbours, pushed apart along a sunflower
    spiral. A graph without documents (a projection) is laid out by networkx's springs up to 1,000
    nodes, above as a sunflower. (igraph's layouts are GPL and not used.)
    """
    children: defaultdict[str, list[str]] = defaultdict(list)
    parent: dict[str, str] = {}
    for edge in flat.edges:
        source, target = str(edge["source"]), str(edge["target"])
        if edge["kind"] in _TREE and target not in parent and source != target:
            parent[target] = source
            children[source].append(target)
    roots = [row for row in flat.nodes if row["id"] in children and row["id"] not in parent]
    placed: Places = {}
    if roots:
        _wheels(roots, children, placed)
        _between(flat, placed)
    elif len(flat.nodes) <= _SPRUNG:
        _springs(flat, placed)
    for number, row in enumerate(row for row in flat.nodes if row["id"] not in placed):
        placed[str(row["id"])] = _sunflower(number, _STEP)
    return placed


def _wheels(roots: list[Row], children: dict[str, list[str]], placed: Places) -> None:
    """Place every root's tree, wheels in rows about as wide as high."""
    roots = sorted(roots, key=lambda row: (row.get("year") is None, row.get("year", 0)))
    wheels = [_wheel(str(root["id"]), children) for root in roots]
    sizes = [max(math.hypot(x, y) for x, y in wheel.values()) + 2 * _STEP for wheel in wheels]
    width = math.sqrt(sum((2 * size) ** 2 for size in sizes))
    x = y = height = 0.0
    for wheel, size in zip(wheels, sizes, strict=True):
        if x and x + 2 * size > width * 1.2:
            x, y, height = 0.0, y - height, 0.0
        for node, (dx, dy) in wheel.items():
            placed.setdefault(node, (x + size + dx, y - size + dy))
        x += 2 * size
        height = max(height, 2 * size)


def _wheel(root: str, children: dict[str, list[str]]) -> Places:
    """Return a tree's places around its root: each leaf the same angle, each level a ring."""
    order: list[tuple[str, int]] = []
    stack = [(root, 0)]
    seen = {root}
    while stack:
        node, depth = stack.pop()
        order.append((node, depth))
        fresh = [child for child in children.get(node, ()) if child not in seen]
        seen.update(fresh)
        stack.extend((child, depth + 1) for child in reversed(fresh))
    leaves = [0] * len(order)
    total = 0
    levels = [0] * (max(depth for _, depth in order) + 2)
    for n, (_, depth) in enumerate(order):
        leaves[n] = total
        levels[depth] += 1
        if n + 1 == len(order) or order[n + 1][1] <= depth:
            total += 1
    turn = 2 * math.pi / max(1, total)
    radius = [0.0] * len(levels)
    for depth in range(1, len(levels)):
        radius[depth] = max(radius[depth - 1] + _STEP, levels[depth] * _GAP / (2 * math.pi))
    return {node: (radius[depth] * math.cos(leaves[n] * turn), radius[depth] * math.sin(leaves[n] * turn))
            for n, (node, depth) in enumerate(order)}


def _between(flat: Flat, placed: Places) -> None:
    """Place the other nodes at the middle of their placed neighbours."""
    sums: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for edge in flat.edges:
        source, target = str(edge["source"]), str(edge["target"])
        for one, other in ((source, target), (target, source)):
            if one not in placed and other in placed:
                total = sums[one]
                total[0] += placed[other][0]
                total[1] += placed[other][1]
                total[2] += 1
    for number, (node, (x, y, count)) in enumerate(sums.items()):
        dx, dy = _sunflower(number + 1, _GAP)
        placed[node] = (x / count + dx, y / count + dy)


def _springs(flat: Flat, placed: Places) -> None:
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(str(row["id"]) for row in flat.nodes)
    graph.add_edges_from((str(edge["source"]), str(edge["target"])) for edge in flat.edges)
    scale = _STEP * math.sqrt(max(1, len(graph)))
    for node, (x, y) in nx.spring_layout(graph, seed=1, iterations=60, scale=scale).items():
        placed[node] = (float(x), float(y))


def _sunflower(number: int, gap: float) -> tuple[float, float]:
    radius = gap * math.sqrt(number)
    return radius * math.cos(number * _GOLDEN), radius * math.sin(number * _GOLDEN)
