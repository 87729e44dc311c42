"""Documents of other shapes: bare numbers, report headings, lists of links, points on their own lines, hostile input."""

from __future__ import annotations

from pathlib import Path

import pytest
from segmenting import items, kinds, read

from nlp_reform import extract, segment
from nlp_reform.evaluate.gold import load_all
from nlp_reform.evaluate.tasks import structure
from nlp_reform.model import Document

GOLD = Path(__file__).parent / "gold" / "fresh-structure"
_ITEM = "各镇要在六月底前完成一轮全面排查并报告结果，逾期不报的予以通报。"


def test_bare_numbers_alone_on_lines_count_paragraphs() -> None:
    text = "演辭\n1\n" + _ITEM + "\n2\n" + _ITEM[2:] + "\n物價\n3\n2024年各部門須把開支減少百分之一，並每季公布一次。\n"
    document = read(text)
    assert [label for _, label, _ in items(document) if label.isdecimal()] == ["1", "2", "3"]
    assert [text[d.start : d.end].partition("\n")[0] for d in document.directives] == ["1", "2", "3"]
    assert [document.view.text[s.start : s.end][:2] for s in document.sentences][-1] == "20"


def test_bare_page_numbers_are_still_furniture() -> None:
    line = "为了持续改善城市环境，各部门要按照统一部署加强协作，推动各项工"
    page = "\n".join([line] * 12)
    document = read("\n".join(f"{page}\n某市规划\n{number}" for number in range(1, 6)))
    assert not document.sections
    assert all("1" not in text for _, text in kinds(document))


def test_numbered_headings_over_dotted_items() -> None:
    document = read("规程\n1 范围\n本规程适用于社区。\n2 要求\n2.1 选址\n2.1.1 应设在首层。\n2.1.2 不得设在地下。\n2.2 面积\n2.2.1 不少于60平方米。\n")
    assert items(document) == [
        (1, "1", "D"), (1, "2", "S"), (2, "2.1", "S"), (3, "2.1.1", "D"), (3, "2.1.2", "D"), (2, "2.2", "S"),
        (3, "2.2.1", "D"),
    ]


@pytest.mark.parametrize("line", ["3天内不能办结的，应当说明理由。", "16条公交线路全部开通。", "2 000万元以上的项目要公示。"])
def test_a_number_at_line_start_is_no_label(line: str) -> None:
    document = read(f"关于做好工作的通知\n一、健全制度。各区要制定办法，\n{line}\n二、加强巡查。每月巡查两次。\n")
    assert [label for _, label, _ in items(document)] == ["一、", "二、"]


def test_a_report_heading_is_a_section_and_its_prose_is_inferred() -> None:
    document = read("工作报告\n一、2024年工作回顾\n全年接待来访二百次。\n二、面临的形势\n任务很重。\n三、2025年重点工作\n要抓好三件事。\n")
    assert items(document) == [(1, "一、", "S"), (1, "二、", "S"), (1, "三、", "S")]
    assert {d.numbering for d in document.directives} == {"inferred"}


def test_points_on_lines_of_their_own_under_a_title_are_items() -> None:
    text = "要点\n一、建强组织\n一是选好班子。年底前完成。\n二是抓实生活。每月一次。\n二、建好阵地\n（一）改造中心。\n（二）设置窗口。\n"
    assert items(read(text))[:3] == [(1, "一、", "S"), (2, "一是", "D"), (2, "二是", "D")]


def test_links_listed_below_a_page_are_furniture() -> None:
    document = read("措施\n一、延长开放时间。\n二、减免摊位费。\n相关链接：\n1. 首届夜市节开幕\n2. 一图读懂\n")
    assert [label for _, label, _ in items(document)] == ["一、", "二、"]


def test_a_remark_in_brackets_stays_with_the_last_item() -> None:
    document = read("要点\n一、甲\n（一）建站。\n（二）修路。\n（三）种树。\n（某局牵头，某处配合）\n")
    assert document.text[document.directives[-1].end - 3 : document.directives[-1].end] == "配合）"


def test_parts_have_labels_titles_and_boundaries() -> None:
    text = (
        "关于开展检查的通知\n各区民政局：\n一、自查。\n二、整改。\n附件：1.清单\n某市民政局\n2023年8月21日\n"
        "附件1\n检查清单\n一、通道不得堵塞。\n二、每月检查一次。\n附件2 报送表样\n每月五日前报送。\n打印\n"
    )
    parts = read(text).parts
    assert [(part.label, part.title) for part in parts] == [("附件1", "检查清单"), ("附件2", "报送表样")]
    assert [text[part.start : part.end].partition("\n")[0] for part in parts] == ["附件1", "附件2 报送表样"]
    assert text[parts[0].end :].startswith("\n附件2")
    assert text[: parts[1].end].endswith("报送。")


