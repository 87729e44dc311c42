"""From a link and its shifts to the relation. Strengthened and weakened come from shifts, never from similarity."""

from __future__ import annotations

from collections.abc import Sequence

from nlp_reform.align.assign import Link
from nlp_reform.align.facets import Facets
from nlp_reform.align.records import Relation, Shift

NOVEL = 0.24
"""Below this cosine the content of a linked unit has moved, though no field did."""
KEPT = 0.15
"""A side of which the other has less than this share (the mean of its clauses) is mostly new or mostly gone."""
LOOSE = 0.35
"""Below this cosine a measure that grew or shrank much has changed, and a target that one side has alone, or a cue
without a target, may well belong to another measure: it shows a change, but not which way."""
_STRETCH = 2.5
_NEUTRAL = {"polarity"}
"""Fields whose shift without a direction leaves a measure reworded."""


def relation(link: Link, shifts: Sequence[Shift], stretch: float = 1.0) -> Relation:
    """Return the relation of a link; mirrored when the sides are swapped.

    `stretch` is how many times as long as the shorter side the longer one is.
    """
    if link.exact:
        return "unchanged"
    if len(link.after) > 1:
        return "split"
    if len(link.before) > 1:
        return "merged"
    return _direction(link, shifts, stretch)


def _direction(link: Link, shifts: Sequence[Shift], stretch: float) -> Relation:
    """Read the shifts that have both sides first; what one side has alone decides only where those are silent."""
    paired = [s for s in shifts if s.before is not None and s.after is not None and (s.move or s.field not in _NEUTRAL)]
    alone = [s for s in shifts if s.before is None or s.after is None]
    for group in (paired, alone):
        moves = {shift.move for shift in group} - {None}
        weak = group is alone or {s.field for s in group if s.move} == {"modality"}
        if len(moves) == 2 or (moves and weak and link.cosine < LOOSE):
            return "changed"
        if moves:
            return "strengthened" if "up" in moves else "weakened"
    if paired or link.cosine < NOVEL or link.kept < KEPT or (link.cosine < LOOSE and stretch > _STRETCH):
        return "changed"
    return "reworded"


def joined(parts: Sequence[Facets]) -> Facets:
    """Return what several units lay down together."""
    if len(parts) == 1:
        return parts[0]
    return Facets(
        tuple(x for part in parts for x in part.bounds), tuple(x for part in parts for x in part.duties),
        tuple(x for part in parts for x in part.dues), tuple(x for part in parts for x in part.reaches),
        frozenset().union(*(part.lead for part in parts)), frozenset().union(*(part.numbers for part in parts)),
        "".join(part.text for part in parts),
    )
