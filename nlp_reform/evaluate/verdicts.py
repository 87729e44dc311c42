"""One verdict for each item that gold or machine has: the table, the lists and the comparisons all count these."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple, TypeVar

from nlp_reform.spans import Span

Outcome = Literal["hit", "missed", "false", "wrong"]
"""hit: gold and machine agree; missed: only gold; false: only machine; wrong: both, of different class."""

Found = TypeVar("Found")


class Slot(NamedTuple):
    """One property of a matched item as gold and machine have it ("" for none)."""

    name: str
    gold: str
    found: str
    exact: bool
    lenient: bool


class Verdict(NamedTuple):
    """What became of one item; offsets are of the document's text of record, `gold` and `found` are classes."""

    task: str
    document: str
    genre: str
    outcome: Outcome
    gold: str
    found: str
    start: int
    end: int
    text: str
    slots: tuple[Slot, ...] = ()

    @property
    def key(self) -> str:
        """What stays of an item from one run to the next."""
        side = "machine" if self.outcome == "false" else "gold"
        label = self.found if side == "machine" else self.gold
        return f"{self.task}|{self.document}|{side}|{self.start}|{self.end}|{label}"


def inside(spans: Sequence[Span], start: int) -> bool:
    """Tell whether an offset lies in one of the passages."""
    return any(a <= start < b for a, b in spans)


def pair(gold: Sequence[Found], found: Sequence[Any], span: Callable[[Any], tuple[int, int]],
         fits: Callable[[Any, Any], bool]) -> Iterator[tuple[Found | None, Any | None]]:
    """Pair items one to one: they overlap and fit, the greatest overlap first; then what is left of both.

    `span` gives an item's offsets; both sequences may come in any order. Linear but for sorting where
    items of one side overlap each other little.
    """
    order = sorted(range(len(found)), key=lambda n: span(found[n])[0])
    starts = [span(found[n])[0] for n in order]
    longest = max((b - a for a, b in map(span, found)), default=0)
    candidates = []
    for i, item in enumerate(gold):
        a, b = span(item)
        for n in order[bisect_left(starts, a - longest):bisect_right(starts, b - 1)]:
            c, d = span(found[n])
            shared = min(b, d) - max(a, c)
            if shared > 0 and fits(item, found[n]):
                candidates.append((-shared, abs(a - c) + abs(b - d), i, n))
    mine: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, n in sorted(candidates):
        if i not in mine and n not in taken:
            mine[i] = n
            taken.add(n)
    for i, item in enumerate(gold):
        yield item, found[mine[i]] if i in mine else None
    for n, item in enumerate(found):
        if n not in taken:
            yield None, item


def plain(text: str) -> str:
    """Return a printed text without white space, for comparison: hard wraps are nobody's error."""
    return "".join(text.split())


def slot(name: str, gold: Any, found: Any) -> Slot:
    """Compare a closed value: exact only."""
    a, b = _shown(gold), _shown(found)
    return Slot(name, a, b, a == b, a == b)


def worded(name: str, gold: str | None, found: str | None) -> Slot:
    """Compare printed words: exact without white space; lenient when half of the longer one is shared in one run."""
    a, b = plain(gold or ""), plain(found or "")
    return Slot(name, a, b, a == b, a == b or bool(a and b and _shared(a, b) * 2 >= max(len(a), len(b))))


def _shared(a: str, b: str) -> int:
    return SequenceMatcher(None, a, b, autojunk=False).find_longest_match().size


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)


def count(verdicts: Iterable[Verdict], label: str | None = None) -> tuple[int, int, int]:
    """Return true positives, false positives and false negatives, of one class when `label` is given."""
    right = false = missed = 0
    for v in verdicts:
        if v.outcome == "hit" and label in (None, v.gold):
            right += 1
            continue
        false += v.outcome in ("false", "wrong") and label in (None, v.found)
        missed += v.outcome in ("missed", "wrong") and label in (None, v.gold)
    return right, false, missed
