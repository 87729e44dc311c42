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

_LEAST = 0.5
"""Least share of the indicator's weight that the report's words must have."""
_SURE = 0.9
_STOP = compiled("[、,;。:(]")
_FLOOR = 0.35
"""Below this share of its indicator a target is looked for by the words before its number."""
_REACH = 28
"""Characters of record before a reported number in which its indicator is looked for."""
_NEAR = 0.1
"""A target with 左右 or 约 is met within this share of its value."""


class Report(NamedTuple):
    """A reported number with the words before it in its sentence, and right around it."""

    quantity: Quantity
    value: float
    upper: float | None
    unit: str
    grams: frozenset[str]
    close: frozenset[str]
    grown: bool


def find_outcomes(bounds: Sequence[Bound], later: Document) -> Iterator[Result]:
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
        yield _result(bounds[i], reports[best[i][1]], best[i][0])


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
            begin = max(starts[n] if kind else 0, quantity.start - _REACH)
            words = wording(document, begin, quantity.start)
            tail = _STOP.split(wording(document, quantity.end, min(len(document.text), quantity.end + 12)))[0]
            value, upper, unit = scaled(quantity)
            yield Report(quantity, value, upper, unit, grams(words + tail),
                         grams(words[-12:]),
                         _growth().search(words[-5:]) is not None)


@lru_cache(maxsize=1)
def _growth() -> re.Pattern[str]:
    return compiled("|".join(map(re.escape, lexicon("align")["growth"]["terms"])))


def _weights(texts: Sequence[frozenset[str]]) -> dict[str, float]:
    counts = Counter(gram for text in texts for gram in text)
    return {gram: log(1 + len(texts) / count) for gram, count in counts.items()}


def _worth(bound: Bound, report: Report, weight: dict[str, float]) -> float:
    """Return how well the report's words meet the target's indicator, or the words before its number."""
    named = _share(grams(bound.indicator), report, weight)
    subject = 0.9 * _share(grams(bound.subject), report, weight)
    fits = 0.15 if report.unit == bound.unit else -0.45
    if bound.target.change == "by":  # a growth aimed at is answered by a growth
        fits += 0.1 if report.grown else -0.25
    return (named + max(named, subject)) / 2 + fits if named >= _FLOOR else subject + fits


def _share(mine: frozenset[str], report: Report, weight: dict[str, float]) -> float:
    """Return the weighted share of the grams that stand before the number, nearness adding to it."""
    whole = sum(weight.get(g, 0.0) for g in mine)
    if not whole:
        return 0.0
    share = sum(weight[g] for g in mine & report.grams) / whole
    close = sum(weight[g] for g in mine & report.close) / whole
    return share * 0.75 + close * 0.25


def _result(bound: Bound, report: Report, score: float) -> Result:
    verdict, why = judge(bound, report)
    first, last = bound.span or (0, 0)
    quantity = report.quantity
    return Result(
        Figure(first, last, bound.text, bound.value, bound.unit),
        Figure(quantity.start, quantity.end, quantity.text, report.value, report.unit),
        bound.indicator, verdict, why, round(min(1.0, score), 4),
    )


def judge(bound: Bound, report: Report) -> tuple[Verdict, str]:
    """Return the verdict on a target and the reason in words."""
    if bound.value is None or report.unit != bound.unit:
        return "not comparable", f"the target is in {bound.unit or 'parts'}, the report in {report.unit or 'parts'}"
    aim, reached = bound.value, report.value
    sign = sense(bound)
    upper = bound.upper
    about = bound.comparator == "~" and abs(reached - aim) <= _NEAR * abs(aim)
    if about or (upper is not None and aim <= reached <= upper):
        return "met", f"{reached:g} is {'about' if about else 'within'} {bound.text}"
    if upper is not None and sign > 0 and reached > upper:
        aim = upper
    if reached == aim:
        return "met", f"{reached:g} as aimed at"
    ahead = (reached > aim) == (sign > 0)
    if ahead and bound.comparator in ("<=", "<"):
        return "met", f"{reached:g} keeps within {aim:g}"
    return ("exceeded" if ahead else "missed"), f"{reached:g} against {aim:g}"
