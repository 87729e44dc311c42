"""Ratios with a colon (1∶40) and, beside a comparator, fractions with a stroke (1/2).

A ratio of three and more parts (4∶4∶2) has no one value: it is a doubt.
"""

from __future__ import annotations

import re
from decimal import Decimal

from nlp_reform.extract.quantities import comparators
from nlp_reform.extract.quantities.masks import Masks
from nlp_reform.extract.quantities.pieces import Amount, Doubt
from nlp_reform.prepared import compiled

_RATIO = compiled(r"(?<![\d./:∶])(\d{1,4}(?:\.\d+)?) ?([∶:/]) ?(\d{1,4}(?:\.\d+)?)(?![\d.:/∶])")
_TWICE = compiled(r"[∶:] ?\d{1,4}(?:\.\d+)? ?[∶:]")
"""What every ratio of several parts holds: without it a text need not be looked at from each of its digits."""
_MANY = compiled(r"(?<![\d./:∶])\d{1,4}(?:\.\d+)?(?: ?[∶:] ?\d{1,4}(?:\.\d+)?){2,9}(?![\d.:/∶])")
_SIGN = compiled(r"[∶:/](?<=[\d ].)(?= ?\d)")
"""The sign first: it is rare, digits are not."""
_PARTS = compiled(r"(?:比例|之比|师比|生比|比率|配比)[^,。;、]{0,8}\Z")
"""Before digits with a colon these make a ratio of what may look like a time of day."""


_PARTS_OF = 10
_SHARE = compiled(r"[\u4e00-\u9fff]\d/\d{1,2}的?(?![日号期卷页集册版])[\u4e00-\u9fff]")
"""A fraction among Chinese characters: 减少1/3审批事项."""


def _around(match: re.Match[str]) -> tuple[int, int]:
    return max(0, match.start() - 1), match.end() + 3


def add(text: str, masks: Masks, amounts: list[Amount], doubts: list[Doubt]) -> None:
    """Add ratios (1∶40) and, beside a comparator, fractions with a stroke (1/2); clock times are masked."""
    found = _MANY.finditer(text) if _TWICE.search(text) else ()
    many = [m for m in found if not masks.hidden(*m.span()) or "." in m.group()]
    if many:
        inside = {at for m in many for at in range(*m.span())}
        amounts[:] = [a for a in amounts if a.start not in inside]
        doubts += [Doubt("ratio-of-parts", *m.span(), f"ratio of several parts, not valued: {m.group()}") for m in many]
    taken = {a.start for a in amounts}
    for sign in _SIGN.finditer(text):
        match = _RATIO.search(text, max(0, sign.start() - 9), sign.start() + 10)
        if match is None or match.start(2) != sign.start():
            continue
        low, high = Decimal(match[1]), Decimal(match[3])
        if (
            high == 0
            or match.start() in taken
            or (masks.hidden(*match.span()) and not _PARTS.search(text, max(0, match.start() - 14), match.start()))
        ):
            continue
        head = comparators.left(text, 0, match.start(), False)
        tail = comparators.right(text, match.end(), False)
        bound = head or tail
        if match[2] == "/" and bound is None and not (low < high <= _PARTS_OF and _SHARE.match(text, *_around(match))):
            continue
        amounts.append(
            Amount(
                match.start(),
                match.end(),
                low / high,
                None,
                "",
                bound.comparator if bound else "=",
                head.start if head else match.start(),
                tail.end if tail else match.end(),
                False,
                head=head.end if head else match.start(),
            )
        )
    amounts.sort(key=lambda a: a.start)
