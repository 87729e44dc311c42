"""Colours of directives, their marks, and the profile of strength as table and in the graph."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import nlp_reform
from nlp_reform.graph.build import build
from nlp_reform.model.signals import signals
from nlp_reform.tables import TABLES, rows

ROOT = Path(__file__).resolve().parents[1]
PLAN = """某区学会工作方案

一、治理

1.公开年报。
各学会应当公开年报。
2.禁止收费。
各学会不得收取会费。
3.试行联办。
鼓励学会联合办会，支持学会试办刊物。
"""


def test_a_directive_is_black_red_or_grey() -> None:
    assert [item.colour for item in signals(nlp_reform.extract(PLAN))] == ["black", "red", "grey"]


def test_strength_and_signals_are_tables_and_attributes_of_the_graph() -> None:
    document = nlp_reform.extract(PLAN)
    assert TABLES[-3:] == ("strength", "signals", "extra")
    (whole,) = [row for row in rows([document], "strength") if row["by"] == "document"]
    assert whole["demands"] == len(document.obligations)
    assert whole["strict"] + whole["explicit"] + whole["bare"] + whole["hedged"] + whole["optional"] == pytest.approx(1)
    assert [row["signal"] for row in rows([document], "signals")] == ["black", "red", "grey"]
    graph = build([document])
    assert graph.nodes[document.id]["strict"] == round(whole["strict"], 4)
    assert [graph.nodes[item.id]["signal"] for item in document.directives] == ["black", "red", "grey"]
    assert graph.nodes["actor-各学会"]["demands"] == 2


def test_the_graph_links_a_citation_to_the_document_it_means() -> None:
    one = nlp_reform.extract("某市政府关于印发道路改造办法的通知\n\n一、改造道路。\n")
    other = nlp_reform.extract("关于检查道路的通知\n\n一、落实《道路改造办法》。\n")
    from dataclasses import replace

    graph = build([replace(one, id="one"), other])
    assert any(target == "one" and data["kind"] == "cites" for _, target, data in graph.edges(data=True))


@pytest.mark.skipif(not (ROOT.parent / "shared").exists(), reason="../shared with the marked texts is not here")
def test_the_marks_fit_the_texts_and_one_reader_agrees_with_itself() -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    import score_signals

    marks = score_signals.passes()
    first, second = ([labels[n] for labels in marks.values()] for n in (0, 1))
    assert len(marks) == 150
    assert score_signals.kappa(first, second) > 0.85
    product = score_signals.given(list(marks))
    assert (score_signals.f1(first, product, "black") or 0) > 0.88