@pytest.mark.parametrize(
    "text",
    [
        "附件\n" * 3000, "附件1\n附件2\n" * 1500, "目录\n第一章 总则\n第一章 总则\n" * 700, "（" * 10000 + "）" * 10000, "（一）" * 3000,
        "一、甲。二、乙。" * 2000, "1\n2\n3\n" * 2000, "\u202e加强\u202c管理\u200f。" * 2000, "加\u0301强\u0308" * 5000, "序号\n单位\n名称\n" * 2000,
        "2021年3月4日\n" * 2000, "相关链接：\n标题\n" * 2000, "“" * 5000, "第" * 5000, "1." * 5000, "一" * 5000, "甲\t乙\n" * 3000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_hostile_input_yields_a_document(text: str) -> None:
    document = read(text)
    about = segment.find_metadata(document)
    assert set(about) >= {"title", "genre", "period", "addressees"}
    assert all(0 <= part.start < part.end <= len(text) for part in document.parts)
    assert len(document.parts) <= 1000


def machine(path: Path) -> Document:
    return extract(path)


def test_structure_of_made_up_documents_of_other_shapes() -> None:
    tally = {"hit": 0, "false": 0, "missed": 0, "nested": 0, "traps": 0, "kind": 0}
    for gold in load_all([GOLD]):
        tally["traps"] += len(gold.not_items)
        for verdict in structure(gold, machine(gold.source or gold.path)):
            tally[verdict.outcome] += 1
            tally["kind"] += any(slot.name == "kind" and slot.exact for slot in verdict.slots)
            tally["nested"] += any(slot.name == "nesting" and slot.exact for slot in verdict.slots)
    f1 = 2 * tally["hit"] / (2 * tally["hit"] + tally["false"] + tally["missed"])
    assert f1 >= 0.97
    assert tally["nested"] >= 0.95 * tally["hit"]
    assert tally["false"] <= 0.03 * tally["traps"]
    assert tally["kind"] >= 0.97 * tally["hit"]


def test_lists_inside_numbered_paragraphs_are_theirs_whatever_stands_elsewhere() -> None:
    tasks = iter(f"{place}要在{month}月底前完成整修并报告结果。" for month in range(1, 5) for place in ("东区", "西区", "北区"))
    listed = "".join(
        f"{n}. 我们会采取以下措施，分别由各区落实。\n（一）{next(tasks)}\n（二）{next(tasks)}\n{n + 1}. {next(tasks)}\n"
        for n in (1, 3, 5)
    )
    document = read(f"报告\n{listed}补编\n（1）\n1. 统计数字：\n（2）\n2. 其他数字：\n")
    assert [d.path for d in document.directives if d.label == "（一）"] == [(n, "（一）") for n in ("1.", "3.", "5.")]
    assert [d.path for d in document.directives if d.label == "4."] == [("4.",)]


def test_numbered_notes_below_a_table_are_no_items() -> None:
    document = read(f"办法\n一、{_ITEM}\n注：\n1.人数按年末计算。\n2.面积按建筑面积计算。\n二、{_ITEM[1:]}\n")
    assert [label for _, label, _ in items(document)] == ["一、", "二、"]
    assert "面积按建筑面积计算" in document.text


def test_a_chapter_title_printed_on_every_page_opens_one_chapter() -> None:
    document = read(f"规划\n第一章 目标\n一、{_ITEM}\n第一章 目标\n二、{_ITEM[1:]}\n第二章 保障\n一、{_ITEM[2:]}\n")
    assert [label for _, label, _ in items(document)] == ["第一章", "一、", "二、", "第二章", "一、"]


def test_figures_one_a_line_are_rows_and_prescribe_nothing() -> None:
    table = "\n".join(["经营开支", "606,272", "613,785", "622,585", "非经营开支", "121,610", "163,083", "164,719"])
    document = read(f"附录\n一、{_ITEM}\n二、收支情况如下。\n{table}\n")
    rows = [text for kind, text in kinds(document) if kind == "row"]
    assert rows == table.split("\n")
    assert not [d for d in document.directives if "606" in document.text[d.start : d.start + 8]]


def test_the_title_below_its_own_running_head_is_kept() -> None:
    page = "\n".join(["去年经济逐步复常，访客人数回升，零售和餐饮的营业额都有增长，"] * 8 + ["前景向好。"])
    names = enumerate(("回顾", "前瞻", "措施", "结语"), 1)
    text = "\n".join(f"{name}\n{n}\n{name}\n{n}. {_ITEM}\n{page}" for n, name in names)
    headings = [s.heading for s in read(text).sections]
    assert headings == ["前瞻", "措施", "结语"]  # 回顾 is read as the title


def test_the_parts_of_a_letter_of_taiwan_hold_their_numbers() -> None:
    document = read(
        "南嶼縣政府函\n主旨：檢送送餐計畫，請查照辦理。\n說明：\n一、依據會議決議辦理。\n二、計畫自七月起實施。\n"
        "辦法：\n一、各公所應於六月前造冊。\n二、每餐補助60元。\n"
    )
    names = {section.id: section.heading for section in document.sections}
    assert [names.get(d.section or "") for d in document.directives if d.label][-2:] == ["辦法", "辦法"]

