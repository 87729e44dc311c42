"""From a link and its shifts to the relation. Strengthened and weakened come from shifts, never from similarity."""

from __future__ import annotations

from collections.abc import Sequence

from nlp_reform.align.assign import Link
from nlp_reform.align.facets import Facets
from nlp_reform.align.records import Relation, Shift

_NEUTRAL = {"polarity"}
"""Fields whose shift without a direction leaves a measure reworded."""


def relation(link: Link, shifts: Sequence[Shift]) -> Relation:
    """Return the relation of a link; mirrored when the sides are swapped."""
    if link.exact:
        return "unchanged"
    if len(link.after) > 1:
        return "split"
    if len(link.before) > 1:
        return "merged"
    return _direction(shifts)


def _direction(shifts: Sequence[Shift]) -> Relation:
    """Read the fields that both sides have first; what one side has alone decides only where those are silent."""
    content = [s for s in shifts if s.field == "content"]
    fields = [s for s in shifts if s.field != "content" and (s.move or s.field not in _NEUTRAL)]
    paired = [s for s in fields if s.before is not None and s.after is not None]
    alone = [s for s in fields if s.before is None or s.after is None]
    for group in (paired, _telling(alone, content)):
        moves = {shift.move for shift in group} - {None}
        if len(moves) == 2 or (moves and content and all(_bare(s) for s in group if s.move)):
            return "changed"
        if moves:
            return "strengthened" if "up" in moves else "weakened"
    return "changed" if paired or content else "reworded"


def _telling(alone: Sequence[Shift], content: Sequence[Shift]) -> list[Shift]:
    """Return the shifts of one side that say which way a measure went.

    A target that went while other tasks came, or went together with its own task while others came, says only that
    the content moved; so does one that came while tasks went.
    """
    gone, come = any(c.before for c in content), any(c.after for c in content)
    return [s for s in alone if not (come if s.after is None else gone)]


def _bare(shift: Shift) -> bool:
    """Tell whether only a cue moved that one of the two sides lacks, a bare imperative; a permission says more."""
    shown = (shift.before or "", shift.after or "")
    return (shift.field == "modality" and any(words and words.count(" ") < 2 for words in shown)
            and not any(words.startswith("permission") for words in shown))


def joined(parts: Sequence[Facets]) -> Facets:
    """Return what several units lay down together."""
    if len(parts) == 1:
        return parts[0]
    return Facets(
        tuple(x for part in parts for x in part.bounds), tuple(x for part in parts for x in part.duties),
        tuple(x for part in parts for x in part.dues), tuple(x for part in parts for x in part.reaches),
        frozenset().union(*(part.lead for part in parts)), frozenset().union(*(part.numbers for part in parts)),
        "".join(part.text for part in parts), tuple(x for part in parts for x in part.tasks),
        tuple(x for part in parts for x in part.thresholds), tuple(x for part in parts for x in part.paces),
    )
