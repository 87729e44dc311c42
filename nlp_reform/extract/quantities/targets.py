"""Targets: quantities to be reached, with what they measure, by how much, by when, from where and for whom."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from nlp_reform.extract.quantities import nouns, phrases, units
from nlp_reform.extract.quantities.find import Reading, read
from nlp_reform.extract.quantities.keys import key
from nlp_reform.extract.quantities.periods import Period
from nlp_reform.extract.quantities.pieces import Amount
from nlp_reform.extract.quantities.tables import Cell
from nlp_reform.model import Baseline, Binding, Deadline, Document, Mention, Target
from nlp_reform.model.ids import Serial
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

_BASE = compiled(
    r"(?:(?P<on>[在以])|[比较])(?P<when>(?:19|20)\d\d年?(?:年?(?:[底末]|初(?![步级期次始创评等高])))?|上年(?:[底末度]|预算|决算)?|去年(?:底|预算)?|前年)"
    r"(?(on)(?:的?基础上|为基[数期])|(?:同期)?)|从(?:19|20)\d\d年的?水平|同比|环比"
)


_REACH = 400
"""Characters a condition may stand before what it limits; a time, four times as far."""


class Slots(NamedTuple):
    """The slots of one quantity, as far as they are printed."""

    indicator: Mention | None
    phrase: phrases.Phrase
    deadline: Deadline | None
    baseline: Baseline | None
    scope: Mention | None
    binding: Binding | None = None


_NONE = Slots(None, phrases.Phrase(None, None, "level"), None, None, None)


def find_targets(document: Document) -> Mapping[str, Any]:
    """Return the layer `targets`: one for each quantity with role target, and those absent on purpose."""
    reading = read(document)
    ids = {q.start: q for q in document.quantities}
    serial = Serial(document.id)
    wanted = {number for number, role in zip(reading.sentences, reading.roles, strict=True) if role == "target"}
    slots = find_slots(document, reading, wanted)
    found: list[tuple[int, Target]] = []
    for n, amount in enumerate(reading.amounts):
        if reading.roles[n] != "target":
            continue
        span = document.view.span(amount.start, amount.end)
        quantity = ids.get(span.start)
        if quantity is None:
            continue
        s = slots[n]
        extent = s.phrase.extent
        name = document.view.text[extent[0] : extent[1]] if extent else ""
        found.append(
            (
                span.start,
                Target(
                    serial.next(quantity.directive, "t"),
                    quantity.id,
                    quantity.directive,
                    s.indicator,
                    s.phrase.direction,
                    s.phrase.change,
                    s.deadline,
                    s.baseline,
                    s.scope,
                    s.binding,
                    key=key(name, amount.unit, s.phrase.change) if name else None,
                ),
            )
        )
    found += _absent(document, serial)
    return {"targets": tuple(target for _, target in sorted(found, key=lambda pair: pair[0]))}


def find_slots(document: Document, reading: Reading | None = None, wanted: Container[int] | None = None) -> list[Slots]:
    """Return the slots of every amount, achieved ones too: for comparing a target with its outcome.

    The list runs beside `document.quantities`. With `wanted`, only the amounts of these sentences are looked at.
    """
    reading = reading or read(document)
    text = document.view.text
    before: phrases.Phrase | None = None
    named: tuple[tuple[int, int], ...] = ()
    found: list[Slots] = []
    elsewhere = governing(document, reading.periods)
    bases = {cell.indicator: cell for cell in reading.cells.values() if cell.role == "achieved"}
    for n, amount in enumerate(reading.amounts):
        number = reading.sentences[n]
        if wanted is not None and number not in wanted:
            found.append(_NONE)
            continue
        sentence = document.sentences[number]
        first = n == 0 or reading.sentences[n - 1] != number
        last = n + 1 == len(reading.amounts) or reading.sentences[n + 1] != number
        previous = None if first else reading.amounts[n - 1]
        following = None if last else reading.amounts[n + 1]
        if amount.start in reading.cells:
            found.append(_of_cell(document, reading.cells[amount.start], bases))
            continue
        if first:
            before, named = None, ()
        if previous is not None and text[previous.left - 1] == "每":
            previous = reading.amounts[n - 2] if n > 1 and reading.sentences[n - 2] == number else None
        phrase = phrases.read(text, amount, previous, following, (sentence.body, sentence.end), before, named)
        phrase = phrase._replace(extent=phrases.named(text, phrase.extent))
        if reading.roles[n] not in ("other", "condition"):
            before = phrase
            named = (*named[-7:], phrase.extent) if phrase.extent else named
        found.append(
            Slots(
                _mention(document, phrase.extent),
                phrase,
                _deadline(document, reading.periods, amount, sentence.body, sentence.end)
                or (None if units.dimension(amount.unit) in ("time", "working_time") else elsewhere.get(number)),
                _baseline(document, reading, n, sentence.body),
                _mention(document, _scope(text, sentence.body, amount.start)),
                _binding(text, amount),
            )
        )
    return found


def _of_cell(document: Document, cell: Cell, bases: dict[tuple[int, int] | None, Cell]) -> Slots:
    """Return the slots a table gives: indicator from the row, deadline and rate from the column."""
    phrase = phrases.told(document.view.text, cell.indicator, rate=cell.rate)
    deadline = None
    if cell.year is not None and cell.header is not None and not cell.rate:
        deadline = Deadline(*document.view.cite(*cell.header), cell.year)
    base = bases.get(cell.indicator)
    baseline = None
    if base is not None and base is not cell:
        baseline = Baseline(
            *document.view.cite(base.amount.start, base.amount.end), base.year, float(base.amount.value)
        )
    return Slots(_mention(document, cell.indicator), phrase, deadline, baseline, None, cell.binding)


_BINDING = compiled(r"[(\[](约束性|预期性)")


def _binding(text: str, amount: Amount) -> Binding | None:
    """Return 约束性 or 预期性 printed in brackets behind the number."""
    match = _BINDING.match(text, amount.right)
    if match is None:
        return None
    return "binding" if match[1] == "约束性" else "expected"


_YEAR = compiled(r"今年|明年|到?(?:19|20)\d\d年")
_RUNS = 8
"""How many sentences on a year at the head of a paragraph is still in force."""
_GOAL = compiled(r"目标(?![,，])|指标")
_GOALS = compiled("预期目标")
"""今年是开局之年 dates no act of its paragraph, but the goals announced there."""
_POINTS_BACK = compiled(r"(?:上述|以上|这些|该|此)(?:主要|预期|发展|各项)?目标|主要指标")


def governing(document: Document, periods: list[Period]) -> dict[int, Deadline]:
    """Return, by sentence, the deadline that an earlier sentence sets.

    It reaches on from a sentence that opens with a year (今年…) to the end of its paragraph, from a lead ending in a
    colon to the next heading or lead, and from the last goal with a time to 上述目标.
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
    for n, sentence in enumerate(document.sentences):
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
            continue
        first = inside[0]
        mine = _inherited(document, first)
        if first.start - sentence.body <= 1 and _YEAR.match(text, first.start):
            running, opened, since = (None, mine, n) if text.startswith("是", first.end) else (mine, None, n)
        if text[sentence.body : sentence.end].rstrip().endswith((":", "如下。")):
            lead = mine if _GOAL.search(text, sentence.body, sentence.end) else None
        if _GOAL.search(text, first.end, min(sentence.end, first.end + 30)):
            goal = mine
    return found


