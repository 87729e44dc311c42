"""Targets among acts: what is done to the thing counted is no part of it; times that reach far; limits and conditions."""

from __future__ import annotations

import pytest

from nlp_reform.api import extract
from nlp_reform.model import Document


def plan(sentence: str) -> Document:
    return extract(f"某县2016年工作计划\n\n一、工作安排\n\n{sentence}\n")


def indicators(sentence: str) -> list[str | None]:
    return [t.indicator.text if t.indicator else None for t in plan(sentence).targets]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("今年修造摆渡木船三十艘，配发救生衣500件。", ["摆渡木船", "救生衣"]),
        ("年内编印地方唱本20册，购置图书3000册。", ["地方唱本", "图书"]),
        ("年内建成示范茶亭12座。", ["示范茶亭"]),
        ("今年新增充电桩400个。", ["新增充电桩"]),
        ("完成60座凉亭修缮和25处水闸除险加固。", ["凉亭", "水闸"]),
        ("今年实施900亩滩涂治理。", ["滩涂治理"]),
        ("支持山区县改造渡口20个。", ["渡口"]),
        ("各学校应当配备校医不少于2名。", ["校医"]),
        ("辅导农民800人次取得证照。", ["农民"]),
        ("用于修葺凉亭的拨款为600万元。", ["拨款"]),
        ("验收不合格的，扣回补助资金的20%。", ["补助资金"]),
        ("每个试点乡补助资金不超过50万元。", ["补助资金"]),
        ("每案补助金额以20万元为上限，且不得超过总经费之百分之五十。", ["每案补助金额", "每案补助金额"]),
        ("本项目总经费300万元。", ["总经费"]),
        ("年内建成公厕45座，其中三星级以上的不少于10座。", ["公厕", "公厕"]),
        ("年内观鸟点达到85处，其中省级以上12处。", ["观鸟点", "观鸟点"]),
        ("获省级部门采纳的不少于三成。", ["获省级部门采纳的"]),
        ("一般故障修复时间不超过3个工作日，重大故障不超过10个工作日。", ["一般故障修复时间", "一般故障修复时间"]),
        ("年底前更新改造比例不低于80%。", ["更新改造比例"]),
        ("设立茶摊，与消防通道的间距不得小于5米。", ["与消防通道的间距"]),
        ("每个街道配备调解员不少于2名。", ["调解员"]),
        ("家庭适老化改造300户。", ["家庭适老化改造"]),
        ("新建区域观测站8个，栽种行道树900株。", ["区域观测站", "行道树"]),
        ("平均候车时间缩短5分钟。", ["平均候车时间"]),
    ],
)
def test_what_is_counted(sentence: str, expected: list[str | None]) -> None:
    assert indicators(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("规划期内，新建菜园50处；覆盖率达到60%。", ["规划期内", "规划期内"]),
        ("新建菜园50处。修复水车9架。以上任务于2018年底前完成。", ["2018年底前", "2018年底前"]),
        ("2017年、2018年分别改造渡口4个和6个。", ["2017年", "2018年"]),
        ("今年，线路增加到70条，候车时间缩短5分钟。", ["今年", "今年"]),
        ("今年，会费减半收取，缴费期限延长3个月。", ["今年", None]),
        ("成立3年以内的企业，每户贷款额度不超过200万元。", [None]),
    ],
)
def test_by_when(sentence: str, expected: list[str | None]) -> None:
    assert [t.deadline.text if t.deadline else None for t in plan(sentence).targets] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("对建成50年以上的茶亭逐一建档。", [("50年", ">=", "condition")]),
        ("从业人员在十人以下、营业额不满五万元的摊点，一律免征管理费。",
         [("十人", "<=", "condition"), ("五万元", "<", "condition")]),
        ("单个摊位占地面积不得超过6平方米。", [("6平方米", "<=", "target")]),
        ("补助不得超过总经费之百分之五十。", [("百分之五十", "<=", "target")]),
        ("年内观鸟点达到85处，其中省级以上12处。", [("85处", "=", "target"), ("12处", "=", "target")]),
        ("拟召开学术年会一次、专题研讨会三次。", [("一次", "=", "target"), ("三次", "=", "target")]),
        ("每个设区市至少建成1处方言馆。", [("1处", ">=", "target")]),
        ("培育年产值超5000万元企业20家。", [("5000万元", ">", "condition"), ("20家", "=", "target")]),
        ("室内面积不低于1平方米或室外用地不低于3平方米的标准配建球场。", [("1平方米", ">=", "target"), ("3平方米", ">=", "target")]),
        ("茶摊应当设置不少于2%且不少于1个的无障碍座位。", [("2%", ">=", "target"), ("1个", ">=", "target")]),
        ("到2020年，具备科学素质的比例超过10%。", [("10%", ">", "target")]),
        ("再开一次会，推动工作再上一个台阶。", []),
    ],
)
def test_role_and_comparator(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(q.text, q.comparator, q.role) for q in plan(sentence).quantities] == expected
