"""Which fields moved between the two sides of a link, from what, to what, and which way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from nlp_reform.align import bounds as rule
from nlp_reform.align.bounds import same_value
from nlp_reform.align.extents import Due, Pace
from nlp_reform.align.facets import Bound, Duty, Facets, Threshold
from nlp_reform.align.records import Mode, Move, Shift
from nlp_reform.align.tasks import find_content
from nlp_reform.align.wording import alike, within
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

T = TypeVar("T")
_CUED = ("obligation", "prohibition")
_LIKE = 0.34
"""Least likeness of two clauses for their cues to be about one thing."""
_ALONE = 0.15
"""The same where each side has one clause only."""
_SAME = 0.5
"""Below this share of common character pairs two bearers are two."""
_JOINTS = "、和及与或"
_MEMBER = 3
"""Fewest characters of a list's member with its comma or 和."""
_END = "。;,!"
_STOPS = compiled("[,;。:!?]")


def find_changes(
    before: Facets, after: Facets, years: tuple[int | None, int | None], mode: Mode = "years"
) -> tuple[Shift, ...]:
    """Return the fields that moved; the two sides swapped give the mirrored shifts.

    A lower level carries its share of a national amount, which does not say how hard it tries: in mode `cascade`
    amounts move without a direction, rates and limits with one.
    """
    return (*_targets(before, after, mode), *_paces(before.paces, after.paces), *_modality(before.duties, after.duties),
            *_deadlines(before.dues, after.dues, years), *_scope(before, after), *_bearers(before, after),
            *find_content(before.tasks, after.tasks, (before.text, after.text)))


def matched(
    before: Sequence[T], after: Sequence[T], likeness: Callable[[T, T], float], least: float
) -> Iterator[tuple[T | None, T | None]]:
    """Pair two short lists, the likest first; then what is left of each."""
    order = sorted(
        ((-round(likeness(a, b), 6), abs(i - j), min(i, j), i, j)
         for i, a in enumerate(before) for j, b in enumerate(after)),
    )
    left: dict[int, int] = {}
    right: set[int] = set()
    for worth, _, _, i, j in order:
        if -worth >= least and i not in left and j not in right:
            left[i] = j
            right.add(j)
    for i, a in enumerate(before):
        yield a, after[left[i]] if i in left else None
    for j, b in enumerate(after):
        if j not in right:
            yield None, b


def bound_likeness(one: Bound, other: Bound) -> float:
    """Return how likely two targets are about one thing: indicator, the words around, amount and unit."""
    if one.unit != other.unit and not (one.absent or other.absent):
        return 0.0
    names = max(alike(one.indicator, other.indicator), 0.9 * min(within(one.indicator, other.indicator),
                                                                within(other.indicator, one.indicator)))
    near = max(names, alike(one.around, other.around), alike(one.subject, other.subject))
    return near + 0.1 * (one.target.change == other.target.change) + 0.2 * same_value(one, other)


def _targets(before: Facets, after: Facets, mode: Mode) -> Iterator[Shift]:
    """Compare targets; a number that the other side prints in another role (一次, 200米内) is neither come nor gone."""
    units = Counter(b.unit for b in before.bounds), Counter(b.unit for b in after.bounds)

    def likeness(one: Bound, other: Bound) -> float:
        only = one.unit == other.unit and units[0][one.unit] == units[1][other.unit] == 1
        return bound_likeness(one, other) + 0.2 * only

    for one, other in matched(before.bounds, after.bounds, likeness, 0.36):
        if one is not None and other is not None:
            share = mode == "cascade" and rule.is_amount(one) and rule.is_amount(other)
            yield from (replace(s, move=None) if share and s.field == "target" else s for s in _paired(one, other))
        elif not ((one and one.text in after.text) or (other and other.text in before.text)):
            yield _alone(one, other)


def _alone(one: Bound | None, other: Bound | None) -> Shift:
    """Return a target that one side has alone: come is up, gone is down, absent on purpose counts as none."""
    shown = one or other
    move: Move | None = None if shown is None or shown.absent else "up" if one is None else "down"
    return Shift("target", one and words(one), other and words(other), move, one and one.span, other and other.span)


def _paired(one: Bound, other: Bound) -> Iterator[Shift]:
    spans = one.span, other.span
    if one.absent != other.absent:
        yield Shift("target", words(one), words(other), "up" if one.absent else "down", *spans)
        return
    if not rule.same_value(one, other):
        move = rule.widened(one, other) or rule.value_move(one, other)
        yield Shift("target", words(one), words(other), move, *spans)
    elif one.comparator != other.comparator and (move := rule.comparator_move(one, other)):
        yield Shift("comparator", one.comparator, other.comparator, move, *spans)
    if one.target.binding != other.target.binding:
        yield Shift("binding", one.target.binding, other.target.binding, rule.binding_move(one, other), *spans)
    if {one.target.direction, other.target.direction} == {"increase", "decrease"}:
        yield Shift("direction", one.target.direction, other.target.direction, None, *spans)


def words(bound: Bound) -> str:
    """Return a target in words: the printed amount, or that it is absent on purpose."""
    return "explicitly absent" if bound.absent else bound.text


