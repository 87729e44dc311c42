"""The verb a span opens with, adverbs and lead-ins before it allowed. Offsets index the cleaned copy."""

from __future__ import annotations

from nlp_reform.extract.matching import listed
from nlp_reform.prepared import compiled

_MARKS = "、和与"
_COUNTS = frozenset("一二三四五六七八九十")
_COUNT = compiled("[一二三四五六七八九十]{1,2}[要是]")


def after_adverbs(text: str, start: int, end: int) -> int:
    """Return where the adverbs, and the marks between them, that `text[start:end]` begins with end."""
    after_adverb = listed("verbs", "adverb").end
    while start < end:
        after = after_adverb(text, start, end) or (start + 1 if text[start] in _MARKS else 0)
        if not after:
            break
        start = after
    return start


def opened(text: str, start: int, end: int) -> int:
    """Return where the verb that `text[start:end]` opens with, behind its adverbs, ends; 0 where it opens with none."""
    return listed("verbs", "action").end(text, after_adverbs(text, start, end), end)


def leads_to_verb(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence opens with a verb, be it behind a lead-in (今年, 一是) and adverbs."""
    lead = listed("verbs", "lead").end(text, start, end)
    for at in (lead, start) if lead else (start,):
        count = _COUNT.match(text, at, end) if text[at:at + 1] in _COUNTS else None
        if (count and opened(text, count.end(), end)) or opened(text, at, end):
            return True
    return False
