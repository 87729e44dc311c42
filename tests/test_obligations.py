"""Cues, bearers, conditions, bare imperatives, signals and strength, on made-up sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nlp_reform
from nlp_reform.extract.bearers import members
from nlp_reform.extract.clauses import split
from nlp_reform.extract.cues import MOST, scan
from nlp_reform.extract.obligations import verb_and_object
from nlp_reform.model import Obligation
from nlp_reform.model.signals import signals
from nlp_reform.model.strength import profile, profiles
from nlp_reform.spans import View

SHARED = Path(__file__).parents[2] / "shared"


def cues(text: str) -> list[tuple[str, str, int]]:
    return [(text[c.start:c.end], c.modality, c.strength) for c in scan(View(text, text))]


def demands(text: str) -> list[Obligation]:
    return [o for o in nlp_reform.extract(text).obligations if o.cue]


@pytest.mark.parametrize(("text", "wanted"), [
    ("各校必须坚决整改。", [("必须坚决", "obligation", 5)]),
    ("理事一般不超过九人。", [("一般不超过", "obligation", 2)]),
    ("原则上不得新设网点。", [("原则上不得", "prohibition", 2)]),
    ("会费不得低于三十元。", [("不得低于", "obligation", 4)]),
    ("应严格审核名册。", [("应严格", "obligation", 5)]),
    ("要努力建成示范馆。", [("要努力", "aspiration", 2)]),
    ("要积极支持办学。", [("要", "obligation", 4), ("支持", "encouragement", 1)]),
    ("鼓励和引导企业捐书。", [("鼓励和引导", "encouragement", 1)]),
    ("决不允许虚报。", [("决不允许", "prohibition", 5)]),
    ("规模可适当放宽。", [("可适当放宽", "permission", 1)]),
    ("务求三年见效果。", [("务求", "aspiration", 2)]),
    ("探索建立积分制度。", [("探索", "obligation", 2)]),
    ("城市体检试点要突出重点。", [("要", "obligation", 4)]),
    ("教师工资不低于当地平均水平。", [("不低于", "obligation", 4)]),
    ("奖项原则上每年评选不超过三项。", [("原则上", "obligation", 2)]),
    ("原则上各地不得新设网点。", [("不得", "prohibition", 2)]),
    ("原则上由省级审批,各地不得下放。", [("原则上", "obligation", 2), ("不得", "prohibition", 5)]),
    ("评价组织应对接标准。", [("应", "obligation", 4)]),
    ("有条件的村可先行先试。", [("可", "permission", 1)]),
])
def test_cues_and_their_reading(text: str, wanted: list[tuple[str, str, int]]) -> None:
    assert cues(text) == wanted


@pytest.mark.parametrize("text", [
    "保障食品供应。", "应对老龄化。", "这项工作重要。", "提出新要求。", "推动可持续发展。", "没有必要。",
    "满足居民需求。",
    "落实支持政策。", "加大支持力度。", "发挥引导作用。", "经过多年努力。", "开展试点工作。", "推进科学研究。",
    "不得不停办。", "供不应求。", "为支持办学，设立基金。", "可惠及六千人。", "一般性支出下降。",
    "严格监管执法。", "深刻认识支持改革的重大意义。", "照顾学习需要。", "各地试点实践。", "不可或缺。",
])
def test_pseudo_cues_are_none(text: str) -> None:
    assert cues(text) == []


def test_two_duties_in_one_sentence_share_their_bearer() -> None:
    first, second = demands("各区教育部门要核对名单，确保资料完整。\n")
    assert first.bearer and first.bearer.text == "各区教育部门" and not first.inherited
    assert second.bearer and second.bearer.text == "各区教育部门" and second.inherited


def test_the_bearer_of_an_encouragement_is_whom_it_encourages() -> None:
    (found,) = demands("鼓励有条件的学校开放场馆。\n")
    assert found.bearer and found.bearer.text == "有条件的学校"
    assert found.condition and found.condition.text == "有条件的"
    assert found.modality == "encouragement" and found.strength == 1


@pytest.mark.parametrize(("text", "bearer"), [
    ("允许小微企业分期缴纳。", "小微企业"), ("支持村集体盘活闲置房屋。", "村集体"),
    ("引导返乡青年领办合作社。", "返乡青年"), ("鼓励食品、建材等传统产业，进一步做大规模。", "食品、建材等传统产业"),
    ("允许具有资格的专业人才，经备案后执业。", "具有资格的专业人才"), ("学会是责任主体，要抓好落实。", "学会"),
    ("自由贸易试验区办公室要抓好落实。", "自由贸易试验区办公室"), ("其他部门要各司其职。", "其他部门"),
    ("统筹做好经济社会发展工作，确保学会稳定。", None), ("指导各地开展工作，确保学会稳定。", None),
])
def test_who_is_bound(text: str, bearer: str | None) -> None:
    assert [o.bearer.text if o.bearer else None for o in demands(text)][-1:] == [bearer]


def test_an_agent_behind_by_in_the_middle_of_a_clause_is_the_bearer() -> None:
    document = nlp_reform.extract("一、工作任务\n1.保障安全。重大隐患由县级人民政府挂牌督办。\n2.总结经验。\n")
    assert [o.bearer.text for o in document.obligations if o.bearer] == ["县级人民政府"]


def test_an_exception_may_stand_behind_its_clause() -> None:
    first, = demands("学会经费应当全部公开，但涉密项目除外。")
    assert first.exception is not None and first.exception.text == "但涉密项目除外"


def test_a_clause_with_a_condition_of_its_own_keeps_it() -> None:
    found = demands("1.专职人员超过十人的学会应设党支部，不足三人的，可以联合设立。")
    assert [o.condition.text for o in found if o.condition] == ["专职人员超过十人的", "不足三人的"]


@pytest.mark.parametrize(("text", "condition"), [
    ("学会网站在迁移前要开展评估。", "在迁移前"), ("对督查中发现的问题要限期整改。", "对督查中发现的问题"),
    ("支持在有条件的城区开展试点。", "有条件的"), ("学会可根据工作需要调整机构。", "根据工作需要"),
    ("审批事项取消后，要加强监管。", "审批事项取消后"), ("在召开理事会会议前，应当通知全体理事。", "在召开理事会会议前"),
    ("一旦发生群体性事件，要及时处置。", "一旦发生群体性事件"), ("各部门在制定政策时，要听取意见。", "在制定政策时"),
    ("会员如有违反章程的行为，应予以除名。", "如有违反章程的行为"), ("根据工作需要，可邀请专家列席。", "根据工作需要"),
    ("已建成的排污口，应当限期拆除。", "已建成的"), ("成效突出的地区，应优先安排资金。", "成效突出的"),
    ("對有隱患的企業，在完成修葺前，不得發證。", "對有隱患的企業，在完成修葺前"), ("违反规定者，应追回补助。", "违反规定者"),
])
def test_conditions_inside_a_clause(text: str, condition: str) -> None:
    assert [o.condition.text for o in demands(text) if o.condition] == [condition]


def test_an_encouragement_of_a_deed_names_nobody() -> None:
    (found,) = demands("支持在园区设立服务窗口。\n")
    assert found.bearer is None


@pytest.mark.parametrize(("text", "condition", "bearer"), [
    ("对运行规范、成效突出的学会，可优先委托项目。", "对运行规范、成效突出的学会", None),
    ("未经市科协同意，任何机构不得变更名称。", "未经市科协同意", "任何机构"),
    ("任期届满的学会应召开会员大会。", "任期届满的", "任期届满的学会"),
    ("没有法律依据的评比一律取消。", "没有法律依据的", None),
    ("我們鼓勵合資格的社會組織申請資助。", "合資格的", "合資格的社會組織"),
    ("对工作中的成功经验，要及时推广。", None, None),
    ("在职公务员不得兼任秘书长。", None, "在职公务员"),
    ("企业变更名称的，应当办理变更手续。", "企业变更名称的", "企业"),
    ("今年年底前，各地应完成改造。", None, "各地"),
    ("理事会换届应当提前公告。", None, None),
    ("在“九五”期间，各地应完成改造。", None, "各地"),
])
def test_whom_a_rule_speaks_of(text: str, condition: str | None, bearer: str | None) -> None:
    [found] = demands(f"一、管理要求\n（一）{text}\n")
    assert (found.condition and found.condition.text) == condition
    assert (found.bearer and found.bearer.text) == bearer


@pytest.mark.parametrize(("text", "wanted"), [
    ("违反本办法的，由市科协责令改正。", [("违反本办法的", "市科协", "责令改正")]),
    ("逾期不改的由主管部门吊销许可证。", [("逾期不改的", "主管部门", "吊销许可证")]),
    ("对违规收费的严肃处理。", [("对违规收费的", None, "严肃处理")]),
    ("推进尚未完成的项目，完善保障机制。", [(None, None, "推进尚未完成的项目"), (None, None, "完善保障机制")]),
])
def test_conditions_and_bearers_of_bare_orders(text: str, wanted: list[tuple[str | None, str | None, str]]) -> None:
    found = nlp_reform.extract(f"一、管理要求\n（一）{text}\n").obligations
    assert [(o.condition and o.condition.text, o.bearer and o.bearer.text, o.action and o.action.text)
            for o in found] == wanted


def test_what_one_article_leads_in_does_not_reach_the_next() -> None:
    text = "第九条　有下列情形之一的，应当注销登记：\n（一）自行解散；\n第十条　登记机关应当公告。\n"
    assert [o.condition and o.condition.text for o in demands(text)] == ["有下列情形之一的", None]


def test_condition_before_and_exception() -> None:
    (found,) = demands("除涉及保密的外，各馆应当公开目录。\n")
    assert found.exception and found.exception.text == "除涉及保密的外"
    (found,) = demands("没有依据的一律取消。\n")
    assert found.condition and found.condition.text == "没有依据的"


def test_bare_imperatives_have_no_cue_and_strength_three() -> None:
    found = nlp_reform.extract("1. 加强制度建设，完善工作机制。\n2. 推进名册公开。\n").obligations
    bare = [o for o in found if o.cue is None]
    assert {o.strength for o in bare} == {3}
    assert [o.action.text for o in bare if o.action][:2] == ["加强制度建设", "完善工作机制"]


def test_a_list_inherits_the_bearer_of_its_lead_in() -> None:
    text = "各街道办事处要做好以下工作：\n（一）建立走访台账。\n（二）公布服务电话。\n"
    found = [o for o in nlp_reform.extract(text).obligations if o.cue is None]
    assert found and all(o.inherited and o.bearer and o.bearer.text == "各街道办事处" for o in found)


def test_the_addressee_is_the_last_resort() -> None:
    text = "关于做好档案工作的通知\n各县人民政府，市直各单位：\n一、应当建立目录。\n"
    found = demands(text)
    assert found and found[0].inherited and found[0].bearer and found[0].bearer.text == "各县人民政府，市直各单位"


def test_a_report_binds_nobody() -> None:
    text = "一、2018年工作回顾\n过去一年，我们鼓励企业创新，严格控制支出，完成投资3亿元。\n"
    assert demands(text) == []


def test_spans_are_of_the_text_of_record() -> None:
    text = "學會應　當公開年報，\r\n鼓勵會員參與。\r\n"
    for o in nlp_reform.extract(text).obligations:
        for mention in (o.cue, o.bearer, o.action, o.condition, o.exception):
            assert mention is None or text[mention.start:mention.end] == mention.text


@given(st.text(alphabet="各校应要不得一律鼓励支持可以，。；：（）()“”《的为在除外严格坚决逐步\n", max_size=160))
@settings(max_examples=80, deadline=None)
def test_any_text_yields_spans_that_fit(text: str) -> None:
    document = nlp_reform.extract(text + "。\n")
    for o in document.obligations:
        for mention in (o.cue, o.bearer, o.action, o.condition, o.exception):
            assert mention is None or document.text[mention.start:mention.end] == mention.text
        assert 1 <= o.strength <= 5


def test_clauses_are_not_cut_inside_quotes_or_brackets_of_any_depth() -> None:
    text = "落实“一月一报，一季一评”，公开（含附件，不含草稿）"
    assert [text[c.start:c.end] for c in split(text, 0, len(text))] == [text]
    half = text.replace("，", ",").replace("（", "(").replace("）", ")")
    assert len(split(half, 0, len(half))) == 2
    deep = "(" * 5000 + "报,送" + ")" * 5000
    assert len(split(deep, 0, len(deep))) == 1


def test_verb_and_object_and_members() -> None:
    assert verb_and_object("进一步加强制度建设") == ("进一步加强", "制度建设")
    assert members("各地区、各部门") == ("各地区", "各部门")


def test_signals_tell_black_red_and_grey() -> None:
    text = "1. 各校应当建立台账，必须按月公布。\n2. 严禁虚报，不得挪用经费。\n3. 探索建立积分制度，逐步推广。\n"
    document = nlp_reform.extract(text)
    assert [s.colour for s in signals(document)] == ["black", "red", "grey"]
    ids = {o.id for o in document.obligations}
    assert all(set(s.evidence) <= ids for s in signals(document))


def test_strength_profiles_add_up() -> None:
    document = nlp_reform.extract("1. 各校必须建立台账。\n2. 鼓励社区开放场馆。\n3. 加强管理队伍建设。\n")
    (whole,) = profiles(document)
    assert whole.count == len(document.obligations)
    assert sum(whole.shares.values()) == pytest.approx(1)
    assert whole.shares["strict"] > 0 and whole.shares["optional"] > 0
    assert "各校" in {row.group for row in profiles(document, "actor")}


@pytest.mark.skipif(not (SHARED / "gold").exists(), reason="the shared gold is not here")
def test_cues_of_the_founding_document() -> None:
    gold = json.loads((SHARED / "gold" / "seed-2018.json").read_text(encoding="utf-8"))
    document = nlp_reform.extract(SHARED / gold["document"])
    (start, end), = gold["passages"]
    found = [(o.cue.start, o.cue.end, o.modality, o.strength) for o in document.obligations
             if o.cue and start <= o.cue.start < end]
    wanted = [(c["start"], c["end"], c["modality"], c["strength"]) for c in gold["cues"]]
    hits = sum(any(a < d and c < b and m == n and s == t for c, d, n, t in found) for a, b, m, s in wanted)
    assert 2 * hits / (len(found) + len(wanted)) >= 0.95


def test_members_polarity_and_object_of_an_obligation() -> None:
    (first, second) = demands("各街道、各社区要建立台账。\n各单位不得新设收费项目。\n")
    assert [(actor.text, actor.name) for actor in first.bearers] == [("各街道", "各街道"), ("各社区", "各社区")]
    assert first.object is not None and first.object.text == "台账"
    assert (first.polarity, second.polarity) == ("positive", "negative")


def test_an_actor_of_one_canonical_name_is_one_row_of_the_profile() -> None:
    one = nlp_reform.extract("国家发展改革委应当公开目录。\n")
    other = nlp_reform.extract("发展改革委必须公开目录。\n")
    (row,) = profile([one, other], "actor")
    assert (row.count, row.mean, row.shares["strict"]) == (2, 4.5, 0.5)


def test_a_mutilated_paragraph_is_read_to_a_bound_and_the_next_one_whole() -> None:
    text = "各单位应当加强管理，" * (MOST + 50)
    found = scan(View(text + "\n各单位应当公开。", text + "\n各单位应当公开。"))
    assert len(found) == MOST + 1
    assert found[-1].start > len(text)


@pytest.mark.parametrize("sentence", ["阶段性缓缴三项社会保险单位缴费部分。", "全社会用电量必须下降。"])
def test_a_word_that_begins_like_an_actor_binds_nobody(sentence: str) -> None:
    assert [o.bearer for o in nlp_reform.extract(f"某会2020年工作要点\n一、任务\n1.{sentence}\n").obligations] == [None]


@pytest.mark.parametrize(("sentence", "bearer"), [
    ("乱泊的，由城市管理部门责令改正。", "城市管理部门"), ("建设10—15个学会服务站。", None), ("实现九成企业建有工会。", None),
])
def test_the_whole_name_of_a_body_and_nobody_that_is_made(sentence: str, bearer: str | None) -> None:
    found = nlp_reform.extract(f"某市2020年工作方案\n一、主要任务\n1.{sentence}\n2.加强领导。\n").obligations[0]
    assert (found.bearer.text if found.bearer else None) == bearer


def test_taiwans_may_is_a_permission_and_need_behind_as_is_a_noun() -> None:
    found = cues("主管机关得视需要延长期限。")
    assert found == [("得", "permission", 1)]
    assert cues("使渔民得到实惠。") == cues("并取得成效。") == []


def test_support_in_a_noun_is_no_cue() -> None:
    assert cues("用好贷款支持工具。") == cues("提供融资担保支持。") == []


@pytest.mark.parametrize(("sentence", "wanted"), [
    ("举办者应当在开演前三日内报备；未报备的，不得开演。", ["举办者", "举办者"]),
    ("使用人应当爱护船桨，损坏的，依法承担责任。", ["使用人", "使用人"]),
    ("会员享有优先借阅权，有权查阅账目。", ["会员"]),
    ("船主会按时检修，而海事处会提供意见。", ["船主", "海事处"]),
    ("省财政对山区县给予补助，各县按一比一配套。", ["省财政", "各县"]),
    ("建立由工匠共同参与的课程组。", [None]),
    ("支持农民合作社开展代耕。", ["农民合作社"]),
    ("灯塔由航标站逐座检查。", ["航标站"]),
    ("规范分支机构设立程序。", [None]),
])
def test_who_acts_where_no_cue_tells(sentence: str, wanted: list[str | None]) -> None:
    found = nlp_reform.extract(f"某市2020年工作方案\n一、主要任务\n1.{sentence}\n2.加强领导。\n").obligations[:-1]
    assert [o.bearer and o.bearer.text for o in found] == wanted


@pytest.mark.parametrize(("sentence", "condition"), [
    ("对进展缓慢的乡镇进行约谈。", "进展缓慢的"),
    ("面积超过三亩的苗圃应设置围栏。", "面积超过三亩的"),
    ("中途退租的，押金按月折算。", "中途退租的"),
    ("违反本办法第九条，在桥下堆放杂物的，由镇政府责令清除。", "违反本办法第九条，在桥下堆放杂物的"),
    ("未参加抽签者不得续租。", "未参加抽签者"),
    ("加强对困难户的帮扶。", None),
])
def test_restrictions_on_what_a_clause_acts_on(sentence: str, condition: str | None) -> None:
    found = nlp_reform.extract(f"某市2020年工作方案\n一、主要任务\n1.{sentence}\n2.加强领导。\n").obligations[0]
    assert (found.condition and found.condition.text) == condition


def test_may_upon_request_permits_and_what_often_is_binds_nobody() -> None:
    assert cues("专员可应团体申请延期。") == [("可", "permission", 1)]
    assert cues("市民往往要轮候两周。") == []
