"""Targets in phrases of real reports: where an indicator begins and ends, what money is for, times and roles beside it."""

from __future__ import annotations

import pytest

from nlp_reform.api import extract
from nlp_reform.model import Document


def plan(sentence: str) -> Document:
    return extract(f"某市2025年政府工作报告\n\n二、2025年工作安排\n\n加强组织领导。{sentence}完善考核机制。\n")


def indicators(sentence: str) -> list[str | None]:
    return [t.indicator.text if t.indicator else None for t in plan(sentence).targets]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # where it ends
        ("年内完成60公里供热管网更新任务。", ["供热管网"]),
        ("完成12万株景观苗木的种植任务。", ["景观苗木"]),
        ("新组建实验室、研究院等10家以上。", ["实验室、研究院"]),
        ("建设80个骨干专业（群）。", ["骨干专业（群）"]),
        ("打造夜市、书屋等消费场景40个。", ["消费场景"]),
        ("支持10所本科高校开展试点。", ["本科高校"]),
        ("完成30家学会的数据迁移。", ["学会"]),
        ("实现100%行政村通硬化路。", ["行政村"]),
        ("提供约六万平方米的楼面作共用工作间。", ["楼面"]),
        ("预留可供兴建3万个单位的用地。", ["单位"]),
        ("抓好45个重大项目前期工作。", ["重大项目"]),
        ("年内完成5万平方米旧楼节能改造。", ["旧楼节能改造"]),
        # where it begins
        ("试点范围扩大到60%的县。", ["试点范围"]),
        ("保障对象扩大至12类。", ["保障对象"]),
        ("新增发放创业贷款20亿元。", ["创业贷款"]),
        ("新修梯田2万亩，建设高标准粮仓8座。", ["梯田", "高标准粮仓"]),
        ("新建住宅配建车位比例不低于90%。", ["新建住宅配建车位比例"]),
        ("各类危旧房改造住房5万套。", ["各类危旧房改造住房"]),
        ("一般公共预算收入同口径增长3%。", ["一般公共预算收入"]),
        ("把资助宿位增加至4万个。", ["资助宿位"]),
        ("工业、农业等领域设备投资规模增长25%。", ["设备投资规模"]),
        # acts that are nouns
        ("全年进城落户20万人。", ["进城落户"]),
        ("为企业降本200亿元，减税降费350亿元。", ["降本", "减税降费"]),
        ("棚户区改造5万套。", ["棚户区改造"]),
        # money
        ("市财政拟投入12亿元用于商业体系建设。", ["投入"]),
        ("各级政府要进一步增加教育投入，市财政拟安排16亿元。", ["教育投入"]),
        ("市财政安排3亿元专项用于贷款贴息。", [None]),
        ("我会预留5亿元支援小店开拓市场。", [None]),
        ("对创业团队给予最高50万元资助。", ["资助"]),
        ("给予每户不超过2万元的购房补贴。", ["购房补贴"]),
        ("每年从土地收入中提取10%用于水利。", ["土地收入"]),
        # whose number it is
        ("开工2万套公寓，基本建成1.5万套。", ["公寓", "公寓"]),
        ("公务员编制会削减约1000个职位。", ["职位"]),
        ("培育10家营业收入超百亿元的龙头企业。", ["龙头企业"]),
        ("理事中，来自一线的不少于三分之二。", ["理事"]),
        ("改造约2万人居住的棚户区。", ["棚户区"]),
        ("稿件初审原则上在30天内完成。", ["稿件初审"]),
    ],
)
def test_an_indicator_begins_and_ends_where_a_reader_would_cut_it(sentence: str, expected: list[str | None]) -> None:
    assert indicators(sentence) == expected


def test_what_changes_into_another_pace_is_the_subject_not_the_verb() -> None:
    target = plan("预计未来五个财政年度，经营开支由过往平均每年增加7%，减慢至平均每年增加约2%。").targets[-1]
    assert target.indicator is not None and target.indicator.text == "经营开支"
    assert target.deadline is not None and target.deadline.text == "未来五个财政年度"


@pytest.mark.parametrize(
    ("sentence", "deadline"),
    [
        ("在未来两个财政年度每年节省经常开支1%。", "未来两个财政年度"),
        ("各部门在二零二六／二七年度再削减开支2%。", "二零二六／二七年度"),
        ("未来三个学年每年增加500个名额。", "未来三个学年"),
    ],
)
def test_fiscal_and_school_years_are_deadlines(sentence: str, deadline: str) -> None:
    assert [t.deadline.text for t in plan(sentence).targets if t.deadline] == [deadline]


def test_a_fiscal_year_that_opens_a_paragraph_reaches_its_next_sentences() -> None:
    found = plan("二零二六／二七年度经常开支将增加百分之七。其中医疗开支为一千亿元。").targets
    assert [t.deadline and t.deadline.text for t in found] == ["二零二六／二七年度"] * 2


def test_a_hard_year_dates_no_act_of_its_paragraph() -> None:
    assert [t.deadline for t in plan("今年就业形势依然严峻。市财政投入3亿元支持就业。").targets] == [None]


@pytest.mark.parametrize(
    ("sentence", "roles"),
    [
        ("开支约四十亿元，较二零一九／二零年度的十三亿元增加超过两倍。", ["baseline"]),
        ("建设“水铁公空”五类交通网络。", ["other"]),
        ("对研发投入超过100万元的企业给予5%的补助。", ["condition", "target"]),
        ("覆盖范围扩展到80%以上的乡镇。", ["target"]),
        ("2019年到期的扶持政策延长一年。", ["target"]),
    ],
)
def test_roles_beside_comparisons_and_relative_clauses(sentence: str, roles: list[str]) -> None:
    found = [q.role for q in plan(sentence).quantities]
    assert [role for role in found if role in roles] == roles


def test_things_newly_set_up_right_behind_the_verb_are_an_increase() -> None:
    target = plan("在沿线增设两间办事处。").targets[0]
    assert (target.direction, target.change, target.indicator and target.indicator.text) == ("increase", "by", "办事处")
