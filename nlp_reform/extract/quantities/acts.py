"""The acts around a noun that a number measures: who or what they are done to is counted, not they themselves.

修造 | 渡口木船, 支持山区县 | 改造渡口, 完成600座场馆 | 修缮. Offsets index the cleaned copy.
"""

from __future__ import annotations

import re
from functools import lru_cache

from nlp_reform.extract.matching import listed, trie
from nlp_reform.extract.quantities import units, words
from nlp_reform.extract.quantities.pieces import Amount
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

KEPT = compiled(r"新(?:增|设|改)|新建(?:、|改|扩|续|和|及|改造)")
"""A flow is named by its verb (新增停车位), and so is what several verbs make (新建改建公路); 新建 alone is cut off."""


@lru_cache(maxsize=1)
def wholes() -> frozenset[str]:
    """Return the words that name nothing without the one before them, a verb though it be: 运营补贴, 入住比例."""
    table = lexicon("indicators")
    return frozenset(table["shares"]["names"]) | (set(table["grants"]["terms"]) & set(table["bare"]["terms"]))


@lru_cache(maxsize=1)
def nominal() -> re.Pattern[str]:
    """Return the pattern of what makes a noun of the verb before it: 研发投入 | 占比."""
    return compiled(trie(lexicon("indicators")["nominal"]["terms"]))


@lru_cache(maxsize=1)
def _led() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = lexicon("indicators")["led"]
    return (compiled(rf"(?P<modal>{trie(table['modals'])})|(?:{trie(table['verbs'])})(?!(?<=各)[类种项级样])"),
            compiled(rf"(?:{trie(table['actors'])})(?=[\u4e00-\u9fff]{{4}})"))


def behind_others(text: str, at: int, end: int) -> int:
    """Return where what others do begins: 支持山区县 | 改造渡口, 学校应当 | 配备校医; 0 where it is not said."""
    opens, actors = _led()
    governing = words.patterns().governing
    for opened in opens.finditer(text, at, end):
        stop = min(end, opened.end() + _ACTOR)
        ends = (opened.end(),) if opened["modal"] else (m.end() for m in actors.finditer(text, opened.end(), stop))
        found = next((place for place in ends if governing.match(text, place, end)), 0)
        if found:
            return found
    return 0


_ACTOR = 14
"""Within so many characters those who are led to act end."""


@lru_cache(maxsize=1)
def purpose() -> re.Pattern[str]:
    """Return the pattern of money named by what it is for: 补助资金."""
    table = lexicon("indicators")["purpose"]
    return compiled(rf"(?:{trie(table['verbs'])})(?:{trie(table['money'])})")


def done_by(text: str, at: int, end: int) -> bool:
    """Tell whether what stands behind people is what they do: 2000名特派员 | 服务产业."""
    manner = _MANNER.match(text, at, end)
    after = manner.end() if manner else at
    return at < end and (after == end or listed("verbs", "action").opens(text, after, end))


_MANNER = compiled(r"(?:线下|线上|免费|集中|全员|直接|受)?")


def money(text: str, begin: int, end: int) -> tuple[int, int] | None:
    """Return the money named by what it is for, without those each sum is for: 每个试点县 | 补助资金."""
    match = purpose().search(text, begin, end)
    return (match.start(), end) if match and match.end() == end else None


def had_by_each(text: str, begin: int, end: int) -> tuple[int, int] | None:
    """Return what each of some bodies makes or has: 每个门诊配备 | 医务人员."""
    least = begin + len("每个某")
    found = (words.patterns().governing.match(text, at, end) for at in range(least, end - 2))
    made = next((m for m in found if m and end - m.end() >= 2), None)
    return (made.end(), end) if made else None


def before_act(text: str, begin: int, end: int) -> int:
    """Return where a noun ends before the verb it is the place of: 在300个黑点 | 安装摄录机."""
    acts, ending = listed("verbs", "action"), listed("indicators", "nominal")
    for at in range(begin + 2, end):
        stop = acts.end(text, at, end)
        if stop:
            return at if stop < end and not ending.opens(text, stop, end) else end
    return end


_LISTED = 24
"""A list of things that are one verb's is followed back so far."""


@lru_cache(maxsize=1)
def _completing() -> re.Pattern[str]:
    return compiled(rf"(?:{trie(lexicon('indicators')['completed']['verbs'])})(?:[^,。;:、]*[和及])?\Z")


def before_done(text: str, amount: Amount, begin: int, end: int) -> int:
    """Return where the thing counted ends before what is done to it: 完成600座场馆 | 修缮."""
    table = lexicon("indicators")["completed"]
    done = units.dimension(amount.unit) == "count" and amount.unit not in table["events"] and (
        _completing().search(text, max(0, amount.left - _LISTED), amount.left))
    for at in (end - 4, end - 2) if done else ():
        if at - begin >= 2 and (text[at:end] in words.kinds() or listed("verbs", "action").end(text, at, end) == end):
            return at - 2 if text.endswith("综合", begin, at) else at
    return end


_SHORT = 6
"""An act alone is shorter: 的数据迁移; 的饮水管网改造 has an object of its own."""


def done_to(text: str, amount: Amount, begin: int, end: int) -> int:
    """Return where a thing ends before 的 and what is done to it (完成60家学会 | 的数据迁移), -1 without."""
    of = text.find("的", begin + 2, end)
    stop = end if of < 0 else next((at for at in range(of, end) if text[at] in "、和"), end)
    act = of > 0 and 2 < stop - of < _SHORT and (
        text[stop - 2:stop] in words.kinds() or listed("verbs", "action").end(text, stop - 2, stop) == stop)
    return of if act and _completing().search(text, max(0, amount.left - _LISTED), amount.left) else -1


def without_act(text: str, begin: int, end: int) -> int:
    """Return where the noun begins behind a verb that opens a clause: 修造 | 渡口木船."""
    verbs = listed("verbs", "action")
    at = verbs.end(text, begin, end)
    governed = KEPT.match(text, begin, end) or text[begin - 2 : begin] in words.kinds()
    if at - begin < 2 or end - at < 2 or governed or text[at] in "、和及与" or text[begin:at] in _qualities():
        return begin
    noun = text[at:end]
    act = noun in words.kinds() or noun in wholes() or verbs.end(text, at, end) == end or nominal().match(noun)
    return begin if act else at


@lru_cache(maxsize=1)
def _qualities() -> frozenset[str]:
    """Return the words that open directives like verbs but qualify a noun: 示范 | 晒场."""
    return frozenset(lexicon("indicators")["qualities"]["terms"])
