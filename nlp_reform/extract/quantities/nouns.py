"""The noun phrase that a number measures, in the clause before it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from functools import lru_cache

from nlp_reform.extract.matching import trie
from nlp_reform.extract.quantities import acts, words
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

Extent = tuple[int, int]
"""Half-open offsets into the cleaned text."""
_FROM = compiled(
    r"(?:亦|将|会|则会|则|已)?(?:从(?![业事])|由)[^,。;]{0,9}\Z|以(?:每[^,。;]{1,2})?\Z|[以为]?(?:新台币|人民币|港币|美金|美元)\Z|(?:争取|力争)?在[^,。;]{2,10}基础上再?\Z|(?<=[额率数值限费量价度])会\Z|(?:(?<!占)比(?![例重率值价])|较)[^,。;比较]{1,8}\Z|(?:[高低]于|快于|慢于)[^,。;\d]{2,10}\Z"
)
_COMPARED = compiled(
    r"[亦也]?(?:较(?![高低大小多少快好强])|比(?![例重率值价分]))[^,。;]{1,24}?"
    r"(?:年度?(?:[底末]|(?:修订|原来|核定)?(?:预算|预测|估算|结算|水平))?|同期|去年|前|预算|水平|平均(?:水平)?)"
    r"(?=[\u4e00-\u9fff]{2}|\Z|(?<=[\u4e00-\u9fff]))")
"""What a number is compared with names nothing: 较上年度预算 | 上升7%."""
_YEARLY = compiled(r"(?<![今明每全本当去后前近多学百周青老少中成童壮幼些元两半一二三四五六七八九十\d])年\Z")
"""Between a thing and its verb: 班列年 | 开行500列."""
_TAKING = compiled(r"(?<=[\u4e00-\u9fff])(?:[将把](?![来军要会])|令(?![牌人])|按(?![揭照期时月年需劳]))")
_COUNTED = compiled(r"(?:时间|[时天次人学日]数|数量|费用|金额|标准|面积|学时|收费|缴费|用量|[补津]贴)\Z")
_GOAL = compiled(r"(?:的?(?:主要)?预期)?目标[是为]\Z")
_OFTEN = compiled(r"每(?:年|季度?|月|周|学期|半年|两年)(?:均|各)?(?:应当?|须|要)?(?:至少|不少于)?")
_OF_KINDS = compiled(r"等(?:重点)?(?:领域|行业|方面|地区)(?=[\u4e00-\u9fff]{2})")
"""Behind examples: 工业、农业等 | 设备投资规模."""
_HAN = compiled(r"[\u4e00-\u9fff]")


def before_each(text: str, start: int, end: int) -> int:
    """Return where a clause ends without the per-what before its number: 浓度控制在 | 每立方米32微克."""
    each = _each().search(text, start, end)
    return each.start() if each and text[each.start() - 1] in "在到至达为过于" else end


def last_of(matches: Iterator[re.Match[str]]) -> re.Match[str] | None:
    """Return the last of some matches."""
    found = deque(matches, maxlen=1)
    return found[0] if found else None


def front(text: str, start: int, end: int, modified: bool) -> Extent | None:
    """Take times, modals, governing verbs and relative clauses off the beginning; None when no noun is left.

    `modified` tells that a number stands right before: what precedes 的 then belongs to that one.
    """
    for pattern in (_FROM, _each(), words.patterns().when, _YEARLY):
        cut = pattern.search(text, start, end)
        end = _without_adverbs(text, start, cut.start()) if cut else end
    while end > start and text[end - 1] in " ,、:;":
        end -= 1
    goal = _GOAL.search(text, start, end)
    end = goal.start() if goal else end
    at = _opening(text, start, end)
    compared = _COMPARED.match(text, at, end)
    at = compared.end() if compared else at
    if (compared and end - at < 2) or text[at:end].strip(" 、亦也") in ("较", "比", "与"):
        return None
    last = text.rfind("的", at, end)
    if ")" in text[last:end]:
        last = -1
    relative = modified or (words.patterns().relative.search(text, at, last) and not _used().search(text, at, end))
    if last > at and end - last > 2 and relative:
        at = last + 1
    at, end = _without_examples(text, at, end)
    if text[at : at + 1] in "”」)、(" or (text[at : at + 1] == "“" and "”" not in text[at:end]):
        at += 1
    return (at, end) if at < end and _HAN.search(text, at, end) else None


def _without_examples(text: str, at: int, end: int) -> Extent:
    """Keep the head behind examples (夜市、书屋等 | 消费场景); 等 that ends a list is no part of it."""
    also = text.rfind("等", at + 2, end)
    if also < 0 or text[also + 1 : also + 2] in "级待次效同":
        return at, end
    kinds = _OF_KINDS.match(text, also, end)
    return (at, also) if end - also < 3 else (kinds.end() if kinds else also + 1, end)


@lru_cache(maxsize=1)
def _each() -> re.Pattern[str]:
    """Return the pattern of what an amount is counted by, at the end of a clause: 老旧小区按 | 每百户."""
    return compiled(rf"(?:平均|按)?(?:每[百千万\d]*(?:{trie(lexicon('indicators')['per']['terms'])}))+\Z")


@lru_cache(maxsize=1)
def _used() -> re.Pattern[str]:
    table = lexicon("indicators")["shares"]
    return compiled(rf"(?:{trie(table['uses'])})[^,。;]{{2,24}}(?:{trie(table['names'])})\Z")


@lru_cache(maxsize=1)
def measure() -> re.Pattern[str]:
    """Return the pattern of what the name of a ratio ends with."""
    return compiled(rf"(?:{trie(lexicon('indicators')['measure']['endings'])})\Z")


def _qualifies(text: str, verb: re.Match[str], end: int) -> bool:
    """Tell whether a verb is part of a ratio's name: 新建 | 住宅配建车位比例."""
    table = lexicon("indicators")["measure"]
    return text.startswith(tuple(table["made"]), verb.start()) and measure().search(text, verb.end(), end) is not None


