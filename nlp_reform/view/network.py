"""The directive graph as the explorer draws it: positions computed here, rows short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
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
_LARGEST = 13.0
_CROWD = 5_000
"""Nodes above which obligations, which are most of a graph, are shown only when the reader ticks them."""
_LISTED = frozenset({"document", "directive", "target"})
_ORDERING = frozenset({"next", "dated"})
"""Kinds of nodes that have rows in the tables, and kinds of edges that only order or date."""


def network(documents: Sequence[Document], words: Words) -> dict[str, Any]:
    """Return the documents' graph for the page: columns of nodes and edges, and what can be filtered by."""
    return drawn(room.build(documents), [document.id for document in documents], words)


def drawn(graph: nx.MultiDiGraph[str], documents: Sequence[str], words: Words) -> dict[str, Any]:
    """Return any graph of the graph room for the page.

    `nodes` are rows `[id, label, kind, x, y, size, years, strength, document, start, end]`: kind and document are
    numbers in `kinds` (name, colour, shown at first) and in the report, -1 for none; the id is empty where no table
    has a row of the node. The node's text is the document's text of record from start to end, which the page holds
    once. `edges` are numbers, three an edge: source, target, and 1 for an edge that only orders or dates.
    Positions are those of `graph.positions`.
    """
    flat = room.flatten(graph)
    places = room.positions(flat)
    number = {str(row["id"]): n for n, row in enumerate(flat.nodes)}
    degree = Counter(number[str(edge[end])] for edge in flat.edges for end in ("source", "target"))
    kinds = [kind for kind in words.group("node") if any(row["kind"] == kind for row in flat.nodes)]
    kinds += sorted({str(row["kind"]) for row in flat.nodes} - set(kinds))
    order = {document: n for n, document in enumerate(documents)}
    nodes = [_node(row, places, degree[n], kinds, order, words) for n, row in enumerate(flat.nodes)]
    return {
        "nodes": nodes,
        "edges": [part for e in flat.edges for part in (number[str(e["source"])], number[str(e["target"])],
                                                        int(e["kind"] in _ORDERING))],
        "years": sorted({node[6][0] for node in nodes if node[6]}),
        "themes": _choices(flat.nodes, nodes, "theme", degree),
        "actors": _choices(flat.nodes, nodes, "actor", degree),
        "kinds": [[kind, _look(kind)[0], kind != "obligation" or len(nodes) <= _CROWD] for kind in kinds],
    }


def _node(
    row: Any, places: Any, degree: int, kinds: Sequence[str], order: Mapping[str, int], words: Words
) -> list[Any]:
    kind = str(row["kind"])
    x, y = places[str(row["id"])]
    size = min(_look(kind)[1] + sqrt(degree) * 0.6, _LARGEST)
    years = [int(year) for year in str(row.get("years") or row.get("year") or "").split("; ") if year]
    label = str(row["label"])
    if kind == "theme" and words.lang == "en":
        label = str(row.get("name_en") or label)
    document = order.get(str(row.get("document")), -1) if "start" in row else -1
    return [str(row["id"]) if kind in _LISTED else "", label, kinds.index(kind), round(x), round(y), round(size, 1),
            years, row.get("strength", 0), document, row.get("start", 0), row.get("end", 0)]


def _look(kind: str) -> tuple[str, int]:
    return _LOOKS.get(kind, ("#888888", 4))


def _choices(rows: Sequence[Any], nodes: Sequence[list[Any]], kind: str, degree: Counter[int]) -> list[list[Any]]:
    """Return the nodes of a kind for a list to choose from, best joined first."""
    found = [(-degree[n], nodes[n][1], n) for n, row in enumerate(rows) if row["kind"] == kind]
    return [[n, label] for _, label, n in sorted(found)[:200]]
