"""A comparison as flat rows: one table each for items, targets, outcomes, added and dropped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nlp_reform.align.records import Aim, Comparison, Item, Shift

TABLES = ("items", "targets", "outcomes", "added", "dropped")
"""The names of the tables, in the order of the sheets."""


def rows(comparison: Comparison, table: str = "items") -> list[dict[str, Any]]:
    """Return the rows of a table; raises KeyError for a name that is not in `TABLES`."""
    return list({"items": _items, "targets": _targets, "outcomes": _outcomes, "added": _added,
                 "dropped": _dropped}[table](comparison))


def shift_words(shift: Shift) -> str:
    """Return a shift in one line: `target: 90人 -> 80人`."""
    return f"{shift.field}: {shift.before or 'none'} -> {shift.after or 'none'}"


def _items(comparison: Comparison) -> Iterator[dict[str, Any]]:
    for item in comparison.items:
        yield _item(item)


def _item(item: Item) -> dict[str, Any]:
    row: dict[str, Any] = {"relation": item.relation, "moved": item.moved, "review": item.review, "score": item.score,
                           "similarity": item.similarity, "changes": "; ".join(map(shift_words, item.changes))}
    for name, side in (("before", item.before), ("after", item.after)):
        row |= {
            f"{name}_directive": " ".join(dict.fromkeys(p.directive or "" for p in side)),
            f"{name}_label": " ".join(dict.fromkeys(p.label for p in side if p.label)),
            f"{name}_section": " / ".join(dict.fromkeys(p.section for p in side if p.section)),
            f"{name}_start": side[0].start if side else None, f"{name}_end": side[-1].end if side else None,
            f"{name}_text": "\n".join("".join(p.text.split()) for p in side),
        }
    return row


def _only(comparison: Comparison, relation: str, side: str) -> Iterator[dict[str, Any]]:
    for item in comparison.items:
        if item.relation == relation:
            row = _item(item)
            kept = {key.removeprefix(f"{side}_"): value for key, value in row.items() if key.startswith(f"{side}_")}
            yield {**kept, "score": item.score, "review": item.review}


def _added(comparison: Comparison) -> Iterator[dict[str, Any]]:
    return _only(comparison, "added", "after")


def _dropped(comparison: Comparison) -> Iterator[dict[str, Any]]:
    return _only(comparison, "dropped", "before")


def _targets(comparison: Comparison) -> Iterator[dict[str, Any]]:
    for pair in comparison.targets:
        row: dict[str, Any] = {"indicator": pair.indicator, "relation": pair.relation,
                               "explicitly_absent": pair.explicitly_absent}
        for name, aim in (("before", pair.before), ("after", pair.after)):
            row |= {f"{name}_{key}": value for key, value in _aim(aim).items()}
        yield row


def _aim(aim: Aim | None) -> dict[str, Any]:
    if aim is None:
        return dict.fromkeys(("text", "value", "unit", "comparator", "change", "deadline", "binding", "start", "end"))
    deadline = aim.target.get("deadline") or {}
    return {"text": aim.text, "value": aim.value, "unit": aim.unit, "comparator": aim.comparator,
            "change": aim.target.get("change"), "deadline": deadline.get("text"), "binding": aim.target.get("binding"),
            "start": aim.start, "end": aim.end}


def _outcomes(comparison: Comparison) -> Iterator[dict[str, Any]]:
    for result in comparison.outcomes:
        row: dict[str, Any] = {"indicator": result.indicator, "verdict": result.verdict, "why": result.why,
                               "score": result.score}
        for name, figure in (("target", result.target), ("achieved", result.achieved)):
            row |= {f"{name}_text": figure.text, f"{name}_value": figure.value, f"{name}_unit": figure.unit,
                    f"{name}_start": figure.start, f"{name}_end": figure.end}
        yield row
