"""Measure words and units: reading them after a number, their dimension, and conversion.

The words are data (`lexicons/units.toml`). A unit is returned as printed in Simplified characters, without 万 or 亿;
compounds keep their stroke (`元/斤`, `微克/立方米`, `万元/人` → `元/人`).
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from nlp_reform.extract.matching import trie
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon


class Unit(NamedTuple):
    """A unit: name, dimension, and what one of it is in the dimension's base unit."""

    name: str
    dimension: str
    factor: Decimal
    base: str
    source: str


@lru_cache(maxsize=1)
def units() -> dict[str, Unit]:
    """Return all units by name."""
    known: dict[str, Unit] = {}
    for dimension, table in lexicon("units").items():
        for name, factor in table.get("units", {}).items():
            known.setdefault(name, Unit(name, dimension, Decimal(factor), table["base"], table["source"]))
    return known


def _one() -> str:
    """All unit names; those that may open another word carry what may not follow them."""
    guarded = lexicon("units")["not_before"]
    guards = [f"{re.escape(name)}(?!{'|'.join(after)})" for name, after in guarded.items() if after and name in units()]
    longer = [name for name in units() if name not in guarded or not guarded[name]]
    # Latin units need a boundary: the g of GDP is no gram.
    latin = sorted((n for n in longer if n[-1].isascii() and n[-1].isalpha()), key=len, reverse=True)
    plain = [n for n in longer if n not in set(latin)]
    # Two or more characters first (个百分点 before 个), then the guarded single ones, then the rest.
    long_first = [n for n in plain if len(n) > 1]
    short = [n for n in plain if len(n) == 1]
    latin_guarded = [g for g in guards if g[0].isascii() and g[0].isalpha()]
    other_guarded = [g for g in guards if g not in set(latin_guarded)]
    choices = [
        trie(long_first),
        "|".join(other_guarded),
        f"[{''.join(map(re.escape, short))}]",
        f"(?:{'|'.join([*map(re.escape, latin), *latin_guarded])})(?![A-Za-z])",
    ]
    return f"(?:{'|'.join(choices)})"


@lru_cache(maxsize=1)
def _unit() -> re.Pattern[str]:
    return compiled(_one())


_PER = compiled(r"(?:[/·]|(?<![年月日周天])每)([百千万亿]{0,2})")


def unit_at(text: str, at: int) -> tuple[str, str, int] | None:
    """Return the unit that begins at `at`, the compound behind it (/人, 每平方米; often empty), and where they end."""
    first = _unit().match(text, at)
    if first is None:
        return None
    end = first.end()
    while per := _PER.match(text, end):
        # A scale may be the first sign of a unit (千米).
        after = (_unit().match(text, start) for start in range(per.end(), per.start(1) - 1, -1))
        unit = next(filter(None, after), None)
        if unit is None:
            break
        end = unit.end()
    return first.group(), text[first.end():end], end


@lru_cache(maxsize=1)
def people() -> re.Pattern[str]:
    """Return the pattern that tells whether a noun phrase counts people."""
    return compiled(f"(?:{trie(lexicon('units')['nouns']['people'])})")


@lru_cache(maxsize=1)
def things() -> re.Pattern[str]:
    """Return the pattern of the things counted without a measure word."""
    return compiled(f"(?:{trie(lexicon('units')['nouns']['things'])})")


@lru_cache(maxsize=4096)
def dimension(name: str) -> str:
    """Return the dimension of a unit (`money`, `area`, `time` …); "" when unknown, `compound` with a stroke."""
    unit = units().get(name)
    if unit:
        return unit.dimension
    return "compound" if "/" in name else ""


def convert(value: float, unit: str, into: str) -> float:
    """Convert a value between two units of one dimension.

    Accepted are all units of the lexicon. Raises `ValueError` when their dimensions differ, or when a
    dimension has no common base (counts, transport, currencies: no exchange rate is kept).
    """
    a, b = units().get(unit), units().get(into)
    if a is None or b is None or a.dimension != b.dimension or (not a.base and unit != into):
        raise ValueError(f"{unit!r} cannot be converted into {into!r}")
    return float(Decimal(repr(value)) * a.factor / b.factor)


def to_pint(value: float, unit: str) -> object:
    """Return the quantity for pint, in its dimension's base unit; needs the package `pint`.

    Raises `ImportError` when pint is missing and `ValueError` for units pint has no counterpart for.
    """
    import pint  # type: ignore[import-not-found]

    names = {
        "平方米": "meter ** 2",
        "米": "meter",
        "立方米": "meter ** 3",
        "千克": "kilogram",
        "千瓦时": "kilowatt_hour",
        "千瓦": "kilowatt",
        "千伏": "kilovolt",
        "帕": "pascal",
        "天": "day",
        "℃": "degree_Celsius",
        "%": "percent",
    }
    known = units().get(unit)
    if known is None or known.base not in names:
        raise ValueError(f"pint has no counterpart for {unit!r}")
    registry = pint.UnitRegistry()
    return registry.Quantity(convert(value, unit, known.base), names[known.base])
