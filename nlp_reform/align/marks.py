"""What two units have in common by name: rare words, indicators, bodies in charge, documents referred to."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence

from nlp_reform.align.units import Unit
from nlp_reform.align.wording import alike, said, within
from nlp_reform.model import Document
from nlp_reform.tokens import segmenter


def rare_words(before: Sequence[Unit], after: Sequence[Unit]) -> Callable[[int, int], float]:
    """Return a function of two units' numbers: how rare their two rarest common words are, in 0…1."""
    cut = segmenter().cut
    words = [[{word for word in cut(unit.text) if len(word) > 1} for unit in side] for side in (before, after)]
    counts = Counter(word for side in words for one in side for word in one)
    most = math.log(max(2, len(before) + len(after)))
    worth = {word: math.log((len(before) + len(after)) / count) / most for word, count in counts.items()}

    def rare(row: int, column: int) -> float:
        best = sorted((worth[word] for word in words[0][row] & words[1][column]), reverse=True)
        return sum(best[:2]) / 2

    return rare


def find_marks(document: Document, units: Sequence[Unit]) -> tuple[list[set[str]], list[set[str]]]:
    """Return each unit's indicators and its named things (units in charge, documents referred to)."""
    indicators: list[set[str]] = [set() for _ in units]
    named: list[set[str]] = [set() for _ in units]
    where = _Locator(units)
    for target in document.targets:
        if target.indicator and (n := where(target.indicator.start)) is not None:
            indicators[n].add(said(document, target.indicator))
    for reference in document.references:
        if (n := where(reference.start)) is not None:
            named[n].add("".join((reference.title or reference.text).split()))
    for assignment in document.assignments:
        if (n := where(assignment.unit.start)) is not None:
            named[n].add(said(document, assignment.unit))
    return indicators, named


class _Locator:
    """Finds the unit that holds an offset of record, in order of text."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._order = sorted((u.start, u.end, u.number) for u in units)
        self._starts = [start for start, _, _ in self._order]

    def __call__(self, offset: int) -> int | None:
        n = bisect_right(self._starts, offset) - 1
        return self._order[n][2] if n >= 0 and offset < self._order[n][1] else None


def shared(one: set[str], other: set[str]) -> float:
    """Return how alike the most alike indicators of two units are."""
    return max((max(alike(a, b), 0.9 * min(within(a, b), within(b, a))) for a in one for b in other), default=0.0)
