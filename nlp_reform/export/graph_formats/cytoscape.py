"""Cytoscape: Cytoscape.js JSON (also read by the desktop program) and CX2 (NDEx, Cytoscape 3.10 and web)."""

from __future__ import annotations

import json
from typing import Any

from nlp_reform.export.graph_formats.style import line, look, looks, sizes
from nlp_reform.graph import Flat, positions
from nlp_reform.graph.flatten import ColumnType, Row

_CX2: dict[ColumnType, str] = {
    "boolean": "boolean", "int": "integer", "long": "long", "double": "double", "string": "string",
}
_PARENT = "parent"
"""Cytoscape.js nests a node into the node that its `parent` names."""


def cyjs(flat: Flat) -> str:
    """Return Cytoscape.js JSON: elements with places, a style sheet by kind, the layout `preset`.

    `cytoscape(JSON)` draws it as it is; the desktop program reads it as a network with its positions.
    """
    places, size = positions(flat), sizes(flat)
    nodes = [{"data": {**_free(row), "name": row["label"], "size": size[str(row["id"])]},
              "position": {"x": round(places[str(row["id"])][0], 2), "y": round(-places[str(row["id"])][1], 2)},
              "classes": str(row["kind"])} for row in flat.nodes]
    edges = [{"data": {**_free(row), "name": row["label"], "interaction": row["kind"]},
              "classes": str(row["kind"])} for row in flat.edges]
    return json.dumps({
        "format_version": "1.0", "generated_by": "nlp_reform", "data": {"name": "Directive graph"},
        "elements": {"nodes": nodes, "edges": edges}, "style": _style(flat), "layout": {"name": "preset"},
    }, ensure_ascii=False, separators=(",", ":")) + "\n"


def _free(row: Row) -> Row:
    return {f"{name}_" if name == _PARENT else name: value for name, value in row.items()}


def _style(flat: Flat) -> list[dict[str, Any]]:
    """Return a style sheet for the kinds that occur."""
    kinds = dict.fromkeys(str(row["kind"]) for row in flat.nodes)
    lines = dict.fromkeys(str(row["kind"]) for row in flat.edges)
    return [
        {"selector": "node", "style": {"label": "data(label)", "width": "data(size)", "height": "data(size)",
                                       "font-size": 8, "background-color": look("").colour}},
        {"selector": "edge", "style": {"width": 1, "curve-style": "bezier", "target-arrow-shape": "triangle",
                                       "line-color": line(""), "target-arrow-color": line("")}},
        *({"selector": f"node[kind = {json.dumps(kind)}]",
           "style": {"background-color": look(kind).colour, "shape": look(kind).cytoscape}} for kind in kinds),
        *({"selector": f"edge[kind = {json.dumps(kind)}]",
           "style": {"line-color": line(kind), "target-arrow-color": line(kind)}} for kind in lines),
    ]


def cx2(flat: Flat) -> str:
    """Return CX2: declared attributes, places, and colours, shapes and labels mapped from `kind` and `name`.

    A node's `name` is its label and `represents` its id; an edge's `interaction` is its kind.
    """
    places = positions(flat)
    number = {row["id"]: n for n, row in enumerate(flat.nodes)}
    nodes = [{"id": n, "x": round(places[str(row["id"])][0], 2), "y": round(-places[str(row["id"])][1], 2),
              "v": {"name": row["label"], "represents": row["id"], **_without(row, ("id", "label"))}}
             for n, row in enumerate(flat.nodes)]
    edges = [{"id": n, "s": number[row["source"]], "t": number[row["target"]],
              "v": {"name": row["label"], "interaction": row["kind"], "represents": row["id"],
                    **_without(row, ("id", "source", "target", "label"))}}
             for n, row in enumerate(flat.edges)]
    own = {"name": {"d": "string"}, "represents": {"d": "string"}}
    declared = {
        "networkAttributes": {"name": {"d": "string"}, "description": {"d": "string"}},
        "nodes": {**own, **_declared(flat.node_types, ("id", "label"))},
        "edges": {**own, "interaction": {"d": "string"},
                  **_declared(flat.edge_types, ("id", "source", "target", "label"))},
    }
    counted = {"attributeDeclarations": 1, "networkAttributes": 1, "nodes": len(nodes), "edges": len(edges),
               "visualProperties": 1}
    return json.dumps([
        {"CXVersion": "2.0", "hasFragments": False},
        {"metaData": [{"name": name, "elementCount": count} for name, count in counted.items()]},
        {"attributeDeclarations": [declared]},
        {"networkAttributes": [{"name": "Directive graph", "description": "Written by nlp_reform"}]},
        {"nodes": nodes}, {"edges": edges}, {"visualProperties": [_visual()]},
        {"status": [{"error": "", "success": True}]},
    ], ensure_ascii=False, separators=(",", ":")) + "\n"


def _without(row: Row, names: tuple[str, ...]) -> Row:
    rest = row.copy()
    for name in names:
        del rest[name]
    return rest


def _declared(types: dict[str, ColumnType], skipped: tuple[str, ...]) -> dict[str, dict[str, str]]:
    return {name: {"d": _CX2[kind]} for name, kind in types.items() if name not in skipped}


def _visual() -> dict[str, Any]:
    """Return how kinds look, in CX2's terms."""
    shapes = {"round-rectangle": "round-rectangle", "rhomboid": "parallelogram"}
    seen = looks()
    return {
        "default": {
            "network": {"NETWORK_BACKGROUND_COLOR": "#ffffff"},
            "node": {"NODE_SHAPE": "ellipse", "NODE_BACKGROUND_COLOR": look("").colour, "NODE_WIDTH": 30,
                     "NODE_HEIGHT": 30},
            "edge": {"EDGE_LINE_COLOR": line(""), "EDGE_TARGET_ARROW_SHAPE": "triangle"},
        },
        "nodeMapping": {
            "NODE_LABEL": {"type": "PASSTHROUGH", "definition": {"attribute": "name", "type": "string"}},
            "NODE_BACKGROUND_COLOR": _discrete({kind: one.colour for kind, one in seen.items()}),
            "NODE_SHAPE": _discrete({kind: shapes.get(one.cytoscape, one.cytoscape) for kind, one in seen.items()}),
        },
        "edgeMapping": {},
    }


def _discrete(values: dict[str, str]) -> dict[str, Any]:
    return {"type": "DISCRETE", "definition": {
        "attribute": "kind", "type": "string", "map": [{"v": kind, "vp": value} for kind, value in values.items()]}}
