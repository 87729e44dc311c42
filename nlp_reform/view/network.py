"""The directive graph as the explorer draws it: positions computed here, rows short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import sqrt
from typing import TYPE_CHECKING, Any

from nlp_reform import graph as room
from nlp_reform.model import Document
from nlp_reform.view.words import Words

if TYPE_CHECKING:
    import networkx as nx

_LOOKS = {
    "document": ("#4e79a7", 9), "year": ("#79706e", 8), "section": ("#3d8fb8", 6), "directive": ("#d9730d", 5),
    "obligation": ("#d64550", 2), "target": ("#3f8a36", 3), "indicator": ("#6aa84f", 4), "actor": ("#9a5b8c", 4),
    "theme": ("#b8920a", 6), "reference": ("#8a644f", 3),
}
"""Colour and least size of each kind of node."""
_TEXT = 400
"""Characters of a node's text shown in the panel."""


def network(documents: Sequence[Document], words: Words) -> dict[str, Any]:
    """Return the documents' graph for the page: columns of nodes and edges, and what can be filtered by."""
    return drawn(room.build(documents), words)


def drawn(graph: nx.MultiDiGraph[str], words: Words) -> dict[str, Any]:
    """Return any graph of the graph room for the page.

    `nodes` are rows `[id, label, kind, x, y, size, year, strength, text, place]`, where `place` is document and
    offset; `edges` rows `[source, target, kind]` of numbers of nodes. Positions are those of `graph.positions`.
    """
    flat = room.flatten(graph)
    places = room.positions(flat)
    number = {str(row["id"]): n for n, row in enumerate(flat.nodes)}
    degree = Counter(number[str(edge[end])] for edge in flat.edges for end in ("source", "target"))
    nodes = [_node(row, n, places, degree, words) for n, row in enumerate(flat.nodes)]
    kinds = Counter(str(row["kind"]) for row in flat.nodes)
    return {
        "nodes": nodes,
        "edges": [[number[str(e["source"])], number[str(e["target"])], e["kind"]] for e in flat.edges],
        "years": sorted({node[6][0] for node in nodes if node[6]}),
        "themes": _choices(nodes, "theme", degree),
        "actors": _choices(nodes, "actor", degree),
        "kinds": [[kind, _LOOKS.get(kind, ("#888888", 4))[0], True] for kind in words.group("node") if kinds[kind]],
    }


def _node(row: Any, n: int, places: Any, degree: Counter[int], words: Words) -> list[Any]:
    kind = str(row["kind"])
    x, y = places[str(row["id"])]
    size = _LOOKS.get(kind, ("", 4))[1] + sqrt(degree[n]) * 0.6
    years = [int(year) for year in str(row.get("years") or row.get("year") or "").split("; ") if year]
    label = str(row["label"])
    if kind == "theme" and words.lang == "en":
        label = str(row.get("name_en") or label)
    text = "" if kind in ("theme", "year") else str(row.get("text") or "")
    place = [row["document"], row["start"]] if "start" in row and "document" in row else None
    return [str(row["id"]), label, kind, round(x, 1), round(y, 1), round(size, 1), years,
            row.get("strength", 0), text[:_TEXT], place]


def _choices(nodes: Sequence[list[Any]], kind: str, degree: Counter[int]) -> list[list[Any]]:
    """Return the nodes of a kind for a list to choose from, best joined first."""
    found = [(-degree[n], node[1], n) for n, node in enumerate(nodes) if node[2] == kind]
    return [[n, label] for _, label, n in sorted(found)[:200]]
