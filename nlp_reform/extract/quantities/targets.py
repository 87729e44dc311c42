"""Targets: quantities to be reached, with what they measure, by how much, by when, from where and for whom."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from nlp_reform.extract import task_tables
from nlp_reform.extract.matching import trie
from nlp_reform.extract.quantities import acts, deadlines, nouns, phrases, series, units
from nlp_reform.extract.quantities.find import Reading, read
from nlp_reform.extract.quantities.keys import key
from nlp_reform.extract.quantities.nouns import Extent
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
"""Characters a condition may stand before what it limits."""


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
    alike: dict[str, tuple[int, int]] = {}
    found: list[Slots] = []
    elsewhere = deadlines.governing(document, reading.periods, frozenset(reading.sentences))
    limits = {cell[0]: row.time for row in task_tables.rows(document) if row.time for cell in row.tasks}
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
            before, named, alike = None, (), {}
        if previous is not None and text[previous.left - 1] == "每":
            previous = reading.amounts[n - 2] if n > 1 and reading.sentences[n - 2] == number else None
        phrase = phrases.read(text, amount, previous, following, (sentence.body, sentence.end), before, named,
                              alike.get(amount.unit))
        phrase = phrase._replace(extent=_named(text, phrase.extent))
        if reading.roles[n] not in ("other", "condition"):
            before = phrase
            if phrase.extent:
                named = (*named[-7:], phrase.extent)
                alike[amount.unit] = phrase.extent
        found.append(
            Slots(
                _mention(document, phrase.extent),
                phrase,
                deadlines.nearest(document, reading.periods, amount, sentence.body, sentence.end)
                or deadlines.of_row(document, reading.periods, limits.get(sentence.body))
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


_PER = compiled(r"每[个处家所县村校镇乡班名户位间省市区案支条台辆座片亩吨组队科届年](?![^的]{1,8}的)")
_ONCE = compiled(r"[^,]{0,24}?一次性")


def _named(text: str, extent: Extent | None) -> Extent | None:
    """Return no extent for an act without an object (推荐5人) or for those it is counted by (每个街道至少1个)."""
    if extent is None:
        return None
    name = _ONCE.sub("", text[slice(*extent)])
    if text[extent[0] - 1 : extent[0]] == "每" and not name.startswith(("年", "月", "日", "天", "周", "季")):
        name, extent = f"每{name}", (extent[0] - 1, extent[1])
    if _PER.match(name) and (own := acts.money(text, *extent) or acts.had_by_each(text, *extent)):
        return own
    bare = name in lexicon("indicators")["bare"]["terms"]
    if bare and not _given().search(text, max(0, extent[0] - _GRANT), extent[0]):
        return None
    if _PER.match(name) and not series.MEASURE.search(name):
        return None
    return extent


@lru_cache(maxsize=1)
def _given() -> re.Pattern[str]:
    """Return the pattern of what makes a noun of the grant behind it: 给予 | 奖励30万元, 最高30万元 | 资助."""
    table = lexicon("indicators")["given"]
    return compiled(rf"(?:{trie(table['verbs'])}|(?:[元%]|以[上下内])的?)\Z")


_GRANT = 4
"""Within so many characters before a grant stands what gives it."""
