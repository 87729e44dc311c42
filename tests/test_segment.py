"""Structure: which items a text has, how they nest, what is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from segmenting import items, read

from nlp_reform import segment
from nlp_reform.model import Directive, Document, Section, Statement

NESTED = """学会工作要点

一、完善治理
治理是学会发展的基础。
1.健全制度。修订章程。
2.优化结构，
吸收青年会员。

对长期不参会的理事及时调整。
二、服务会员
3.发展会员。新增会员一千人。
4.培训会员。每年培训两次。
"""


def test_sections_directives_numbering_that_runs_on() -> None:
    document = read(NESTED)
    assert items(document) == [
        (1, "一、", "S"),
        (2, "1.", "D"),
        (2, "2.", "D"),
        (1, "二、", "S"),
        (2, "3.", "D"),
        (2, "4.", "D"),
    ]
    second = document.directives[1]
    assert document.text[second.start : second.end].endswith("及时调整。"), "a paragraph break does not end an item"
    assert second.heading == "优化结构"
    assert second.path == ("一、", "2.")
    assert [d.id for d in document.directives] == ["d.d1-1", "d.d1-2", "d.d2-3", "d.d2-4"]


def test_a_preamble_is_no_directive() -> None:
    document = read(NESTED)
    assert all(d.numbering == "explicit" for d in document.directives)
    preamble = next(s for s in document.sentences if document.view.text.startswith("治理是", s.start))
    assert (preamble.section, preamble.directive) == (document.sections[0].id, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "1.要求\n（一）立足实际。分类施策。\n（二）注重质量。统筹推进。\n"
                "2.任务\n（一）治理河道。\n（二）修复湿地。"
            ),
            [
                (1, "1.", "S"),
                (2, "（一）", "D"),
                (2, "（二）", "D"),
                (1, "2.", "S"),
                (2, "（一）", "D"),
                (2, "（二）", "D"),
            ],
        ),
        (
            (
                "第一章 总则\n第一条 为了管护河道，制定本办法。\n"
                "第二条 区水务局主管河道。\n第二章 管护\n第三条 下列行为应当禁止：\n"
                "（一）倾倒垃圾。\n（二）排放污水。\n第四条 各镇应当巡河。"
            ),
            [
                (1, "第一章", "S"),
                (2, "第一条", "D"),
                (2, "第二条", "D"),
                (1, "第二章", "S"),
                (2, "第三条", "D"),
                (2, "第四条", "D"),
            ],
        ),
        (
            ("2.1 巡查\n2.1.1 每周巡查一次。\n2.1.2 做好记录。\n2.2 处置\n2.2.1 及时上报。\n2.2.2 限期整改。"),
            [
                (1, "2.1", "S"),
                (2, "2.1.1", "D"),
                (2, "2.1.2", "D"),
                (1, "2.2", "S"),
                (2, "2.2.1", "D"),
                (2, "2.2.2", "D"),
            ],
        ),
        (
            (
                "壹、農業\n一、輔導農民\n1、辦理訓練。\n2、補助設備。\n二、推廣品牌\n"
                "貳、教育\n一、興建校舍。\n二、培育師資。"
            ),
            [
                (1, "壹、", "S"),
                (2, "一、", "S"),
                (3, "1、", "D"),
                (3, "2、", "D"),
                (2, "二、", "D"),
                (1, "貳、", "S"),
                (2, "一、", "D"),
                (2, "二、", "D"),
            ],
        ),
        (
            ("一、任务\n（一）加强巡查。重点抓好：\n①河道；\n②湖泊；\n③水库。\n（二）落实责任。"),
            [(1, "一、", "S"), (2, "（一）", "D"), (2, "（二）", "D")],
        ),
        (
            (
                "（一）住屋\n增建房屋\n1.興建公屋。\n2.加快審批。\n縮短輪候\n"
                "3.優化編配。\n（二）醫療\n4.增聘醫生。\n5.擴建醫院。"
            ),
            [
                (1, "（一）", "S"),
                (2, "增建房屋", "S"),
                (3, "1.", "D"),
                (3, "2.", "D"),
                (2, "縮短輪候", "S"),
                (3, "3.", "D"),
                (1, "（二）", "S"),
                (2, "4.", "D"),
                (2, "5.", "D"),
            ],
        ),
    ],
)
def test_families_nest_as_the_document_nests_them(text: str, expected: list[tuple[int, str, str]]) -> None:
    assert items(read(text)) == expected


@pytest.mark.parametrize(
    "line",
    [
        "3.5%以上的增速要保持。",
        "2018年新增就业一万人。",
        "10.5万亩耕地要保护。",
        "一、二、三产业协调发展。",
        "2018、2019年连续增长。",
        "第三方机构开展评估。",
        "第五条规定的情形除外。",
    ],
)
def test_numbers_at_line_start_that_are_no_labels(line: str) -> None:
    document = read(f"一、目标\n（一）扩大就业。新增岗位。\n{line}\n（二）加强培训。每年两次。")
    assert items(document) == [(1, "一、", "S"), (2, "（一）", "D"), (2, "（二）", "D")]


def test_missing_and_repeated_numbers_are_noted() -> None:
    document = read("一、加强巡查。\n二、落实责任。\n四、严格考核。\n四、公开结果。")
    assert [(n.code, document.text[n.start : n.end]) for n in document.notes if n.start is not None] == [
        ("number-missing", "四、严格考核。"),
        ("number-repeated", "四、公开结果。"),
    ]
    assert len(document.directives) == 4 and len({d.id for d in document.directives}) == 4


def test_items_inside_running_text() -> None:
    document = read("第一条 各镇应当巡河。\n第二条 巡查应当记录。 第三条 记录应当保存。\n第四条 违者通报。")
    assert [d.label for d in document.directives] == ["第一条", "第二条", "第三条", "第四条"]
    assert document.text[document.directives[1].start : document.directives[1].end] == "第二条 巡查应当记录。"


def test_a_text_without_line_breaks() -> None:
    text = (
        "为做好河道管护，制定本方案。一、工作目标。到2025年，水质达标率达到90%以上。二、主要任务。（一）健全制度。各镇要制定巡河办法。"
        "（二）加强巡查。每月巡查不少于4次。三、保障措施。（一）加强领导。成立专班。（二）落实经费。区财政安排100万元。其他事项另行通知。"
    )
    assert [entry[1:] for entry in items(read(text))] == [
        ("一、", "D"),
        ("二、", "S"),
        ("（一）", "D"),
        ("（二）", "D"),
        ("三、", "S"),
        ("（一）", "D"),
        ("（二）", "D"),
    ]


def test_prose_without_numbers_gives_inferred_directives_and_a_note() -> None:
    document = read("各镇要落实责任，建立台账。\n过去一年巡查八百次。\n\n区水务局要按月通报。")
    assert [(d.numbering, d.label, d.number) for d in document.directives] == [("inferred", "", None)] * 3
    assert [n.code for n in document.notes] == ["no-numbering"]
    moved = read("新的一段要放在前面。\n各镇要落实责任，建立台账。")
    assert moved.directives[1].id == document.directives[0].id, "ids of prose come from its text"


def test_points_that_count_in_a_chapter_of_prose() -> None:
    prose = "".join(f"第{n}段说明有关情况。\n" for n in "甲乙丙丁")
    document = read(
        f"一、工作安排\n{prose}第一，抓好巡查。\n每周巡查两次。\n第二，抓好整改。\n限期完成整改。\n会议要求狠抓落实。\n"
    )
    points = [(d.label, document.text[d.start : d.end]) for d in document.directives if d.numbering == "explicit"]
    assert points == [("第一，", "第一，抓好巡查。\n每周巡查两次。"), ("第二，", "第二，抓好整改。\n限期完成整改。")]


def test_points_inside_an_item_stay_in_it() -> None:
    document = read("一、任务\n（一）转变作风。\n一要深入基层。\n二要精简会议。\n（二）严格纪律。一是公开；二是监督。")
    assert [d.label for d in document.directives] == ["（一）", "（二）"]


def test_what_trails_behind_like_items_closes_the_section() -> None:
    document = read(
        "一、任务\n（一）加强领导。\n（二）落实经费。\n（三）严格考核。\n"
        "其他镇参照执行。\n二、附带事项\n（一）按月报送。\n（二）及时公开。"
    )
    third, other = document.directives[2:4]
    assert document.text[third.start : third.end] == "（三）严格考核。"
    assert (other.numbering, other.section) == ("inferred", third.section)


def test_sentences_end_at_stops_and_lone_labels_stand_apart() -> None:
    document = read("一、加强巡查！各镇要负责；各村要配合。“要严格。”\n5. \n及时整改？")
    assert [document.text[a:b] for a, b in (document.view.span(s.start, s.end) for s in document.sentences)] == [
        "一、加强巡查！",
        "各镇要负责；各村要配合。",
        "“要严格。”",
        "5. \n及时整改？",
    ]
    document = read("5. \n及时整改。\n6. \n按月报告。")
    assert [document.text[a:b] for a, b in (document.view.span(s.start, s.end) for s in document.sentences)] == [
        "及时整改。",
        "按月报告。",
    ]


def judged(document: Document, *prescriptive: str) -> Document:
    """Add statements: prescriptive where the sentence holds one of the words, context elsewhere."""
    from dataclasses import replace

    statements = []
    for number, sentence in enumerate(document.sentences, 1):
        text = document.view.text[sentence.start : sentence.end]
        kind: Any = "prescriptive" if any(word in text for word in prescriptive) else "context"
        start, end = document.view.span(sentence.start, sentence.end)
        statements.append(Statement(f"d.s{number}", sentence.directive, kind, start, end))
    return replace(document, statements=tuple(statements))


def test_only_what_prescribes_stays_a_directive() -> None:
    document = judged(
        read(
            "一、回顾\n（一）成绩。产量增长。\n（二）不足。产业偏弱。\n二、安排\n"
            "（一）扩大产能。\n（二）加强培训。\n情况已经说明。"
        ),
        "扩大",
        "加强",
    )
    kept = segment.keep_prescriptive(document)
    directives: tuple[Directive, ...] = kept["directives"]
    sections: tuple[Section, ...] = kept["sections"]
    assert [d.heading for d in directives] == ["扩大产能", "加强培训"]
    assert [(s.level, s.heading) for s in sections] == [(1, "回顾"), (2, "成绩"), (2, "不足"), (1, "安排")]
    owners = {d.id for d in directives}
    for layer in (kept["blocks"], kept["sentences"], kept["statements"]):
        assert all(entry.directive is None or entry.directive in owners for entry in layer)
    assert len({statement.id for statement in kept["statements"]}) == len(document.statements)
    assert len(kept["sentences"]) == len(document.sentences)


def test_nothing_changes_where_everything_prescribes() -> None:
    assert segment.keep_prescriptive(judged(read("一、加强巡查。\n二、加强整改。"), "加强")) == {}


def test_structure_gold_is_met_exactly(shared: Path) -> None:
    marked = [
        path for path in sorted((shared / "gold").glob("*.json")) if "structure" in json.loads(path.read_text("utf-8"))
    ]
    assert len(marked) >= 2
    for path in marked:
        gold = json.loads(path.read_text("utf-8"))
        text = (shared / gold["document"]).read_bytes().decode("utf-8")
        document = read(text)
        wanted = [(i["level"], i["label"], "D" if i["directive"] else "S") for i in gold["structure"]["items"]]
        assert items(document) == wanted
        everything = sorted((*document.sections, *(d for d in document.directives if d.label)), key=lambda i: i.start)
        assert [(i.start, i.number, i.heading) for i in everything] == [
            (i["start"], i["number"], i["heading"]) for i in gold["structure"]["items"]
        ]
        copies = sorted((start, item.label) for item in everything for start, _ in item.duplicates)
        assert copies == sorted((d["start"], d["of"]) for d in gold["structure"].get("duplicates", ()))
        for none in gold["structure"]["not_items"]:
            assert not any(i.label and i.start <= none["start"] < i.start + len(i.label) for i in everything)


def test_sentences_of_the_gold_are_ours(shared: Path) -> None:
    hit = total = 0
    for path in sorted((shared / "gold").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        document = read((shared / gold["document"]).read_bytes().decode("utf-8"))
        mine = {tuple(document.view.span(s.start, s.end)) for s in document.sentences}
        scored = [(s["start"], s["end"]) for s in gold["statements"] if s.get("scored", True)]
        hit += sum(span in mine for span in scored)
        total += len(scored)
    assert hit / total > 0.98
