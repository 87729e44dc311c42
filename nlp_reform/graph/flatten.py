"""One flattening for all writers: attribute values that every graph format can hold."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TAKEN = {"id": "id_", "type": "type_", "source": "source_", "target": "target_"}
"""Attribute names that formats keep for themselves, and what they become."""


def flatten(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """Return a copy whose attributes are strings, numbers and truth values only.

    None is left out; lists become `a; b`; dates their ISO form; numpy scalars plain numbers; control
    characters and lone surrogates, which XML cannot hold, are dropped; an attribute called id, type, source or
    target gets a trailing underscore.
    """
    import networkx as nx

    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, attributes in graph.nodes(data=True):
        flat.add_node(node, **_plain(attributes))
    for source, target, key, attributes in graph.edges(keys=True, data=True):
        flat.add_edge(source, target, key=key, **_plain(attributes))
    return flat


def _plain(attributes: dict[str, Any]) -> dict[str, Any]:
    return {_TAKEN.get(name, name): value for name, raw in attributes.items() if (value := scalar(raw)) is not None}


def scalar(value: Any) -> str | int | float | bool | None:
    """Return one attribute value as a string, number or truth value; None stays None."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, str):
        return _CONTROL.sub("", value)
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(map(str, value)) if isinstance(value, set | frozenset) else map(str, value)
        return _CONTROL.sub("", "; ".join(items))
    item = getattr(value, "item", None)
    if callable(item):
        return scalar(item())
    iso = getattr(value, "isoformat", None)
    return str(iso()) if callable(iso) else _CONTROL.sub("", str(value))
