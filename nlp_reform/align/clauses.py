"""How much of each clause of a unit the other unit has: what tells a shared task from a shared manner of speaking."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from nlp_reform.align.units import Unit
from nlp_reform.align.vectors import apart, bare_weights, products
from nlp_reform.align.wording import bare
from nlp_reform.prepared import compiled

_CUT = compiled("[,;。:!?]")
_LEAST = 4
"""Characters below which a piece between two commas is joined to the next one."""


class Covers(NamedTuple):
    """How far the clauses of paired units are covered; `best` has an entry a pair: its heaviest well-covered clause."""

    best: list[float]
    places: dict[tuple[int, int], int]
    shares: tuple[list[float], list[float]]
    firsts: tuple[list[int], list[int]]

    def of(self, pair: tuple[int, int], side: int) -> list[float]:
        """Return the share of each clause's weight that the other unit has, for the clauses of one side of a pair."""
        place, firsts = self.places[pair], self.firsts[side]
        return self.shares[side][firsts[place]:firsts[place + 1]]


def cut_clauses(unit: Unit) -> list[str]:
    """Return the clauses of a unit without punctuation; a short one goes with the next."""
    found: list[str] = []
    held = ""
    for piece in _CUT.split(unit.text):
        held += bare(piece)
        if len(held) >= _LEAST:
            found.append(held)
            held = ""
    return found or [unit.bare]


def find_covers(before: Sequence[Unit], after: Sequence[Unit], pairs: Sequence[tuple[int, int]]) -> Covers:
    """Return the covers of the pairs; the values are in 0…1."""
    import numpy as np

    if not pairs:
        return Covers([], {}, ([], []), ([0], [0]))
    clauses = [[cut_clauses(u) for u in side] for side in (before, after)]
    parts, units = _rows((before, after), clauses)
    weight = [np.asarray(part.sum(axis=1)).ravel().astype(float) for part in parts]
    middle = max(1e-6, float(np.concatenate(weight).mean()) / 2)
    ends = apart(pairs)
    best = np.zeros(len(pairs))
    shares: list[list[float]] = []
    firsts: list[list[int]] = []
    for side in (0, 1):
        count = np.array([len(one) for one in clauses[side]])
        asked = count[ends[side]]
        first = np.cumsum(asked) - asked  # the place of each pair's first clause among those asked
        clause = np.arange(asked.sum()) + np.repeat((np.cumsum(count) - count)[ends[side]] - first, asked)
        shared = products(parts[side], units[1 - side], clause, np.repeat(ends[1 - side], asked))
        whole = weight[side][clause]
        best = np.maximum(best, np.maximum.reduceat(shared / (whole + middle), first))
        shares.append(np.divide(shared, whole, out=np.zeros(len(shared)), where=whole > 0).tolist())
        firsts.append([*first.tolist(), len(shared)])
    places = {pair: n for n, pair in enumerate(pairs)}
    return Covers(best.round(4).tolist(), places, (shares[0], shares[1]), (firsts[0], firsts[1]))


def _rows(sides: Sequence[Sequence[Unit]], clauses: Sequence[Sequence[Sequence[str]]]) -> tuple[list[Any], list[Any]]:
    """Return of both sides the weights of the clauses' character pairs, and the presence of the units' ones."""
    flat = [[clause for one in side for clause in one] for side in clauses]
    texts = [[u.bare for u in side] for side in sides]
    rows = bare_weights([*texts[0], *texts[1], *flat[0], *flat[1]])
    parts, units, first = [], [], len(texts[0]) + len(texts[1])
    for side, start in ((0, 0), (1, len(texts[0]))):
        unit = rows[start:start + len(texts[side])]
        unit.data = (unit.data >= 0).astype(unit.dtype)
        units.append(unit)
        parts.append(rows[first:first + len(flat[side])])
        first += len(flat[side])
    return parts, units