def _without_adverbs(text: str, start: int, end: int) -> int:
    """Take adverbs off the end of a noun phrase (会员总数力争 …)."""
    while end > start:
        match = words.patterns().tail.search(text, max(start, end - 8), end)
        if match is None or not match["adv"]:
            break
        end = match.start()
    return end


def _opening(text: str, at: int, end: int) -> int:
    """Return where the noun phrase begins, behind the last governing verb and all that opens the clause."""
    patterns = words.patterns()
    used = _used().search(text, at, end)
    strong = None if used else last_of(patterns.strong.finditer(text, at, end))
    if strong is not None and end - strong.end() >= 2 and not _qualifies(text, strong, end):
        if not acts.KEPT.match(text, strong.start(), end):
            at = strong.end()
        elif text[strong.start() - 1] in "区市县省":
            at = strong.start()
    often = last_of(_OFTEN.finditer(text, at, end))
    if often is not None and often.start() > at and end - often.end() >= 2 and not _COUNTED.search(text, at, end):
        at = often.end()
    for taking in _TAKING.finditer(text, at, end):
        at = taking.end() if end - taking.end() >= 2 else at
    if text[at - 1] == "把":
        return at
    at = acts.behind_others(text, at if strong is None else strong.start(), end) or at
    while at < end:
        match = patterns.lead.match(text, at, end)
        if match is None and not acts.KEPT.match(text, at, end):
            match = patterns.governing.match(text, at, end)
            named = match is not None and (
                _qualifies(text, match, end)
                or (used is not None and match.end() > used.start())
                or text[match.end() : end] in acts.wholes()
            )
            if match and (named or end - match.end() < 2 or acts.purpose().match(text, match.start(), end)):
                match = None
        if match is None or match.end() == at:
            break
        at = match.end()
        if match.group() == "把":
            break
    return at
_SUM = compiled(r"(?:规模|金额|总额|额度)\Z")
"""Ends what is counted itself: 减税降费规模 is no 降费规模 that falls."""
_MORE = compiled(r"(?:净增|增加|扩大)(?=[\u4e00-\u9fff“])")


def raised(text: str, start: int, end: int) -> Extent | None:
    """Return the object of a verb of raising that opens the clause: 净增个人会员, 增加学位."""
    lead = words.patterns().lead.match(text, start, end)
    match = _MORE.match(text, lead.end() if lead else start, end)
    return (match.end(), end) if match and end - match.end() >= 2 else None


def lowered(text: str, start: int, end: int) -> Extent | None:
    """Return the object of a verb of lowering that stands before it: 压减钢铁产能, 为企业减税."""
    match = last_of(words.patterns().less.finditer(text, start, end))
    if match is None or _SUM.search(text, match.end(), end):
        return None
    if match.group() not in words.kinds() or match.group() == "减":
        return match.start() - 2 * text.endswith("新增", start, match.start()), end
    if match.start() > start + 2 and acts.nominal().match(text, match.end(), end):
        return None
    return match.end(), end


def verb_itself(text: str, start: int, verb: str | None) -> Extent | None:
    """减税8000亿元, 培训10万人: the act is what is counted."""
    words_of = lexicon("indicators")
    if verb is None or len(verb) < 2 or verb in words_of["verbs"]["level"] or verb in words_of["spending"]["verbs"]:
        return None
    at = text.find(verb, start)
    return (at, at + len(verb)) if at >= 0 else None
