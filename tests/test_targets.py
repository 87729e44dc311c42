"""Targets: indicator, direction, change, deadline, baseline, scope, binding, and targets absent on purpose."""

from __future__ import annotations

import pytest

from nlp_reform.api import extract
from nlp_reform.extract.quantities import keys
from nlp_reform.model import Document, Target


def plan(sentence: str) -> Document:
    return extract(f"某县2021年工作计划\n\n一、工作安排\n\n（一）做好各项工作。{sentence}\n")


def targets(sentence: str) -> list[Target]:
    return list(plan(sentence).targets)


def brief(sentence: str) -> list[tuple[str | None, str | None, str | None]]:
    return [(t.indicator.text if t.indicator else None, t.direction, t.change) for t in targets(sentence)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("今年地区生产总值增长6.5%左右。", [("地区生产总值", "increase", "by")]),
        ("单位地区生产总值能耗下降3%以上。", [("单位地区生产总值能耗", "decrease", "by")]),
        ("城镇新增就业2万人以上。", [("城镇新增就业", None, "level")]),
        ("城镇登记失业率控制在4.5%以内。", [("城镇登记失业率", None, "level")]),
        ("新建停车场12座。", [("停车场", None, "level")]),
        ("新增停车位900个。", [("新增停车位", None, "level")]),
        ("年底前村级服务覆盖率达到80%。", [("村级服务覆盖率", None, "level")]),
        (
            "游客20万人次、门票收入3亿元，分别增长5%和6%。",
            [
                ("游客", None, "level"),
                ("门票收入", None, "level"),
                ("游客", "increase", "by"),
                ("门票收入", "increase", "by"),
            ],
        ),
        ("评奖数应控制在申报数的三成以内。", [("评奖数", None, "level")]),
        ("贷款余额增长目标为9%左右。", [("贷款余额", "increase", "by")]),
        ("农民收入增长8%、高于城镇居民1个百分点。", [("农民收入", "increase", "by"), ("农民收入", None, "level")]),
        ("由县财政安排2000万元。", [(None, None, "level")]),
        ("连任不超过两届。", [(None, None, "level")]),
        ("蔬菜总产量要保证达到4万吨，力争达到5万吨。", [("蔬菜总产量", None, "level"), ("蔬菜总产量", None, "level")]),
        ("投资增速的调控目标定为8%。", [("投资增速", None, "level")]),
        ("安排补助资金300万元。", [("补助资金", None, "level")]),
        ("发行20亿元长期建设国债。", [("长期建设国债", None, "level")]),
        ("代发地方债30亿元。", [("地方债", None, "level")]),
        ("拖欠企业的款项年底前要清偿一半以上。", [("拖欠企业的款项", None, "level")]),
        ("选派200名科技特派员服务特色产业。", [("科技特派员", None, "level")]),
        ("抓好3000名乡村医生线下培训。", [("乡村医生", None, "level")]),
        ("第三轮林地承包到期后再延长30年。", [("第三轮林地承包", "increase", "by")]),
        ("地价收入预算为300亿元，较上一年度修订预算上升7%。", [("地价收入", None, "level"), ("地价收入", "increase", "by")]),
        ("财政储备为80亿元，相当于生产总值的2%。", [("财政储备", None, "level"), ("财政储备", None, "level")]),
        ("将合资格企业的利润税率，大幅调低至5%。", [("合资格企业的利润税率", "decrease", "to")]),
        ("运营补贴不低于每人每月100元。", [("运营补贴", None, "level")]),
        ("按每张床位1万元给予建设补助。", [("建设补助", None, "level")]),
        ("见习津贴标准为当地最低工资标准的60%。", [("见习津贴标准", None, "level")]),
        ("土地收益用于农业农村的比例达到50%以上。", [("土地收益用于农业农村的比例", None, "level")]),
        ("拥有专业证书的人员占比达到80%。", [("拥有专业证书的人员占比", None, "level")]),
        ("班列年开行500列以上。", [("班列", None, "level")]),
        ("采购份额由30%以上阶段性提高至40%。", [("采购份额", "increase", "to")]),
        ("本科学历比例不低于90%，其中小学达到85%。",
         [("本科学历比例", None, "level"), ("本科学历比例", None, "level")]),
        ("基本药物使用占比，三级医院不低于60%，二级医院不低于70%。",
         [("基本药物使用占比", None, "level"), ("基本药物使用占比", None, "level")]),
        ("资助不少于200家企业进行数码转型。", [("企业", None, "level")]),
        ("电动公车新增150辆，累计达600辆。", [("电动公车", "increase", "by"), ("电动公车", None, "level")]),
        ("总产值迈上60亿元台阶。", [("总产值", None, "level")]),
        ("细颗粒物浓度控制在每立方米32微克以内。", [("细颗粒物浓度", None, "level")]),
        ("教育局會在下學年增加1200個幼稚園學位。", [("幼稚園學位", "increase", "by")]),
        ("经常开支将增加7%至580亿元。", [("经常开支", "increase", "by"), ("经常开支", "increase", "to")]),
        ("游客增长11%，达到28万人次。", [("游客", "increase", "by"), ("游客", None, "level")]),
        ("用户接入速率普遍达到200兆比特。", [("用户接入速率", None, "level")]),
        ("对验收优秀的一次性奖励30万元。", [(None, None, "level")]),
        ("增加临时住所，令整体供应在未来几年可增至2万个。", [("供应", "increase", "to")]),
        ("将大型工厂补贴返还比例由30%提至50%。", [("大型工厂补贴返还比例", "increase", "to")]),
        ("退休矿工养老金按5%的幅度上调。", [("退休矿工养老金", "increase", "by")]),
        ("将渔业贷款支持工具额度增加一倍。", [("渔业贷款支持工具额度", "increase", "by")]),
        ("研究安排购车补助6亿元的政策。", [("购车补助", None, "level")]),
        ("新增减税降费规模超过2亿元。", [("新增减税降费规模", None, "level")]),
        ("按县级拨付经费的10%给予配套资金。", [("配套资金", None, "level")]),
        ("每个街道设置1处以上综合为老服务中心。", [("综合为老服务中心", None, "level")]),
        ("渔民缴费比例暂按8%执行。", [("渔民缴费比例", None, "level")]),
        ("每支船队不少于20人。", [(None, None, "level")]),
        ("把每宗旧船资助上限提高至5万元。", [("每宗旧船资助上限", "increase", "to")]),
        ("渡轮准点率达到85%，明年目标值为88%。", [("渡轮准点率", None, "level"), ("渡轮准点率", None, "level")]),
        ("编列预算300万元。", [(None, None, "level")]),
        ("旧码头应当按照不少于2处的标准设置泊位标志。", [("泊位标志", None, "level")]),
        ("研发投入占比达到3%。", [("研发投入占比", None, "level")]),
        ("建设50所寄宿学校。", [("寄宿学校", None, "level")]),
        (
            "今年拟安排教育资金3亿元，比上年增加2000万元。",
            [("教育资金", None, "level"), ("教育资金", "increase", "by")],
        ),
        ("将补助标准由3万元提高到10万元。", [("补助标准", "increase", "to")]),
        ("今年再压减水泥产能30万吨。", [("水泥产能", "decrease", "by")]),
        ("财政收入增长8%，达到12亿元。", [("财政收入", "increase", "by"), ("财政收入", None, "level")]),
        ("小麦价和稻谷价分别提高3分、5分。", [("小麦价", "increase", "by"), ("稻谷价", "increase", "by")]),
        (
            "食品、药品合格率分别提高3%和5%。",
            [("食品、药品合格率", "increase", "by"), ("食品、药品合格率", "increase", "by")],
        ),
        ("粮食产量继续保持500万斤以上。", [("粮食产量", "hold", "level")]),
        ("移动资费年内至少降低30%。", [("移动资费", "decrease", "by")]),
        ("下调企业缴费比例，各镇可降至16%。", [("企业缴费比例", "decrease", "to")]),
        ("技术交易额翻一番。", [("技术交易额", "increase", "to")]),
        ("新建学校、改扩建幼儿园分别不少于20所和35所。", [("学校", None, "level"), ("幼儿园", None, "level")]),
        ("自来水普及率、污水处理率分别提高到92%、65%。",
         [("自来水普及率", "increase", "to"), ("污水处理率", "increase", "to")]),
        ("建成区级服务中心12个，惠及居民21万户。", [("区级服务中心", None, "level"), ("居民", None, "level")]),
        ("法定产假增至14周。", [("法定产假", "increase", "to")]),
        ("推行为期20个月的试验计划。", [("试验计划", None, "level")]),
        ("政府会透过关爱基金拨款约1亿元。", [(None, None, "level")]),
        ("宿位由2万个增至3万个，增幅约25%。", [("宿位", "increase", "to"), ("宿位", "increase", "by")]),
        ("在300个黑点安装摄录机。", [("黑点", None, "level")]),
        ("办理时限压减为7个工作日，培训从业人员500人次。",
         [("办理时限", "decrease", "to"), ("从业人员", None, "level")]),
        ("护理型床位占比由2020年的48%提升至60%。", [("护理型床位占比", "increase", "to")]),
        ("实施5000亩沙区治理、90万亩禁牧休牧等工程。", [("沙区治理", None, "level"), ("禁牧休牧", None, "level")]),
        ("约束性指标增加9项。", [("约束性指标", "increase", "by")]),
    ],
)
def test_phrase(sentence: str, expected: list[tuple[str | None, str | None, str | None]]) -> None:
    assert brief(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "text", "year"),
    [
        ("到2025年，建成学校50所。", "到2025年", 2025),
        ("年内建成学校50所。", "年内", 2021),
        ("“十四五”期间，建成学校50所。", "“十四五”期间", 2025),
        ("2023年底前建成学校50所。", "2023年底前", 2023),
        ("今年建成学校50所。", "今年", 2021),
    ],
)
def test_deadline(sentence: str, text: str, year: int) -> None:
    document = plan(sentence)
    deadline = document.targets[0].deadline
    assert deadline is not None and deadline.start is not None and deadline.end is not None
    assert (deadline.text, deadline.year) == (text, year)
    assert document.text[deadline.start : deadline.end] == text


