"""The noun phrase that a number measures: in the clause before it, or right behind it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from functools import lru_cache

from nlp_reform.extract.matching import listed, trie
from nlp_reform.extract.quantities import acts, units, words
from nlp_reform.extract.quantities.pieces import Amount
from nlp_reform.extract.quantities.roles import clause_start
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
_HOLDS = compiled(r"(?:提供|设有|拥有|具有|含有|容纳)约?\Z")
"""Before a number that tells what a thing has: 提供600张宿位的宿舍 counts places, not houses."""
_COUNTED = compiled(r"(?:时间|[时天次人学日]数|数量|费用|金额|标准|面积|学时|收费|缴费|用量|[补津]贴)\Z")
_GOAL = compiled(r"(?:的?(?:主要)?预期)?目标[是为]\Z")
_NORM = compiled(r"(?:标准|比例|要求|规模|幅度|速度|价格|水平|税率|限额|额度|政策|部分|任务|目标)(?!化|厂|间)")
"""Behind 的 these only say what the number is (按不低于30平方米的标准配建): it measures what stands before."""
_STEP = compiled(r"大关|关口|台阶|门槛")
"""Behind a number reached these are no thing counted: 迈上600亿元台阶."""
_POLICY = compiled(r"(?:优惠)?政策")
_OFTEN = compiled(r"每(?:年|季度?|月|周|学期|半年|两年)(?:均|各)?(?:应当?|须|要)?(?:至少|不少于)?")
_BEHIND = compiled(r" ?的?([^,。;:!?()\n]{1,60})")
_LEVELS = compiled(r"级、[\d一二三四五六七八九十]")
_LEVEL = compiled(r"[^,。;]{0,40}级([\u4e00-\u9fff]{2,12})")
"""Levels listed before one head: 国家级、3个省级示范区."""
_NAMED_TOO = compiled(r"\((?!约束性|预期性|[含包另])[\u4e00-\u9fff]{1,4}\)")
"""A word in brackets belongs to the name it stands behind: 骨干专业(群)."""
_OF_SIZE = compiled(r"[^,。;:、和及与或的]{2,10}")
"""Between a number and one that says how large each is: 10家 | 营业收入超 | 百亿元的龙头企业."""
_OF_KINDS = compiled(r"等(?:重点)?(?:领域|行业|方面|地区)(?=[\u4e00-\u9fff]{2})")
"""Behind examples: 工业、农业等 | 设备投资规模."""
_BY_THEM = compiled(r"(?:居住|使用|参加|参与|急需)的")
"""Between people and what they live in or use: 1000人 | 居住的 | 棚户区."""
_QUOTES = {"“": "”", "「": "」", "『": "』"}
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
def _set() -> re.Pattern[str]:
    """Return the pattern of what a standard sets: 按每300户1处的标准设置 | 收集点."""
    table = lexicon("indicators")["norms"]
    norms, sets = trie(table["terms"]), trie(table["sets"])
    act = rf"的(?:{norms})(?:{sets})|(?:标准|额度)?(?:{trie(lexicon('indicators')['given']['verbs'])})"
    return compiled(rf"(?:{act})(?:一次性)?(?P<noun>[\u4e00-\u9fff]{{2,14}})")


def _qualifies(text: str, verb: re.Match[str], end: int) -> bool:
    """Tell whether a verb is part of a ratio's name: 新建 | 住宅配建车位比例."""
    table = lexicon("indicators")["measure"]
    return text.startswith(tuple(table["made"]), verb.start()) and _measure().search(text, verb.end(), end) is not None


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
                _qualifies(text, match, end) or (used is not None and match.end() > used.start()) or text[match.end() : end] in acts.wholes())
            if match and (named or end - match.end() < 2 or acts.purpose().match(text, match.start(), end)):
                match = None
        if match is None or match.end() == at:
            break
        at = match.end()
        if match.group() == "把":
            break
    return at


def behind(  # noqa: C901, PLR0911  (a chain of signs)
    text: str, amount: Amount, following: Amount | None, sentence_end: int, named: Extent | None
) -> Extent | None:
    """Return the noun phrase behind a number: 14个国家自主创新示范区, 50所高水平高等职业学校."""
    at = amount.right
    stop = following.left if following is not None else sentence_end
    if following is not None and following.left - at <= 1 and text[at : following.left] in ("", "的"):
        at, stop = following.right, sentence_end
    if following is not None and _OF_SIZE.fullmatch(text, at, following.left) and text.startswith("的", following.right):
        at, stop = following.right, sentence_end
    match = _BEHIND.match(text, at, stop)
    if not match:
        return None
    begin, end = match.span(1)
    own = text.find("的", begin, end) if amount.noun else acts.done_to(text, amount, begin, end)
    if _HOLDS.search(text, max(0, amount.left - 4), amount.left):
        own = own if own > begin else text.find("的", begin + 2, min(end, begin + 8))
    begin, end = (begin, own) if own > begin else _modified(text, begin, end)
    set_by = _set().match(text, at, stop)
    if set_by:
        return set_by.start("noun"), noun_end(text, *set_by.span("noun"))
    norm = (_NORM if text[begin - 1] == "的" else _POLICY).match(text, begin, end) or _STEP.match(text, begin, end)
    if norm or text[begin] in "或和及与等予" or not _HAN.match(text[begin : begin + 2].lstrip(" “「『")):
        return None
    if words.patterns().stops.match(text, begin, end) and not text.startswith("工作", begin):
        return None
    end = noun_end(text, begin, end)
    named_too = _NAMED_TOO.match(text, end)
    if named_too:
        return begin, named_too.end()
    end = acts.before_act(text, begin, end) if text[amount.left - 1] in "在于" else end
    if _LEVELS.match(text, end - 1):
        head = _LEVEL.match(text, end, sentence_end)
        if head:
            return head.start(1), noun_end(text, *head.span(1))
    end = acts.before_done(text, amount, begin, end)
    name = text[begin:end]
    act = name in words.kinds() or (end - begin < 5 and words.patterns().tail.fullmatch(name) is not None)
    if act and name not in lexicon("indicators")["grants"]["terms"]:
        return None
    people = units.people().search(text, begin, end) if units.dimension(amount.unit) == "people" else None
    unnamed = amount.unit in ("人次", "人", "名") and not people and not amount.noun
    if unnamed and listed("verbs", "action").opens(text, begin, end):
        return None  # 辅导农民800人次取得证照: what they do
    if named and begin < named[0] and named[1] <= end:
        return named
    if people and ((amount.noun and amount.unit == "人") or acts.done_by(text, people.end(), end)):
        end = people.end()
    return (begin, end) if end > begin else None


