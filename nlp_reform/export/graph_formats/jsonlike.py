"""JSON for programs: networkx node-link and D3's nodes and links."""

from __future__ import annotations

import json

from nlp_reform.graph import Flat


def node_link(flat: Flat) -> str:
    """Return networkx's node-link JSON: `networkx.node_link_graph(data, edges="edges")` gives the multigraph back."""
    return json.dumps({
        "directed": True, "multigraph": True, "graph": {"name": "Directive graph"}, "nodes": flat.nodes,
        "edges": [{**row, "key": row["id"]} for row in flat.edges],
    }, ensure_ascii=False, separators=(",", ":")) + "\n"


def d3(flat: Flat) -> str:
    """Return D3's shape: nodes with `group` (the kind), links with `value` (the weight, else the score)."""
    return json.dumps({
        "nodes": [{**row, "group": row["kind"]} for row in flat.nodes],
        "links": [{**row, "value": row.get("weight", row.get("score", 1.0))} for row in flat.edges],
    }, ensure_ascii=False, separators=(",", ":")) + "\n"
