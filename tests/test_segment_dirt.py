"""Structure in spite of dirt: web furniture, contents pages, attachments, copies, tables, mojibake."""

from __future__ import annotations

import pytest
from segmenting import items, kinds, read

FRAMED = """您的位置：首页 > 政务 > 正文
下载
打印
某市人民政府关于推进
垃圾分类工作的通知
某政发〔2021〕3号

各区人民政府，市政府各部门：
现将方案印发给你们，请认真执行。
附件：1.实施方案
2.任务清单
某市人民政府
2021年3月4日
（此件公开发布）
附件1
垃圾分类实施方案
一、目标
（一）扩大覆盖。
（二）提高质量。
附件2
任务清单
一、市城管局负责设施建设。
二、市教育局负责宣传教育。
Next Article
喜欢就按个赞吧!!!
"""


def test_frames_and_attachments() -> None:
    document = read(FRAMED)
    found = dict.fromkeys(kind for kind, _ in kinds(document))
    assert list(found) == ["noise", "title", "meta", "prose", "section", "item"]
    assert [text for kind, text in kinds(document) if kind == "noise"][-2:] == ["Next Article", "喜欢就按个赞吧!!!"]
    assert [entry[1:] for entry in items(document)] == [
        ("一、", "S"),
        ("（一）", "D"),
        ("（二）", "D"),
        ("一、", "D"),
        ("二、", "D"),
    ]
    assert "2.任务清单" in [text for kind, text in kinds(document) if kind == "meta"]
    spoken = "".join(document.view.text[s.start : s.end] for s in document.sentences)
    assert "首页" not in spoken and "按个赞" not in spoken


@pytest.mark.parametrize(
    "contents",
    [
        "目录\n一、目标........1\n二、任务.......3\n",
        "目录\n一、目标\n二、任务\n",
        "目錄\n一、目标\n1–9\n二、任务\n10\n甲事\n11\n乙事\n12–15\n丙事\n16\n丁事\n17\n",
    ],
)
def test_contents_pages_hold_no_items(contents: str) -> None:
    document = read(
        f"{contents}\n一、目标\n（一）扩大覆盖面。\n（二）提高质量。\n二、任务\n（一）建设设施。\n（二）加强宣传。\n"
    )
    assert [(level, label) for level, label, _ in items(document)] == [
        (1, "一、"),
        (2, "（一）"),
        (2, "（二）"),
        (1, "二、"),
        (2, "（一）"),
        (2, "（二）"),
    ]


