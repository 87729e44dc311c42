"""How much of each clause of a unit the other unit has: what tells a shared task from a shared manner of speaking."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from nlp_reform.align.units import Unit
from nlp_reform.align.vectors import bare_weights, products
from nlp_reform.align.wording import bare
from nlp_reform.prepared import compiled

_CUT = compiled("[,;。:!?]")
_LEAST = 4
"""Characters below which a piece between two commas is joined to the next one."""


class Covers(NamedTuple):
    """For one pair: the share of each clause's weight that the other side has, for the clauses of both sides."""

    before: tuple[float, ...]
    after: tuple[float, ...]
    best: float


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


def find_covers(
    before: Sequence[Unit], after: Sequence[Unit], pairs: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], Covers]:
    """Return the covers of each pair; `best` is of the heaviest well-covered clause, in 0…1."""
    import numpy as np

    if not pairs:
        return {}
    sides = before, after
    clauses = [[cut_clauses(u) for u in side] for side in sides]
    texts = [[u.bare for u in side] for side in sides]
    flat = [[c for one in side for c in one] for side in clauses]
    rows = bare_weights([*texts[0], *texts[1], *flat[0], *flat[1]])
    units = rows[:len(before)], rows[len(before):len(before) + len(after)]
    first = len(before) + len(after)
    parts = rows[first:first + len(flat[0])], rows[first + len(flat[0]):]
    weight = [np.asarray(part.sum(axis=1)).ravel() for part in parts]
    middle = max(1e-6, float(np.concatenate(weight).mean()) / 2)
    firsts = [np.cumsum([0, *map(len, side)]).tolist() for side in clauses]
    covers: list[dict[tuple[int, int], tuple[float, ...]]] = []
    best: dict[tuple[int, int], float] = {}
    for side in (0, 1):
        asked = [(c, pair[1 - side]) for pair in pairs for c in range(firsts[side][pair[side]],
                                                                      firsts[side][pair[side] + 1])]
        presence = units[1 - side].copy()
        presence.data[:] = 1.0
        shared = products(parts[side], presence, asked)
        found: dict[tuple[int, int], tuple[float, ...]] = {}
        place = 0
        for pair in pairs:
            count = firsts[side][pair[side] + 1] - firsts[side][pair[side]]
            mine = [(shared[n], float(weight[side][asked[n][0]])) for n in range(place, place + count)]
            place += count
            found[pair] = tuple(part / whole if whole > 0 else 0.0 for part, whole in mine)
            best[pair] = max(best.get(pair, 0.0), *(part / (whole + middle) for part, whole in mine))
        covers.append(found)
    return {pair: Covers(covers[0][pair], covers[1][pair], round(best[pair], 4)) for pair in pairs}
