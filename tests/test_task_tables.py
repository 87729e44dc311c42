"""Task tables: what is to be done, by whom and by when, in lines of cells and one cell a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp_reform import extract
from nlp_reform.model import Document

HEAD = "某省2026年工作方案\n\n一、任务\n（一）加强建设。建好设施。\n\n附表 任务分工\n"
CELLS = (("序号", "工作任务", "牵头单位", "责任单位", "完成时限"),
         ("1", "建成观鸟亭45座", "省林业局", "省水利厅、鸟类观测站", "2027年底"),
         ("2", "印制手语图册2万册", "省残联", "省档案馆", "2026年6月"))
FORM = """<h1>某市2026年方案</h1><p>一、任务</p><p>建好设施。</p><table><tr><th>序号</th><th>项目名称</th><th>建设内容</th><th>牵头单位</th>
<th>配合单位</th></tr><tr><td rowspan="2">1</td><td rowspan="2">社区食堂</td><td>新建食堂30个</td><td>市民政局</td><td>市财政局牵头，各区配合
</td></tr><tr><td>改造助餐点50个</td><td>市文化局</td><td></td></tr></table>"""


def table(mark: str) -> Document:
    return extract(HEAD + "\n".join(mark.join(row) for row in CELLS) + "\n")


@pytest.mark.parametrize("mark", ["\t", "\n"])
def test_columns_name_units_and_their_roles(mark: str) -> None:
    assert [(a.unit.text, a.role) for a in table(mark).assignments] == [
        ("省林业局", "lead"), ("省水利厅", "responsible"), ("鸟类观测站", "responsible"), ("省残联", "lead"),
        ("省档案馆", "responsible")]


@pytest.mark.parametrize("mark", ["\t", "\n"])
def test_a_target_takes_the_time_of_its_row_and_nothing_of_other_cells(mark: str) -> None:
    document = table(mark)
    deadlines = [target.deadline and target.deadline.text for target in document.targets]
    indicators = [target.indicator and target.indicator.text for target in document.targets]
    assert (deadlines, indicators) == (["2027年底", "2026年6月"], ["观鸟亭", "手语图册"])


@pytest.mark.parametrize("mark", ["\t", "\n"])
def test_the_unit_of_a_row_is_charged_with_its_task(mark: str) -> None:
    charged = [(o.bearer and o.bearer.text, o.inherited) for o in table(mark).obligations if o.action][-2:]
    assert charged == [("省林业局", True), ("省残联", True)]


@pytest.mark.parametrize("mark", ["\t", "\n"])
def test_only_cells_of_tasks_prescribe(mark: str) -> None:
    document = table(mark)
    begin = document.text.index("序号")
    assert [document.text[s.start:s.end] for s in document.statements if s.start >= begin and s.kind != "context"] == [
        "建成观鸟亭45座", "印制手语图册2万册"]


def test_a_date_that_ends_the_last_row_does_not_sign() -> None:
    assert table("\n").date is None


def test_a_cell_may_give_its_own_roles_and_the_last_may_be_missing() -> None:
    rows = ["工作任务\t责任单位\t备注", "修缮灯塔\t航港局牵头，文化局配合\t", "编写目录\t档案局"]
    assert [(a.unit.text, a.role) for a in extract(HEAD + "\n".join(rows) + "\n").assignments] == [
        ("航港局", "lead"), ("文化局", "support"), ("档案局", "responsible")]


def test_one_cell_a_line_a_row_short_of_cells_names_nobody() -> None:
    cells = ["序号", "工作任务", "责任单位", "完成时限", "1", "修缮灯塔", "航港局", "2026年底", "2", "编写目录", "3", "印制地图",
             "测绘局", "2027年底"]
    assert [a.unit.text for a in extract(HEAD + "\n".join(cells) + "\n").assignments] == ["航港局", "测绘局"]


def test_cells_of_html_over_several_rows(tmp_path: Path) -> None:
    path = tmp_path / "form.html"
    path.write_text(FORM, encoding="utf-8")
    document = extract(path)
    assert [(a.unit.text, a.role) for a in document.assignments] == [
        ("市民政局", "lead"), ("市财政局", "lead"), ("各区", "support"), ("市文化局", "lead")]
    assert [o.action.text for o in document.obligations if o.action][-2:] == ["新建食堂30个", "改造助餐点50个"]


def test_a_table_of_duties_says_who_answers_for_what() -> None:
    rows = ["成员单位\t主要职责", "市水务局\t负责水库巡查。", "市教育局\t配合停课安排。", "市气象局\t发布预警信息。"]
    document = extract(HEAD + "\n".join(rows) + "\n")
    assert [(a.unit.text, a.role) for a in document.assignments] == [
        ("市水务局", "responsible"), ("市教育局", "support"), ("市气象局", "responsible")]
    assert [document.text[s.start:s.end] for s in document.statements if s.kind == "prescriptive"][-3:] == [
        "负责水库巡查。", "配合停课安排。", "发布预警信息。"]


def test_a_header_of_two_rows() -> None:
    rows = ["序号\t工作任务\t责任分工\t\t完成时限", "序号\t工作任务\t牵头单位\t配合单位", "1\t修缮灯塔\t航港局\t文化局\t2026年底"]
    assert [(a.unit.text, a.role) for a in extract(HEAD + "\n".join(rows) + "\n").assignments] == [
        ("航港局", "lead"), ("文化局", "support")]


def test_two_words_are_a_header_where_they_say_task_and_unit_and_the_first_unit_of_a_cell_leads() -> None:
    cells = ["（列第一位者为牵头单位）", "任务", "责任单位", "编写目录", "档案局、文化局", "修缮灯塔", "航港局"]
    assert [(a.unit.text, a.role) for a in extract(HEAD + "\n".join(cells) + "\n").assignments] == [
        ("档案局", "lead"), ("文化局", "responsible"), ("航港局", "lead")]


def test_items_on_duties_that_open_with_a_unit() -> None:
    text = "某县2026年方案\n\n三、责任分工\n（一）县财政局：保障经费。\n（二）县文化局：配合选址。\n\n四、要求\n（一）县档案局：略。\n"
    assert [(a.unit.text, a.role) for a in extract(text).assignments] == [("县财政局", "responsible"), ("县文化局", "support")]


def test_a_table_without_tasks_names_no_units() -> None:
    rows = ["部门\t责任单位\t备注", "甲组\t市文化局\t无"]
    assert extract(HEAD + "\n".join(rows) + "\n").assignments == ()


def test_a_form_taken_apart_names_units_behind_its_labels() -> None:
    form = "附表2 建设清单\n项目\n灯塔修缮\n牵头单位\n社会及家庭署\n责任单位\n文化局、档案局\n"
    assert [(a.unit.text, a.role) for a in extract(HEAD + form).assignments] == [
        ("社会及家庭署", "lead"), ("文化局", "responsible"), ("档案局", "responsible")]
