"""The parts of a comparison: bounds, shifts, redline, nearest units."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp_reform import api
from nlp_reform.align import Comparison, Item, Result
from nlp_reform.align.assign import find_links
from nlp_reform.align.candidates import Field, Pair
from nlp_reform.align.clauses import Covers
from nlp_reform.align.redline import cut, redline
from nlp_reform.align.units import Unit
from nlp_reform.align.vectors import nearest, vectorise


def plan(*items: str, year: int = 2020, head: str = "一、主要任务") -> str:
    lines = [f"某市{year}年工作要点", head, *(f"{n}.{item}" for n, item in enumerate(items, 1))]
    return "\n".join(lines) + "\n"


OTHER = "推进垃圾分类。各街道设置分类投放点。"
"""A second item that both plans have, so that each is a plan."""


def two(before: str, after: str) -> Comparison:
    return api.compare(plan(before, OTHER), plan(after, OTHER, year=2021))


def only(before: str, after: str) -> Item:
    item, other = two(before, after).items
    assert other.relation == "unchanged"
    return item


@pytest.mark.parametrize(("before", "after", "relation"), [
    ("规范理事会规模。理事人数不超过150人。", "规范理事会规模。理事人数不超过120人。", "strengthened"),
    ("规范理事会规模。理事人数不超过120人。", "规范理事会规模。理事人数不超过150人。", "weakened"),
    ("稳定就业形势。城镇调查失业率控制在5.5%以内。", "稳定就业形势。城镇调查失业率控制在5%以内。", "strengthened"),
    ("培育团体标准。全年发布团体标准15项。", "培育团体标准。全年发布团体标准25项。", "strengthened"),
    ("办好学术会议。全年举办学术会议30场以上。", "办好学术会议。全年举办学术会议30场左右。", "weakened"),
    ("严格评奖管理。学会应当公示获奖名单。", "严格评奖管理。学会必须公示获奖名单。", "strengthened"),
    ("严格评奖管理。学会必须公示获奖名单。", "严格评奖管理。学会应当公示获奖名单。", "weakened"),
    ("修订学会章程。各学会应在9月底前完成修订。", "修订学会章程。各学会应在6月底前完成修订。", "strengthened"),
    ("修订学会章程。各学会应在四月底前完成修订。", "修订学会章程。各学会应在三月底前完成修订。", "strengthened"),
    ("编制行业目录。各学会应在2020年6月底前完成。", "编制行业目录。各学会应在2021年9月底前完成。", "weakened"),
    ("做好设备编号。对高度2米以上的设备逐台编号。", "做好设备编号。对高度3米以上的设备逐台编号。", "weakened"),
    ("做好老人体检。为65岁以上老人免费体检。", "做好老人体检。老人免费体检的年龄放宽到60岁。", "strengthened"),
    ("加强设备检查。管理单位每季度检查设备。", "加强设备检查。管理单位每月检查设备。", "strengthened"),
    ("压减分支机构。分支机构数量压减三分之一。", "压减分支机构。分支机构数量压减四分之一。", "weakened"),
])
def test_direction_comes_from_fields(before: str, after: str, relation: str) -> None:
    item = only(before, after)
    assert item.relation == relation
    assert any(shift.move for shift in item.changes)


@pytest.mark.parametrize(("before", "after"), [
    ("办好事项审批。一般事项5个工作日内办结。", "办好事项审批。一般事项办结时限仍为5个工作日。"),
    ("编制行业目录。各学会应在2020年6月底前完成。", "编制行业目录。各学会应在2021年6月底前完成。"),
    ("办好研修班。聘请老艺人授课，课程全程录像。", "办好研修班。授课仍请老艺人担任，课程全程录像。"),
    ("保护水源。水源上游200米内不得堆放农药化肥。", "保护水源。水源往上200米以内，不得堆放化肥农药。"),
])
def test_other_words_for_one_measure_are_no_change(before: str, after: str) -> None:
    assert only(before, after).relation == "reworded"


def test_a_change_names_field_from_what_to_what_and_where() -> None:
    done = two("培育团体标准。全年发布团体标准15项。", "培育团体标准。全年发布团体标准25项。")
    (shift,) = (s for s in done.items[0].changes if s.field == "target")
    assert (shift.before, shift.after, shift.move) == ("15项", "25项", "up")
    assert shift.before_span is not None
    assert done.views[0].record[slice(*shift.before_span)] == "15项"


def test_one_amount_in_another_numeral_is_no_change() -> None:
    item = only("扩大一线代表。女性代表所占比例达到两成以上。", "扩大一线代表。女性代表所占比例达到20%以上。")
    assert item.relation == "reworded"


def test_scripts_and_vocabulary_meet() -> None:
    item = only("推进信息公开。学会应当在网络平台公布工作报告。", "推進資訊公開。學會應當在網路平臺公佈工作報告。")
    assert item.relation in ("unchanged", "reworded")


def test_reports_never_align_with_plans() -> None:
    before = plan("培育团体标准。今年发布团体标准15项。", "办好学术会议。举办学术会议3场。")
    after = ("某市2021年工作要点\n一、工作回顾\n2020年，全市发布团体标准18项，超额完成任务。\n"
             "二、主要任务\n1.推进垃圾分类。各单位要设置分类投放点。\n2.改善道路照明。各街道更换路灯。\n")
    done = api.compare(before, after)
    assert {item.relation for item in done.items} == {"dropped", "added"}
    assert [(r.target.text, r.achieved.text, r.verdict) for r in done.outcomes] == [("15项", "18项", "exceeded")]


@pytest.mark.parametrize(("aim", "told", "verdict"), [
    ("全年新建社区食堂30家。", "全年新建社区食堂34家。", "exceeded"),
    ("全年新建社区食堂30家。", "全年新建社区食堂22家。", "missed"),
    # a price kept below what was aimed at by 左右 is met, not exceeded
    ("居民消费价格涨幅3%左右。", "居民消费价格上涨2.1%。", "met"),
    # what is due later, or sums up several years, is no verdict on the year
    ("到2025年新建社区食堂300家。", "全年新建社区食堂34家。", "not comparable"),
    ("全年新建社区食堂30家。", "五年来，全市新建社区食堂134家。", "not comparable"),
])
def test_outcomes_are_judged_by_what_was_aimed_at(aim: str, told: str, verdict: str) -> None:
    assert [r.verdict for r in reported(aim, told)] == [verdict]


def test_a_report_after_a_missing_year_is_of_another_year() -> None:
    after = ("某市2022年工作要点\n一、工作回顾\n2021年，各项工作取得新进展。全年新建社区食堂34家。\n"
             "二、主要任务\n1.推进垃圾分类。各单位要设置分类投放点。\n2.改善道路照明。各街道更换路灯。\n")
    (result,) = api.compare(plan("办好社区食堂。全年新建社区食堂30家。", OTHER), after).outcomes
    assert (result.verdict, result.why) == ("not comparable", "the target is of 2020, the report of 2021")


@pytest.mark.parametrize(("aim", "told"), [
    ("全年投资3亿元，改造老旧管网。", "投资2亿元新建的体育馆完工。"),  # 投资 alone names nothing
    ("单位产值能耗下降3%。", "公共预算收入增长3.5%。"),
    ("税收收入增长6%。", "税收收入占全部收入的比重提高到70%。"),  # a growth is not answered by a share
])
def test_a_number_of_something_else_is_no_outcome(aim: str, told: str) -> None:
    assert not reported(aim, told)


def reported(aim: str, told: str) -> tuple[Result, ...]:
    """Return the outcomes of a plan of 2020 with one target, of which a report of 2021 tells something."""
    after = (f"某市2021年工作要点\n一、工作回顾\n2020年，各项工作取得新进展。{told}\n"
             "二、主要任务\n1.推进垃圾分类。各单位要设置分类投放点。\n2.改善道路照明。各街道更换路灯。\n")
    return api.compare(plan(f"落实年度任务。{aim}", OTHER), after).outcomes


def test_target_absent_on_purpose_is_shown() -> None:
    done = two("发展会员。个人会员总数增长8%。", "发展会员。今年不设个人会员总数增长目标。")
    assert any(pair.explicitly_absent for pair in done.targets)


@pytest.mark.parametrize(("before", "after", "relation", "content"), [
    # purpose, manner and synonyms are wording
    ("办好社区食堂。扩大社区食堂布点。", "办好社区食堂。进一步扩大社区食堂布点，让老人吃得方便。", "reworded", []),
    ("打捞河面水葫芦，落实各项政策。", "打捞河面水葫芦。", "reworded", []),
    ("增强护林意识，修建林区瞭望塔。", "修建林区瞭望塔，把护林员的作用充分发挥出来。", "reworded", []),
    ("办好社区食堂。按照就近原则，扩大社区食堂布点。", "办好社区食堂。扩大社区食堂布点。", "reworded", []),
    # a task that only one side has is content
    ("办好社区食堂。扩大社区食堂布点。", "办好社区食堂。扩大社区食堂布点，培训护理人员。", "changed", [(None, "培训护理人员")]),
    ("办好社区食堂。扩大社区食堂布点，培训护理人员。", "办好社区食堂。扩大社区食堂布点。", "changed", [("培训护理人员", None)]),
    # a limit that comes with its task to what stays is a firmer measure; with another task gone it is another one
    ("办好社区食堂。扩大社区食堂布点。", "办好社区食堂。扩大社区食堂布点，新建养老床位不少于300张。", "strengthened",
     [(None, "新建养老床位不少于300张")]),
    ("办好社区食堂。扩大社区食堂布点，培训护理人员。", "办好社区食堂。扩大社区食堂布点，新建养老床位不少于300张。", "changed",
     [("培训护理人员", None), (None, "新建养老床位不少于300张")]),
    # a neighbour in meaning is not the same thing
    ("办好乡村教育。提高乡村教师待遇。", "办好乡村教育。提高乡村医生待遇。", "changed", [("提高乡村教师待遇", "提高乡村医生待遇")]),
])
def test_changed_is_content_that_moved(
    before: str, after: str, relation: str, content: list[tuple[str | None, str | None]]
) -> None:
    item = only(before, after)
    assert [(s.before, s.after) for s in item.changes if s.field == "content"] == content
    assert item.relation == relation


def test_general_requirements_ahead_of_the_first_section_are_compared() -> None:
    before = plan(OTHER).replace("一、", "今年要守住财政收支底线，办好民生实事。\n一、")
    after = plan(OTHER, year=2021).replace("一、", "今年要守住财政收支底线，办实民生实事。\n一、")
    first, other = api.compare(before, after).items
    assert first.before[0].text.startswith("今年要守住") and first.after[0].text.startswith("今年要守住")
    assert other.relation == "unchanged"


def test_tasks_are_shown_where_they_are_printed() -> None:
    done = two("办好社區食堂。擴大社區食堂佈點，\n培訓護理人員。", "办好社区食堂。扩大社区食堂布点。")
    (shift,) = (s for s in done.items[0].changes if s.field == "content")
    assert shift.before == "培训护理人员" and shift.before_span is not None
    assert done.views[0].record[slice(*shift.before_span)] == "培訓護理人員"


@pytest.mark.parametrize(("before", "after", "move"), [
    ("办好学术会议。全年举办学术会议30场以上。", "办好学术会议。学术会议调减到20场左右。", "down"),
    ("办好学术会议。学术会议调减到20场左右。", "办好学术会议。学术会议恢复到30场以上。", "up"),
])
def test_a_number_reduced_is_no_stricter_for_that(before: str, after: str, move: str) -> None:
    assert {s.move for s in only(before, after).changes if s.field == "target"} == {move}


def test_what_acts_on_one_thing_is_no_merger() -> None:
    head = "某市{}年工作要点\n主要任务\n"
    rest = "改善道路照明条件。\n推进垃圾分类投放。\n"
    done = api.compare(
        head.format(2020) + "推进社区养老服务。\n加快社区养老服务发展。\n" + rest,
        head.format(2021) + "大力推进社区养老服务发展。\n" + rest,
    )
    assert "merged" not in {item.relation for item in done.items}


def test_a_list_without_one_member_reaches_less() -> None:
    item = only("提高补助标准。继续提高退休教师补助和乡村医生补助。", "提高补助标准。继续提高退休教师补助。")
    assert item.relation == "weakened"
    assert [(s.field, s.after, s.move) for s in item.changes if s.field == "scope"] == [("scope", None, "down")]


def test_another_bearer_is_no_rewording() -> None:
    item = only("公布财务报告。各学会应当每年公布财务报告。", "公布财务报告。登记机关应当每年公布财务报告。")
    assert item.relation == "changed"
    assert ("bearer", "各学会", "登记机关") in {(s.field, s.before, s.after) for s in item.changes}


def test_sentences_split_by_their_clauses() -> None:
    head = "某市{}年工作要点\n主要任务\n"
    rest = "改善道路照明条件。\n推进垃圾分类投放。\n"
    done = api.compare(
        head.format(2020) + "完善国有资产监督管理体制，推进投资公司改革试点，支持企业科技创新。\n" + rest,
        head.format(2021) + "进一步完善国有资产监督管理体制。\n加快推进投资公司改革试点。\n" + rest,
    )
    (split,) = (item for item in done.items if item.relation == "split")
    assert len(split.before) == 1 and len(split.after) == 2


@pytest.mark.parametrize("amount", ["不超过100万人", "30场以上", "5%左右", "四分之三", "10个工作日"])
def test_redline_keeps_amounts_whole(amount: str) -> None:
    assert amount in cut(f"全年控制在{amount}。")


def test_redline_joins_to_both_texts() -> None:
    before, after = "发展会员。会员总数达到100万人。", "发展会员。会员总数力争达到120万人以上。"
    done = two(before, after)
    pieces = redline(done, done.items[0])
    assert "".join(p.text for p in pieces if p.kind != "insert") == f"1.{before}"
    assert "".join(p.text for p in pieces if p.kind != "delete") == f"1.{after}"
    assert ("delete", "100万人") in pieces


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="加强推进会员服务100万人3.5%，。不超过", max_size=60))
def test_words_join_to_the_text(text: str) -> None:
    assert "".join(cut(text)) == text


def test_a_sure_pair_is_not_given_up_for_two_doubtful_ones() -> None:
    def units(side: str) -> tuple[Unit, ...]:
        return tuple(Unit(n, None, n, n + 1, "", f"{side}{n}", f"{side}{n}", "", "", "directive", (), ()) for n in (0, 1))

    scores = {(0, 0): 0.97, (0, 1): 0.6, (1, 0): 0.62}  # 0.6 and 0.62 sum up to more than 0.97
    pairs = {key: Pair(*key, 0.3, (), score) for key, score in scores.items()}
    texts = ["养蜂箱", "修水渠"]
    field = Field(units("早"), units("晚"), vectorise(texts, texts), pairs, Covers([], {}, ([], []), ([0], [0])))
    links = find_links(field, lambda before, after: False)
    assert (links[0].before, links[0].after) == ((0,), (0,))
    assert [link.before for link in links[1:]] == [(0,), (1,)]  # what stands beside comes after


def test_nearest_is_the_same_without_the_fast_library(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["加强学会党建工作", "推进科技期刊建设", "规范财务资产管理", "推进期刊国际化建设"]
    vectors = vectorise(texts, texts[::-1])
    fast = nearest(vectors, 3, 0.05)
    monkeypatch.setitem(sys.modules, "sparse_dot_topn", None)
    assert nearest(vectors, 3, 0.05) == pytest.approx(fast, abs=1e-4)
