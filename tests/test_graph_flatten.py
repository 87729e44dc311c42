"""One flattening: whatever an attribute holds, every format gets strings, numbers and truth values of one type."""

from __future__ import annotations

import math
from typing import Any

import networkx as nx
import pytest
from graph_examples import HOSTILE, hostile
from hypothesis import given
from hypothesis import strategies as st

from nlp_reform.graph import flatten
from nlp_reform.graph.flatten import scalar


@pytest.mark.parametrize(("name", "value"), [
    ("none", None), ("list", "a; 1"), ("dict", '{"a": [1]}'), ("set", "a; b"), ("date", "2018-03-01"),
    ("moment", "2018-03-01T12:00:00"), ("npint", 7), ("npfloat", 0.5), ("npbool", True), ("array", "0; 1; 2"),
    ("nan", None), ("inf", None), ("big", str(2**70)), ("long", 2**40), ("bytes", "甲"), ("control", "abcdef"),
    ("surrogate", "ab"), ("lines", "one\ntwo\r\nthree\ttab"), ("emoji", "🧑‍🔬 家"), ("text", "长" * 10_000),
])
def test_hostile_values_become_plain(name: str, value: Any) -> None:
    found = scalar(HOSTILE[name])
    assert found == value
    assert type(found) is type(value)


def test_reserved_and_unsafe_names_are_changed_and_stay_distinct() -> None:
    row = next(row for row in flatten(hostile()).nodes if row["id"] == "plain")
    assert (row["type_"], row["id_"], row["source_"], row["target_"], row["key_"]) == (
        "typed", "identified", "sourced", "aimed", "keyed")
    assert row["kind"] == "directive"
    assert "named" in row.values()
    assert "colon" in row.values()
    edge = next(row for row in flatten(hostile()).edges if "emoji" in row)
    assert {edge["key_"], edge["key_-2"]} == {"keyed", 1}


def test_mixed_columns_get_one_type() -> None:
    flat = flatten(hostile())
    assert flat.node_types["mixed"] == "string"
    assert {row.get("mixed") for row in flat.nodes} == {None, "1", "one", "2.5", "true"}
    assert flat.node_types["long"] == "long"
    assert flat.node_types["list"] == "string"


def test_ids_are_distinct_and_edges_lead_to_them() -> None:
    flat = flatten(hostile())
    ids = [row["id"] for row in flat.nodes]
    assert len(set(ids)) == len(ids) == 6
    assert {row[end] for row in flat.edges for end in ("source", "target")} <= set(ids)
    assert len({row["id"] for row in flat.edges}) == 4
    assert all(row["label"] and row["kind"] for row in (*flat.nodes, *flat.edges))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=6)


@given(st.lists(st.dictionaries(st.text(max_size=5), values, max_size=4), max_size=5))
def test_any_attributes_flatten(rows: list[dict[str, Any]]) -> None:
    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    for number, row in enumerate(rows):
        graph.add_node(number)
        graph.nodes[number].update(row)
    flat = flatten(graph)
    kinds = {"boolean": bool, "int": int, "long": int, "double": float, "string": str}
    assert len(flat.nodes) == len(rows)
    for row in flat.nodes:
        for name, value in row.items():
            assert type(value) is kinds[flat.node_types[name]]
            assert not isinstance(value, float) or math.isfinite(value)
            assert not isinstance(value, str) or value.isascii() or value.encode("utf-8")
