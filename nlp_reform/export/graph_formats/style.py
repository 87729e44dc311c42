"""How kinds of nodes and edges look in every format that carries looks."""

from __future__ import annotations

from collections import Counter
from math import sqrt
from typing import NamedTuple

from nlp_reform.graph import Flat


class Look(NamedTuple):
    """Colour as `#rrggbb`, least size, and the shape's name in yEd, Cytoscape and Graphviz."""

    colour: str
    size: float
    yed: str
    cytoscape: str
    dot: str


_ANY = Look("#bab0ac", 8, "ellipse", "ellipse", "ellipse")
_NODES = {
    "document": Look("#4e79a7", 24, "roundrectangle", "round-rectangle", "folder"),
    "year": Look("#79706e", 20, "octagon", "octagon", "octagon"),
    "section": Look("#76b7d6", 14, "roundrectangle", "round-rectangle", "box"),
    "directive": Look("#f28e2b", 10, "rectangle", "rectangle", "box"),
    "obligation": Look("#e15759", 6, "ellipse", "ellipse", "ellipse"),
    "target": Look("#59a14f", 7, "diamond", "diamond", "diamond"),
    "indicator": Look("#8cd17d", 9, "hexagon", "hexagon", "hexagon"),
    "actor": Look("#b07aa1", 11, "ellipse", "ellipse", "ellipse"),
    "theme": Look("#edc948", 15, "hexagon", "hexagon", "hexagon"),
    "reference": Look("#9c755f", 8, "parallelogram", "rhomboid", "note"),
}
_EDGES = {
    "contains": "#c9c9c9", "next": "#e4e4e4", "dated": "#c9c9c9", "similar_to": "#8db4d8", "strengthens": "#d62728",
    "weakens": "#1f77b4", "continues": "#7f7f7f", "achieves": "#2ca02c",
}
_LINE = "#a8a8a8"


def look(kind: object) -> Look:
    """Return the looks of a kind of node; kinds not known here get grey ellipses."""
    return _NODES.get(str(kind), _ANY)


def looks() -> dict[str, Look]:
    """Return the looks of all known kinds."""
    return dict(_NODES)


def line(kind: object) -> str:
    """Return the colour of a kind of edge as `#rrggbb`."""
    return _EDGES.get(str(kind), _LINE)


def sizes(flat: Flat) -> dict[str, float]:
    """Return each node's size: its kind's least size, growing with the root of its number of edges."""
    degree: Counter[object] = Counter()
    for edge in flat.edges:
        degree[edge["source"]] += 1
        degree[edge["target"]] += 1
    return {str(row["id"]): round(look(row["kind"]).size + 2 * sqrt(degree[row["id"]]), 2) for row in flat.nodes}


def rgb(colour: str) -> tuple[int, int, int]:
    """Return `#rrggbb` as three numbers from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
