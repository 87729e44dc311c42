"""Signals of directives: black says clearly what to do, red forbids clearly, grey leaves room.

After Y. Y. Ang, "Ambiguity and clarity in China's adaptive policy communication", The China Quarterly
(2023). The mapping from obligations is ours: a directive is red when firm prohibitions are at least as many as its
other firm and bare demands, grey when more than half of its demands leave room (or it opens with one that does
and a quarter do), else black.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from nlp_reform.model.document import Document
from nlp_reform.model.records import Obligation

Colour = Literal["black", "red", "grey"]

GREY_SHARE = 0.5
"""A directive is grey when more than this share of its demands leaves room."""

OPENED = 4
"""One that opens with a demand that leaves room is grey already when one demand in so many does."""


@dataclass(frozen=True, slots=True)
class Signal:
    """The colour of a directive and the ids of the obligations that gave it."""

    directive: str
    colour: Colour
    evidence: tuple[str, ...]


def signals(document: Document) -> tuple[Signal, ...]:
    """Return a signal for each directive that lays anything down, in the order of the directives."""
    by_directive: dict[str, list[Obligation]] = {}
    for obligation in document.obligations:
        if obligation.directive:
            by_directive.setdefault(obligation.directive, []).append(obligation)
    return tuple(
        _signal(directive.id, by_directive[directive.id])
        for directive in document.directives if directive.id in by_directive)


def room(obligation: Obligation) -> bool:
    """Tell whether an obligation leaves room: hedged, hoped for, permitted or encouraged."""
    return obligation.strength <= 2


def _signal(directive: str, obligations: list[Obligation]) -> Signal:
    grey = [o for o in obligations if room(o)]
    red = [o for o in obligations if o.modality == "prohibition" and o.strength >= 4]
    black = [o for o in obligations if not room(o) and o.modality != "prohibition"]
    if red and len(red) >= len(black):
        return Signal(directive, "red", _ids(red))
    opens = room(obligations[0])
    if len(grey) > GREY_SHARE * len(obligations) or (opens and len(grey) * OPENED >= len(obligations)):
        return Signal(directive, "grey", _ids(grey))
    return Signal(directive, "black", _ids(black))


def _ids(obligations: Iterable[Obligation]) -> tuple[str, ...]:
    return tuple(obligation.id for obligation in obligations)
