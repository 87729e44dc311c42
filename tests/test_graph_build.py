"""The graph says what the records say; ids are stable, distinct and safe; years are joined by a comparison."""

from __future__ import annotations

import re
from dataclasses import replace

import networkx as nx
import pytest
from graph_examples import comparison, plan, plans, two_years
from hypothesis import given
from hypothesis import strategies as st

from nlp_reform import api, read
from nlp_reform import graph as room
from nlp_reform.graph.rows import safe_id, shared_id
from nlp_reform.spans import View

NMTOKEN = re.compile(r"[-.0-9A-Z_a-z\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u3007\u4e00-\u9fa5]+")
FIELDS = {"kind", "label", "document", "year", "start", "end", "text", "score"}


def kinds(graph: nx.MultiDiGraph, what: str) -> list[tuple[str, str]]:
    return [(one, other) for one, other, kind in graph.edges(data="kind") if kind == what]


def test_a_document_may_cite_one_that_is_given_after_it() -> None:
    plan = api.analyse(read.from_text("会员服务五年规划方案\n\n一、加强会员服务。\n", "plan"))
    notice = api.analyse(read.from_text("关于会员服务的通知\n\n一、按照《会员服务五年规划方案》加强服务。\n", "notice"))
    graph = api.build_graph([notice, plan])
    assert ("notice.d1", "plan") in kinds(graph, "cites")
    assert graph.nodes["plan"]["kind"] == "document"
    assert set(graph.edges(keys=True)) == set(api.build_graph([plan, notice]).edges(keys=True))


def test_every_record_is_a_node_with_its_edges() -> None:
    document = plan(2018)
    graph = api.build_graph(document)
    assert {kind for _, kind in graph.nodes(data="kind")} == {
        "document", "year", "section", "directive", "obligation", "target", "indicator", "actor", "theme", "reference"}
    d1, d2, d3 = (item.id for item in document.directives)
    assert kinds(graph, "contains") == [
        ("soc-2018", "soc-2018.s1"), ("soc-2018", "soc-2018.s2"), ("soc-2018.s1", d1), ("soc-2018.s1", d2),
        ("soc-2018.s2", d3)]
    assert kinds(graph, "next") == [(d1, d2), (d2, d3)]
    assert kinds(graph, "obliges") == [(d1, f"{d1}.o1"), (d3, f"{d3}.o1")]
    assert set(kinds(graph, "bears")) == {("actor-会员", f"{d1}.o1"), ("actor-乙会", f"{d3}.o1")}
    assert kinds(graph, "sets") == [(d2, f"{d2}.t1")]
    assert kinds(graph, "measures") == [(f"{d2}.t1", "indicator-新增会员")]
    assert kinds(graph, "leads") == [("actor-甲部", d1)]
    assert kinds(graph, "supports") == [("actor-乙部", d1)]
    assert kinds(graph, "cites") == [(d3, "reference-甲章")]
    assert kinds(graph, "has_theme")[0] == (d1, "theme-societies-governance")
    assert kinds(graph, "dated") == [("soc-2018", "year-2018")]


def test_every_node_and_edge_has_the_common_fields_and_a_true_place() -> None:
    documents = {document.id: document for document in plans()}
    graph = room.build(list(documents.values()))
    rows = [data for _, data in graph.nodes(data=True)] + [data for *_, data in graph.edges(data=True)]
    assert all(set(data) >= FIELDS for data in rows)
    placed = [data for data in rows if data["start"] is not None and data["text"] and data["document"]
              and data["kind"] not in ("document", "section")]
    assert len(placed) > 15
    for data in placed:
        assert documents[data["document"]].text[data["start"]:data["end"]] == data["text"], data


def test_shared_nodes_carry_all_their_years() -> None:
    graph = room.build(plans())
    assert graph.nodes["actor-甲部"]["years"] == (2018, 2019)
    assert graph.nodes["actor-乙部"]["years"] == (2018,)
    assert graph.nodes["indicator-新增会员"]["year"] == 2018
    assert graph.number_of_nodes() == len(set(graph))


