"""Whether a sentence's numbers are past or to come: the statement kind, corrected where words or place are clear.

A sentence typed as a report or as context without any sign of the past is read as a plan when it carries a sign of
what is to come (拟发行…, 力争…), forecasts a year not yet over, or stands between prescriptions.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from nlp_reform.extract.matching import trie
from nlp_reform.extract.quantities import words
from nlp_reform.extract.quantities.periods import Period
from nlp_reform.model import Document, StatementKind
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

_BASE = (
    r"[由从自](?:去年|前年)|(?:[比较在与]|相比)"
    r"(?:去年|上年度?|过去|前年|目前|现有)(?:同期|[年底末]*的?基础上?|相比)?"
)
_AROUND = 20
"""How many headings are stepped over to find a sentence's neighbour."""
_OPENS = 3
"""How far into its sentence a time may begin and still open it (“十三五”期间,…)."""


@lru_cache(maxsize=1)
def _signs() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = lexicon("roles")
    past = trie(table["past"]["terms"])
    # What a plan starts from is no sign of the past: it is matched first and without a group.
    return (
        compiled(rf"{_BASE}|(?P<past>{past})"),
        compiled("|".join(table["coming"]["patterns"])),
        compiled(trie(table["forecast"]["terms"])),
        compiled(f"(?:{trie(v for v, kind in words.kinds().items() if kind != 'level')})"),
    )


def kind(  # noqa: PLR0911  (a chain of signs)
    document: Document, n: int, periods: list[Period]
) -> StatementKind:
    """Return the kind of sentence `n` for reading its numbers."""
    given = document.statements[n].kind
    if given == "prescriptive":
        return given
    text, sentence = document.view.text, document.sentences[n]
    past, coming, forecast, acts = _signs()
    if any(m["past"] for m in past.finditer(text, sentence.body, sentence.end)):
        return given
    inside = periods[
        bisect_left(periods, sentence.body, key=lambda p: p.start) : bisect_left(
            periods, sentence.end, key=lambda p: p.start
        )
    ]
    year = document.year
    if year is not None and any(p.last is not None and p.last < year and p.kind == "year" for p in inside):
        return given
    if coming.search(text, sentence.body, sentence.end):
        return "prescriptive"
    ahead = year is not None and any(p.kind == "year" and p.last is not None and p.last >= year for p in inside)
    if any(p.until and p.last is not None and (year is None or p.last >= year) for p in inside):
        return "prescriptive"
    if given == "reported" and ahead and forecast.search(text, sentence.body, sentence.end):
        return "prescriptive"
    if (
        _between(document, n)
        and acts.search(text, sentence.body, sentence.end)
        and not any(m in text[sentence.body : sentence.end] for m in lexicon("roles")["compared"]["terms"])
    ):
        return "prescriptive"
    return given


def _between(document: Document, n: int) -> bool:
    """Tell whether the sentences before and after, headings aside, are prescriptive."""
    around = []
    for step in (-1, 1):
        at = n + step
        while 0 <= at < len(document.sentences) and document.sentences[at].heading and abs(at - n) < _AROUND:
            at += step
        if 0 <= at < len(document.sentences):
            around.append(document.statements[at].kind)
    return bool(around) and all(found == "prescriptive" for found in around)


def opening(text: str, periods: list[Period], start: int, year: int | None) -> Period | None:
    """Return the past year or plan period that opens the sentence at `start`; 从2019年开始 opens what is to come."""
    n = bisect_left(periods, start, key=lambda p: p.start)
    if year is None or n == len(periods):
        return None
    period = periods[n]
    over = period.last is not None and period.last < year and period.kind != "term"
    since = text.startswith(("起", "开始", "以来"), period.end) or text[start : period.start].endswith(("从", "自"))
    return period if over and not since and period.start - start <= _OPENS and not dates(text, period.end) else None


@lru_cache(maxsize=1)
def _dated() -> re.Pattern[str]:
    return compiled("|".join(lexicon("roles")["dated"]["patterns"]))


def dates(text: str, end: int) -> bool:
    """Tell whether a time that ends here only says which thing is meant: 2009年 | 到期的政策延长一年."""
    return _dated().match(text, end) is not None


def coming(text: str, start: int, end: int) -> bool:
    """Tell whether a clause carries a sign of what is to come."""
    return _signs()[1].search(text, start, end) is not None
