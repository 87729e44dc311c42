"""Graph databases take the tables: an embedded one answers Cypher; Neo4j's import header and script keep its syntax."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from graph_examples import hostile, two_years

from nlp_reform.export import write_graph
from nlp_reform.graph import flatten

HEADER = re.compile(r"[^:{}\"`]*(:(ID|START_ID|END_ID|LABEL|TYPE|int|long|float|double|boolean|string))?")
BOTH = pytest.mark.parametrize("make", [two_years, hostile])


@BOTH
def test_an_embedded_graph_database_loads_the_csv_tables(make: Callable[[], nx.MultiDiGraph], tmp_path: Path) -> None:
    lb = pytest.importorskip("real_ladybug", reason="real_ladybug is absent")
    flat = flatten(make())
    nodes, edges = write_graph(make(), tmp_path / "csv", "csv")
    names = {"boolean": "BOOLEAN", "int": "INT32", "long": "INT64", "double": "DOUBLE", "string": "STRING"}
    connection = lb.Connection(lb.Database(str(tmp_path / "graph.lbug")))
    columns = ", ".join(f"`{name}` {names[kind]}" for name, kind in flat.node_types.items())
    connection.execute(f"CREATE NODE TABLE Node({columns}, PRIMARY KEY(id))")
    columns = ", ".join(f"`{name}` {names[kind]}" for name, kind in flat.edge_types.items()
                        if name not in ("source", "target"))
    connection.execute(f"CREATE REL TABLE Edge(FROM Node TO Node, {columns})")
    for table, path in (("Node", nodes), ("Edge", edges)):
        connection.execute(f"COPY {table} FROM '{path}' (header=true, parallel=false, escape='\"')")

    def ask(query: str) -> list[Any]:
        return [tuple(row) for row in connection.execute(query).get_all()]

    assert ask("MATCH (n:Node) RETURN count(*)") == [(len(flat.nodes),)]
    assert ask("MATCH ()-[e:Edge]->() RETURN count(*)") == [(len(flat.edges),)]
    if make is two_years:
        assert ask("MATCH (a:Node {kind: 'actor'})-[:Edge {kind: 'leads'}]->(d:Node)"
                   "-[:Edge {kind: 'has_theme'}]->(t:Node) WHERE d.year = 2018 RETURN a.label, d.id, t.label") == [
            ("甲部", "soc-2018.d1", "治理结构和治理方式")]
        assert ask("MATCH (t:Node {kind: 'target'}) RETURN t.value ORDER BY t.value") == [(500.0,), (800.0,)]
    else:
        assert ask("MATCH (n:Node {id: 'plain'}) RETURN n.text, n.emoji, n.lines") == [
            ("长" * 10_000, "🧑‍🔬 家", "one\ntwo\r\nthree\ttab")]


@BOTH
def test_the_import_header_has_neo4js_syntax(make: Callable[[], nx.MultiDiGraph], tmp_path: Path) -> None:
    flat = flatten(make())
    paths = {path.name: path for path in write_graph(make(), tmp_path / "neo4j", "neo4j")}
    tables = {name: list(csv.reader(io.StringIO(paths[name].read_bytes().decode("utf-8"), newline="")))
              for name in ("nodes.csv", "relationships.csv")}
    for table in tables.values():
        assert all(HEADER.fullmatch(name) for name in table[0])
        assert len(set(table[0])) == len(table[0])
        assert all(len(row) == len(table[0]) for row in table)
    nodes, edges = tables["nodes.csv"], tables["relationships.csv"]
    assert (len(nodes) - 1, len(edges) - 1) == (len(flat.nodes), len(flat.edges))
    assert (nodes[0][0], nodes[0][-1], edges[0][:2], edges[0][-1]) == (
        "id:ID", ":LABEL", [":START_ID", ":END_ID"], ":TYPE")
    ids = {row[0] for row in nodes[1:]}
    assert all(row[0] in ids and row[1] in ids for row in edges[1:])
    assert all(re.fullmatch(r"NlpReform;[A-Z]\w*", row[-1]) for row in nodes[1:])
    assert all(re.fullmatch(r"[A-Z][A-Z_]*", row[-1]) for row in edges[1:])
    for table in tables.values():
        for place, name in enumerate(table[0]):
            if name.endswith((":int", ":long")):
                assert all(re.fullmatch(r"-?\d*", row[place]) for row in table[1:])
            if name.endswith(":boolean"):
                assert {row[place] for row in table[1:]} <= {"true", "false", ""}
    assert "neo4j-admin database import full" in paths["import.txt"].read_text("utf-8")


ASK = """
import json, sys, kglite
given, graph = json.load(sys.stdin), kglite.KnowledgeGraph()
for statement in given["statements"]:
    graph.cypher(statement)
