"""Sentence kinds, parts of a document, and the model's contract."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nlp_reform
from nlp_reform.extract import features, matching, signs, statements, weighing

REPORT = """某区政府工作报告

一、2018年工作回顾

过去一年，我们推进园区建设，新增企业三十家。
完善托育网络。

二、2019年工作安排

完善托育网络。
各街道要建立台账。
托育是民生的重要基础。
"""


def weighing_rows(rows: list[list[float]]) -> weighing.Floats:
    import numpy as np

    return np.array(rows, dtype=np.float32)


def kinds(text: str) -> dict[str, str]:
    document = nlp_reform.extract(text)
    return {document.text[s.start:s.end]: s.kind for s in document.statements}


def test_the_same_words_report_in_a_review_and_prescribe_in_a_plan() -> None:
    document = nlp_reform.extract(REPORT)
    same = [s.kind for s in document.statements if document.text[s.start:s.end] == "完善托育网络。"]
    assert same == ["reported", "prescriptive"]


def test_plan_holds_duties_and_assessments() -> None:
    found = kinds(REPORT)
    assert found["各街道要建立台账。"] == "prescriptive"
    assert found["托育是民生的重要基础。"] == "context"


@pytest.mark.parametrize("text", ["鼓励有条件的学校开放场馆。", "对连续两年不年检的学会，予以撤销。"])
def test_a_sentence_alone_is_read_by_the_rules(text: str) -> None:
    assert list(kinds(text).values()) == ["prescriptive"]


def test_what_the_rules_say_decides_between_near_scores() -> None:
    near = weighing.with_rules(weighing_rows([[1.0, 0.0, 1.1]]), [(0, weighing.RULE)])
    far = weighing.with_rules(weighing_rows([[1.0, 0.0, 3.0]]), [(0, weighing.RULE)])
    sure = weighing.with_rules(weighing_rows([[1.0, 0.0, 3.0]]), [(0, 1)])
    assert [int(row.argmax()) for row in (*near, *far, *sure)] == [0, 2, 0]


def test_statements_are_parallel_to_sentences() -> None:
    document = nlp_reform.extract(REPORT)
    assert len(document.statements) == len(document.sentences)
    for statement, sentence in zip(document.statements, document.sentences, strict=True):
        assert (statement.start, statement.end) == document.view.span(sentence.start, sentence.end)


def test_traditional_and_simplified_are_typed_alike() -> None:
    assert list(kinds("學會應當公開年報。\n協會須於每年三月底前報告。").values()) == \
        list(kinds("学会应当公开年报。\n协会须于每年三月底前报告。").values())


@given(st.text(alphabet="应要不得支持鼓励，。；：（）“”《》一是1.\n的 会將试点", max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_yields_one_kind_a_sentence(text: str) -> None:
    document = nlp_reform.extract(text + "。\n")
    assert len(document.statements) == len(document.sentences)
    assert len({s.id for s in document.statements}) == len(document.statements)


@given(st.lists(st.text(alphabet="应当供要求", min_size=1, max_size=4), min_size=1, max_size=12))
def test_trie_finds_the_longest_word_at_each_place(words: list[str]) -> None:
    text = "".join(words)
    longest = "|".join(sorted({re.escape(word) for word in words}, key=len, reverse=True))
    assert re.findall(matching.trie(words), text) == re.findall(longest, text)


def test_without_a_model_the_rules_decide_and_a_note_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "_weights", lambda _name: None)
    document = nlp_reform.extract("各单位应当建立台账。\n")
    assert [s.kind for s in document.statements] == ["prescriptive"]
    assert "statements.no-model" in {note.code for note in document.notes}


def test_the_model_holds_no_pickle_and_no_sentence() -> None:
    import numpy as np

    folder = Path(__file__).parents[1] / "models" / "statements"
    with np.load(folder / "weights.npz", allow_pickle=False) as data:
        names = data["names"].tolist()
        assert data["table"].shape == (len(names), 3)
    assert max(len(re.sub(r"[^一-龥]", "", name)) for name in names) <= 4


PLAN = """某市协会联合会2017年工作计划

2016年，协会会员增加到三千人。会员服务没有跟上。

一、健全治理

章程是协会的根本。

1.压减理事人数。
会员不足100人的，理事人数不超过9人。
每家协会至少公开一份年报。
"""


def test_a_paragraph_that_opens_with_a_past_year_reviews_and_items_of_a_plan_prescribe() -> None:
    found = kinds(PLAN)
    assert found["2016年，协会会员增加到三千人。"] == found["会员服务没有跟上。"] == "reported"
    assert found["章程是协会的根本。"] == "context"
    assert found["每家协会至少公开一份年报。"] == "prescriptive"


@pytest.mark.parametrize("text", [REPORT, PLAN, "。", "1.", "2035 年建成55.5%。\n12月"])
def test_scores_of_a_whole_text_are_the_sums_of_its_named_features(text: str) -> None:
    import numpy as np

    document = nlp_reform.extract(text + "\n")
    items = signs.shown(document)
    weights = statements._weights("statements")
    assert weights is not None
    if not items:
        assert weighing.weigh(document, items, weights) == []
        return
    by_name = [weights.bias + sum(value * weights.table[weights.places[name]]
                                  for name, value in row.items() if name in weights.places)
               for row in features.features(document, items)]
    assert np.allclose(weighing.scores(document, items, weights), np.vstack(by_name), atol=1e-3)


def test_a_bracket_alone_names_units_and_lays_nothing_down() -> None:
    document = nlp_reform.extract("一、任务\n1.规范行为。分支机构不得另立章程。（学会部牵头，财务部配合）\n2.完善制度。加强管理。\n")
    bracket = next(one for one in document.statements if document.text[one.start] == "（")
    assert bracket.kind == "context"
    assert not [one for one in document.obligations if one.statement == bracket.id]
    assert [(one.unit.text, one.role) for one in document.assignments] == [("学会部", "lead"), ("财务部", "support")]


def test_a_date_alone_lays_nothing_down_and_a_day_of_a_month_is_no_day_past() -> None:
    document = nlp_reform.extract(
        "某县2022年工作方案\n各乡镇：\n现印发给你们，请执行。\n2022年5月24日\n二〇二二年五月\n一、任务\n1.抓紧办理渔民退费，6月30日前基本完成集中清退。\n2.去年6月底前全面完成渔港清淤。")
    kinds = {document.text[s.start:s.end]: s.kind for s in document.statements}
    assert kinds["2022年5月24日"] == kinds["二〇二二年五月"] == "context"
    assert next(kind for text, kind in kinds.items() if "抓紧" in text) == "prescriptive"
    assert next(kind for text, kind in kinds.items() if "清淤" in text) == "reported"


def test_a_body_whose_name_ends_like_the_future_may_report() -> None:
    document = nlp_reform.extract("施政報告\n一、房屋\n1. 我們會興建碼頭。\n2. 過去一年，房委會完成約11 000個單位。\n主辦機關：漁業局\n")
    kinds = [s.kind for s in document.statements if "房委" in document.text[s.start:s.end] or "主辦" in document.text[s.start:s.end]]
    assert kinds == ["reported", "context"]