def test_a_deadline_governs_from_the_sentence_before() -> None:
    found = targets("今年建成学校50所。拟培训教师300人。")
    assert [(t.deadline.text, t.deadline.start is None) for t in found if t.deadline] == [
        ("今年", False),
        ("今年", True),
    ]


def test_goals_announced_in_a_paragraph_of_this_year_have_its_deadline() -> None:
    found = targets("今年是开局之年，任务繁重。主要预期目标是：学会增长5%。")
    assert [t.deadline.text for t in found if t.deadline] == ["今年"]


def test_a_time_in_the_numbers_own_clause_comes_before_one_of_another() -> None:
    found = targets("我们会在未来五年兴建3万个单位，首批2100个单位将于2025年首季落成。")
    assert [t.deadline.text for t in found if t.deadline] == ["未来五年", "2025年首季"]


def test_a_year_things_start_from_is_no_deadline() -> None:
    assert targets("从2019年开始，每年培训教师300人。")[0].deadline is None


def test_baseline_by_value_and_by_year() -> None:
    by_value = targets("将补助标准由3万元提高到10万元。")[0].baseline
    by_year = targets("会员总数要在2017年底的基础上增加15%。")[0].baseline
    assert by_value is not None and by_year is not None
    assert (by_value.text, by_value.value) == ("由3万元", 30000)
    assert (by_year.text, by_year.year) == ("在2017年底的基础上", 2017)


