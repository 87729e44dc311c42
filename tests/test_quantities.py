"""Quantities: numerals, units, comparators, what is no number, roles; the peers' faults; any input."""

from __future__ import annotations

import math
import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp_reform.api import extract
from nlp_reform.extract.quantities import amounts, numerals, periods, units
from nlp_reform.extract.quantities.masks import Masks
from nlp_reform.normalise.script import simplify

Found = tuple[str, float, float | None, str, str]


def scan(text: str) -> amounts.Found:
    simple = simplify(text)[0]
    masks = Masks(simple, tuple((p.start, p.end) for p in periods.find(simple, 2018) if p.kind != "term"))
    return amounts.scan(simple, masks)


def read(text: str) -> list[Found]:
    return [
        (text[a.start : a.end], float(a.value), float(a.upper) if a.upper is not None else None, a.unit, a.comparator)
        for a in scan(text).amounts
    ]


def one(text: str) -> Found:
    found = read(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("2.38万亿", 2.38e12),
        ("2万5千", 25000),
        ("一千一百万", 11e6),
        ("二亿一千万", 2.1e8),
        ("13亿5000万", 1.35e9),
        ("1,300", 1300),
        ("6 000", 6000),
        ("6\u2009000".replace("\u2009", " "), 6000),
        ("１３．５", 13.5),
        ("两", 2),
        ("廿五", 25),
        ("萬", 10000),
        ("三億", 3e8),
        ("兩萬", 20000),
        ("九点五", 9.5),
        ("十八万", 180000),
        ("二千零三", 2003),
        ("18万119", 180119),
        ("2亿6,000万", 2.6e8),
        ("三百零五万四千", 3054000),
    ],
)
def test_numeral(printed: str, value: float) -> None:
    simple = simplify(printed)[0]
    numeral = numerals.find(simple, 0, len(simple))
    assert numeral is not None
    assert (numeral.start, numeral.end, float(numeral.value)) == (0, len(simple), value)


