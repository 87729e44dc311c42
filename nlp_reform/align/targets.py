"""Targets of equal indicators over two documents, whether or not their directives align."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp_reform.align import bounds as rule
from nlp_reform.align.changes import words
from nlp_reform.align.facets import Bound
from nlp_reform.align.records import Aim, Relation, TargetPair
from nlp_reform.align.vectors import nearest, sentence_vectors
from nlp_reform.align.wording import alike, within
from nlp_reform.jsonable import plain

_LEAST = 0.55
"""Least likeness of two indicators to be one."""
_LINKED = 0.3
"""The same where their directives are linked."""
_TOP = 8
_MANY = 400
"""Pairs of two linked directives' targets above which only the nearest are looked at: chapters of prose."""


def pair_targets(
    before: Sequence[Bound], after: Sequence[Bound], linked: set[tuple[str, str]], every: bool = True
) -> Iterator[TargetPair]:
    """Yield the pairs in order of the earlier document, then the targets that the later one has alone.

    `linked` holds the pairs of directives that the alignment linked; `every=False` leaves out what has no
    counterpart. Linear but for the number of targets of two linked directives.
    """
    ahead = _equal(before, after)
    back = set(ahead.values())
    scored: list[tuple[float, int, int, int]] = []
    for i, j in _meeting(before, after, linked):
        worth = _worth(before[i], after[j], linked)
        if worth > 0:
            scored.append((-round(worth, 6), abs(i - j), i, j))
    for _, _, i, j in sorted(scored):
        if i not in ahead and j not in back:
            ahead[i] = j
            back.add(j)
    for i, one in enumerate(before):
        if i in ahead:
            yield _pair(one, after[ahead[i]])
        elif every:
            yield _pair(one, None)
    if every:
        for j, other in enumerate(after):
            if j not in back:
                yield _pair(None, other)


def _equal(before: Sequence[Bound], after: Sequence[Bound]) -> dict[int, int]:
    """Pair targets of equal words: indicator, amount and what stands around; among several, in order."""
    there: dict[tuple[str, str, str], list[int]] = {}
    for j, other in enumerate(after):
        there.setdefault((other.indicator, other.text, other.around), []).append(j)
    found: dict[int, int] = {}
    for i, one in enumerate(before):
        left = there.get((one.indicator, one.text, one.around))
        if left:
            found[i] = left.pop(0)
    return found


def _meeting(
    before: Sequence[Bound], after: Sequence[Bound], linked: set[tuple[str, str]]
) -> dict[tuple[int, int], float]:
    """Return the pairs worth looking at: the nearest in words, and all of linked directives."""
    if not before or not after:
        return {}
    texts = [[(b.indicator * 2 + b.around) or b.text for b in side] for side in (before, after)]
    found = nearest(sentence_vectors(*texts), _TOP, 0.1)
    here: dict[str, list[int]] = {}
    for i, one in enumerate(before):
        here.setdefault(one.target.directive or "-", []).append(i)
    there: dict[str, list[int]] = {}
    for j, other in enumerate(after):
        there.setdefault(other.target.directive or "-", []).append(j)
    for one_id, other_id in linked:
        mine, theirs = here.get(one_id, ()), there.get(other_id, ())
        if len(mine) * len(theirs) <= _MANY:
            for i in mine:
                for j in theirs:
                    found.setdefault((i, j), 0.0)
    return found


def _worth(one: Bound, other: Bound, linked: set[tuple[str, str]]) -> float:
    if one.unit != other.unit and not (one.absent or other.absent):
        return 0.0
    near = max(alike(one.indicator, other.indicator),
               0.9 * max(within(one.indicator, other.indicator), within(other.indicator, one.indicator))
               if min(len(one.indicator), len(other.indicator)) > 3 else 0.0)
    together = ((one.target.directive or "-", other.target.directive or "-") in linked)
    if near < (_LINKED if together else _LEAST):
        return 0.0
    same = one.target.change == other.target.change
    apart = 0.3 * (not same and not together)
    return near + 0.3 * together + 0.2 * same + 0.2 * alike(one.around, other.around) - apart


def _pair(one: Bound | None, other: Bound | None) -> TargetPair:
    shown = other if one is None or (not one.indicator and other is not None) else one
    absent = bool((one and one.absent) or (other and other.absent))
    return TargetPair(shown.indicator if shown else "", one and _aim(one), other and _aim(other),
                      _relation(one, other), absent)


def _relation(one: Bound | None, other: Bound | None) -> Relation:
    if one is None:
        return "added"
    if other is None:
        return "dropped"
    if one.absent or other.absent:
        return "unchanged" if one.absent == other.absent else "strengthened" if one.absent else "weakened"
    moves = {move for move in (rule.value_move(one, other), rule.binding_move(one, other)) if move}
    if rule.same_value(one, other) and (move := rule.comparator_move(one, other)):
        moves.add(move)
    if moves:
        return "changed" if len(moves) > 1 else "strengthened" if "up" in moves else "weakened"
    return "unchanged" if rule.same_value(one, other) else "changed"


def _aim(bound: Bound) -> Aim:
    start, end = bound.span or (None, None)
    return Aim(plain(bound.target), bound.indicator, words(bound), bound.value, bound.unit, bound.comparator, start,
               end)
