"""Places where numerals count nothing: ordinals, grades, dates, names, slogans in quotation marks, titles."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from nlp_reform.extract.matching import trie
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

_QUOTED = compiled(
    r"“([^“”\n]{1,24})”|「([^「」\n]{1,24})」|『([^『』\n]{1,24})』|‘([^‘’\n]{1,24})’|\"([^\"\n]{1,24})\""
)
_NUMBER = frozenset("0123456789多余")
_TITLE = compiled(r"《[^》\n]{1,120}》")


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    entries = lexicon("not_numbers")["mask"]
    terms = [term for entry in entries for term in entry.get("terms", ())]
    terms += lexicon("not_numbers")["programme"]["terms"]
    led = [p for entry in entries for p in entry.get("led", ())]
    patterns = [p for entry in entries for p in entry.get("patterns", ())]
    digits = r"\d零一二两三四五六七八九十百千万亿"
    # One alternation for all that begin with a numeral, tried only at the numeral's first character: a run of
    # digits is looked at once, not once from each of its digits.
    begins = rf"(?=[{digits}])(?<![{digits}])(?:{'|'.join(led)})"
    return (compiled(begins), compiled(trie(terms)), *map(re.compile, patterns))


class Masks:
    """The masked places of one text. `hidden(start, end)` tells whether a numeral there counts nothing."""

    __slots__ = ("_ends", "_quote_starts", "_quotes", "_starts")

    def __init__(self, text: str, more: tuple[tuple[int, int], ...] = ()) -> None:
        """Scan the text once per rule; `more` are places another finder claims (dates and periods)."""
        first, names, *rest = _patterns()
        spans = [m.span() for pattern in (first, *rest) for m in pattern.finditer(text)]
        # A name inside a number is none (25百年…); looked at afterwards, since a pattern that begins with the names'
        # first characters is found many times faster than one that begins with what may not stand before.
        spans += [m.span() for m in names.finditer(text) if text[m.start() - 1 : m.start()] not in _NUMBER]
        spans += [m.span() for m in _TITLE.finditer(text)]
        spans += more
        self._starts, self._ends = _merge(spans)
        quotes = [m.span() for m in _QUOTED.finditer(text)]
        self._quotes = quotes
        self._quote_starts = [a for a, _ in quotes]

    def hidden(self, start: int, end: int) -> bool:
        """Tell whether `[start, end)` overlaps a masked place."""
        n = bisect_right(self._starts, start)
        if n and self._ends[n - 1] > start:
            return True
        return n < len(self._starts) and self._starts[n] < end

    def quoted(self, start: int) -> bool:
        """Tell whether `start` lies inside short quotation marks."""
        n = bisect_right(self._quote_starts, start)
        return bool(n) and self._quotes[n - 1][1] > start


def _merge(spans: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(spans):
        if ends and start < ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return starts, ends