@pytest.mark.parametrize("printed", ["三四线", "一一一一", "百百", "四分五裂", "万万亿亿"])
def test_what_is_no_numeral_has_no_amount(printed: str) -> None:
    assert read(printed) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("理事不超过五百万元", ("五百万元", 5e6, None, "元", "<=")),  # JioNLP reads "more than"
        ("增速6%-6.5%", ("6%-6.5%", 6, 6.5, "%", "range")),  # Recognizers-Text reads -6.5
        ("票价打七五折", ("七五折", 0.75, None, "", "=")),  # several read 75
    ],
)
def test_faults_of_the_peers(text: str, expected: Found) -> None:
    assert one(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "加快5G建设",
        "三大工程",
        "第一要务",
        "一般情况",
        "统一标准",
        "四分五裂",
        "第十四个五年规划",
        "“1-9-6-1”体系",
        "十九届二中全会",
        "打好三大攻坚战",
        "共建一带一路",
        "两翼齐飞",
        "2018年",
        "二〇三五年",
        "国发〔2019〕4号",
        "实行双随机",
        "一批项目",
        "一系列措施",
        "建设一个平台",
        "一站式服务",
        "建党100周年",
        "国家4A级景区",
        "15分钟生活圈",
        "两个一百年",
        "过去五年",
        "近两年",
        "未来五年",
        "一是改革",
        "四个意识",
        "三年行动计划",
        "5月12日",
        "民国110年",
        "PM2.5治理",
        "长三角一体化",
        "任务十分繁重",
        "全国百强县",
        "东四环大修",
        "零部件",
        "上午8:30开始",
        "二期工程",
        "一方面要改革",
        "不一样",
        "若干意见",
        "数千人",
        "成千上万的人",
        "每一项工作",
        "万众创新",
        "每千人口床位数",
    ],
)
def test_not_a_quantity(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("不足2万人", ("2万人", 20000, None, "人", "<")),
        ("二十万人次以上", ("二十万人次", 2e5, None, "人次", ">=")),
        ("控制在3%以内", ("3%", 3, None, "%", "<=")),
        ("3个工作日内", ("3个工作日", 3, None, "个工作日", "<=")),
        ("至少建设一所学校", ("一所", 1, None, "所", ">=")),
        ("不少于会员总数的20%", ("20%", 20, None, "%", ">=")),
        ("约300家", ("300家", 300, None, "家", "~")),
        ("近2万亿元", ("2万亿元", 2e12, None, "元", "~")),
        ("节约3吨", ("3吨", 3, None, "吨", "=")),
        ("300余万人", ("300余万人", 3e6, None, "人", ">")),
        ("20多个县", ("20多个", 20, None, "个", ">")),
        ("年满18周岁", ("18周岁", 18, None, "周岁", ">=")),
        ("四分之三以上", ("四分之三", 0.75, None, "", ">=")),
        ("百分之六点五左右", ("百分之六点五", 6.5, None, "%", "~")),
        ("超過四成面積", ("四成", 40, None, "%", ">")),
        ("縮短一半以上", ("一半", 0.5, None, "", ">=")),
        ("产值翻一番", ("翻一番", 2, None, "倍", "=")),
        ("产值翻两番", ("翻两番", 4, None, "倍", "=")),
        ("减半征收", ("减半", 0.5, None, "", "=")),
        ("师生比不低于1∶40", ("1∶40", 0.025, None, "", ">=")),
        ("建设3万—5万所", ("3万—5万所", 30000, 50000, "所", "range")),
        ("配备3至5名", ("3至5名", 3, 5, "名", "range")),
        ("提高5—6个百分点", ("5—6个百分点", 5, 6, "个百分点", "range")),
        ("3至5万人", ("3至5万人", 30000, 50000, "人", "range")),
        ("1亿农村贫困人口", ("1亿", 1e8, None, "人", "=")),
        ("参保人数达到13亿", ("13亿", 1.3e9, None, "人", "=")),
        ("2×35万千瓦机组", ("2×35万千瓦", 700000, None, "千瓦", "=")),
        ("三个半月", ("三个半月", 3.5, None, "个月", "=")),
        ("浓度35微克/立方米", ("35微克/立方米", 35, None, "微克/立方米", "=")),
        ("58万元/人", ("58万元/人", 580000, None, "元/人", "=")),
        ("3.5吨标准煤", ("3.5吨标准煤", 3.5, None, "吨标准煤", "=")),
        ("四間學校", ("四間", 4, None, "间", "=")),
        ("亿元以上项目", ("亿元", 1e8, None, "元", ">=")),
        ("七五折", ("七五折", 0.75, None, "", "=")),
        ("有效期5年", ("5年", 5, None, "年", "=")),
        ("连续3年", ("3年", 3, None, "年", "=")),
        ("四年內完成", ("四年", 4, None, "年", "<=")),
        ("每投資1 元", ("1 元", 1, None, "元", "=")),
        ("1,300 億元", ("1,300 億元", 1.3e11, None, "元", "=")),
        ("88 公頃土地", ("88 公頃", 88, None, "公顷", "=")),
        ("提高3分钱", ("3分钱", 3, None, "分", "=")),
        ("9800多万户", ("9800多万户", 9.8e7, None, "户", ">")),
        ("三十多幢", ("三十多幢", 30, None, "幢", ">")),
        ("两三百家", ("两三百家", 200, 300, "家", "range")),
        ("百分之百", ("百分之百", 100, None, "%", "=")),
    ],
)
def test_amount(text: str, expected: Found) -> None:
    assert one(text) == expected


def test_lists_share_unit_and_comparator() -> None:
    assert read("建设1.2万、3.5万和2万个") == [
        ("1.2万", 12000, None, "个", "="),
        ("3.5万", 35000, None, "个", "="),
        ("2万个", 20000, None, "个", "="),
    ]
    assert [a[4] for a in read("分别增长10%、35%以上")] == [">=", ">="]
    assert [a[4] for a in read("合格率分别超98.5%和99%")] == [">", ">"]
    assert [a[4] for a in read("增长10%、35%以上")] == ["=", ">="]


def test_a_list_label_shares_no_unit() -> None:
    assert [a[0] for a in read("\n1、建设学校2所")] == ["2所"]


def test_a_reversed_range_is_read_with_a_note() -> None:
    found = scan("增长5%-3%")
    assert [(float(a.value), float(a.upper or 0)) for a in found.amounts] == [(3, 5)]
    assert [d.code for d in found.doubts] == ["range-reversed"]


@pytest.mark.parametrize("text", ["省、市、县按4∶4∶2分担", "三次产业比调整为10.2:45.3:44.5"])
def test_a_ratio_of_several_parts_has_no_value_and_a_note(text: str) -> None:
    found = scan(text)
    assert found.amounts == []
    assert [d.code for d in found.doubts] == ["ratio-of-parts"]


