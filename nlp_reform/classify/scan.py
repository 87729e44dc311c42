"""Finds the strings of a fixed vocabulary in many texts at once, with numpy alone.

Texts are joined with a separator and turned into code points; a rolling hash of every window of each length
that the vocabulary has is looked up in a table. No Python loop runs over characters or windows, which is what
makes 20,000 directives a second possible without a compiled extension.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float32]

_PRIME = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_PLANE = 0x10000


_KEPT = ((0x30, 0x3A), (0x61, 0x7B), (0xC0, 0xD7), (0xD8, 0xF7), (0xF8, 0x250), (0x370, 0x530), (0x3007, 0x3008),
         (0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))
"""Digits and letters, Chinese ones foremost; whatever else stands in a text is a break between strings."""
_SEPARATOR = 1


def _folding() -> npt.NDArray[np.uint32]:
    """Return the table that keeps letters and digits, lowers ASCII case, and makes everything else a break (0)."""
    table = np.zeros(_PLANE, dtype=np.uint32)
    for start, end in _KEPT:
        table[start:end] = np.arange(start, end)
    table[0x41:0x5B] = np.arange(0x61, 0x7B)
    table[0xFF10:0xFF1A] = np.arange(0x30, 0x3A)
    table[0xFF21:0xFF3B] = table[0xFF41:0xFF5B] = np.arange(0x61, 0x7B)
    return table


class Joined:
    """Texts as one array of folded code points; text `i` is `points[starts[i]:starts[i + 1] - 1]`."""

    __slots__ = ("_rolled", "found", "points", "starts")

    def __init__(self, points: npt.NDArray[np.uint32], starts: Ints) -> None:
        """Take the points of all texts and where each begins, with the end of the last."""
        self.points = points
        self.starts = starts
        self.found: dict[Vocabulary, list[tuple[Ints, Ints, Ints]]] = {}
        self._rolled: list[Hashes] = []

    def rolling(self, longest: int) -> Iterator[tuple[int, Hashes]]:
        """Yield each length up to `longest` with the hashes of all windows of so many points.

        Those of short texts are kept for the next vocabulary that asks.
        """
        flat = self._rolled[0] if self._rolled else self.points.astype(np.uint64)
        rolled = np.zeros(len(flat), dtype=np.uint64)
        for length in range(1, min(longest, len(flat)) + 1):
            if length <= len(self._rolled):
                rolled = self._rolled[length - 1]
            else:
                rolled = rolled[:len(flat) - length + 1] * _PRIME + flat[length - 1:]
                if len(flat) < _SHORT:
                    self._rolled.append(rolled)
            yield length, rolled


_SHORT = 1 << 20
"""Points of texts whose hashes are kept: 8 MB for each length of a term."""


class Hits(NamedTuple):
    """Where vocabulary entries stand: entry, text, and half-open place in the joined points."""

    entry: Ints
    text: Ints
    start: Ints
    end: Ints


_FOLD: list[npt.NDArray[np.uint32]] = []


def points(text: str) -> npt.NDArray[np.uint32]:
    """Return the folded code points of a text; characters beyond the first plane are breaks."""
    if not _FOLD:
        _FOLD.append(_folding())
    raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return _FOLD[0][np.where(raw < _PLANE, raw, 0)]


def join(texts: Sequence[str]) -> Joined:
    """Return the texts joined, a break after each."""
    lengths = np.fromiter((len(text) + 1 for text in texts), dtype=np.int64, count=len(texts))
    starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths)))
    flat = points("\0".join([*texts, ""]))
    flat[starts[1:] - 1] = _SEPARATOR
    return Joined(flat, starts)


class _Table:
    """Hash → entry for strings of one length, by direct address with smaller tables behind it for collisions."""

    def __init__(self, keys: Hashes, entries: Ints) -> None:
        self.keys = keys
        self.entries = entries
        self._levels: list[tuple[np.uint64, npt.NDArray[np.int32]]] = []
        left = np.arange(len(keys))
        while len(left):
            shift = np.uint64(64 - max(int(len(left) * 4).bit_length(), 4))
            slots = self._slot(keys[left], shift, len(self._levels))
            table = np.full(1 << (64 - int(shift)), -1, dtype=np.int32)
            table[slots[::-1]] = left[::-1]
            self._levels.append((shift, table))
            left = left[table[slots] != left]

    @staticmethod
    def _slot(keys: Hashes, shift: np.uint64, level: int) -> Ints:
        return ((keys * (_MIX + np.uint64(2 * level))) >> shift).view(np.int64)

    def find(self, hashes: Hashes) -> tuple[Ints, Ints]:
        """Return the positions at which an entry stands, and the entries."""
        where = np.arange(len(hashes))
        places: list[Ints] = []
        found: list[Ints] = []
        for level, (shift, table) in enumerate(self._levels):
            entry = table[self._slot(hashes, shift, level)]
            taken = np.flatnonzero(entry >= 0)
            entry, hashes, where = entry[taken], hashes[taken], where[taken]
            same = self.keys[entry] == hashes
            places.append(where[same])
            found.append(self.entries[entry[same]])
            hashes, where = hashes[~same], where[~same]
        return np.concatenate(places), np.concatenate(found)


class Vocabulary:
    """Strings to be found; each must be folded already (`fold`) and hold no break."""

    def __init__(self, strings: Sequence[str]) -> None:
        """Index the strings; their place in the sequence is their entry."""
        self.size = len(strings)
        by_length: dict[int, list[int]] = {}
        for entry, string in enumerate(strings):
            by_length.setdefault(len(string), []).append(entry)
        self.tables: dict[int, _Table] = {}
        for length, entries in sorted(by_length.items()):
            flat = points("".join(strings[entry] for entry in entries)).reshape(-1, length)
            self.tables[length] = _Table(_hash_rows(flat), np.asarray(entries, dtype=np.int64))

    def find(self, joined: Joined, ordered: bool = True) -> Hits:
        """Return every occurrence of every entry, when `ordered` by start and, there, longest first."""
        found = joined.found.get(self)
        if found is None:
            longest = max(self.tables, default=0)
            found = [_placed(*self.tables[length].find(hashes), length)
                     for length, hashes in joined.rolling(longest) if length in self.tables]
        if not found:
            empty = np.zeros(0, dtype=np.int64)
            return Hits(empty, empty, empty, empty)
        start, entry, end = map(np.concatenate, zip(*found, strict=True))
        if ordered:
            order = np.argsort(start * (len(joined.points) + 1) - end)
            start, entry, end = start[order], entry[order], end[order]
        owner = np.repeat(np.arange(len(joined.starts) - 1), np.diff(joined.starts))
        return Hits(entry, owner[start], start, end)


def _placed(start: Ints, entry: Ints, length: int) -> tuple[Ints, Ints, Ints]:
    return start, entry, start + length


class Vocabularies:
    """Several vocabularies that are looked up in one pass."""

    def __init__(self, parts: Sequence[Vocabulary]) -> None:
        """Join the strings of the vocabularies, length by length."""
        self.parts = tuple(dict.fromkeys(parts))
        self._tables: dict[int, tuple[_Table, list[tuple[Vocabulary, Ints]]]] = {}
        for length in sorted({length for part in self.parts for length in part.tables}):
            tables = [(part, part.tables[length]) for part in self.parts if length in part.tables]
            keys = np.unique(np.concatenate([table.keys for _, table in tables]))
            entries: list[tuple[Vocabulary, Ints]] = []
            for part, table in tables:
                own = np.full(len(keys), -1, dtype=np.int64)
                own[np.searchsorted(keys, table.keys)] = table.entries
                entries.append((part, own))
            self._tables[length] = _Table(keys, np.arange(len(keys))), entries

    def look(self, joined: Joined) -> None:
        """Look through texts; what each vocabulary then finds in them is known.

        Long texts are left to each vocabulary: the hits of all at once would fill the memory.
        """
        if len(joined.points) >= _SHORT:
            return
        joined.found.update({part: [] for part in self.parts})
        for length, hashes in joined.rolling(max(self._tables, default=0)):
            if length in self._tables:
                table, parts = self._tables[length]
                place, key = table.find(hashes)
                for part, entries in parts:
                    entry = entries[key]
                    known = entry >= 0
                    joined.found[part].append(_placed(place[known], entry[known], length))


def _hash_rows(rows: npt.NDArray[np.uint32]) -> Hashes:
    rolled = np.zeros(len(rows), dtype=np.uint64)
    for column in rows.T:
        rolled = rolled * _PRIME + column.astype(np.uint64)
    return rolled


def longest(hits: Hits) -> Hits:
    """Keep the hits that do not lie inside another, longer one."""
    if not len(hits.start):
        return hits
    before = np.concatenate(([0], np.maximum.accumulate(hits.end)[:-1]))
    keep = hits.end > before
    return Hits(*(column[keep] for column in hits))


def fold(texts: Sequence[str]) -> list[str]:
    """Return strings as the scan sees them: lower case, NUL for all but letters and digits, none at their ends."""
    folded = join(texts).points.astype("<u4").tobytes().decode("utf-32-le")
    return [text.strip("\0") for text in folded.split(chr(_SEPARATOR))[:-1]]
