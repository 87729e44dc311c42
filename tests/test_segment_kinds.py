"""Which numbered items are directives: titles of scope and purpose, chapters of prose, boxed lists, articles with items."""

from __future__ import annotations

import pytest

from nlp_reform import extract

PLAN = """北湾区绿道建设方案

一、{title}
{body}
二、主要任务
（一）修建绿道。年内建成绿道12公里。
（二）补种树木。各街道要补种行道树三千株。
"""


def typed(text: str) -> list[str]:
    return [d.label for d in extract(text).directives if d.numbering == "explicit"]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("建设范围", "全区十二个街道的滨水空间和山边步道。"),
        ("编制依据", "《北湾区总体规划》和《北湾区水系规划》。"),
        ("编制目的", "完善慢行系统，最大限度减少人车冲突。"),
        ("工作基础", "目前全区建有绿道40公里，步行桥9座。"),
        ("存在的不足", "绿道断点较多，沿线厕所偏少。"),
        ("样本街道", "东安、西和、南平、北岸、中埠、桥头、花园、石牌。"),
    ],
)
def test_titles_of_scope_basis_and_state_lay_nothing_down(title: str, body: str) -> None:
    assert typed(PLAN.format(title=title, body=body)) == ["（一）", "（二）"]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("适用范围", "各街道不得在上述范围以外使用专项资金。"),
        ("扩大开放范围", "将公园开放时间延长至晚上十点。"),
        ("稳定就业形势", "城镇调查失业率控制在5.5%以内。"),
        ("夯实工作基础", "建立绿道台账，按月更新。"),
        ("工作目标", "通过三年整治，使断点比上年下降30%。"),
    ],
)
def test_below_such_a_title_a_firm_cue_still_lays_down_and_a_verb_makes_it_none(title: str, body: str) -> None:
    assert typed(PLAN.format(title=title, body=body)) == ["一、", "（一）", "（二）"]


def test_a_review_of_parts_keeps_the_items_below_it() -> None:
    text = (
        "政府工作报告\n各位代表：\n第一部分　2018年工作回顾\n2018年各项工作取得新成绩。\n"
        "一、经济发展提质增效。新引进企业1420家。\n二、城市面貌持续更新。建成口袋公园12个。\n"
        "第二部分　2019年主要任务\n一、推动转型。推进小镇二期建设，全年引进机构15家以上。\n二、提升品质。续建道路9条。\n"
    )
    found = extract(text)
    assert [(d.path, d.label) for d in found.directives if d.label] == [
        (("第二部分", "一、"), "一、"), (("第二部分", "二、"), "二、"),
    ]


def test_a_chapter_of_one_paragraph_is_a_directive_and_an_article_that_is_a_title_holds_items() -> None:
    text = (
        "北湾区文化规划\n第一章 发展目标\n到2030年，全区图书馆总数达到60个，人均藏书2册。\n第二章 保障措施\n"
        "第一条 考核内容\n（一）各街道每年报送一次总结。\n（二）区文化局应当每年组织评估。\n"
    )
    assert typed(text) == ["第一章", "（一）", "（二）"]


def test_a_boxed_list_stands_beside_the_item_it_follows() -> None:
    text = (
        "北湾区水利规划\n第一节 主要任务\n一、修复河道。整治河道12公里。\n专栏1 重点工程\n1.北湾闸站：2031年建成。\n"
        "2.石牌水库：扩大库容300万立方米。\n二、节约用水。漏损率控制在9%以内。\n"
    )
    found = extract(text)
    assert [(d.path, d.label) for d in found.directives] == [
        (("第一节", "一、"), "一、"), (("第一节", "1."), "1."), (("第一节", "2."), "2."), (("第一节", "二、"), "二、"),
    ]
    assert [s.heading for s in found.sections] == ["主要任务", "专栏1 重点工程"]


def test_roman_chapters_and_dotted_numbers_before_words_that_begin_like_units() -> None:
    text = "预案\n2.1 指挥机构\n县政府设立指挥部，统一指挥。\n2.2 成员单位职责\n2.2.1 县气象局负责预报。\n2.2.2 县水利局负责巡查。\n"
    assert typed(text) == ["2.1", "2.2.1", "2.2.2"]
    text = "演辞\nI. 民生\n1. 政府会增建房屋。\n2. 我们会缩短轮候时间。\nII. 经济\n3. 政府会推广旅游。\n"
    assert [(s.label, s.heading) for s in extract(text).sections] == [("I.", "民生"), ("II.", "经济")]


def test_a_formal_number_before_a_year_is_a_label() -> None:
    text = "北灣縣施政計畫\n壹、前言\n感謝各界支持。\n貳、105年度施政重點\n一、推動行動服務，每月辦理2場次。\n二、拓寬縣道3公里。\n"
    assert [s.label for s in extract(text).sections] == ["壹、", "貳、"]


def test_a_scope_clause_is_no_directive_wherever_it_stands() -> None:
    text = (
        "北湾区公园管理办法\n第一条 为了规范公园管理，制定本办法。\n第二条 本区公园的建设和管理，适用本办法。\n"
        "第三条 游客不得攀折花木。\n第四条 公园管理机构应当公布开放时间。\n"
    )
    assert typed(text) == ["第三条", "第四条"]
