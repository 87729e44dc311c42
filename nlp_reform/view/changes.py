"""What became of measures between years, as a page lists it: redlines, reasons, threads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from nlp_reform.align import RELATIONS, Comparison, History, Item, Shift
from nlp_reform.align.history import Step
from nlp_reform.align.records import Aim, Figure, Result
from nlp_reform.align.redline import redline
from nlp_reform.view.fulltext import Anchors
from nlp_reform.view.tallies import SIGN, Place, squeezed
from nlp_reform.view.words import Words

_WORDED = {"modality": "modality", "polarity": "modality", "comparator": "value", "binding": "value",
           "direction": "value"}
"""Fields whose values begin with a term, and the group of its labels."""
_TAGS = {"delete": ("<del>", "</del>"), "insert": ("<ins>", "</ins>"), "equal": ("", "")}


class Spot(NamedTuple):
    """A printed piece with its place in the page."""

    text: str
    offset: int
    anchor: str


def comparison_part(comparison: Comparison, anchors: Mapping[str, Anchors], words: Words) -> dict[str, Any]:
    """Return one comparison for the page: counts, targets, outcomes, and every item not left word for word."""
    sides = anchors[comparison.before.id], anchors[comparison.after.id]
    counts = comparison.counts()
    return {
        "title": f"{_name(comparison.before)} → {_name(comparison.after)}",
        "notes": [words.doubt(note) for note in comparison.notes],
        "counts": [(name, counts[name]) for name in RELATIONS if counts[name] and name != "unchanged"],
        "targets": [
            {"indicator": pair.indicator, "relation": pair.relation, "before": _aim(pair.before, sides[0]),
             "after": _aim(pair.after, sides[1])}
            for pair in comparison.targets if pair.before and pair.after
        ],
        "outcomes": [
            {"indicator": one.indicator, "relation": one.verdict, "why": _why(one, words),
             "before": _figure(one.target, sides[0]), "after": _figure(one.achieved, sides[1])}
            for one in comparison.outcomes
        ],
        "changes": [_item(comparison, item, sides, words) for item in comparison.items if item.relation != "unchanged"],
    }


def _item(comparison: Comparison, item: Item, sides: tuple[Anchors, Anchors], words: Words) -> dict[str, Any]:
    pieces = redline(comparison, item)
    return {
        "relation": item.relation,
        "flags": [name for name in ("moved", "review") if getattr(item, name)],
        "places": [_place(side, place.start) for side, places in zip(sides, (item.before, item.after), strict=True)
                   for place in places],
        "redline": Markup("".join(f"{_TAGS[kind][0]}{escape(text)}{_TAGS[kind][1]}" for kind, text in pieces)),
        "reasons": [_reason(shift, words) for shift in item.changes],
    }


def _why(result: Result, words: Words) -> str:
    """Return the reason for a verdict: the record's own in English, in Chinese made of the two printed figures."""
    if words.lang == "en":
        return result.why
    return words("why", result.verdict, aim=squeezed(result.target.text), reached=squeezed(result.achieved.text))


def _reason(shift: Shift, words: Words) -> dict[str, Any]:
    """Return a shift for a reader: `obligation 4 应` has its first word in the reader's language, `>=` is a sign."""
    def said(value: str | None) -> str | None:
        if value is None or shift.field not in _WORDED:
            return value
        first, blank, rest = value.partition(" ")
        return words(_WORDED[shift.field], first) + blank + rest

    return {"field": shift.field, "before": said(shift.before), "after": said(shift.after), "move": shift.move}


def sentence(comparison: Comparison, words: Words) -> str:
    """Return a comparison in one sentence."""
    counts = comparison.counts()
    named = {name: counts[name] for name in ("strengthened", "weakened", "changed", "added", "dropped")}
    met = sum(one.verdict in ("met", "exceeded") for one in comparison.outcomes)
    return words("sentence", "pair", before=_name(comparison.before), after=_name(comparison.after),
                 rest=sum(counts.values()) - sum(named.values()), outcomes=len(comparison.outcomes), met=met,
                 **named)


def thread_table(history: History, anchors: Mapping[str, Anchors]) -> dict[str, Any]:
    """Return the threads as a table with one column a document; longest threads first."""
    ids = [side.id for side in history.documents]
    rows = []
    for thread in sorted(history.threads, key=lambda one: -one.stated):
        cells: dict[str, list[dict[str, Any]]] = {name: [] for name in ids}
        for step in thread.steps:
            cells[step.document].append(_step(step, anchors[step.document]))
        rows.append({"heading": thread.heading, "stated": thread.stated, "cells": [cells[name] for name in ids]})
    return {"columns": [str(side.year or side.id) for side in history.documents], "rows": rows}


def _step(step: Step, anchors: Anchors) -> dict[str, Any]:
    anchor = anchors.of(step.places[0].start) if step.places else None
    return {"event": step.event, "detail": step.detail, "anchor": anchor}


def _aim(aim: Aim | None, anchors: Anchors) -> Spot | None:
    if aim is None:
        return None
    start = aim.start or 0
    return Spot(SIGN.get(aim.comparator, "") + squeezed(aim.text) or "–", start, anchors.of(start))


def _figure(figure: Figure, anchors: Anchors) -> Spot:
    return Spot(squeezed(figure.text), figure.start, anchors.of(figure.start))


def _place(anchors: Anchors, offset: int) -> Place:
    return Place(anchors.page(offset), offset, anchors.of(offset))


def _name(side: Any) -> str:
    return f"{squeezed(side.title or side.id)}" + (f" ({side.year})" if side.year else "")


def pairs(history: History | None) -> Iterator[Comparison]:
    """Yield the comparisons of neighbouring years, none without a history."""
    found: Sequence[Comparison] = history.comparisons if history else ()
    yield from found
