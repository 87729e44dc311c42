"""Durations: a limit or a term counts, a calendar reference does not (scheme.md section 4)."""

from __future__ import annotations

import re
from functools import lru_cache

from nlp_reform.extract.matching import trie
from nlp_reform.extract.quantities.comparators import Bound
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

_CALENDAR_UNITS = frozenset({"年", "日", "月", "年度", "个年度", "个财政年度", "周", "天", "个月", "学年", "个学年"})
_BEFORE = 10
_LONGER = compiled(r"(?:延长|缩短|顺延|推迟|提前)(?:至|到)?\Z")
_REACHED = compiled(r"(?:扩大|提高|增加|提升|压缩|缩短|延长|减少|降低|放宽)(?:到|至)\Z")
"""What is lengthened to so many years: 资助扩大到三年."""
_AHEAD = compiled(r"(?:满|期|工|办|会|日|始|束|用|产|业|止|行)前\Z|(?<![此今其往随之以])后\Z")
"""An event before or after which a term runs: 期满前30日内, 收到申请后15日内."""


@lru_cache(maxsize=1)
def _cues() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    limit = lexicon("periods")["limit"]
    return (
        compiled(rf"(?:{trie(limit['before'])})(?:了|约|近|至)?\Z"),
        compiled(trie(limit["after"])),
        compiled(rf"(?:{trie(limit['calendar_before'])}|(?<!提)前)\Z"),
        compiled(trie(limit["calendar_after"])),
    )


def counts_as_limit(text: str, start: int, end: int, unit: str, head: Bound | None, tail: Bound | None) -> bool:  # noqa: PLR0911  (a chain of signs)
    """Tell whether a number of years, months or days is a limit or term."""
    if unit not in _CALENDAR_UNITS:
        return True
    before, after, calendar_before, calendar_after = _cues()
    floor = max(0, start - _BEFORE)
    if tail is not None and tail.comparator == "<=" and unit != "年" and _AHEAD.search(text, floor, start):
        return True
    if "." in text[start:end] or (unit == "年" and _REACHED.search(text, floor, start)):
        return True
    if calendar_before.search(text, floor, start):
        return False
    if unit in ("日", "月") and (
        text.startswith("起", end) or not (tail or after.match(text, end) or _LONGER.search(text, floor, start))
    ):
        return False
    if head is not None or tail is not None:
        return not (tail is None and head is not None and head.comparator == "~" and calendar_after.match(text, end))
    if calendar_after.match(text, end) and not after.match(text, end):
        return False
    if unit in ("个月", "天", "周"):
        return True
    return bool(before.search(text, floor, start) or after.match(text, end))
