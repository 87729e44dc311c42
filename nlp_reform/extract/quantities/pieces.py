"""What the scan is made of: a numeral with its unit (or the noun in a unit's place), an amount, a doubt."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from nlp_reform.extract.quantities import units
from nlp_reform.extract.quantities.numerals import Numeral
from nlp_reform.model import Comparator
from nlp_reform.prepared import compiled

_NOUN = compiled(r"[\u4e00-\u9fff“”]{1,16}")
_TO = compiled(r"(?:至|到|-|—|~)(?:[二两三四五六七八九十]|一[十百千万])")
_MORE = compiled(r" ?(?P<more>多(?![出于了])|余|来|几)? ?")


_MONEY = 10**8
"""So many things are not counted: 超十亿项目 are projects of so much money."""


class Amount(NamedTuple):
    """One amount in the cleaned text.

    `[start, end)` is number, scale and unit; `[left, right)` takes in the comparators.
    """

    start: int
    end: int
    value: Decimal
    upper: Decimal | None
    unit: str
    comparator: Comparator
    left: int
    right: int
    chinese: bool
    noun: bool = False
    head: int = 0
    """Where the left comparator's word ends (`start` without one): 至少 may stand before a verb."""


class Doubt(NamedTuple):
    """A place where no value is given, or one that should be looked at."""

    code: str
    start: int
    end: int
    message: str


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
    found = units.unit_at(text, after)
    if found is None and more:
        found = units.unit_at(text, end)
        after = end
    if found:
        first, compound, stop = found
        unit = (first.removesuffix("钱") if len(first) == 2 else first) + compound
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
    if numeral.chinese and not numeral.scaled and not _TO.match(text, end):
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
    if thing and numeral.value >= _MONEY:
        return None
    if thing and (not people or thing.start() < people.start()) and thing.start() <= (6 if numeral.scaled else 0):
        return thing.group()
    if people and people.start() <= (10 if numeral.scaled else 0):
        return "人"
    return None