def _modified(text: str, begin: int, end: int) -> Extent:
    """Step over a relative clause to the noun it qualifies; without one, 、 ends the phrase."""
    comma = text.find("、", begin, end)
    event = words.patterns().events.search(text, begin, end)
    if event:
        end = event.start()
    last = text.rfind("的", begin, end)
    if last < 0 or (0 <= comma < last and last - begin > 30):
        return begin, comma if begin <= comma < end else end
    if 0 <= comma < last and not re.match(r"[^的]{0,20}、[^的]{1,14}的[\u4e00-\u9fff]", text[begin:end]):
        return begin, comma
    tail = words.patterns().stops.search(text, begin + 2, last)
    if tail and not text.startswith(("具有", "符合"), begin) and last - tail.start() > 8:
        return begin, end
    if (last - begin >= 4 or _BY_THEM.match(text, begin)) and end - last > 2:
        begin = last + 1
    comma = text.find("、", begin, end)
    return begin, comma if comma > begin else end


def noun_end(text: str, begin: int, end: int) -> int:
    """Cut a noun phrase where a verb or preposition begins."""
    quoted = text.find(_QUOTES[text[begin]], begin, end) if text[begin] in _QUOTES else -1
    cut = words.patterns().stops.search(text, max(begin, quoted) + 1, end)
    if cut:
        end = cut.start()
    while end > begin and text[end - 1] in "和与及或的 、":
        end -= 1
    suffix = words.patterns().suffix.search(text, begin, end)
    return suffix.start() if suffix and suffix.start() - begin >= (2 if suffix["task"] else 4) else end


def earlier(text: str, sentence: int, start: int) -> Extent | None:
    """Return the object of a clause before that has no number: 下调…缴费比例，各地可降至16%."""
    end = start - 1
    if end <= sentence or text[end] != ",":
        return None
    begin = clause_start(text, sentence, end)
    taken = text[begin] in "将把" and not text.startswith(("将来", "将军", "把握"), begin)
    if not taken and not words.patterns().governing.match(text, _led(text, begin, end), end):
        return None
    return front(text, begin, end, False)


def _led(text: str, at: int, end: int) -> int:
    """Return where a clause begins behind all that leads it: 各级政府要进一步 | 增加投入."""
    while (lead := words.patterns().lead.match(text, at, end)) and lead.end() > at:
        at = lead.end()
    return at


@lru_cache(maxsize=1)
def _measure() -> re.Pattern[str]:
    return compiled(rf"(?:{trie(lexicon('indicators')['measure']['endings'])})\Z")


def topic(text: str, sentence: int, start: int, name: Extent, inherited: Extent | None) -> Extent | None:
    """Return the measure set ahead of what it is of: 使用占比，| 三级医院不低于80%，二级医院…; 其中小学85%."""
    end = start
    if _measure().search(text, *name):
        return None
    if inherited and text.startswith("其中", start) and _measure().search(text, *inherited):
        return inherited
    while end > sentence:
        end -= 1
        begin = clause_start(text, sentence, end)
        if text[end] not in ",:":
            return None
        if _measure().search(text, begin, end):
            return front(text, begin, end, False)
        if not any(character.isdecimal() for character in text[begin:end]):
            return None
        end = begin
    return None


_AMONG = compiled(r"([^,。;:、]{2,16})当?中,?\Z")
_TAKEN = compiled(r"从([^,。;、]{2,20}?)中?(?:提取|计提|划拨|列支|拿出)[^,。;\d]{0,6}\Z")


def among(text: str, floor: int, front: Extent) -> Extent | None:
    """Return of whom a share is told by a phrase without a head: 代表中，| 来自一线的 | 不少于三分之二."""
    match = _AMONG.search(text, max(floor, front[0] - 20), front[0]) if text[front[1] - 1] == "的" else None
    return match.span(1) if match else None


def taken_from(text: str, start: int, end: int) -> Extent | None:
    """Return what a part is taken of: 从 | 成果转化收益 | 中提取5%的奖励."""
    match = _TAKEN.search(text, start, end)
    return match.span(1) if match else None


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