def _modality(before: Sequence[Duty], after: Sequence[Duty]) -> Iterator[Shift]:
    least = _ALONE if len(before) == len(after) == 1 else _LIKE
    style = _style()
    for one, other in matched(before, after, lambda a, b: alike(a.clause, b.clause), least):
        if one is None or other is None:
            continue
        if one.bearer and other.bearer and not _one_bearer(one.bearer, other.bearer):
            yield Shift("bearer", one.bearer, other.bearer, None, one.span, other.span)
        if (one.modality, one.strength) == (other.modality, other.strength):
            continue
        step = _rank(other) - _rank(one)
        if 3 in (one.strength, other.strength) and (one.cue or other.cue) in style and not (one.cue and other.cue):
            step = 0
        if step:
            yield Shift("modality", _duty(one), _duty(other), "up" if step > 0 else "down", one.span, other.span)
        elif one.modality != other.modality and "prohibition" in (one.modality, other.modality):
            yield Shift("polarity", _duty(one), _duty(other), None, one.span, other.span)


def _rank(duty: Duty) -> int:
    return duty.strength if duty.modality in _CUED or duty.strength < 3 else 2


def _duty(duty: Duty) -> str:
    return f"{duty.modality} {duty.strength}{' ' + duty.cue if duty.cue else ''}"


def _deadlines(before: Sequence[Due], after: Sequence[Due], years: tuple[int | None, int | None]) -> Iterator[Shift]:
    """Compare deadlines; one without a year is counted from its own document's year."""
    least = 0.0 if len(before) == len(after) == 1 else 0.2
    for one, other in matched(before, after, lambda a, b: alike(a.clause, b.clause), least):
        if one is None or other is None:
            continue
        first, second = one.month, other.month
        if all(years):  # 年底前 in both plans is one deadline, though the years differ, and so is one date in both
            first, second = first - 12 * (years[0] or 0), second - 12 * (years[1] or 0)
        elif one.own or other.own:
            continue
        if first != second and one.month != other.month:
            yield Shift("deadline", one.text, other.text, "up" if second < first else "down", one.span, other.span)


def _paces(before: Sequence[Pace], after: Sequence[Pace]) -> Iterator[Shift]:
    """Compare how often something is done: oftener is stricter."""
    least = 0.0 if len(before) == len(after) == 1 else 0.25
    for one, other in matched(before, after, lambda a, b: alike(a.clause, b.clause), least):
        if one is not None and other is not None and one.yearly != other.yearly:
            yield Shift("frequency", one.text, other.text, "up" if other.yearly > one.yearly else "down", one.span,
                        other.span)


def _thresholds(before: Sequence[Threshold], after: Sequence[Threshold]) -> Iterator[Shift]:
    """Compare the numbers that delimit whom a measure reaches: a lower floor and a higher ceiling reach more."""

    def likeness(one: Threshold, other: Threshold) -> float:
        return alike(one.around, other.around) if (one.unit, one.floor) == (other.unit, other.floor) else -1.0

    for one, other in matched(before, after, likeness, 0.2):
        if one is not None and other is not None and one.value != other.value:
            wider = (other.value < one.value) == one.floor
            yield Shift("scope", one.text, other.text, "up" if wider else "down", one.span, other.span)


def _scope(before: Facets, after: Facets) -> Iterator[Shift]:
    yield from _thresholds(before.thresholds, after.thresholds)
    for one, other in matched(before.reaches, after.reaches, lambda a, b: alike(a.clause, b.clause), 0.25):
        if one is not None and other is not None and one.rank != other.rank:
            move: Move = "up" if other.rank > one.rank else "down"
            yield Shift("scope", one.text, other.text, move, one.span, other.span)
    yield from _listed(before.text, after.text)
    first, second = ([d for d in side.duties if d.condition] for side in (before, after))
    for had, has in matched(first, second, lambda a, b: alike(a.clause, b.clause), _LIKE):
        if had is not None and has is not None and alike(had.condition, has.condition) < 0.8:
            yield Shift("condition", had.condition, has.condition, None, had.span, has.span)


def _one_bearer(one: str, other: str) -> bool:
    return max(within(one, other), within(other, one)) >= _SAME


def _common(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _listed(before: str, after: str) -> Iterator[Shift]:
    """Return the one member of a list (whom or what it reaches) that only one side has, all else being equal."""
    short, long = sorted((before.rstrip(_END), after.rstrip(_END)), key=len)
    head = _common(short, long)
    tail = _common(short[head:][::-1], long[head:][::-1])
    extra = long[head:len(long) - tail]
    if head + tail < len(short) or len(extra) < _MEMBER or _STOPS.search(extra):
        return
    if extra[0] not in _JOINTS and extra[-1] not in _JOINTS:
        return
    if len(before) > len(after):
        yield Shift("scope", extra, None, "down")
    else:
        yield Shift("scope", None, extra, "up")


def _bearers(before: Facets, after: Facets) -> Iterator[Shift]:
    if before.lead and after.lead and before.lead != after.lead:
        gone, come = before.lead - after.lead, after.lead - before.lead
        yield Shift("bearer", "、".join(sorted(gone)) or None, "、".join(sorted(come)) or None)


@lru_cache(maxsize=1)
def _style() -> frozenset[str]:
    return frozenset(lexicon("align")["style"]["cues"])
