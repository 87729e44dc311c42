"""Words in a unit that say by when, how often and how far: deadlines, paces and extents, found on the cleaned text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from nlp_reform.model import Document
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

Span = tuple[int, int]


class Due(NamedTuple):
    """A deadline: the printed words and the months from year 0 they mean; `own` when it names no year."""

    text: str
    month: int
    clause: str
    span: Span
    own: bool


class Pace(NamedTuple):
    """How often something is done: times a year."""

    yearly: float
    text: str
    clause: str
    span: Span


class Reach(NamedTuple):
    """A word that says how far a measure reaches."""

    rank: int
    text: str
    clause: str
    span: Span


def _cleaned(document: Document, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield where spans of record stand in the cleaned text."""
    clean = document.view.map.clean
    yield from ((clean(start), clean(end - 1) + 1) for start, end in spans)


def dues(document: Document, spans: Sequence[Span]) -> Iterator[Due]:
    """Yield the deadlines printed in the spans of record; one inside another is left out."""
    year = document.year or 0
    view = document.view
    for first, last in _cleaned(document, spans):
        done = first
        hits = sorted(((m.start(), -m.end(), m, month) for pattern, month in _due_patterns()
                       for m in pattern.finditer(view.text, first, last)), key=lambda hit: hit[:2])
        for place, stop, match, month in hits:
            if place < done:
                continue
            done = -stop
            named = match.groupdict()
            if named.get("year") and int(named["year"]) < year:  # 1998年以前安装的: no deadline
                continue
            when = 12 * int(named.get("year") or year) + (_month(named.get("month")) or month)
            yield Due(match.group(), when, view.text[done:min(last, done + 14)], view.span(place, done),
                      not named.get("year"))


def paces(document: Document, spans: Sequence[Span]) -> Iterator[Pace]:
    """Yield the words that say how often something is done in the spans of record."""
    pattern, yearly = _frequencies()
    view = document.view
    for first, last in _cleaned(document, spans):
        for match in pattern.finditer(view.text, first, last):
            a, b = match.span()
            clause = view.text[max(first, a - 10):min(last, b + 14)]
            yield Pace(yearly[match.group()], match.group(), clause, view.span(a, b))


def reaches(document: Document, spans: Sequence[Span]) -> Iterator[Reach]:
    """Yield the words of extent in the spans of record."""
    pattern, ranks = _extents()
    view = document.view
    for first, last in _cleaned(document, spans):
        for match in pattern.finditer(view.text, first, last):
            if match.lastgroup == "cue":
                a, b = match.span()
                yield Reach(ranks[match.group()], match.group(), view.text[max(first, a - 10):min(last, b + 10)],
                            view.span(a, b))


@lru_cache(maxsize=1)
def _due_patterns() -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple((compiled(entry["pattern"]), entry.get("month", 12)) for entry in lexicon("align")["deadline"])


def _month(printed: str | None) -> int:
    """Return a printed month's number, 0 for none."""
    if not printed:
        return 0
    if printed.isdecimal():
        return int(printed)
    return "一二三四五六七八九十".index(printed[-1]) + 1 + 10 * (len(printed) - 1)


@lru_cache(maxsize=1)
def _frequencies() -> tuple[re.Pattern[str], dict[str, float]]:
    table = lexicon("align")["pace"]
    yearly = {term: entry["yearly"] for entry in table["words"] for term in entry["terms"]}
    terms = "|".join(sorted(map(re.escape, yearly), key=len, reverse=True))
    return compiled(f"(?:{terms})(?!{'|'.join(table['former'])})"), yearly


@lru_cache(maxsize=1)
def _extents() -> tuple[re.Pattern[str], dict[str, int]]:
    ranks = {term: entry["rank"] for entry in lexicon("align")["extent"] for term in entry["terms"]}
    pseudo = [term for entry in lexicon("align")["extent"] for term in entry.get("not_in", ())]

    def either(terms: Sequence[str]) -> str:
        return "|".join(sorted(map(re.escape, terms), key=len, reverse=True))

    return compiled(f"(?P<pseudo>{either(pseudo)})|(?P<cue>{either(list(ranks))})"), ranks
