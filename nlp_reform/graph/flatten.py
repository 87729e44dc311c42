"""One flattening for all writers: two tables whose cells every graph format can hold."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import chain
from numbers import Real
from typing import TYPE_CHECKING, Any, Literal

from nlp_reform.graph.rows import safe_id
from nlp_reform.prepared import compiled

if TYPE_CHECKING:
    import networkx as nx

Scalar = str | int | float | bool
Row = dict[str, Scalar]
ColumnType = Literal["boolean", "int", "long", "double", "string"]

_CONTROL = compiled("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TAKEN = frozenset({"id", "type", "source", "target", "key"})
"""Attribute names that formats keep for themselves; an attribute of that name gets a trailing underscore."""
_NO_LABEL = "\0"
"""Stands for the label of an edge until it has one; no cell holds a control character."""
_INT, _LONG = 1 << 31, 1 << 63


@dataclass(frozen=True, slots=True)
class Flat:
    """A graph as two tables: rows in the graph's order, cells strings, numbers and truth values only.

    A node's row holds `id`, `label`, `kind`, then its attributes; an edge's `id`, `source`, `target`, `kind`,
    `label`, then its own. A cell without a value is left out of its row. `node_types` and `edge_types` give the
    columns in order and the one type all cells of a column have.
    """

    nodes: list[Row]
    edges: list[Row]
    node_types: dict[str, ColumnType]
    edge_types: dict[str, ColumnType]


def flatten(graph: nx.MultiDiGraph[str]) -> Flat:
    """Return the graph's two tables.

    None, NaN and infinity are left out; lists become `a; b`; dates their ISO form; mappings JSON; numpy scalars
    plain numbers; control characters and lone surrogates, which XML cannot hold, are dropped. Names of
    attributes become XML NMTOKENs; one called id, type, source, target or key gets a trailing underscore. Ids that are
    no NMTOKEN are made so, and stay distinct. Values of several types under one name become all
    numbers where they are numbers, else all strings.
    """
    names = _Names()
    ids: dict[Any, str] = {}
    taken: set[str] = set()
    nodes: list[Row] = []
    for node, attributes in graph.nodes(data=True):
        ids[node] = name = _distinct(safe_id(str(node)), taken)
        nodes.append(names.fill({"id": name, "label": name, "kind": "node"}, attributes))
    edges: list[Row] = []
    taken = set()
    for source, target, key, attributes in graph.edges(keys=True, data=True):
        one, other = ids[source], ids[target]
        row = names.fill({"id": "", "source": one, "target": other, "kind": "edge", "label": _NO_LABEL}, attributes)
        kind = row["kind"]
        row["id"] = _distinct(f"{one}.{_part(str(kind if isinstance(key, int) else key))}.{other}", taken)
        if row["label"] == _NO_LABEL:
            row["label"] = kind
        edges.append(row)
    return Flat(nodes, edges, _types(nodes), _types(edges))


_part = lru_cache(maxsize=1024)(safe_id)


class _Names:
    """Turns attribute names into tokens, each once."""

    def __init__(self) -> None:
        self._known: dict[Any, str] = {}
        self._taken: set[str] = set()

    def fill(self, row: Row, attributes: Mapping[Any, Any]) -> Row:
        """Add to a row what attributes have a value, and return it."""
        known = self._known
        for name, raw in attributes.items():
            value = raw if type(raw) is str and raw.isprintable() else scalar(raw)
            if value is not None:
                row[known.get(name) or self._learn(name)] = value
        return row

    def _learn(self, name: Any) -> str:
        token = str(name) + "_" if name in _TAKEN else safe_id(str(name))
        self._known[name] = token = _distinct(token, self._taken)
        return token


def _distinct(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    taken.add(name)
    return name


def scalar(value: Any) -> Scalar | None:
    """Return one attribute value as a string, number or truth value; None for what has no value."""
    kind = type(value)
    if kind is str:
        return _CONTROL.sub("", value)
    if kind is int:
        return value if -_LONG <= value < _LONG else str(value)
    if kind is float:
        return value if math.isfinite(value) else None
    if kind is bool or value is None:
        return value  # type: ignore[no-any-return]
    return _other(value)


def _other(value: Any) -> Scalar | None:
    """Return a value of a rarer type as a plain one."""
    plain: Any = str(value)
    if isinstance(value, Enum):
        plain = value.value
    elif isinstance(value, bytes):
        plain = value.decode("utf-8", "replace")
    elif isinstance(value, Mapping):
        plain = json.dumps({str(key): value[key] for key in value}, ensure_ascii=False, default=str)
    elif isinstance(value, list | tuple | set | frozenset):
        items = [_printed(item) for one in value if (item := scalar(one)) is not None]
        plain = "; ".join(sorted(items) if isinstance(value, set | frozenset) else items) or None
    elif callable(listed := getattr(value, "tolist", None)):
        plain = listed()
    elif callable(iso := getattr(value, "isoformat", None)):
        plain = str(iso())
    elif isinstance(value, int):
        plain = int(value)
    elif isinstance(value, Real):
        plain = float(value)
    return scalar(plain)


def _types(rows: list[Row]) -> dict[str, ColumnType]:
    """Return the type of every column, having brought the cells of mixed columns to one type."""
    pairs: set[tuple[str, type]] = set()
    for row in rows:
        pairs.update(zip(row, map(type, row.values()), strict=True))
    seen: dict[str, set[type]] = {name: set() for name in dict.fromkeys(chain.from_iterable(rows))}
    for name, kind in pairs:
        seen[name].add(kind)
    wide = {name for name, kinds in seen.items() if kinds == {int} and _wide(rows, name)}
    types: dict[str, ColumnType] = {}
    cast: dict[str, Callable[[Any], Scalar]] = {}
    for name, kinds in seen.items():
        if len(kinds) == 1:
            kind = next(iter(kinds))
            types[name] = {bool: "boolean", float: "double", str: "string"}.get(
                kind, "long" if name in wide else "int")  # type: ignore[assignment]
        elif kinds == {int, float}:
            types[name], cast[name] = "double", float
        else:
            types[name], cast[name] = "string", _printed
    if cast:
        for row in rows:
            for name in cast.keys() & row.keys():
                row[name] = cast[name](row[name])
    return types


def _wide(rows: list[Row], name: str) -> bool:
    """Tell whether a column of whole numbers needs more than 32 bits."""
    cells: list[Any] = [row[name] for row in rows if name in row]
    return bool(min(cells) < -_INT or max(cells) >= _INT)


def _printed(value: Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