@pytest.mark.parametrize("text", ["增长6%-", "6-人", "—5%", "3至", "由3万元提高到", "1∶", "/5元", "3、、5个"])
def test_unbalanced_ranges_never_raise(text: str) -> None:
    assert isinstance(scan(text).amounts, list)


def test_vague_amounts_are_noted_not_valued() -> None:
    found = scan("吸引数千人参加，建成上百家")
    assert found.amounts == []
    assert [d.code for d in found.doubts] == ["vague-amount", "vague-amount"]


@pytest.mark.parametrize(
    "run",
    [
        "9" * 10_000,
        "一" * 10_000,
        "万亿" * 5_000,
        "9,999" * 2_000,
        "三成" * 3_000,
        "1-" * 5_000,
        "第" * 5_000,
        "1万" * 5_000,
        "百分之" * 3_000,
        "不超过" * 3_000,
        "1∶" * 5_000,
        "(" * 10_000,
        "A" * 20_000,
        "1 000 " * 3_000,
        "分别" * 5_000,
        "1、" * 5_000,
        "1、2、3、" * 10_000,
        "每" * 10_000,
        "“" * 10_000,
    ],
)
def test_long_runs_are_bounded_and_noted(run: str) -> None:
    began = time.process_time()
    found = scan(f"增长{run}人以上。")
    assert all(math.isfinite(float(a.value)) for a in found.amounts)
    # No timed assertion on speed: this only tells a hang (minutes) from work (well under a second).
    assert time.process_time() - began < 30
    if run[0] == "9" and "," not in run:
        assert [d.code for d in found.doubts] == ["numeral-too-long"]


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        alphabet="0123456789一二三万亿百千两点.,%％-—至到分之成折半倍番元人个年月日"
        "以上不超过约的、，。“”()增长由从每第 \n",
        max_size=60,
    )
)
def test_any_text_is_read_and_spans_hold(text: str) -> None:
    simple = simplify(text)[0]
    last = 0
    for amount in amounts.scan(simple, Masks(simple)).amounts:
        assert 0 <= amount.left <= amount.start < amount.end <= amount.right <= len(simple)
        assert amount.start >= last or amount.unit == ""
        last = max(last, amount.end)
        assert amount.upper is None or amount.upper >= amount.value


@settings(max_examples=200, deadline=None)
@given(st.integers(min_value=1, max_value=99_999_999))
def test_chinese_numerals_come_back(number: int) -> None:
    assert numerals.chinese(_spell(number)) == (Decimal(number), None)


