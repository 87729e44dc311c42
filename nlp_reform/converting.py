"""Quantities in another unit 单位换算: areas in 公顷, weights in 吨, sums in 亿元; pint does the arithmetic.

Units are those of the lexicon `units`, in either script, with 万 or 亿 before them where wanted (`万吨`, `亿元`), and
their compounds (`公斤/亩`, `元/人`). What is no physical measure converts into itself only: 户 are no 人, a percentage
point is no per cent, 载重吨 weigh nothing. A currency needs its rate: none is built in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import inf, prod
from typing import TYPE_CHECKING, Any, NamedTuple

from nlp_reform.errors import UnitError
from nlp_reform.extract.quantities.units import units as lexicon_units
from nlp_reform.model import Document, Quantity, terms
from nlp_reform.normalise.script import simplify
from nlp_reform.resources import lexicon
from nlp_reform.tables import Row, Table
from nlp_reform.tables.columns import choice, number, place, text
from nlp_reform.tables.declared import KEY

if TYPE_CHECKING:
    import pint

UNITS = Table("units", "a quantity in the unit asked for", "单位换算", (
    *KEY, text("directive_id", "id of the directive it stands in", "所属指令编号"),
    text("quantity_id", "id of the quantity", "数量编号"), text("text", "as printed", "原文"),
    text("unit", "unit as printed, Simplified and without scale", "单位"),
    choice("comparator", "how it bounds what it measures", "比较关系", terms.Comparator),
    choice("role", "what the number is for", "角色", terms.Role),
    number("converted", "value in the unit asked for, the lower end of a range", "换算值"),
    number("converted_upper", "upper end of a range in the unit asked for", "换算区间上限"),
    text("converted_unit", "the unit asked for", "换算单位"), *place("", "the quantity", "数量"),
))
Rates = tuple[tuple[str, float], ...]
"""What one of each foreign currency is in 元, sorted by name: a key of the registry they make."""
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_SCALED = re.compile(r"([十百千万亿]+)(.+)")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_FOREIGN = "foreign_money"
_DIGITS = 12
"""Significant digits kept of a converted value: what binary fractions add behind them is no finding."""


def convert(value: float, unit: str, to: str, rate: Mapping[str, float] | None = None) -> float:
    """Return a value in another unit; needs the extra `units`.

    >>> convert(15, "亩", "公顷")
    1.0

    `unit` and `to` are units of the lexicon `units` (see the module); `rate` says what one of a foreign currency is in
    元 (`{"美元": 7.1}`). Raises `UnitError` for an unknown unit, for units that measure different things, and for
    currencies without a rate.
    """
    rates = _checked(rate or {})
    return _parsed(unit, rates).into(_parsed(to, rates), value)


def units(documents: Document | Iterable[Document], to: Sequence[str], rate: Sequence[str] = ()) -> list[Row]:
    """Return every quantity that can be put into one of the units `to`, by the declaration `UNITS`.

    The first unit that fits is taken; ranges keep both ends, bounds their comparator, each row its place of record.
    `rate` holds texts like `美元=7.1`: what one of a foreign currency is in 元. 元 is the documents' own currency, in
    Hong Kong its dollar. Needs the extra `units`. Raises `UnitError` for an unknown unit and for a malformed rate.
    """
    rates = _checked(dict(map(_rate, rate)))
    wanted = [_parsed(unit, rates) for unit in to]
    many = [documents] if isinstance(documents, Document) else documents
    found = (_row(document, quantity, wanted, rates) for document in many for quantity in document.quantities)
    return [row for row in found if row]


def to_pint(quantity: Quantity) -> pint.Quantity[Any]:
    """Return a quantity as pint's, in the unit it is printed in; of a range, an array of both ends.

    Its registry knows the units of the lexicon by their Chinese names, so that `to_pint(found).to("公顷")` works;
    comparator and place stay with the record. Needs the extra `units`. Raises `UnitError` for a unit the lexicon lacks.
    """
    import numpy as np

    unit = _parsed(quantity.unit, ()).unit
    ends = quantity.value if quantity.upper is None else np.array([quantity.value, quantity.upper])
    return _registry(()).Quantity(ends, unit)


class _Measure(NamedTuple):
    """A unit as asked for, without its 万 or 亿, which stand in `scale`."""

    name: str
    scale: float
    unit: Any

    def into(self, other: _Measure, value: float) -> float:
        """Return a value of this unit in another of the same registry."""
        if self.unit.dimensionality != other.unit.dimensionality:
            money = _but_for_currency(self.name, other.name)
            reason = "a currency needs its rate" if money else "they measure different things"
            raise UnitError(f"{self.name} cannot be converted into {other.name}: {reason}")
        found = (value * self.scale * self.unit).to(other.unit).magnitude / other.scale
        return float(f"{found:.{_DIGITS}g}")


def _row(document: Document, quantity: Quantity, wanted: Iterable[_Measure], rates: Rates) -> Row | None:
    """Return a quantity in the first of the wanted units that fits; None when none does."""
    try:
        printed = _parsed(quantity.unit, rates)
    except UnitError:
        return None
    fits = next((one for one in wanted if one.unit.dimensionality == printed.unit.dimensionality), None)
    if fits is None:
        return None
    upper = None if quantity.upper is None else printed.into(fits, quantity.upper)
    return {"document_id": document.id, "year": document.year, "directive_id": quantity.directive,
            "quantity_id": quantity.id, "text": quantity.text, "unit": quantity.unit,
            "comparator": quantity.comparator, "role": quantity.role, "converted": printed.into(fits, quantity.value),
            "converted_upper": upper, "converted_unit": fits.name, "start": quantity.start, "end": quantity.end}


def _but_for_currency(unit: str, to: str) -> bool:
    """Tell whether two units would convert if only each currency had its rate."""
    rates = _checked({name: 1.0 for name, known in lexicon_units().items() if known.dimension == _FOREIGN})
    return bool(_parsed(unit, rates).unit.dimensionality == _parsed(to, rates).unit.dimensionality)


def _rate(printed: str) -> tuple[str, float]:
    name, _, value = printed.partition("=")
    try:
        return name.strip(), float(value)
    except ValueError:
        raise UnitError(f"{printed!r} is no rate: write it like 美元=7.1, what one of it is in 元") from None


def _checked(rate: Mapping[str, float]) -> Rates:
    """Return rates as a key; raises `UnitError` for what is no foreign currency and for what is not above 0."""
    found = {_name(name): float(value) for name, value in rate.items()}
    for name, value in found.items():
        unit = lexicon_units().get(name)
        if unit is None or unit.dimension != _FOREIGN or not 0 < value < inf:
            raise UnitError(f"{name}={value:g} is no rate: name a foreign currency and what one of it is in 元")
    return tuple(sorted(found.items()))


def _name(printed: str) -> str:
    """Return a unit's one name: Simplified, and of several spellings the lexicon's first with Chinese characters."""
    name = simplify(printed.strip())[0]
    name = str(lexicon("units")["same"].get(name, name))
    unit = lexicon_units().get(name)
    if unit is None or not unit.base or _HAN.match(name):
        return name
    return next((twin.name for twin in lexicon_units().values() if _HAN.fullmatch(twin.name)
                 and twin.base and (twin.dimension, twin.factor) == (unit.dimension, unit.factor)), name)


@lru_cache(maxsize=4096)
def _parsed(printed: str, rates: Rates) -> _Measure:
    """Return a unit or compound in the registry of the rates; raises `UnitError` for an unknown one.

    What stands behind a stroke or 每 divides (千瓦时/人·年); a unit may hold a stroke itself (台/套).
    """
    registry = _registry(rates)
    found, scale, below = registry.Unit(""), 1.0, False
    for part in [printed] if _name(printed) in lexicon_units() else re.split("([/每·])", printed):
        if part in ("/", "每", "·"):
            below = below or part != "·"
            continue
        factor, name = _scaled(part)
        if name and name not in lexicon_units():
            raise UnitError(f"{printed!r} is no unit of the lexicon units (nlp-reform lexicon show units lists them)")
        unit = registry.Unit(_written(name))
        found, scale = (found / unit, scale / factor) if below else (found * unit, scale * factor)
    return _Measure(printed, scale, found)


def _scaled(part: str) -> tuple[int, str]:
    """Return the 万 or 亿 before a unit as a factor, and the unit's one name."""
    name = _name(part)
    scaled = _SCALED.fullmatch(name)
    if scaled and name not in lexicon_units():
        return prod(_SCALES[sign] for sign in scaled[1]), _name(scaled[2])
    return 1, name


def _written(name: str) -> str:
    """Return a unit's name as pint can read it."""
    return name if name in _PINTS else re.sub(r"\W", "_", name)


@lru_cache(maxsize=8)
def _registry(rates: Rates) -> pint.UnitRegistry[Any]:
    """Return a registry of pint that knows every unit of the lexicon, and the rates."""
    try:
        import pint
    except ImportError as error:
        raise UnitError("units need pint: pip install 'nlp-reform[units]'") from error
    registry: pint.UnitRegistry[Any] = pint.UnitRegistry()
    known, prices = lexicon_units(), dict(rates)
    for name, unit in known.items():
        if _name(name) != name or name in _PINTS:
            continue
        base, own = _name(unit.base), f"[{_written(name)}]"
        if name in prices:
            meaning = f"{prices[name]!r} * 元"
        elif unit.base and name != base:
            meaning = f"{float(unit.factor)!r} * {unit.pint or _written(base)}"
        else:
            meaning = unit.pint or own
        registry.define(f"{_written(name)} = {meaning}")
    return registry


_PINTS = ("%", "‰", "TB", "GB", "MB", "PB", "EB")
"""Units that pint knows by the lexicon's own names."""
