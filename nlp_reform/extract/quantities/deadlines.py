"""By when a number is to be reached: the time printed in its sentence, or set by a sentence before it.

Offsets index the cleaned copy. Source: scheme.md section 5, deadline.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container

from nlp_reform.extract.quantities import units, words
from nlp_reform.extract.quantities.periods import Period
from nlp_reform.extract.quantities.pieces import Amount
from nlp_reform.model import Deadline, Document
from nlp_reform.prepared import compiled

_FAR = 1600
"""Characters a time may stand before the number it governs."""
_YEAR = compiled(r"今年|明年|到?(?:19|20)\d\d年")
_RUNS = 8
"""How many sentences on a year at the head of a paragraph is still in force."""
_GOAL = compiled(r"目标(?![,，])|指标")
_GOALS = compiled("预期目标")
"""今年是开局之年, 今年形势严峻 date no act of their paragraph, but the goals announced there."""
_POINTS_BACK = compiled(r"(?:上述|以上|这些|该|此)(?:主要|预期|发展|各项)?目标|主要指标")
_ALL_DONE = compiled(
    r"(?:以上|上述|前述|前款|这些)(?:各项|所有|全部|重点|建设|工作|主要)*(?:任务|工作|目标|项目|工程|内容|措施|事项|指标)"
    r"[^,。;]{0,8}\Z"
)
"""What stood before is dated behind it: 以上任务于 | 2015年底前完成."""


def governing(document: Document, periods: list[Period], counted: Container[int]) -> dict[int, Deadline]:
    """Return, by sentence, the deadline that an earlier sentence sets; `counted` are the sentences with numbers.

    It reaches on from a sentence with numbers that opens with a year (今年…, 2024/25年度…) to the end of its paragraph,
    from a lead ending in a colon to the next heading or lead, from the last goal with a time to 上述目标, and from
    以上任务于… back over its paragraph.
    """
    text = document.view.text
    starts = [p.start for p in periods]
    back = {bisect_right(document.sentences, m.start(), key=lambda s: s.body) - 1 for m in _POINTS_BACK.finditer(text)}
    found: dict[int, Deadline] = {}
    running: Deadline | None = None
    opened: Deadline | None = None
    lead: Deadline | None = None
    goal: Deadline | None = None
    block, since = -1, 0
    undated: list[int] = []
    for n, sentence in enumerate(document.sentences):
        if sentence.heading or sentence.block != document.sentences[n - 1].block:
            undated = []
        if sentence.block != block or (running is not None and n - since > _RUNS):
            block, running, opened = sentence.block, None, None
        if sentence.heading:
            lead = None
        inside = [
            p
            for p in periods[bisect_left(starts, sentence.body) : bisect_left(starts, sentence.end)]
            if _may_govern(text, p, document.year)
        ]
        if not inside:
            goals = opened is not None and _GOALS.search(text, sentence.body, sentence.end) is not None
            given = (goal if n in back else None) or running or (opened if goals else None) or lead
            if given is not None:
                found[n] = given
            else:
                undated.append(n)
            continue
        first = inside[0]
        mine = _inherited(document, first)
        if _ALL_DONE.match(text, sentence.body, first.start):
            found.update(dict.fromkeys(undated, mine))
        undated = []
        if first.start - sentence.body <= 1 and (first.kind == "year" or _YEAR.match(text, first.start)):
            told = text.startswith("是", first.end) or n not in counted
            running, opened, since = (None, mine, n) if told else (mine, None, n)
        if text[sentence.body : sentence.end].rstrip().endswith((":", "如下。")):
            lead = mine if _GOAL.search(text, sentence.body, sentence.end) else None
        if _GOAL.search(text, first.end, min(sentence.end, first.end + 30)):
            goal = mine
    return found


def _inherited(document: Document, period: Period) -> Deadline:
    _, _, printed = document.view.cite(period.start, period.end)
    return Deadline(None, None, printed, period.last)


def nearest(document: Document, periods: list[Period], amount: Amount, start: int, end: int) -> Deadline | None:
    """Return the time that governs: the nearest before the number in its sentence, else one behind it."""
    text = document.view.text
    n = bisect_right(periods, amount.left, key=lambda p: p.start)
    for period in reversed(periods[max(0, n - 16) : n]):
        if period.start < start or period.end > amount.left or amount.left - period.end > _FAR:
            continue
        if not _may_govern(text, period, document.year):
            continue
        own = _own_time(text, periods[n : n + 3], amount, end) if "," in text[period.end : amount.left] else None
        if own is not None and _may_govern(text, own, document.year):
            return _as_deadline(document, own)
        mine = _in_turn(text, periods[max(0, n - 16) : n], period, amount)
        return _as_deadline(document, mine) if _reaches(text, mine, amount, start) else None
    for period in periods[n : n + 3]:
        if period.start >= end or period.end > clause_end(text, amount.right, end):
            break
        if period.start >= amount.right and _may_govern(text, period, document.year):
            return _as_deadline(document, period)
    return None


def of_row(document: Document, periods: list[Period], cell: tuple[int, int] | None) -> Deadline | None:
    """Return the time in the cell of a task table's row that says by when."""
    if cell is None:
        return None
    n = bisect_left(periods, cell[0], key=lambda p: p.start)
    return next((_as_deadline(document, p) for p in periods[n : n + 1] if p.start < cell[1]), None)