def test_scope_is_the_condition_in_force() -> None:
    found = targets("会员不足2万人的，理事人数不得超过150人；会员超过2万人的，理事人数不得超过200人。")
    assert [t.scope.text for t in found if t.scope] == ["会员不足2万人的", "会员超过2万人的"]


def test_a_later_clause_keeps_a_scope_of_its_own() -> None:
    found = targets("会员超过一万人的，理事不超过120人，会员不足三千人的不超过60人。")
    assert [t.scope.text for t in found if t.scope] == ["会员超过一万人的", "会员不足三千人的"]


def test_a_target_left_out_on_purpose() -> None:
    absent = [t for t in targets("今年不设具体增长目标，重点保障民生。") if t.explicitly_absent]
    assert len(absent) == 1
    assert absent[0].quantity is None and absent[0].indicator is not None


def test_a_table_row_carries_targets() -> None:
    document = extract(
        "某县2021年规划\n\n表1 主要指标\n\n序号\t指标名称\t单位\t2020年\t2025年\t年均增长\t属性\n"
        "1\t地区生产总值\t亿元\t120\t180\t8.5%\t预期性\n2\t能耗降低\t%\t-\t≥15\t-\t约束性\n"
    )
    found = {(t.indicator.text if t.indicator else "", t.change): t for t in document.targets}
    value = {q.id: q for q in document.quantities}
    gdp = found["地区生产总值", "level"]
    assert value[gdp.quantity or ""].value == 18e9
    assert (gdp.deadline.year if gdp.deadline else None, gdp.baseline.value if gdp.baseline else None, gdp.binding) == (
        2025,
        12e9,
        "expected",
    )
    assert found["地区生产总值", "by"].direction == "increase"
    assert (found["能耗降低", "by"].binding, value[found["能耗降低", "by"].quantity or ""].comparator) == (
        "binding",
        ">=",
    )
    assert [q.role for q in document.quantities] == ["achieved", "target", "target", "target"]