TWICE = """一、推进治理改革
1.健全监事会制度，明确监督职责，定期报告监督情况，接受会员监督，形成有效制衡。
2.建立信息公开制度，按年度公开财务收支，接受社会监督，不断提高公信力和透明度。
二、提升服务
3.开展会员日活动，每年组织不少于两次，覆盖全部会员单位和基层组织。
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [("", ""), ("报告监督", "报告 监督"), ("有效制衡", "有效的制衡"), ("和透明", "与透明"), ("。\n2", "；\n2")],
)
def test_a_block_printed_twice_is_one_even_when_the_copy_is_dirty(old: str, new: str) -> None:
    again = TWICE[: TWICE.index("二、")].replace(old, new) if old else TWICE
    document = read(TWICE + again)
    assert [entry[1:] for entry in items(document)] == [
        ("一、", "S"),
        ("1.", "D"),
        ("2.", "D"),
        ("二、", "S"),
        ("3.", "D"),
    ]
    copies = {d.label: [document.text[a:b][:2] for a, b in d.duplicates] for d in document.directives}
    assert copies == {"1.": ["1."], "2.": ["2."], "3.": ["3."] if not old else []}
    assert document.sections[0].duplicates[0][0] == len(TWICE)
    assert "duplicate-block" in [note.code for note in document.notes]


def test_like_wording_is_no_duplicate() -> None:
    document = read(
        TWICE + ("三、推广\n4.健全监事会制度，每年评估一次，评估结果报送区民政局，并向全体会员代表公布。\n")
    )
    assert not any(d.duplicates for d in document.directives)


def test_tables_with_tabs_and_one_cell_a_line() -> None:
    rows = (("森林覆盖率", "%", "45"), ("新增就业", "万人", "8"), ("能耗下降", "%", "13"))
    tabbed = (
        "一、指标\n名称\t单位\t2025年\n"
        + "".join("\t".join(row) + "\n" for row in rows)
        + "二、措施\n（一）造林。\n（二）培训。\n"
    )
    stacked = "附件\n主要指标\n序号\n指标名称\n单位\n2025年目标\n" + "".join(
        f"{number}\n" + "\n".join(row) + "\n" for number, row in enumerate(rows, 1)
    )
    for text, header in ((tabbed, ["名称", "单位", "2025年"]), (stacked, ["序号", "指标名称", "单位", "2025年目标"])):
        document = read(text)
        (table,) = document.tables
        assert [document.view.text[a:b] for a, b in table.header] == header
        assert [tuple(document.view.text[a:b] for a, b in row)[-3:] for row in table.rows] == list(rows)
        assert not any(d.label.isdigit() for d in document.directives)


def test_mojibake_is_noted_and_left_out() -> None:
    document = read('一、加强巡查。\n二、落实责任。\n(cid:12)(cid:140)ł34%;*\n!["`´Vj×Ø)$#=«Ù\n')
    assert [n.code for n in document.notes] == ["mojibake"]
    assert kinds(document)[-1][0] == "noise"


def test_steps_that_rules_repeat_are_no_copies() -> None:
    steps = (
        "（一）持用地批准文件等材料向规划部门申请办理建设工程规划许可手续，并提交设计方案。\n"
        "（二）持规划许可文件等材料向建设部门申请办理施工许可手续，并提交安全生产方案。\n"
    )
    document = read(
        f"第一条 新建工程按照以下程序办理：\n"
        f"{steps}第二条 改建工程按照以下程序办理：\n"
        f"{steps}第三条 本办法自公布之日起施行。"
    )
    assert [d.label for d in document.directives] == ["（一）", "（二）", "（一）", "（二）", "第三条"]
    assert not any(d.duplicates for d in document.directives)


def test_articles_behind_a_chapter_title_on_one_line() -> None:
    document = read("第一章 总则\n第一条 各镇应当巡河。\n第二章 责任 第二条 违者通报。\n第三条 屡犯者约谈。")
    assert [d.label for d in document.directives] == ["第一条", "第二条", "第三条"]
    assert [s.heading for s in document.sections] == ["总则", "责任"]


def test_items_set_into_the_line_of_their_section_are_parted() -> None:
    text = "某省方案\n\n一、总体要求。（一）工作思路。先易后难推进。（二）工作目标。2020年完成初查。\n二、重点任务。（一）摸清底数。" \
        "1.组织初查。由乡镇走访。2.开展复核。由县里抽查。（二）划定边界。1.设置界桩。沿泉设桩。2.清理隐患。清走垃圾。\n" \
        "三、保障措施。加强领导，按（一）的办法办理。\n"
    assert [entry[1:] for entry in items(read(text))] == [
        ("一、", "S"), ("（一）", "D"), ("（二）", "D"), ("二、", "S"), ("（一）", "S"), ("1.", "D"), ("2.", "D"), ("（二）", "S"),
        ("1.", "D"), ("2.", "D"), ("三、", "D")]


@pytest.mark.parametrize(("items_of", "wanted"), [
    (("提供交通食宿和脚手架；", "协调水库在作业期间停止放水；", "组织人员和器材及时撤离。"), [("三、", "S"), ("（一）", "D"), ("（二）", "D"), ("（三）", "D")]),
    (("年龄在十八岁以上的人员；", "身体状况良好的本地居民；", "无不良信用记录的会员。"), [("三、", "D")]),
])
def test_orders_listed_behind_a_colon_are_items_and_conditions_are_not(
    items_of: tuple[str, ...], wanted: list[tuple[str, str]]
) -> None:
    listed = "".join(f"（{'一二三'[n]}）{item}\n" for n, item in enumerate(items_of))
    found = items(read(f"某函\n\n一、请派员来县。\n二、请培训人员。\n三、有下列几项：\n{listed}四、拓片各存一份。\n"))
    assert [entry[1:] for entry in found][2:-1] == wanted


def test_a_number_is_a_line_of_its_own_below_a_title_and_not_where_a_link_split_a_sentence() -> None:
    title = "某学会2011年工作要点\n某学字〔2011〕3号\n\n"
    split = "各单位要落实通知（\n某政办发〔2018〕23号\n）的要求，按时报告有关情况。\n\n"
    document = read(title + split + "一、加强领导，按时完成各项工作。\n\n二、抓好落实，定期报告有关情况。\n\n三、做好总结，及时推广经验做法。\n")
    lines = [document.view.text[block.start:block.end] for block in document.blocks]
    assert lines[:3] == ["某学会2011年工作要点", "某学字〔2011〕3号", "各单位要落实通知(某政办发〔2018〕23号)的要求,按时报告有关情况。"]


def test_an_item_printed_twice_in_a_row_is_one() -> None:
    twice = "2.备足器材。渡船按核定的人数配足救生衣和救生圈。\n"
    found = items(read(f"某要点\n\n一、更新船只\n1.更换木船。三年换完。\n{twice}{twice}3.修好码头。年内修完。\n"))
    assert [entry[1:] for entry in found] == [("一、", "S"), ("1.", "D"), ("2.", "D"), ("3.", "D")]
