"""A comparison to read in a terminal: counts, what hardened and softened, targets, outcomes, dropped, added."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from nlp_reform.align import RELATIONS, Comparison, Item, Place, TargetPair
from nlp_reform.align.records import Aim
from nlp_reform.align.tables import shift_words

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 80
_SHOWN = 40
_PLAIN = ("=", "range")
"""Comparators that the printed number says itself."""
_TASKS = 3
"""Tasks shown of those that one side of an item has alone."""
_COLOURS = {"strengthened": "green", "weakened": "red", "changed": "yellow", "added": "cyan", "dropped": "magenta"}
NAMES = {
    "unchanged": "unchanged 不变", "reworded": "reworded 改写",
    "strengthened": "strengthened 加强", "weakened": "weakened 减弱", "changed": "changed 调整",
    "split": "split 拆分", "merged": "merged 合并", "added": "added 新增",
    "dropped": "dropped 删去",
}
"""Each relation in English and Chinese."""
_CASCADE = {"added": "own 本级自有", "dropped": "not taken up 未承接"}
"""The same between two levels, where nothing came or went."""
_ORDER = ("strengthened", "weakened", "split", "merged", "changed")
"""The relations listed with their changes, the telling ones first."""


def relation_name(comparison: Comparison, relation: str) -> str:
    """Return a relation in English and Chinese, as it is called in the comparison's mode."""
    return (_CASCADE if comparison.mode == "cascade" else NAMES).get(relation) or NAMES[relation]


def comparison_text(comparison: Comparison, colour: bool = False) -> str:
    """Return the summary, at most 80 columns wide; `colour` adds terminal colours."""
    from rich.console import Console

    stream = io.StringIO()
    console = Console(file=stream, width=WIDTH, force_terminal=colour, color_system="standard" if colour else None,
                      highlight=False, markup=False, emoji=False)
    _head(console, comparison)
    for relation in _ORDER:
        _items(console, [item for item in comparison.items if item.relation == relation])
    _tables(console, comparison)
    for relation in ("dropped", "added"):
        _list(console, comparison, relation)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n"


def _items(console: Console, items: Sequence[Item]) -> None:
    for item in items[:_SHOWN]:
        console.print(_title(item), style=_COLOURS.get(item.relation, ""))
        for line in _lines(item):
            console.print(f"    {line}")
    _rest(console, items)


def _head(console: Console, comparison: Comparison) -> None:
    for name, side in (("before", comparison.before), ("after ", comparison.after)):
        console.print(f"{name}  {side.year or '?'}  {side.title or side.id}")
    counts = comparison.counts()
    console.print("  ".join(f"{counts[name]} {relation_name(comparison, name)}" for name in RELATIONS if counts[name]))
    moved, review = (sum(getattr(item, flag) for item in comparison.items) for flag in ("moved", "review"))
    console.print(f"{moved} moved to another section; {review} to review (score near the threshold)")
    for note in comparison.notes:
        console.print(f"note: {note.message}")
    console.print()


def _title(item: Item) -> str:
    flags = (" moved" if item.moved else "") + (" ?review" if item.review else "")
    sides = " → ".join("+".join(_name(p) for p in side) for side in (item.before, item.after) if side)
    return f"{item.relation}{flags}: {sides}"


def _name(place: Place) -> str:
    words = "".join(place.text.split())
    whole = words.startswith(place.label)
    words = words[len(place.label) if whole else 0:].split("。")[0]
    label = place.label if whole else f"{place.label}…"  # a sentence of that item
    return f"{label}{words[:22]}{'…' if len(words) > 22 else ''}"


def _lines(item: Item) -> Iterator[str]:
    """Yield the fields that moved; of tasks that came or went the first few."""
    tasks = [shift for shift in item.changes if shift.field == "content"]
    for shift in item.changes:
        if shift not in tasks[_TASKS:]:
            yield shift_words(shift) + {"up": " ↑", "down": " ↓"}.get(shift.move or "", "")
    if len(tasks) > _TASKS:
        yield f"content: … {len(tasks) - _TASKS} more"


def _tables(console: Console, comparison: Comparison) -> None:
    from rich.table import Table

    both = [pair for pair in comparison.targets if pair.before and pair.after]
    if both:
        table = Table(box=None, pad_edge=False, show_edge=False, title="Targets 目标", title_justify="left")
        for name in ("indicator 指标", "before", "after", "relation"):
            table.add_column(name, overflow="fold")
        for pair in both[:_SHOWN]:
            table.add_row(*_target(pair))
        console.print(table)
        _rest(console, both)
    if comparison.outcomes:
        table = Table(box=None, pad_edge=False, show_edge=False, title="Outcomes 完成情况", title_justify="left")
        for name in ("indicator 指标", "target", "achieved", "verdict"):
            table.add_column(name, overflow="fold")
        for one in comparison.outcomes[:_SHOWN]:
            figures = ["".join(figure.text.split()) for figure in (one.target, one.achieved)]
            table.add_row(one.indicator, *figures, one.verdict)
        console.print(table)
        _rest(console, comparison.outcomes)


def _target(pair: TargetPair) -> Sequence[str]:
    return pair.indicator, bound(pair.before), bound(pair.after), pair.relation


def bound(aim: Aim | None) -> str:
    """Return a target as printed, with the sign of its comparator, "" for none."""
    if aim is None:
        return ""
    return ("" if aim.comparator in _PLAIN else aim.comparator) + "".join(aim.text.split())


def _list(console: Console, comparison: Comparison, relation: str) -> None:
    items = [item for item in comparison.items if item.relation == relation]
    if items:
        console.print(relation_name(comparison, relation), style=_COLOURS.get(relation, ""))
        for item in items[:_SHOWN]:
            place = (item.before or item.after)[0]
            console.print(f"  {_name(place)}  [{place.start}]")
        _rest(console, items)
        console.print()


def _rest(console: Console, items: Sequence[object]) -> None:
    if len(items) > _SHOWN:
        console.print(f"  … and {len(items) - _SHOWN} more; --format json or csv gives all")