def _spell(number: int) -> str:
    """Write an integer below 10^8 in Chinese."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        rest = ("零" if low < 1000 else "") + _spell(low) if low else ""
        return _spell(high) + "万" + rest
    out, zero = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, power)
        if digit:
            out += ("零" if zero else "") + "零一二三四五六七八九"[digit] + name
            zero = False
        else:
            zero = zero or (bool(out) and number > 0)
    return out


def test_unit_lexicon() -> None:
    known = units.units()
    assert len(known) >= 250
    assert all(unit.dimension and unit.source and unit.factor > 0 for unit in known.values())


def roles(sentence: str, head: str = "2021年工作安排") -> list[tuple[str, str]]:
    document = extract(f"某县2021年政府工作报告\n\n一、{head}\n\n（一）做好各项工作。{sentence}\n")
    return [(q.text, q.role) for q in document.quantities]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("今年新建学校12所。", [("12所", "target")]),
        ("将补助标准由3万元提高到10万元。", [("3万元", "baseline"), ("10万元", "target")]),
        ("将现行16%的税率降至13%。", [("16%", "baseline"), ("13%", "target")]),
        ("要抓好以下五个方面的工作。", [("五个", "other")]),
        ("要完成稳增长、防风险、保民生三项任务。", [("三项", "other")]),
        ("要保障80岁以上老人的生活。", [("80岁", "condition")]),
        ("会员不足2万人的，理事人数不得超过150人。", [("2万人", "condition"), ("150人", "target")]),
        ("要用好国际国内两个市场。", [("两个", "other")]),
        ("要连上两个台阶。", [("两个", "other")]),
        ("要建好东湖公园、西山公园两个景区。", [("两个", "other")]),
        ("要向8所学校各提供600万元资助。", [("8所", "other"), ("600万元", "target")]),
        ("要聘用具有3年以上工作经验的人员。", [("3年", "condition")]),
        ("要开发佔地約540公頃的園區。", [("540公頃", "other")]),
    ],
)
def test_role(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert roles(sentence) == expected


def test_what_was_reported_is_achieved() -> None:
    document = extract("某县2021年政府工作报告\n\n一、2020年工作回顾\n\n去年，全县新建了学校12所，财政收入增长了5%。\n")
    assert [(q.text, q.role) for q in document.quantities] == [("12所", "achieved"), ("5%", "achieved")]


def test_offsets_are_of_the_text_of_record() -> None:
    text = "某县2021年工作计划\r\n\r\n一、任务\r\n\r\n今年要新建學校１２　所，投入2\r\n万元。\r\n"
    document = extract(text)
    assert document.quantities
    for q in document.quantities:
        assert document.text[q.start : q.end] == q.text


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("赤字率拟按3.5%左右安排。", "target"),
        ("拟发行建设债券80亿元，比上年多5亿元。", "target"),
        ("各单位用水量在去年基础上压减5%。", "target"),
        ("逾期不改的，处以二千元以上一万元以下罚款。", "target"),
        ("从业人员须接受不少于8学时的培训。", "target"),
        ("考试达到80分以上方可上岗。", "condition"),
        ("对连续两年考核不合格的机构取消资格。", "condition"),
        ("参评单位应具备以下条件：成立满3年，无重大事故。", "condition"),
        ("已投入600万元的项目要加快收尾。", "achieved"),
    ],
)
def test_role_by_the_clause(sentence: str, role: str) -> None:
    document = extract(f"某县2021年工作计划\n\n一、工作安排\n\n（一）做好各项工作。{sentence}\n")
    assert {q.role for q in document.quantities} == {role}


def test_a_past_plan_at_the_head_governs_its_sentence() -> None:
    text = "某县2021年工作计划\n\n“十三五”期间，投资40亿元，是前五年的1.5倍；新增学位900个。\n"
    assert {q.role for q in extract(text).quantities} == {"achieved"}


def test_vague_bounds_are_noted_with_their_place() -> None:
    document = extract("惠及300余万人，投资近2万亿元，建成上百个站点。")
    noted = {document.text[n.start : n.end] for n in document.notes if n.code in ("vague-bound", "vague-amount")}
    assert noted == {"300余万人", "近2万亿元", "上百"}
    assert [q.comparator for q in document.quantities] == [">", "~"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("自筹款不得低于总经费二成", ("二成", 20, None, "%", ">=")),
        ("以每户3万元为上限", ("3万元", 3e4, None, "元", "<=")),
        ("利用系数提高到0.6", ("0.6", 0.6, None, "", "=")),
        ("师生比例改善至1:11", ("1:11", 1 / 11, None, "", "=")),
        ("期满前30日内申请", ("30日", 30, None, "日", "<=")),
        ("聘期为三至五年", ("三至五年", 3, 5, "年", "range")),
        ("简报不少于两期", ("两期", 2, None, "期", ">=")),
    ],
)
def test_more_forms(text: str, expected: Found) -> None:
    found = one(text)
    assert (found[0], *found[2:]) == (expected[0], *expected[2:])
    assert found[1] == pytest.approx(expected[1])


def test_one_unit_for_a_number_and_what_it_becomes() -> None:
    assert [(a[0], a[3]) for a in read("参与人次由60万提升至100万人次")] == [("60万", "人次"), ("100万人次", "人次")]


@pytest.mark.parametrize(("sentence", "expected"), [
    ("做好三山五园环境整治，建设两环九楔绿廊。", []),
    ("实行一人一档，派出两人一组。", [("两人", "target")]),
    ("围绕绿色发展，提出28项工程。", [("28项", "other")]),
    ("部署了13项任务举措。", [("13项", "other")]),
])
def test_names_of_two_numbers_and_what_is_only_announced(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert roles(sentence) == expected


@pytest.mark.parametrize(("sentence", "expected"), [
    ("四人住戶可獲津貼。", [("四人", "condition")]),
    ("成员比例由7.8%上升至现时14.8%。", [("7.8%", "baseline"), ("14.8%", "achieved")]),
    ("基金组织预测全球经济增长3.1%。", [("3.1%", "other")]),
    ("七个泊车项目当中，两处将于年内启用。", [("七个", "other"), ("两处", "target")]),
    ("两项优化措施由下年度起生效。", [("两项", "other")]),
    ("在另外六个地区设立服务站。", [("六个", "target")]),
    ("超过一半的企业已完成改造。", [("一半", "achieved")]),
    ("我预测经济增长3%，基本通胀率为1.5%。", [("3%", "other"), ("1.5%", "other")]),
    ("我预测经济增长3%，政府会增加拨款5亿元。", [("3%", "other"), ("5亿元", "target")]),
    ("利得税收入修订预算为80亿元，较原来预算少3亿元。", [("80亿元", "other"), ("3亿元", "other")]),
    ("支出由过往五年平均每年增加7%减慢至2%。", [("7%", "baseline"), ("2%", "target")]),
])
def test_roles_met_in_hong_kong(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert roles(sentence) == expected


@pytest.mark.parametrize(("printed", "value", "upper"), [
    ("五十至一百家", 50, 100), ("八十至一百二十人", 80, 120), ("一百至二百亿元", 10**10, 2 * 10**10), ("三至五百名", 300, 500),
    ("三百至五百名", 300, 500), ("五千至一万元", 5000, 10_000), ("五百至一万人", 500, 10_000),
])
def test_ranges_in_chinese_numerals(printed: str, value: float, upper: float) -> None:
    (found,) = extract(f"一、今年任务\n（一）计划吸引{printed}。\n").quantities
    assert (found.text, found.value, found.upper) == (printed, value, upper)


@pytest.mark.parametrize(("sentence", "wanted"), [
    ("对渔场补助增长7.8%、增幅明显高于去年。", ["target"]),
    ("对年应纳税所得额不到100万元的部分减征渔业税。", ["condition"]),
    ("每名教练每年接受不少于8学时的急救培训。", ["target"]),
    ("到2025年，累计改造旧渔港16个。", ["target"]),
    ("五年累计改造旧渔港16个。", ["target"]),
    ("用好已经累计改造的旧渔港16个。", ["achieved"]),
    ("船东如聘用不少于两名水手，可获豁免。", ["condition"]),
])
def test_what_only_looks_like_the_past_or_a_condition(sentence: str, wanted: list[str]) -> None:
    document = extract(f"某县2021年工作计划\n\n一、工作安排\n\n（一）做好各项工作。要{sentence}\n")
    assert [quantity.role for quantity in document.quantities] == wanted


@pytest.mark.parametrize(("sentence", "expected"), [
    ("贫困人口由8500万减少到6500万。", [("8500万", 85e6, "人"), ("6500万", 65e6, "人")]),
    ("年客流由60万提升至100万人次。", [("60万", 6e5, "人次"), ("100万人次", 1e6, "人次")]),
    ("出境旅客达到1亿3千多万。", [("1亿3千多万", 1.3e8, "")]),
    ("减轻负担3万多亿元。", [("3万多亿元", 3e12, "元")]),
    ("受教育年限提高到10.5年。", [("10.5年", 10.5, "年")]),
    ("资助政策扩大到三年。", [("三年", 3, "年")]),
    ("减少1/3审批事项。", [("1/3", 1 / 3, "")]),
    ("上限由七成放宽至十成。", [("七成", 70, "%"), ("十成", 100, "%")]),
    ("惠及3200万孩子、300多万婴幼儿。", [("3200万", 3.2e7, "人"), ("300多万", 3e6, "人")]),
    ("资助1200多万名义务教育学生。", [("1200多万名", 1.2e7, "名")]),
    ("日期为2/3日。", []),
])
def test_numbers_found_missing_on_whole_documents(sentence: str, expected: list[tuple[str, float, str]]) -> None:
    found = extract(f"一、今年任务\n（一）{sentence}\n").quantities
    assert [(q.text, pytest.approx(q.value), q.unit) for q in found] == expected


def test_more_than_a_number_is_no_part_of_it() -> None:
    (first, second) = extract("二、回顾\n去年建成30.1万个单位，比计划的25万个多出约两成。\n").quantities[1:]
    assert (first.text, first.comparator, second.text) == ("25万个", "=", "两成")


@pytest.mark.parametrize(("sentence", "expected"), [
    ("再经过半个世纪的努力。", []), ("双城三圈格局更加完善，双方一致同意培训3人。", ["3人"]), ("治理二道河水库，建设三道防线。", ["三道"]),
    ("三百六十行人才辈出。", []), ("参保人员过半。", ["过半"]), ("支出减半。", ["减半"]),
])
def test_what_only_looks_like_a_number_on_whole_documents(sentence: str, expected: list[str]) -> None:
    assert [q.text for q in extract(f"一、今年任务\n（一）{sentence}\n").quantities] == expected
