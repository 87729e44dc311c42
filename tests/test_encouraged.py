"""Whom an encouragement names, who else is bound, and when: from the cue to what is to be done."""

from __future__ import annotations

from itertools import pairwise

import pytest

from nlp_reform.api import extract
from nlp_reform.extract import cutting
from nlp_reform.extract.encouraged import object_after

NAMED = """
支持|茶企|开拓海外市场
鼓励|村民|以土地经营权入股合作社
支持|种粮大户|流转土地
支持|县域龙头企业|建设产地冷链仓储设施
鼓励|社区老人互助组|参与管理
鼓励|高校、科研院所和企业|共建实验室
支持|符合条件的家庭农场|申报示范项目
支持|园区内有能力的农户|扩大养殖规模
鼓励|检验检测机构|向社会开放
支持|返乡入乡人员|创办农家乐
支持|老字号|创新发展
支持|沿江城市|联合申报遗产
支持|海洋牧场|规模化经营
支持|北湖、东山|建设物流枢纽
支持|民营医院|与公立医院开展合作
鼓励|科研院所与企业|攻克难题
鼓励|店铺等小微主体|错时营业
支持|企业|技术改造
支持|甲、乙两地|申办园艺展
引导|城市居民|节约用水
""".split()
NOBODY = [
    "支持设立农机合作社", "支持在山区开展试点", "支持实体经济", "鼓励更广泛使用清洁能源", "支持油茶产业发展",
    "支持成套设备出口", "支持养老床位建设", "支持其申报示范区", "鼓励采取市场化方式筹资", "支持再制造业",
]


@pytest.mark.parametrize("line", NAMED)
def test_the_actor_ends_where_what_it_does_begins(line: str) -> None:
    """Between cue and predicate stands the actor, compounds and relative clauses included."""
    cue, actor, does = line.split("|")
    text = cue + actor + does
    found = object_after(text, len(cue), len(text))
    assert found and text[slice(*found)] == actor


@pytest.mark.parametrize("text", NOBODY)
def test_a_deed_or_a_thing_is_no_actor(text: str) -> None:
    """An object that is done, made or developed names nobody."""
    assert object_after(text, 2, len(text)) is None


def test_the_development_of_an_actor_is_of_that_actor() -> None:
    """支持山区县的发展 encourages the counties."""
    assert object_after("支持山区县的发展", 2, 8) == (2, 5)


def test_cuts_into_the_least_rare_words() -> None:
    """Words join to the text again; an unknown character is a word by itself."""
    text = "鼓励社会力量参与应急救援"
    places = cutting.cut(text, 2, len(text))
    assert [text[a:b] for a, b in pairwise(places)] == ["社会力量", "参与", "应急", "救援"]
    assert cutting.cut("甲甲甲", 0, 3) == [0, 1, 2, 3] and cutting.cut("", 0, 0) == [0]


def test_what_never_ends_is_bounded() -> None:
    """No depth of relative clauses or of doubtful words is too deep."""
    for piece in ("有条件的", "组织", "“企业", "符合要求的国家检验"):
        text = "鼓励" + piece * 500
        found = object_after(text, 2, len(text))
        assert found is None or found[1] <= 82


@pytest.mark.parametrize(("text", "cue", "bearer"), [
    ("形势要求我们必须抓住窗口期。", "必须", "我们"),
    ("合同规定承租方须按月缴租。", "须", "承租方"),
    ("各县人民政府作为护林的责任主体，要落实人手。", "要", "各县人民政府"),
    ("新建居住区应配建书屋。", "应", "新建居住区"),
    ("依法办事的要素，包括人人必须守法。", "必须", "人人"),
    ("未来三年政府要修缮古桥。", "要", "政府"),
    ("会员达到百人的分会，允许在改选时增设副主席。", "允许", "会员达到百人的分会"),
    ("区政府要讲诚信，决不允许拖欠工程款。", "决不允许", "区政府"),
    ("各项目部对工程要由重进度向重质量转变。", "要", "各项目部"),
    ("严禁村干部代领补贴。", "严禁", "村干部"),
])
def test_who_is_bound(text: str, cue: str, bearer: str) -> None:
    """Who is told to act, what acts as something, and the subject that a permission leaves unsaid."""
    found = [o for o in extract(text + "\n").obligations if o.cue and o.cue.text == cue]
    assert [o.bearer.text for o in found if o.bearer] == [bearer]


@pytest.mark.parametrize(("text", "cue", "condition"), [
    ("让符合条件的渔民逐步转为船厂职工。", "逐步", "符合条件的"),
    ("鼓励有条件的改装节能灯。", "鼓励", "有条件的"),
    ("凡涉及古树的工程，应先行报告。", "应", "凡涉及古树的"),
    ("学校可根据教学需要增加课时。", "可", "根据教学需要"),
    ("各校要根据教学需要增加课时。", "要", None),
    ("在推广新品种的过程中，要听取农户意见。", "要", None),
    ("在当前水情吃紧的情况下，要节约用水。", "要", None),
    ("对各类破坏古树的行为，要依法惩处。", "要", None),
    ("以满足游客出行需要为根本目的，确保班车准点。", "确保", None),
])
def test_when_it_binds(text: str, cue: str, condition: str | None) -> None:
    """What limits the actor or the deed is a condition; the occasion and the purpose are none."""
    found, = (o for o in extract(text + "\n").obligations if o.cue and o.cue.text == cue)
    assert (found.condition and found.condition.text) == condition
