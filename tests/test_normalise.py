"""The cleaned copy: one script, half width, one paragraph a line, and the way back to the record."""

from __future__ import annotations

import pytest

from nlp_reform import normalise
from nlp_reform.model import Document, Page, Source
from nlp_reform.spans import View


def cleaned(text: str, *pages: Page) -> View:
    document = Document("d", text, Source("d.txt", "text/plain", "utf-8", ""), pages=pages)
    view = normalise.find(document)["view"]
    assert isinstance(view, View)
    return view


def script(text: str) -> str:
    return str(normalise.find(Document("d", text, Source("d", "text/plain", "utf-8", "")))["script"])


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        ("約６ ０００人，達２０％", "约6000人,达20%"),
        ("超过 6 000 人", "超过6000人"),
        ("达到1 234 567元", "达到1234567元"),
        ("2018 100强", "2018 100强"),
        ("行(xíng)政管理", "行政管理"),
        ("關(guān)于", "关于"),
        ("甲\u200b乙\u00ad丙\ue123丁", "甲乙丙丁"),
        ("政 府 工 作", "政府工作"),
        ("Pop Up 城市", "Pop Up城市"),
        ("第①项、m²", "第①项、m²"),
        ("\uf0b7 加强培训", "•加强培训"),
        ("一\r\n\r\n  二\r三\x0c四", "一\n二\n三\n四"),
        ("学会\x00章程\ud800", "学会\ufffd章程\ufffd"),
    ],
)
def test_characters(printed: str, clean: str) -> None:
    assert cleaned(printed).text == clean


def test_offsets_lead_back_to_the_record() -> None:
    record = "　　一、　健全 制度。\r\n　　二、 加強　監督。"
    view = cleaned(record)
    at = view.text.index("加强监督")
    assert view.cite(at, at + 4) == (record.index("加強"), record.index("督") + 1, "加強　監督")


def test_script_is_told_from_the_share_of_traditional_forms() -> None:
    assert script("加强监督管理，完善制度。") == "hans"
    assert script("加強監督管理，完善制度，發展會員，擴大開放。") == "hant"
    assert script("加强监督管理完善制度发展会员" * 8 + "發展會員") == "mixed"
    assert script("镕基堃喆") == "hans", "rare characters are not Traditional ones"


WRAPPED = """第一章  河道管护的总体安排
　各镇应当把河道管护列入年度计划，明确巡查的频次与责任人员，
并且按月向区水务局报告巡查情况。巡查人员每周巡查不得少于两
次，发现违法排污的，应当立即制止并报告。
区水务局应当对各镇报告进行核查，核查结果纳入年度考核，考核
{furniture}结果向社会公布。考核不合格的镇，由区政府约谈其主要负责人员，
并责令限期整改。
"""


@pytest.mark.parametrize("furniture", ["", " \n \n", "- 3 -\n- 4 -\n", "\x0c"])
def test_hard_wraps_are_joined_across_page_breaks(furniture: str) -> None:
    lines = cleaned(WRAPPED.format(furniture=furniture)).text.split("\n")
    assert lines[0] == "第一章河道管护的总体安排"
    assert any("年度考核,考核结果向社会公布" in line for line in lines)
    assert lines[-1].endswith("限期整改。")


def test_numbers_that_count_pages_are_left_out_and_so_are_heads_beside_them() -> None:
    body = ("各镇应当按月报告巡查情况，区水务局应当核查报告，核查结果纳入年度考核，考核结果应当公布。\n") * 4
    text = "".join(f"{body}管护办法\n{number}\n" for number in range(1, 6))
    view = cleaned(text)
    assert "管护办法" not in view.text
    assert not any(line.isdigit() for line in view.text.split("\n"))


def test_numbers_in_cells_are_not_page_numbers() -> None:
    assert cleaned("序号\n1\n造林\n2\n修路\n3\n建桥").text.split("\n")[1::2] == ["1", "2", "3"]


def test_running_heads_at_the_edges_of_pages() -> None:
    sheets = [f"某区规划文本\n本页第{word}段文字说明治理安排。\n" for word in "甲乙丙丁"]
    pages, at = [], 0
    for number, sheet in enumerate(sheets, 1):
        pages.append(Page(number, at, at + len(sheet)))
        at += len(sheet)
    assert "某区规划文本" not in cleaned("".join(sheets), *pages).text


@pytest.mark.parametrize(
    ("split", "whole"),
    [
        ("去年货币供应量M\n2\n增速平稳。\n\n今年保持稳定。\n\n明年再看。\n\n后年再看。", "去年货币供应量M2增速平稳。"),
        ("细颗粒物（PM\n2.5\n）浓度下降。\n\n今年保持稳定。\n\n明年再看。\n\n后年再看。", "细颗粒物(PM2.5)浓度下降。"),
        ("根据《\n河道条例\n》制定。\n\n今年保持稳定。\n\n明年再看。\n\n后年再看。", "根据《河道条例》制定。"),
        ("5. \n开展巡查。\n6. \n限期整改。", "5.开展巡查。"),
    ],
)
def test_lines_split_by_links_formulas_and_lone_labels(split: str, whole: str) -> None:
    assert cleaned(split).text.split("\n")[0] == whole


def test_a_bracket_broken_over_two_lines_is_one_paragraph() -> None:
    text = "（一）放宽准入条件。（负责部门：\n某某建设部）\n（二）下放审批权限（含变更、\n延续），加强监管。\n（三）简化流程（见附件\n1）立即办理。\n说明（未完\n（四）设立窗口。"
    assert cleaned(text).text.split("\n") == [
        "(一)放宽准入条件。(负责部门:某某建设部)", "(二)下放审批权限(含变更、延续),加强监管。", "(三)简化流程(见附件", "1)立即办理。",
        "说明(未完", "(四)设立窗口。"]


def test_web_furniture_is_never_joined() -> None:
    text = "学会要健全制度。\n\n学会要公开信息。\n\n学会要服务会员。\n\nNext Article\n下一篇\n关闭窗口"
    assert cleaned(text).text.split("\n")[-3:] == ["Next Article", "下一篇", "关闭窗口"]


def test_tabs_part_cells_and_stay() -> None:
    assert cleaned("指标\t 2025年\t属性\n森林 覆盖率\t45\t约束性").text == "指标\t2025年\t属性\n森林覆盖率\t45\t约束性"


def test_few_lines_set_in_part_paragraphs_that_end_at_a_full_line() -> None:
    letters = "加强统筹完善机制推进项目建设提升服务水平改造老旧社区修建绿道"
    inner = [letters[n:] + letters[:n] for n in range(20)]
    ended = letters[:-1] + "。"
    first = "\u3000\u3000" + letters[:-3]
    paragraphs = [[first + "。", *inner[:9], ended], [first + "完", *inner[9:18], ended], [first + "善", *inner[:8], "服务。"]] * 3
    lines = [line for paragraph in paragraphs for line in paragraph]
    text = cleaned("\n".join(lines)).text.split("\n")
    assert [len(line) for line in text] == [len("".join(paragraph)) - 2 for paragraph in paragraphs]
