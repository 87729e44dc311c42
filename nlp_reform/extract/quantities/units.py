"""Measure words and units: reading them after a number, and their dimension.

The words are data (`lexicons/units.toml`). A unit is returned as printed in Simplified characters, without 万 or 亿;
compounds keep their stroke (`元/斤`, `微克/立方米`, `万元/人` → `元/人`).
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from nlp_reform.extract.matching import trie
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon


class Unit(NamedTuple):
    """A unit: name, dimension, and what one of it is in the dimension's base unit.

    `base` is empty for a unit that converts into itself only; `pint` is the base's name in pint, if it has one.
    """

    name: str
    dimension: str
    factor: Fraction
    base: str
    pint: str
    source: str


@lru_cache(maxsize=1)
def units() -> dict[str, Unit]:
    """Return all units by name."""
    known: dict[str, Unit] = {}
    same = lexicon("units")["same"]
    for dimension, table in lexicon("units").items():
        for name, factor in table.get("units", {}).items():
            base = "" if same.get(name, name) in table.get("apart", ()) else table["base"]
            pint = table.get("pint", "") if base else ""
            known.setdefault(name, Unit(name, dimension, _exact(factor), base, pint, table["source"]))
    return known


def _exact(factor: str | int) -> Fraction:
    """Return a factor of the lexicon, which may be printed as a fraction (`2000/3`, `365.2425/12`)."""
    above, _, below = str(factor).partition("/")
    return Fraction(above) / Fraction(below or 1)


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
