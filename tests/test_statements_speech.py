"""Sentences of addresses and budget speeches, of covering notes, and cells that are no sentences."""

from __future__ import annotations

import nlp_reform
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon


def address(*paragraphs: str) -> str:
    """Return a speech whose paragraphs are numbered, long enough to be known as one; the given ones come first."""
    rest = [f"我們會在第{n}區增設社區書屋，並延長開放時間。" for n in range(len(paragraphs) + 1, 41)]
    return "南嶼2031年施政報告\n\n" + "\n".join(f"{n}. {text}" for n, text in enumerate([*paragraphs, *rest], 1)) + "\n"


def of(text: str, part: str) -> str:
    document = nlp_reform.extract(text)
    return next(s.kind for s in document.statements if part in document.text[s.start : s.end])


SPEECH = address(
    "本港經濟預計全年增長百分之三，通脹率將維持平穩。",
    "匯聚更多人才有助提升本港的競爭力。",
    "《區域發展綱要》支持本港發展航運業務。",
    "我們於去年六月推出書屋資助計劃，至今批出二十宗申請。",
    "我衷心感謝各區居民的支持。",
    "政府會撥款五億元，資助各區修葺書屋。",
)


def test_an_address_argues_reports_and_plans() -> None:
    assert of(SPEECH, "全年增長") == "context", "an estimate is no goal"
    assert of(SPEECH, "有助提升") == "context", "the good of a thing is no order"
    assert of(SPEECH, "發展綱要") == "context", "what another text says"
    assert of(SPEECH, "至今批出") == "reported"
    assert of(SPEECH, "衷心感謝") == "context"
    assert of(SPEECH, "撥款五億") == "prescriptive"


def test_paragraphs_that_only_argue_are_no_directives() -> None:
    document = nlp_reform.extract(SPEECH)
    assert [d.number for d in document.directives][:3] == [6, 7, 8]


BUDGET = address(
    "二零二九／三零年度經營收入的修訂預算為九百億元，較原來預算低百分之四。",
    "我預計二零三一／三二年度綜合赤字為三十億元。",
    "渡輪公司早前宣布的新航線，將在明年三月投入服務。",
    "北灣碼頭已成為市民喜愛的公共空間。",
    "渡輪協會已覓得用地，並計劃明年動工。",
    "過去一年，政府改善了離島的生活。第一，推出渡輪津貼。第二，優化碼頭設施。",
)


def test_a_budget_speech_reports_what_was_revised_and_plans_what_is_estimated() -> None:
    assert of(BUDGET, "修訂預算為") == "reported"
    assert of(BUDGET, "綜合赤字為") == "prescriptive"
    assert of(BUDGET, "投入服務") == "prescriptive", "what was announced is to come"
    assert of(BUDGET, "已成為") == "context", "a state"
    assert of(BUDGET, "並計劃") == "prescriptive", "reports, then prescribes"
    assert of(BUDGET, "推出渡輪津貼") == of(BUDGET, "優化碼頭設施") == "reported", "counted up by a report"


def test_taking_a_thing_is_not_what_is_to_come() -> None:
    will = compiled(lexicon("statements")["will"]["regex"])
    assert will.search("渡轮公司将于明年加班") and will.search("政府会检讨收费")
    assert not will.search("政府将学习津贴恒常化") and not will.search("咨询会上有人提问")


def test_the_noun_ends_no_plan() -> None:
    plan = compiled(lexicon("statements")["plan_actor"]["regex"])
    assert not plan.search("公司出席年会") and not plan.search("政府委员会议")
    assert plan.search("政府会检讨收费")


def test_what_a_covering_note_asks_for_is_laid_down() -> None:
    text = "北湾市书屋试点方案\n\n《北湾市书屋试点方案》已经市政府同意，现印发给你们，请认真贯彻执行。\n"
    assert of(text, "印发给你们") == "prescriptive"


def test_figures_and_names_of_cells_prescribe_nothing() -> None:
    text = "北湾市收支表\n\n一、收支安排\n各项收支按规定执行。\n其他收入\n56,291\n土地基金\n75,227\n"
    found = {s.kind for s in nlp_reform.extract(text).statements if s.start > text.index("其他收入") - 1}
    assert found == {"context"}
