"""What a compared unit lays down: its targets, duties, deadlines and reach, in words that can be compared."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nlp_reform.align.extents import Due, Pace, Reach, Span, dues, paces, reaches
from nlp_reform.align.tasks import Task, find_tasks
from nlp_reform.align.units import Unit
from nlp_reform.align.wording import said, wording
from nlp_reform.model import Document, Mention, Quantity, Target

_FLOORS = {">=": True, ">": True, "<=": False, "<": False}
_SUBJECT = 26
"""Characters of record before a number, in its sentence, that say what it counts."""
_AROUND = 16
"""Characters of record before and after a number that tell which of two numbers is meant."""


class Bound(NamedTuple):
    """A target as it is compared: percentages, fractions and 成 on one scale (`%`)."""

    target: Target
    indicator: str
    text: str
    value: float | None
    upper: float | None
    unit: str
    comparator: str
    around: str
    subject: str
    span: Span | None

    @property
    def absent(self) -> bool:
        """Whether it is missing on purpose."""
        return self.target.explicitly_absent


class Duty(NamedTuple):
    """A deontic clause: strength, modality, the cue as printed, its clause, and who must act."""

    modality: str
    strength: int
    cue: str
    clause: str
    bearer: str
    condition: str
    span: Span


class Threshold(NamedTuple):
    """A number that delimits whom or what a measure reaches; `floor` where those above it are reached."""

    value: float
    unit: str
    floor: bool
    text: str
    around: str
    span: Span


class Facets(NamedTuple):
    """Everything a unit lays down."""

    bounds: tuple[Bound, ...]
    duties: tuple[Duty, ...]
    dues: tuple[Due, ...]
    reaches: tuple[Reach, ...]
    lead: frozenset[str]
    numbers: frozenset[str]
    text: str = ""
    tasks: tuple[Task, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    paces: tuple[Pace, ...] = ()


class Layers:
    """A document's layers by place, so that a unit's share of them is found by bisection."""

    def __init__(self, document: Document) -> None:
        """Index the layers; linear in their size."""
        self.document = document
        self.quantities = {q.id: q for q in document.quantities}
        self._sentences = [s.start for s in document.statements]
        self._bounds = sorted(self._all_bounds(), key=lambda pair: pair[0])
        self._at = [place for place, _ in self._bounds]
        self._duties = sorted((o.cue.start if o.cue else o.action.start if o.action else -1, n)
                              for n, o in enumerate(document.obligations))
        self._duty_at = [place for place, _ in self._duties]
        self._units = sorted((a.unit.start, n) for n, a in enumerate(document.assignments))
        self._unit_at = [place for place, _ in self._units]
        self._numbers = [q.start for q in document.quantities]

    def bounds(self) -> Iterator[Bound]:
        """Yield every target of the document."""
        yield from (bound for _, bound in self._bounds)

    def of(self, unit: Unit) -> Facets:
        """Return what the unit lays down."""
        document, start, end = self.document, unit.start, unit.end
        here = slice(bisect_left(self._at, start), bisect_left(self._at, end))
        duties = slice(bisect_left(self._duty_at, start), bisect_left(self._duty_at, end))
        leads = slice(bisect_left(self._unit_at, start), bisect_left(self._unit_at, end))
        numbers = slice(bisect_left(self._numbers, start), bisect_left(self._numbers, end))
        return Facets(
            tuple(bound for _, bound in self._bounds[here]),
            tuple(self._duty(n) for _, n in self._duties[duties]),
            tuple(dues(document, unit.sentences)), tuple(reaches(document, unit.sentences)),
            frozenset(said(document, document.assignments[n].unit) for _, n in self._units[leads]
                      if document.assignments[n].role != "support"),
            frozenset(number(q) for q in document.quantities[numbers] if q.role not in ("achieved", "baseline")),
            unit.text, find_tasks(document, unit), tuple(self._thresholds(document.quantities[numbers])),
            tuple(paces(document, unit.sentences)),
        )

    def _thresholds(self, quantities: Sequence[Quantity]) -> Iterator[Threshold]:
        for quantity in quantities:
            if quantity.role == "condition" and quantity.comparator in _FLOORS:
                value, _, unit = scaled(quantity)
                span = quantity.start, quantity.end
                yield Threshold(value, unit, _FLOORS[quantity.comparator], wording(self.document, *span),
                                self._around(*span), span)

    def _around(self, start: int, end: int) -> str:
        document = self.document
        ahead = wording(document, max(0, start - _AROUND), start)
        return ahead + wording(document, end, min(len(document.text), end + _AROUND // 2))

    def _all_bounds(self) -> Iterator[tuple[int, Bound]]:
        for target in self.document.targets:
            quantity = self.quantities.get(target.quantity or "")
            place = quantity or target.indicator
            if place is not None:
                yield place.start, self._bound(target, quantity, place)

    def _bound(self, target: Target, quantity: Quantity | None, place: Quantity | Mention) -> Bound:
        document = self.document
        around = self._around(place.start, place.end)
        indicator = said(document, target.indicator)
        subject = wording(document, max(self._sentence(place.start), place.start - _SUBJECT), place.start)
        span = (place.start, place.end)
        if quantity is None:
            return Bound(target, indicator, wording(document, *span), None, None, "", "=", around, subject, span)
        value, upper, unit = scaled(quantity)
        return Bound(target, indicator, wording(document, *span), value, upper, unit, quantity.comparator, around,
                     subject, span)

    def _sentence(self, offset: int) -> int:
        n = bisect_left(self._sentences, offset + 1) - 1
        return self._sentences[n] if n >= 0 else 0

    def _duty(self, n: int) -> Duty:
        document, o = self.document, self.document.obligations[n]
        place = o.cue or o.action
        start = place.start if place else 0
        end = max(o.action.end if o.action else 0, place.end if place else 0)
        clause = said(document, o.action) or wording(document, start, end)
        return Duty(o.modality, o.strength, said(document, o.cue), clause, said(document, o.bearer),
                    said(document, o.condition), (start, place.end if place else start))


def scaled(quantity: Quantity) -> tuple[float, float | None, str]:
    """Return value, upper bound and unit with bare fractions as percentages."""
    if quantity.unit == "" and 0 < quantity.value <= 1:
        return round(quantity.value * 100, 6), None if quantity.upper is None else round(quantity.upper * 100, 6), "%"
    return quantity.value, quantity.upper, quantity.unit


def number(quantity: Quantity) -> str:
    """Return a quantity's value and unit as one comparable string."""
    value, upper, unit = scaled(quantity)
    return f"{value:g}{'' if upper is None else f'-{upper:g}'}{unit}"
