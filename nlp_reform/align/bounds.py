"""Whether one target is stricter than another: value, comparator and direction read together."""

from __future__ import annotations

import re
from functools import lru_cache

from nlp_reform.align.facets import Bound
from nlp_reform.align.records import Move
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

_FIRM = {"~": 0, "=": 1, "range": 1, ">=": 2, ">": 2, "<=": 2, "<": 2}
"""How firmly a comparator bounds: around, plain, at least or at most."""
_SENSES = {">=": 1, ">": 1, "<=": -1, "<": -1}
_BINDING = {None: 0, "expected": 1, "binding": 2}


def sense(bound: Bound) -> int:
    """Return +1 where more is stricter, -1 where less is."""
    if bound.target.change == "by":
        return 1
    if bound.comparator in ("<=", "<") or bound.target.direction == "decrease":
        return -1
    if bound.comparator in (">=", ">") or bound.target.direction == "increase":
        return 1
    pattern, units, within = _less()
    if bound.unit in units and any(bound.text + word in bound.around or bound.around.endswith(word) for word in within):
        return -1
    return -1 if pattern.search(bound.indicator) else 1


def shared_sense(before: Bound, after: Bound) -> int:
    """Return +1 where more of what both aim at is stricter, -1 where less is, 0 where it cannot be told.

    Where the two differ, a printed comparator says more than a direction (20场以上 against 调减到12场: more is
    stricter). A growth is not compared with a level.
    """
    one, other = sense(before), sense(after)
    by = before.target.change == after.target.change == "by"
    if by and {before.target.direction, after.target.direction} == {"increase", "decrease"}:
        return 0
    if one == other:
        return one
    if "by" in (before.target.change, after.target.change):
        return 0
    printed = {_SENSES[b.comparator] for b in (before, after) if b.comparator in _SENSES}
    if not printed:
        pattern = _less()[0]
        return -1 if pattern.search(before.indicator) or pattern.search(after.indicator) else 1
    return printed.pop() if len(printed) == 1 else 0


@lru_cache(maxsize=1)
def _rates() -> tuple[re.Pattern[str], frozenset[str]]:
    table = lexicon("align")["rates"]
    return compiled("|".join(table["indicators"])), frozenset(table["units"])


def is_amount(bound: Bound) -> bool:
    """Tell whether a target is an amount of which every level has its share: no rate, limit, term or norm per head."""
    pattern, units = _rates()
    return not (bound.absent or bound.unit in units or bound.comparator in ("<=", "<") or pattern.search(
        bound.indicator))


def value_move(before: Bound, after: Bound) -> Move | None:
    """Return which way the value moved; None when it did not, or when the two are bounded from different sides."""
    way = shared_sense(before, after)
    if before.value is None or after.value is None or not way:
        return None
    low = _sign(after.value - before.value)
    high = low
    if before.upper is not None and after.upper is not None:
        high = _sign(after.upper - before.upper)
    elif before.upper is not None or after.upper is not None:  # one of them a range
        high = _sign((after.upper or after.value) - (before.upper or before.value))
    total = low + high if low * high >= 0 else 0
    if not total:
        return None
    return "up" if total * way > 0 else "down"


def widened(before: Bound, after: Bound) -> Move | None:
    """Return which way a threshold moved that only one of the two is said to be widened to (放宽到60岁)."""
    there = tuple(bound.subject.endswith(_widening()) for bound in (before, after))
    return None if there[0] == there[1] else "up" if there[1] else "down"


def comparator_move(before: Bound, after: Bound) -> Move | None:
    """Return which way the comparator moved at one value: 左右 < plain < 以上."""
    if before.unit in _less()[1] and {before.comparator, after.comparator} <= {"=", "<=", "<"}:
        return None  # a term of five days ends within them
    step = _FIRM.get(after.comparator, 1) - _FIRM.get(before.comparator, 1)
    return None if step == 0 else "up" if step > 0 else "down"


def binding_move(before: Bound, after: Bound) -> Move | None:
    """Return which way the binding force moved: none < expected < binding."""
    step = _BINDING.get(after.target.binding, 0) - _BINDING.get(before.target.binding, 0)
    return None if step == 0 else "up" if step > 0 else "down"


def same_value(before: Bound, after: Bound) -> bool:
    """Tell whether both name one amount."""
    return (before.value, before.upper, before.unit) == (after.value, after.upper, after.unit)


def _sign(number: float) -> int:
    return (number > 1e-9) - (number < -1e-9)


@lru_cache(maxsize=1)
def _widening() -> tuple[str, ...]:
    return tuple(term for entry in lexicon("align")["widening"] for term in entry["terms"])


@lru_cache(maxsize=1)
def _less() -> tuple[re.Pattern[str], frozenset[str], tuple[str, ...]]:
    entries = lexicon("align")["less"]
    terms = [re.escape(term) for entry in entries for term in entry.get("terms", ())]
    limits = next(entry for entry in entries if "units" in entry)
    return compiled("|".join(terms)), frozenset(limits["units"]), tuple(limits["within"])