print(json.dumps([[dict(row) for row in graph.cypher(query)] for query in given["queries"]]))
"""
"""Asked in a process of its own: beside many other libraries the database finds no room to be loaded in."""


@BOTH
def test_a_database_that_speaks_cypher_runs_the_script(make: Callable[[], nx.MultiDiGraph], tmp_path: Path) -> None:
    if importlib.util.find_spec("kglite") is None:
        pytest.skip("kglite is absent")
    flat = flatten(make())
    script = write_graph(make(), tmp_path / "x.cypher")[0].read_bytes().decode("utf-8")
    statements = [one.rstrip(";") for one in re.split(r"(?<=;)\n(?=UNWIND|$)", script) if one]
    queries = ["MATCH (n:NlpReform) RETURN n.id AS id", "MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS r, b.id AS b",
               "MATCH (n:NlpReform {id: 'plain'}) RETURN n.text AS text, n.emoji AS emoji, n.lines AS lines"]
    given = json.dumps({"statements": statements * 2, "queries": queries})  # read a second time it changes nothing
    done = subprocess.run([sys.executable, "-c", ASK], input=given, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    nodes, triples, plain = json.loads(done.stdout)
    assert {row["id"] for row in nodes} == {row["id"] for row in flat.nodes}
    assert sorted((row["a"], row["r"], row["b"]) for row in triples) == sorted(
        (row["source"], row["kind"].upper().replace(" ", "_"), row["target"]) for row in flat.edges)
    if make is hostile:
        assert plain == [{"text": "长" * 10_000, "emoji": "🧑‍🔬 家", "lines": "one\ntwo\r\nthree\ttab"}]


STATEMENT = re.compile(
    r"UNWIND \[\n(?P<rows>.*)\n\] AS row\n"
    r"(MERGE \(n:NlpReform \{id: row\.id\}\) SET n:`\w+`, n \+= row|"
    r"MATCH \(a:NlpReform \{id: row\.source\}\), \(b:NlpReform \{id: row\.target\}\)\n"
    r"MERGE \(a\)-\[r:`\w+` \{id: row\.id\}\]->\(b\) SET r \+= row\.properties);", re.DOTALL)


@BOTH
def test_the_script_says_every_node_and_edge_once(make: Callable[[], nx.MultiDiGraph], tmp_path: Path) -> None:
    flat = flatten(make())
    script = write_graph(make(), tmp_path / "x.cypher")[0].read_bytes().decode("utf-8")
    first, *rest = re.split(r"(?<=;)\n(?=UNWIND|$)", script)
    assert first.startswith("CREATE CONSTRAINT nlp_reform_id IF NOT EXISTS")
    rows: list[dict[str, Any]] = []
    for statement in filter(None, rest):
        found = STATEMENT.fullmatch(statement)
        assert found, statement[:200]
        for line in found["rows"].split("\n"):
            # a Cypher map of literals is JSON but for its keys
            keyed = re.sub(r"(?<=[{ ])(id|source|target|properties): ", r'"\1": ', line.rstrip(","))
            rows.append(json.loads(re.sub(r"(?<=[{ ])`([^`]*)`: ", r'"\1": ', keyed)))
    nodes = [row for row in rows if "properties" not in row]
    assert {row["id"]: row for row in nodes} == {row["id"]: row for row in flat.nodes}
    assert {(row["id"], row["source"], row["target"]) for row in rows if "properties" in row} == {
        (row["id"], row["source"], row["target"]) for row in flat.edges}
