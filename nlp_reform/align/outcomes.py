"""What the later document reports of the earlier one's targets: met, missed, exceeded, or not comparable and why."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import log
from typing import NamedTuple

from nlp_reform.align.bounds import sense
from nlp_reform.align.facets import Bound, scaled
from nlp_reform.align.records import Figure, Result, Verdict
from nlp_reform.align.wording import grams, wording
from nlp_reform.model import Document, Quantity
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

_LEAST = 0.55
"""Least worth of a report for a target; fitted on the judged outcomes of development."""
_SURE = 0.9
_STOP = compiled("[、,;。:(]")
_FLOOR = 0.35
"""Below this share of its indicator a target is looked for by the words before its number."""
_PLAIN = 2
"""Characters of an indicator (投资, 项目) that names nothing without the words before it."""
_REACH = 28
"""Characters of record before a reported number in which its indicator is looked for."""
_ROUND = 1000
"""A number above this printed in both documents is hardly so by chance."""
_NEAR = 0.1
"""A target with 左右 or 约 is met within this share of its value."""


Years = tuple[int | None, int | None]


class Report(NamedTuple):
    """A reported number with the words before it in its sentence, right around it, and in its own clause.

    `move` is +1 or -1 where the verb before the number says that something grew or shrank, else 0; `long` where the
    sentence sums up more than a year.
    """

    quantity: Quantity
    value: float
    upper: float | None
    unit: str
    grams: frozenset[str]
    close: frozenset[str]
    clause: frozenset[str]
    move: int
    long: bool


def find_outcomes(bounds: Sequence[Bound], later: Document, year: int | None = None) -> Iterator[Result]:
    """Yield the best report of each target, in the targets' order; one report may answer two targets."""
    reports = list(_reports(later))
    done: set[int] = set()
    best: dict[int, tuple[float, int]] = {}
    used: Counter[int] = Counter()
    for worth, i, n in sorted(_offers(bounds, reports)):
        if i not in done and (not used[n] or (-worth >= _SURE and used[n] < 2)):
            done.add(i)
            used[n] += 1
            best[i] = -worth, n
    for i in sorted(best):
        yield _result(bounds[i], reports[best[i][1]], best[i][0], (year, later.year))


def _offers(bounds: Sequence[Bound], reports: Sequence[Report]) -> Iterator[tuple[float, int, int]]:
    """Yield (negative worth, target, report) for what is likely; only reports that share words are looked at."""
    weight = _weights([r.grams for r in reports] + [grams(b.subject + b.indicator) for b in bounds])
    by_gram: dict[str, set[int]] = {}
    for n, report in enumerate(reports):
        for gram in report.grams:
            by_gram.setdefault(gram, set()).add(n)
    for i, bound in enumerate(bounds):
        if bound.value is None or bound.span is None:
            continue
        near: Counter[int] = Counter()
        for gram in grams(bound.indicator + bound.subject):
            for n in by_gram.get(gram, ()):
                near[n] += 1
        for n, _ in near.most_common(12):
            worth = _worth(bound, reports[n], weight)
            if worth >= _LEAST:
                yield -round(worth, 6), i, n


def _reports(document: Document) -> Iterator[Report]:
    """Yield the numbers reported as reached, with their words."""
    starts = [s.start for s in document.statements]
    first = document.directives[0].start if document.directives else 0
    for quantity in document.quantities:
        n = bisect_right(starts, quantity.start) - 1
        kind = document.statements[n].kind if n >= 0 and quantity.start < document.statements[n].end else None
        opening = quantity.directive is None and quantity.start < first and quantity.role in ("target", "other")
        if quantity.role == "achieved" or opening or (quantity.role == "other" and kind == "reported"):
            sentence = starts[n] if kind else 0
            words = wording(document, max(sentence, quantity.start - _REACH), quantity.start)
            tail = _STOP.split(wording(document, quantity.end, min(len(document.text), quantity.end + 12)))[0]
            value, upper, unit = scaled(quantity)
            told = _years().search(wording(document, _opening(document, quantity.start), quantity.start))
            yield Report(quantity, value, upper, unit, grams(words + tail), grams(words[-12:]),
                         grams(_core(_STOP.split(words)[-1])), _moved(words[-5:]),
                         told is not None or any(word in words for word in lexicon("align")["growth"]["sums"]))


def _core(clause: str) -> str:
    """Return a clause without the time it opens with and the verbs around what is counted (全年实现再就业: 再就业)."""
    return _frame().sub("", clause)


@lru_cache(maxsize=1)
def _frame() -> re.Pattern[str]:
    words = "|".join(map(re.escape, lexicon("align")["growth"]["frame"]))
    return compiled(f"^(?:{words})+|(?:{words})+$")


def _opening(document: Document, offset: int) -> int:
    """Return where the paragraph of an offset begins."""
    return document.text.rfind("\n", 0, offset) + 1


