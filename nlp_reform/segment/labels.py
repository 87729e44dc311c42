"""Labels at the start of paragraphs: which marker family, which number."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "参": 3} | {
    c: n for n, c in enumerate("壹贰叁肆伍陆柒捌玖", 1)
}
_TENS = {"十": 10, "拾": 10, "百": 100}
_ROMAN = {"i": 1, "v": 5, "x": 10}


class Family(NamedTuple):
    """A marker family: its place in the usual order, and what its marks are for."""

    name: str
    rank: int
    clause: bool
    title: bool


class Label(NamedTuple):
    """A marker in the cleaned text: `[start, end)`, family, number (None for dashes and bullets)."""

    start: int
    end: int
    family: Family
    number: int | None
    depth: int = 0


def number_of(numeral: str) -> int:
    """Return the value of a Chinese or Arabic numeral below a thousand (`二十三`, `〇`, `12`); no sign, no scale."""
    if numeral.isdecimal():
        return int(numeral)
    total = digit = 0
    positional = not any(c in _TENS for c in numeral)
    for character in numeral:
        if character in _TENS:
            total += (digit or 1) * _TENS[character]
            digit = 0
        else:
            digit = digit * 10 * positional + _DIGITS.get(character, 0)
    return total + digit


def _roman(numeral: str) -> int:
    values = [_ROMAN[c] for c in numeral.lower()]
    return sum(-v if any(w > v for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))


@lru_cache(maxsize=1)
def families() -> tuple[Family, ...]:
    """Return the marker families of the lexicon `markers`, in their usual order of nesting."""
    entries = lexicon("markers")["family"]
    return tuple(
        Family(entry["id"], rank, entry.get("clause", False), entry.get("title", False))
        for rank, entry in enumerate(entries)
    )


@lru_cache(maxsize=1)
def _firsts() -> frozenset[str]:
    return frozenset(lexicon("markers")["first"])


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((entry["id"], compiled(entry["pattern"])) for entry in lexicon("markers")["family"])


@lru_cache(maxsize=1)
def _by_name() -> dict[str, tuple[Family, re.Pattern[str]]]:
    return {name: (family, pattern) for family, (name, pattern) in zip(families(), _patterns(), strict=True)}


@lru_cache(maxsize=1)
def _any() -> re.Pattern[str]:
    """One pattern of all families; a group named after the family tells which matched."""
    parts = []
    for name, pattern in _patterns():
        parts.append(f"(?P<{name}>{re.sub(r'[?]P<[a-z]>', '?:', pattern.pattern)})")
    return compiled("|".join(parts))


def label_at(text: str, start: int, end: int) -> Label | None:
    """Return the label with which `text[start:end]` begins, or None."""
    if start >= end or text[start] not in _firsts():
        return None
    found = _any().match(text, start, end)
    if found is None:
        return None
    name = found.lastgroup or ""
    family, pattern = _by_name()[name]
    match = pattern.match(text, start, end)
    if match is None:
        return None
    number, depth = _value(match)
    return Label(start, match.end(), family, number, depth)


def _value(match: re.Match[str]) -> tuple[int | None, int]:
    """Return a matched label's number, and for dotted ones how deep it is."""
    for group, printed in match.groupdict().items():
        if not printed:
            continue
        if group == "e":
            return _enclosed(printed), 0
        if group == "r":
            return _roman(printed), 0
        if group in "ab":
            return ord(printed.lower()) - ord("a") + 1, 0
        if "." in printed:
            return int(printed.rsplit(".", 1)[1]), printed.count(".")
        return number_of(printed), 0
    return None, 0


def _enclosed(character: str) -> int:
    """Return the number in a circle or bracket that is one character (`③`, `㈢`)."""
    return ord(character) - (0x245F if character < "㈀" else 0x321F)
