"""References to documents, statutes, programmes and to the text itself."""

from __future__ import annotations

import pytest

import nlp_reform
from nlp_reform.model import Reference
from nlp_reform.model.citing import known, resolve


def found(text: str) -> list[tuple[str, str | None, str | None, str]]:
    return [(r.text, r.title, r.number, r.kind) for r in nlp_reform.extract(text).references]


def test_title_with_its_number() -> None:
    assert found("各单位应当执行《档案目录办法》（某政发〔2018〕12号）。\n") == [
        ("《档案目录办法》（某政发〔2018〕12号）", "档案目录办法", "某政发〔2018〕12号", "document")]


def test_title_inside_a_title_is_one_reference() -> None:
    assert [r[1] for r in found("请执行《关于印发〈目录办法〉的通知》和《名册规则》。\n")] == [
        "关于印发〈目录办法〉的通知", "名册规则"]


def test_bare_number_and_statute_with_article() -> None:
    got = found("根据某政办发〔2019〕3号和学会法第十二条第二款，应当公开名册。\n")
    assert ("某政办发〔2019〕3号", None, "某政办发〔2019〕3号", "document") in got
    assert any(text.endswith("第十二条第二款") and title == "学会法" for text, title, _, _ in got)


def test_internal_references_have_neither_title_nor_number() -> None:
    assert found("违反本办法第三条规定的，按照第五条处理。\n") == [
        ("本办法第三条", None, None, "document"), ("第五条", None, None, "document")]


@pytest.mark.parametrize("text", ["推进“双随机”监管。\n", "打好三大攻坚战。\n", "落实“1-9-6-1”工作部署。\n"])
def test_programmes_and_slogans(text: str) -> None:
    assert [r[3] for r in found(text)] == ["programme"]


def test_a_title_that_never_closes_is_none() -> None:
    assert found("应当执行《目录办法。\n各单位应当报告。\n") == []


def test_spans_are_of_the_text_of_record() -> None:
    text = "應執行《檔案　目錄辦法》（某政發〔2018〕12號）。\n"
    for r in nlp_reform.extract(text).references:
        assert text[r.start:r.end] == r.text


def test_resolve_by_number_then_title() -> None:
    reference = Reference(0, 1, "x", "目录办法", "某政发〔2018〕12号", "document")
    assert resolve(reference, {"目录办法": "a", "某政发〔2018〕12号": "b"}) == "b"
    assert resolve(reference, {"目录办法": "a"}) == "a"
    assert resolve(reference, {}) is None


def test_a_reference_finds_the_document_whose_notice_prints_its_title_but_never_itself() -> None:
    notice = nlp_reform.extract("某市政府关于印发道路改造办法的通知\n某政发〔2018〕12号\n\n各区政府：\n一、改造道路。\n")
    citing = nlp_reform.extract("关于检查道路的通知\n\n一、落实《道路改造办法》。\n二、落实某政发[2018]12号文件。\n")
    names = known([notice])
    assert [resolve(item, names) for item in citing.references] == [notice.id, notice.id]
    assert [resolve(item, names, notice.id) for item in citing.references] == [None, None]