_EACH = compiled(r"[、和与及]")


def _in_turn(text: str, periods: list[Period], period: Period, amount: Amount) -> Period:
    """Return the time that a number of a list is for: 2025年、2026年分别新建 | 40个 | 和60个."""
    each = text.find("分别", period.end, amount.left)
    times = [period]
    for before in reversed(periods[: periods.index(period)] if each >= 0 else ()):
        if not _EACH.fullmatch(text, before.end, times[0].start):
            break
        times.insert(0, before)
    place = len(_EACH.findall(text, each, amount.left)) if len(times) > 1 else 0
    return times[place] if place < len(times) else period


_COMES = compiled(r"(?:将会?|会|预计|可望|有望|预期)(?:于|在)?\Z")


def _own_time(text: str, periods: list[Period], amount: Amount, end: int) -> Period | None:
    """Return the time a number's own clause ends on: 首批2100个单位将于2025年落成."""
    stop = clause_end(text, amount.right, end)
    return next((p for p in periods if amount.right <= p.start and p.end <= stop
                 and _COMES.search(text, amount.right, p.start)), None)


def clause_end(text: str, at: int, end: int) -> int:
    """Return where the clause around `at` ends, not after `end`."""
    stops = [p for p in (text.find(c, at, end) for c in ",;。\n") if p >= 0]
    return min(stops, default=end)


def _reaches(text: str, period: Period, amount: Amount, start: int) -> bool:
    """Tell whether a time reaches a number: to the next ；, beyond it only after a colon or if it opens the sentence.

    The sentence begins at `start`. A number of days or years is reached in its own clause only, unless something is
    lengthened or shortened by so many minutes or days.
    """
    between = text[period.end : amount.left]
    if "," in between and text[period.start - 1] in "年月" and period.until:
        return False  # 延长两年至2026年3月底: the end of that term alone
    opens = period.start - start <= 1 and text[period.end] == ","
    if ";" in between and not (period.until or opens) and ":" not in between[: between.index(";")]:
        return False
    if "," in between and not period.until and _OFTEN.search(between, between.rindex(",")):
        return False
    lasting = units.dimension(amount.unit) in ("time", "working_time") and text[amount.left - 1] not in "至到"
    changed = words.kinds().get(text[amount.left - 2 : amount.left]) in ("increase", "decrease")
    return "," not in between or not lasting or (changed and amount.unit not in ("年", "个月"))


_OFTEN = compiled(r"(?<!平均)每(?:年|月|季度?|周|学期|半年|两年)")
"""A frequency in a number's own clause: a time of another clause does not reach it."""


def _may_govern(text: str, period: Period, year: int | None) -> bool:
    before, after = text[period.start - 1 : period.start], text[period.end : period.end + 10]
    if before in ("占", "的", "比", "较", "自", "从", "由", "继") or after.startswith(("起", "开始")):
        return False
    if re.match(r"[^,。;]{0,8}[满期]的", after) or (
        period.kind == "plan" and not re.search(r"期间|时期|末|目标|规划", text[period.start : period.end + 2])
    ):
        return False
    if text[period.end - 1] == "内" and after.startswith("的"):
        return False
    if after.startswith(("的基础", "基础上")):
        return False
    if text[period.start : period.end] in ("同比", "年度", "上年", "去年", "近期"):
        return False
    return year is None or period.last is None or period.last >= year


def _as_deadline(document: Document, period: Period) -> Deadline:
    first, last, printed = document.view.cite(period.start, period.end)
    return Deadline(first, last, printed, period.last)
