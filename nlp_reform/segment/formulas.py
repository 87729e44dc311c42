"""The set forms around the text of a document: date, number, address, and lines that say something of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from nlp_reform.model import Document
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

_SPACE = compiled(r"\s+")
Paragraph = tuple[int, int]
"""Half-open offsets into the cleaned text."""
_YEAR = r"(?:[〇零一二三四五六七八九○Oo0]{4}|\d{4}|(?:中华)?民国[一二三四五六七八九十百〇零\d]{1,4})年"
_TWO = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
DATE = compiled(rf"{_YEAR} ?{_TWO}月 ?{_TWO}日(?:星期[一二三四五六日])?")


def printed(document: Document, start: int, end: int) -> str:
    """Return text of record on one line, single blanks kept."""
    first, last = document.view.span(start, end)
    return _SPACE.sub(" ", document.view.record[first:last]).strip()


def either(patterns: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of any of several."""
    return compiled("|".join(f"(?:{pattern})" for pattern in patterns))


@lru_cache(maxsize=1)
def number() -> re.Pattern[str]:
    """Return the pattern of a document number, in all its spellings."""
    return either(lexicon("frame")["number"]["patterns"])


@lru_cache(maxsize=1)
def about() -> re.Pattern[str]:
    """Return the pattern of a line that says something of the document: 发布时间：…, 来源：…, a byline."""
    return either(lexicon("frame")["meta"]["patterns"])


@lru_cache(maxsize=1)
def address() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a whole paragraph of address, and of one that opens a closing paragraph."""
    data = lexicon("frame")["address"]
    return either(data["patterns"]), either(data["closing"])


@lru_cache(maxsize=1)
def _addressed() -> re.Pattern[str]:
    bodies = "|".join(lexicon("frame")["address"]["bodies"])
    return compiled(rf"(?:各|.{{0,40}}(?:{bodies})).{{0,40}}")


def is_addressee(line: str) -> bool:
    """Tell whether a line names the bodies a document goes to: a list of them before a colon."""
    if line[-1] != ":" or len(line) > 160 or "。" in line:
        return False
    names = re.split(r"[、,;]", line[:-1])
    return 2 * sum(len(name) < 50 and _addressed().fullmatch(name) is not None for name in names) > len(names)
