"""Neo4j: CSV files for `neo4j-admin database import`, and one Cypher script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from json.encoder import encode_basestring

from nlp_reform.export.formats import cell
from nlp_reform.export.graph_formats.tables import csv_lines
from nlp_reform.graph import Flat
from nlp_reform.graph.flatten import ColumnType, Row, Scalar

_BATCH = 500
_COMMON = "NlpReform"
"""The label that every node carries beside its kind's, for the constraint and for finding nodes by id."""
_READ_ME = """Import into a new, stopped database:

neo4j-admin database import full --multiline-fields=true --nodes=nodes.csv --relationships=relationships.csv neo4j

Every node has its kind as label (Directive, Actor, ...) beside NlpReform, every relationship its kind as type.
"""


def neo4j(flat: Flat) -> Mapping[str, str]:
    """Return nodes.csv and relationships.csv with typed import headers, and how to import them."""
    nodes = [name for name in flat.node_types if name != "id"]
    edges = [name for name in flat.edge_types if name not in ("id", "source", "target")]
    node_head = ["id:ID", *(_typed(name, flat.node_types[name]) for name in nodes), ":LABEL"]
    edge_head = [":START_ID", ":END_ID", "id", *(_typed(name, flat.edge_types[name]) for name in edges), ":TYPE"]
    node_rows = ([row["id"], *(_cell(row.get(name)) for name in nodes), f"{_COMMON};{label(row['kind'])}"]
                 for row in flat.nodes)
    edge_rows = ([row["source"], row["target"], row["id"], *(_cell(row.get(name)) for name in edges),
                  relation(row["kind"])] for row in flat.edges)
    return {"nodes.csv": csv_lines(node_head, node_rows), "relationships.csv": csv_lines(edge_head, edge_rows),
            "import.txt": _READ_ME}


def _typed(name: str, kind: ColumnType) -> str:
    return name if kind == "string" else f"{name}:{kind}"


def _cell(value: Scalar | None) -> object:
    return str(value).lower() if isinstance(value, bool) else cell(value)


def label(kind: object) -> str:
    """Return a node kind as a Neo4j label (`directive` → `Directive`)."""
    return "".join(part.capitalize() for part in re.split(r"\W+|_", str(kind)) if part) or "Node"


def relation(kind: object) -> str:
    """Return an edge kind as a relationship type (`has_theme` → `HAS_THEME`)."""
    return re.sub(r"\W+", "_", str(kind)).strip("_").upper() or "EDGE"


def cypher(flat: Flat) -> str:
    """Return a script for cypher-shell or Neo4j Browser (5 and later); running it twice changes nothing."""
    return "".join(_statements(flat))


def _statements(flat: Flat) -> Iterator[str]:
    yield f"CREATE CONSTRAINT nlp_reform_id IF NOT EXISTS FOR (n:{_COMMON}) REQUIRE n.id IS UNIQUE;\n"
    for kind, rows in _by_kind(flat.nodes):
        for some in (rows[first:first + _BATCH] for first in range(0, len(rows), _BATCH)):
            yield (f"UNWIND [\n{_maps(some, ())}\n] AS row\nMERGE (n:{_COMMON} {{id: row.id}}) "
                   f"SET n:{_quoted(label(kind))}, n += row;\n")
    for kind, rows in _by_kind(flat.edges):
        for some in (rows[first:first + _BATCH] for first in range(0, len(rows), _BATCH)):
            yield (f"UNWIND [\n{_maps(some, ('id', 'source', 'target'))}\n] AS row\n"
                   f"MATCH (a:{_COMMON} {{id: row.source}}), (b:{_COMMON} {{id: row.target}})\n"
                   f"MERGE (a)-[r:{_quoted(relation(kind))} {{id: row.id}}]->(b) SET r += row.properties;\n")


def _by_kind(rows: list[Row]) -> Iterator[tuple[str, list[Row]]]:
    for kind, some in groupby(sorted(rows, key=lambda row: str(row["kind"])), key=lambda row: str(row["kind"])):
        yield kind, list(some)


def _maps(rows: list[Row], apart: tuple[str, ...]) -> str:
    """Return rows as Cypher maps, one a line; the columns not in `apart` go into a map `properties`."""
    return ",\n".join(_map(row, apart) for row in rows)


def _map(row: Row, apart: tuple[str, ...]) -> str:
    if not apart:
        return "{" + ", ".join(f"{_quoted(name)}: {_literal(value)}" for name, value in row.items()) + "}"
    rest: Row = {name: value for name, value in row.items() if name not in apart}
    own = ", ".join(f"{name}: {_literal(row[name])}" for name in apart)
    return "{" + own + ", properties: " + _map(rest, ()) + "}"


def _literal(value: Scalar) -> str:
    """Return a Cypher literal; JSON's escapes are Cypher's."""
    if isinstance(value, float):
        return repr(value).replace("e+", "e")
    if isinstance(value, str):
        return encode_basestring(value)
    return str(value).lower()


@lru_cache(maxsize=1024)
def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