@pytest.mark.parametrize(
    ("indicator", "unit", "expected"),
    [
        ("国内生产总值", "%", "gdp_growth"),
        ("地区生产总值", "元", "gdp"),
        ("单位国内生产总值能耗", "%", "energy_per_gdp"),
        ("居民消费价格涨幅", "%", "cpi"),
        ("城镇居民人均可支配收入", "%", "urban_income"),
        ("人均地区生产总值", "元", "gdp_per_head"),
        ("全省经济总量", "元", "gdp"),
        ("年均经济增长速度", "%", "gdp_growth"),
        ("万元GDP用水量", "%", None),
        ("旅游经济", "%", None),
        ("学校", "所", None),
    ],
)
def test_comparable_key(indicator: str, unit: str, expected: str | None) -> None:
    assert keys.key(indicator, unit) == expected


def test_a_users_own_indicators_come_first(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path)) / "lexicons"
    folder.mkdir()
    (folder / keys.USER_FILE).write_text('[[indicator]]\nid = "tea"\nterms = ["茶园面积"]\n', encoding="utf-8")
    monkeypatch.setenv("NLP_REFORM_DATA", str(tmp_path))
    caches = keys.schema, keys.key, keys._terms
    for cache in caches:
        cache.cache_clear()
    try:
        assert keys.key("茶园面积", "亩") == "tea"
        assert keys.key("国内生产总值", "%") == "gdp_growth"
    finally:
        for cache in caches:
            cache.cache_clear()


def test_ids_tie_targets_to_quantities() -> None:
    document = plan("今年建成学校50所，财政收入增长8%。")
    known = {q.id for q in document.quantities if q.role == "target"}
    assert {t.quantity for t in document.targets} == known
    assert [t.key for t in document.targets] == [None, "public_revenue"]


def test_a_deadline_ends_before_the_verb_that_begins_like_a_season() -> None:
    found = extract("某市2019年工作要点\n一、任务\n1.加快建设。到2020年初步建成300个示范点。2025年初完成改造100处。\n")
    assert [t.deadline.text for t in found.targets if t.deadline] == ["到2020年", "2025年初"]


def test_a_row_whose_name_falls_tells_a_decrease() -> None:
    text = "某省“十四五”规划\n一、主要指标\n序号\t指标\t2020年\t2025年\t属性\n1\t万元产值能耗降低（%）\t—\t[13.5]\t约束性\n2\t渔港数（个）\t5\t9\t预期性\n二、任务\n1.加强领导。\n"
    found = {t.indicator.text: (t.direction, t.change) for t in extract(text).targets if t.indicator}
    assert found == {"万元产值能耗降低": ("decrease", "by"), "渔港数": (None, "level")}
