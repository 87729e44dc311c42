"""Offsets: half-open spans in code points, and the map from a cleaned text back to the text of record."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open `[start, end)` in Unicode code points of the text of record."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


class OffsetMap:
    """Offsets of a text from which pieces were cut, built while cutting.

    `cuts` are the half-open pieces of the original that were left out, in order and disjoint.
    `origin(i)` takes an offset of the shortened text to the original; `clean(i)` goes the other way
    (an offset inside a cut goes to the place of the cut). Both cost one bisection, or nothing when
    nothing was cut.
    """

    __slots__ = ("_clean", "_origin", "cuts")

    def __init__(self, cuts: Iterable[tuple[int, int]] = ()) -> None:
        """Take the cuts; raises ValueError when they overlap or are out of order."""
        self.cuts = tuple(cuts)
        self._clean: list[int] = []
        self._origin: list[int] = []
        gone = 0
        last = 0
        for start, end in self.cuts:
            if start < last or end <= start:
                raise ValueError(f"cuts overlap or are out of order at {start}")
            self._clean.append(start - gone)
            gone += end - start
            self._origin.append(gone)
            last = end

    def origin(self, offset: int) -> int:
        """Return the original offset of the character that now stands at `offset`."""
        if not self._clean:
            return offset
        n = bisect_right(self._clean, offset)
        return offset + self._origin[n - 1] if n else offset

    def clean(self, offset: int) -> int:
        """Return the shortened text's offset of the original `offset`."""
        if not self.cuts:
            return offset
        n = bisect_right(self.cuts, (offset, offset))
        if n and offset < self.cuts[n - 1][1]:
            return self._clean[n - 1]
        return offset - self._origin[n - 1] if n else offset

    def ends(self, start: int, end: int) -> tuple[int, int]:
        """Return start and end of the original of `[start, end)`; a cut at its end stays outside."""
        clean = self._clean
        if not clean:
            return start, end
        n = bisect_right(clean, start)
        first = start + self._origin[n - 1] if n else start
        if end <= start:
            return first, first
        n = bisect_right(clean, end - 1, n)
        return first, end + self._origin[n - 1] if n else end

    def span(self, start: int, end: int) -> Span:
        """Return the original span of `[start, end)`; a cut at its end stays outside."""
        return Span(*self.ends(start, end))


class View:
    """A cleaned copy of a text of record with the way back.

    `text` is Simplified, half-width, free of wrapping and of blanks between Chinese characters; one
    paragraph a line. Finders scan `text` and hand out only what `span` or `cite` return.
    """

    __slots__ = ("map", "record", "text")

    def __init__(self, record: str, text: str, cuts: Iterable[tuple[int, int]] = ()) -> None:
        """Take the text of record, its cleaned copy and the cuts that lead from one to the other."""
        self.record = record
        self.text = text
        self.map = OffsetMap(cuts)

    def span(self, start: int, end: int) -> Span:
        """Return the span of record of `text[start:end]`."""
        return self.map.span(start, end)

    def cite(self, start: int, end: int) -> tuple[int, int, str]:
        """Return start, end and the printed text of record of `text[start:end]`."""
        first, last = self.map.ends(start, end)
        return first, last, self.record[first:last]