def test_scripts_and_widths_meet_in_one_actor() -> None:
    document = plan(2018)
    text = document.text.replace("甲部", "財部")
    hant = replace(document, id="hant", text=text, view=View(text, text.replace("財", "财")), obligations=(),
                   targets=(), directives=(), sections=(), themes=(), references=(),
                   assignments=(replace(document.assignments[0], directive=None, unit=replace(
                       document.assignments[0].unit, text="財部")),))
    assert "actor-财部" in room.build([hant])


def test_indicators_of_one_comparable_key_are_one_node() -> None:
    one, other = plans()
    aim = other.targets[0]
    renamed = replace(other, targets=(replace(aim, key="members", indicator=replace(aim.indicator, text="会员增加")),))
    named = replace(one, targets=(replace(one.targets[0], key="members"),))
    graph = room.build([named, renamed])
    assert [node for node, kind in graph.nodes(data="kind") if kind == "indicator"] == ["indicator-members"]
    assert graph.nodes["indicator-members"]["label"] == "新增会员"


def test_the_same_documents_give_the_same_graph() -> None:
    one, other = room.build(plans()), room.build(plans())
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))


def test_a_real_reading_becomes_a_graph() -> None:
    graph = api.build_graph(api.extract("要点（2018年）\n一、治理\n1.完善制度。会员应当缴费。\n2.发展会员。\n"))
    assert {"document", "section", "directive", "obligation"} <= {kind for _, kind in graph.nodes(data="kind")}


def test_an_empty_document_is_one_node() -> None:
    graph = api.build_graph(api.extract("无。\n"))
    assert [kind for _, kind in graph.nodes(data="kind")] == ["document"]


@given(st.text(max_size=200), st.text(max_size=200))
def test_ids_are_tokens_and_two_names_never_share_one(one: str, other: str) -> None:
    for make in (safe_id, lambda name: shared_id("actor", name)):
        a, b = make(one), make(other)
        assert NMTOKEN.fullmatch(a)
        assert a[0] not in "-."
        assert (a == b) == (one == other)
        assert len(a.encode()) < 750


def test_a_comparison_joins_the_years() -> None:
    graph = room.add_comparison(room.build(plans()), comparison())
    assert kinds(graph, "strengthens") == [("soc-2018.d1", "soc-2019.d1")]
    assert kinds(graph, "changes") == kinds(graph, "moves") == [("soc-2018.d2", "soc-2019.d2")]
    assert kinds(graph, "splits") == [("soc-2018.d2", "soc-2019.d2")]  # the other half is not in the graph
    assert kinds(graph, "achieves") == [("soc-2019.d2", "soc-2018.d2.t1")]
    edge = graph["soc-2018.d1"]["soc-2019.d1"]["strengthens"]
    assert (edge["score"], edge["year"], edge["changes"]) == (0.9, 2019, "modality: 应当 → 必须")
    assert graph.nodes["soc-2018.d3"]["relation"] == "dropped"
    assert graph.nodes["soc-2019.d3"]["relation"] == "added"
    assert "relation" not in room.build(plans()).nodes["soc-2019.d3"]


def test_like_directives_are_joined_once_and_best_first() -> None:
    graph = room.add_similar(room.build(plans()), top=1, least=0.3)
    pairs = kinds(graph, "similar_to")
    assert ("soc-2018.d1", "soc-2019.d1") in pairs
    assert ("soc-2018.d2", "soc-2019.d2") in pairs
    assert len(pairs) == len({frozenset(pair) for pair in pairs})
    assert all(0.3 <= score <= 1 for *_, kind, score in
               ((*edge[:2], edge[2]["kind"], edge[2]["score"]) for edge in graph.edges(data=True))
               if kind == "similar_to")


def test_similarity_is_the_cosine_that_scikit_learn_computes() -> None:
    text = pytest.importorskip("sklearn.feature_extraction.text", reason="scikit-learn is absent")
    from nlp_reform.graph.similar import _matrix

    words = ["甲乙丙甲乙", "甲乙丁", "戊己", ""]
    theirs = text.TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True).fit_transform(words)
    ours = _matrix(words)
    assert abs((ours @ ours.T).toarray() - (theirs @ theirs.T).toarray()).max() < 1e-5


def test_two_years_have_every_kind_of_edge_across() -> None:
    graph = two_years()
    assert {"strengthens", "changes", "splits", "moves", "achieves", "similar_to"} <= {
        kind for *_, kind in graph.edges(data="kind")}