def _moved(words: str) -> int:
    """Return +1 where a verb of growth ends the words, -1 where one of decline does, else 0 (提高到 is a level)."""
    up, down = _growth()
    if words.endswith(("到", "至")):
        return 0
    return -1 if down.search(words) else 1 if up.search(words) else 0


@lru_cache(maxsize=1)
def _growth() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = lexicon("align")["growth"]
    up, down = ("|".join(map(re.escape, table[name])) for name in ("up", "down"))
    return compiled(up), compiled(down)


@lru_cache(maxsize=1)
def _years() -> re.Pattern[str]:
    return compiled("|".join(lexicon("align")["growth"]["years"]))


def _weights(texts: Sequence[frozenset[str]]) -> dict[str, float]:
    counts = Counter(gram for text in texts for gram in text)
    return {gram: log(1 + len(texts) / count) for gram, count in counts.items()}


def _worth(bound: Bound, report: Report, weight: dict[str, float]) -> float:
    """Return how well the report's words meet the target's indicator, or the words before its number."""
    named = _share(grams(bound.indicator), report, weight)
    plain = len(bound.indicator) <= _PLAIN
    around = grams(bound.subject) - grams(bound.indicator) if plain else grams(bound.subject)
    subject = 0.9 * _share(around, report, weight)
    told = subject if named < _FLOOR or plain else (named + max(named, subject)) / 2
    ours = grams(bound.subject + bound.indicator)
    whole = sum(weight.get(g, 0.0) for g in report.clause)
    back = sum(weight.get(g, 0.0) for g in report.clause & ours) / whole if whole else 0.0
    return 0.7 * told + 0.3 * max(told, back) + _fits(bound, report, plain)


def _fits(bound: Bound, report: Report, plain: bool) -> float:
    """Return what the numbers themselves say for or against a report: unit, growth and its direction, years."""
    fits = 0.15 if report.unit == bound.unit else -0.45 - 0.2 * plain
    wanted = {"increase": 1, "decrease": -1}.get(bound.target.direction or "", 0)
    if bound.target.change == "by":  # a growth aimed at is answered by a growth
        fits += 0.1 if report.move else -0.5
        fits -= 0.4 * (report.move * wanted < 0)
    if report.unit == bound.unit and report.value == bound.value and bound.value and bound.value > _ROUND:
        fits += 0.2  # 370万 and 370万: hardly by chance
    return fits - 0.2 * report.long


def _share(mine: frozenset[str], report: Report, weight: dict[str, float]) -> float:
    """Return the weighted share of the grams that stand before the number, nearness adding to it."""
    whole = sum(weight.get(g, 0.0) for g in mine)
    if not whole:
        return 0.0
    share = sum(weight[g] for g in mine & report.grams) / whole
    close = sum(weight[g] for g in mine & report.close) / whole
    return share * 0.75 + close * 0.25


def _result(bound: Bound, report: Report, score: float, years: Years) -> Result:
    verdict, why = judge(bound, report, years)
    first, last = bound.span or (0, 0)
    quantity = report.quantity
    return Result(
        Figure(first, last, bound.text, bound.value, bound.unit),
        Figure(quantity.start, quantity.end, quantity.text, report.value, report.unit),
        bound.indicator, verdict, why, round(min(1.0, score), 4),
    )


def judge(bound: Bound, report: Report, years: Years = (None, None)) -> tuple[Verdict, str]:
    """Return the verdict on a target and the reason in words; `years` are those of the two documents."""
    if apart := _apart(bound, report, years):
        return "not comparable", apart
    aim, reached = bound.value or 0.0, report.value
    sign, upper = sense(bound), bound.upper
    told, wanted = "".join(report.quantity.text.split()), bound.text
    about = bound.comparator == "~" and abs(reached - aim) <= _NEAR * abs(aim)
    if about or (upper is not None and aim <= reached <= upper):
        return "met", f"{told} is {'about' if about else 'within'} {wanted}"
    if upper is not None and sign > 0 and reached > upper:
        aim = upper
    if reached == aim:
        return "met", f"{told} as aimed at"
    ahead = (reached > aim) == (sign > 0)
    if ahead and (bound.comparator in ("<=", "<") or (bound.comparator == "~" and sign < 0)):
        return "met", f"{told} keeps within {wanted}"
    return ("exceeded" if ahead else "missed"), f"{told} against {wanted}"


def _apart(bound: Bound, report: Report, years: Years) -> str:
    """Return why a report says nothing of whether the target was reached, "" where it does.

    A document reports the year before its own (its own year, where both documents are of one).
    """
    if bound.value is None or report.unit != bound.unit:
        return f"the target is in {bound.unit or 'parts'}, the report in {report.unit or 'parts'}"
    planned, year = years
    due = (bound.target.deadline.year if bound.target.deadline else None) or planned
    if due is not None and year is not None:
        if due >= year and due != planned:
            return f"the target is due in {due}, the report is of {year}"
        if due < year - 1:
            return f"the target is of {due}, the report of {year - 1}"
    several = _years().search(bound.subject) is not None
    return "" if several == report.long else f"the {'target' if several else 'report'} is of several years"
