"""A numeral with the unit, or the noun in a unit's place, that stands behind it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from nlp_reform.extract.quantities import units
from nlp_reform.extract.quantities.numerals import Numeral

_NOUN = re.compile(r"[\u4e00-\u9fff“”]{1,16}")
_MORE = re.compile(r" ?(?P<more>多|余|来|几)? ?")


class Piece(NamedTuple):
    """A numeral with the unit printed behind it (None: none printed)."""

    numeral: Numeral
    end: int
    unit: str | None
    more: bool
    noun: bool = False


def with_unit(text: str, numeral: Numeral) -> Piece | None:
    """Attach the unit, or the noun that serves as one."""
    end = numeral.end
    gap = _MORE.match(text, end)
    more = gap["more"] if gap else None
    if more == "几":
        return None
    if more == "来" and not (numeral.chinese and numeral.value % 10 == 0):
        more, gap = None, None
    after = gap.end() if gap else end
    found = units.pattern().match(text, after)
    if found is None and more:
        found = units.pattern().match(text, end)
        after = end
    if found:
        unit = (found[1].removesuffix("钱") if len(found[1]) == 2 else found[1]) + (found[2] or "")
        stop = found.end()
        if unit == "个" and text.startswith("半月", stop):
            numeral = numeral._replace(value=numeral.value + Decimal("0.5"))
            return Piece(numeral, stop + 2, "个月", False)
        if text[stop : stop + 1] == "半" and not text.startswith(("半年", "半径"), stop):
            half = Decimal("0.5")
            numeral, stop = numeral._replace(value=numeral.value + half), stop + 1
        return Piece(numeral, stop, unit, more is not None and after != end)
    if (numeral.scaled and not numeral.bare_scale) or not numeral.chinese:
        noun = _noun(text, after if more else end, numeral)
        if noun is not None:
            return Piece(numeral, after if more else end, noun, more is not None, True)
    if numeral.chinese and not numeral.scaled:
        return None
    return Piece(numeral, end, None, numeral.vague)


def _noun(text: str, at: int, numeral: Numeral) -> str | None:
    """Return 人 or the thing counted when the number stands right before its noun."""
    match = _NOUN.match(text, at)
    if not match:
        return None
    span = match.group()
    people = units.people().search(span)
    thing = units.things().search(span)
    if thing and (not people or thing.start() < people.start()) and thing.start() <= (6 if numeral.scaled else 0):
        return thing.group()
    if people and people.start() <= (10 if numeral.scaled else 0):
        return "人"
    return None