def _inherited(document: Document, period: Period) -> Deadline:
    _, _, printed = document.view.cite(period.start, period.end)
    return Deadline(None, None, printed, period.last)


def _mention(document: Document, span: tuple[int, int] | None) -> Mention | None:
    return Mention(*document.view.cite(*span)) if span else None


_CONDITION = compiled(
    r"(?:^|(?<=[,;:。]))(?:第[一二三四五六七八九十百\d]+条)?(?:对|凡)?([^,;:。]{2,40}的)(?=(?:学会|单位|会员|企业|地区|人员|项目|机构)?,|一律|不超过|不得超过|最多)"
)


def _scope(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the conditional clause in force before a number: 个人会员不足2万人的，…; it ends at ；."""
    start = max(start, end - _REACH)
    start = max(start, text.rfind(";", start, end) + 1)
    match = nouns.last_of(_CONDITION.finditer(text[start:end]))
    return (start + match.start(1), start + match.end(1)) if match else None


def _deadline(document: Document, periods: list[Period], amount: Amount, start: int, end: int) -> Deadline | None:
    """Return the time that governs: the nearest before the number in its sentence, else one behind it."""
    text = document.view.text
    n = bisect_right(periods, amount.left, key=lambda p: p.start)
    for period in reversed(periods[max(0, n - 16) : n]):
        if period.start < start or period.end > amount.left or amount.left - period.end > 4 * _REACH:
            continue
        if not _may_govern(text, period, document.year):
            continue
        own = _own_time(text, periods[n : n + 3], amount, end) if "," in text[period.end : amount.left] else None
        if own is not None and _may_govern(text, own, document.year):
            return _as_deadline(document, own)
        return _as_deadline(document, period) if _reaches(text, period, amount) else None
    for period in periods[n : n + 3]:
        if period.start >= end or period.end > clause_end(text, amount.right, end):
            break
        if period.start >= amount.right and _may_govern(text, period, document.year):
            return _as_deadline(document, period)
    return None


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


def _reaches(text: str, period: Period, amount: Amount) -> bool:
    """Tell whether a time reaches a number: to the next ；, beyond it only after a colon; a term, in its clause."""
    between = text[period.end : amount.left]
    if "," in between and text[period.start - 1] in "年月" and period.until:
        return False  # 延长两年至2026年3月底: the end of that term alone
    if ";" in between and not period.until and ":" not in between[: between.index(";")]:
        return False
    if "," in between and _OFTEN.search(between, between.rindex(",")):
        return False
    term = units.dimension(amount.unit) in ("time", "working_time") and text[amount.left - 1] not in "至到"
    return "," not in between or not term


_OFTEN = compiled(r"每(?:年|月|季度?|周|学期|半年|两年)")
"""A frequency in a number's own clause: a time of another clause does not reach it."""


def _may_govern(text: str, period: Period, year: int | None) -> bool:
    before, after = text[period.start - 1 : period.start], text[period.end : period.end + 10]
    if before in ("占", "的", "比", "较", "自", "从", "由", "继") or after.startswith(("起", "开始")):
        return False
    if re.match(r"[^,。;]{0,8}[满期]的", after) or (
        period.kind == "plan" and not re.search(r"期间|时期|末|目标|规划", text[period.start : period.end + 2])
    ):
        return False
    if after.startswith(("的基础", "基础上")):
        return False
    if text[period.start : period.end] in ("同比", "年度", "上年", "去年", "近期"):
        return False
    return year is None or period.last is None or period.last >= year


def _as_deadline(document: Document, period: Period) -> Deadline:
    first, last, printed = document.view.cite(period.start, period.end)
    return Deadline(first, last, printed, period.last)


def _baseline(document: Document, reading: Reading, n: int, start: int) -> Baseline | None:
    """Return 由3万元, 在2017年底的基础上, 比2015年, 同比."""
    text = document.view.text
    amount = reading.amounts[n]
    if n and reading.roles[n - 1] == "baseline" and reading.sentences[n - 1] == reading.sentences[n]:
        before = reading.amounts[n - 1]
        opener = re.search(
            r"(?:从|由)(?:(?:19|20)\d\d年?[底末]?的?)?[^,。;\d]{0,8}\Z|(?:现行|原有?的?|现有)\Z",
            text[max(start, before.left - 16) : before.left],
        )
        begin = before.left - len(opener.group()) if opener else before.left
        return Baseline(*document.view.cite(begin, before.end), None, float(before.value))
    floor = max(start, reading.amounts[n - 1].right if n else 0)
    match = nouns.last_of(_BASE.finditer(text, floor, amount.left))
    if match is None:
        return None
    year = document.year
    digits = re.search(r"\d{4}", match.group())
    value = int(digits.group()) if digits else year - 1 if year else None
    return Baseline(*document.view.cite(*match.span()), value, None)


@lru_cache(maxsize=1)
def _absent_patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, lexicon("indicators")["absent"]["patterns"]))


def _absent(document: Document, serial: Serial) -> list[tuple[int, Target]]:
    """Return targets that a text leaves out on purpose (不设具体增长目标)."""
    found = []
    starts = [s.start for s in document.sentences]
    for pattern in _absent_patterns():
        for match in pattern.finditer(document.view.text):
            n = bisect_right(starts, match.start()) - 1
            if n < 0 or document.sentences[n].end < match.end():
                continue
            directive = document.sentences[n].directive
            cite = Mention(*document.view.cite(*match.span()))
            found.append(
                (
                    cite.start,
                    Target(
                        serial.next(directive, "t"), None, directive, cite, None, None, None, None, None, None, True
                    ),
                )
            )
    return found
