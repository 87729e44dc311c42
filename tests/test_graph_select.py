"""Selections keep what belongs together; projections and measures give figures that can be counted by hand."""

from __future__ import annotations

import networkx as nx
import pytest
from graph_examples import plans, two_years

from nlp_reform import api
from nlp_reform import graph as room
from nlp_reform.errors import ReformError


@pytest.fixture(scope="module")
def graph() -> nx.MultiDiGraph:
    return room.build(plans())


def of(graph: nx.MultiDiGraph, kind: str) -> set[str]:
    return {node for node, found in graph.nodes(data="kind") if found == kind}


def test_a_year_is_the_graph_of_its_documents() -> None:
    part, alone = room.select(two_years(), year=2018), room.build(plans()[:1])
    assert set(part) == set(alone)
    assert {kind for *_, kind in part.edges(data="kind")} <= {kind for *_, kind in alone.edges(data="kind")} | {
        "similar_to"}
    assert part.number_of_edges() == alone.number_of_edges()


@pytest.mark.parametrize("theme", ["membership", "societies:membership", "theme-societies-membership"])
def test_a_theme_brings_its_directives_with_what_belongs_to_them(graph: nx.MultiDiGraph, theme: str) -> None:
    part = room.select(graph, theme=theme)
    assert of(part, "directive") == {"soc-2018.d2", "soc-2019.d2"}
    assert of(part, "indicator") == {"indicator-新增会员"}
    assert of(part, "section") == {"soc-2018.s1", "soc-2019.s1"}
    assert of(part, "document") == {"soc-2018", "soc-2019"}
    assert of(part, "year") == {"year-2018", "year-2019"}
    assert not of(part, "obligation")


def test_an_actor_assigned_or_bound_brings_the_directive(graph: nx.MultiDiGraph) -> None:
    assert of(room.select(graph, actor="乙部"), "directive") == {"soc-2018.d1"}
    assert of(room.select(graph, actor="乙会"), "directive") == {"soc-2018.d3"}
    assert of(room.select(graph, actor=["乙部", "乙会"]), "directive") == {"soc-2018.d1", "soc-2018.d3"}


def test_conditions_hold_together(graph: nx.MultiDiGraph) -> None:
    part = room.select(graph, year=2018, modality="obligation", actor="甲部", theme="governance")
    assert of(part, "obligation") == {"soc-2018.d1.o1"}
    assert not of(room.select(graph, modality="encouragement", theme="membership"), "directive")
    assert of(room.select(graph, modality="encouragement"), "obligation") == {"soc-2018.d3.o1"}


def test_kinds_are_induced(graph: nx.MultiDiGraph) -> None:
    part = room.select(graph, kind=["directive", "theme"])
    assert {kind for _, kind in part.nodes(data="kind")} == {"directive", "theme"}
    assert {kind for *_, kind in part.edges(data="kind")} == {"next", "has_theme"}


@pytest.mark.parametrize("choice", [
    {"year": 1999}, {"theme": "nowhere"}, {"kind": "x"}, {"actor": "丙"}, {"modality": "x"}])
def test_an_unknown_value_names_what_there_is(graph: nx.MultiDiGraph, choice: dict) -> None:
    with pytest.raises(ReformError, match="there are"):
        room.select(graph, **choice)


def test_the_graph_given_is_left_as_it_was(graph: nx.MultiDiGraph) -> None:
    before = nx.to_dict_of_dicts(graph)
    room.measure(room.project(room.select(graph, year=2018), "actor-theme"), room.MEASURES)
    room.add_similar(graph)
    assert nx.to_dict_of_dicts(graph) == before


def test_ego_by_id_and_label(graph: nx.MultiDiGraph) -> None:
    assert set(room.ego(graph, "甲部", 1)) == {"actor-甲部", "soc-2018.d1", "soc-2019.d1"}
    assert set(room.ego(graph, "actor-甲部", 0)) == {"actor-甲部"}
    assert set(room.ego(graph, "actor-甲部", 2)) > set(room.ego(graph, "actor-甲部", 1))
    with pytest.raises(ReformError, match="2 nodes are called"):
        room.ego(graph, "2.发展会员")
    with pytest.raises(ReformError, match="close are"):
        room.ego(graph, "发展")


def test_projections(graph: nx.MultiDiGraph) -> None:
    work = room.project(graph, "actor-theme")
    assert work["actor-甲部"]["theme-societies-governance"]["works_on"]["weight"] == 2
    assert work["actor-乙会"]["theme-societies-academic"]["works_on"]["weight"] == 1
    together = room.project(graph, "actor-actor")
    assert [(data["weight"], data["kind"]) for *_, data in together.edges(data=True)] == [(1, "shares_work")]
    years = room.project(graph, "indicator-year")
    assert sorted((year, data["value"], data["unit"]) for _, year, data in years.edges(data=True)) == [
        ("year-2018", 500.0, "人"), ("year-2019", 800.0, "人")]
    alike = room.project(graph, "directive-similarity")
    assert {kind for _, kind in alike.nodes(data="kind")} == {"directive"}
    assert all(data["weight"] == data["score"] for *_, data in alike.edges(data=True))
    with pytest.raises(ReformError, match="known are directive-similarity"):
        room.project(graph, "none")


def test_measures(graph: nx.MultiDiGraph) -> None:
    found = room.measure(graph, room.MEASURES)
    node = found.nodes["soc-2018.d1"]
    assert node["degree"] == graph.degree("soc-2018.d1") == node["in_degree"] + node["out_degree"]
    assert sum(value for _, value in found.nodes(data="pagerank")) == pytest.approx(1)
    assert max(value for _, value in found.nodes(data="betweenness")) <= 1
    communities = [value for _, value in found.nodes(data="community")]
    assert set(communities) == set(range(max(communities) + 1))
    assert dict(room.measure(graph, ["community"]).nodes(data="community")) == dict(found.nodes(data="community"))
    with pytest.raises(ReformError, match="known are degree"):
        room.measure(graph, ["size"])


def test_one_call_does_it_all() -> None:
    graph = api.build_graph(plans(), year=[2018], projection="actor-theme", measure=["degree"])
    assert of(graph, "actor") == {"actor-甲部", "actor-乙部", "actor-会员", "actor-乙会"}
    assert graph.nodes["actor-甲部"]["degree"] == 1
