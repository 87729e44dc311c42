"""From verdicts to figures: precision, recall, F1, support and a bootstrap interval, whole and by group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from nlp_reform.evaluate.verdicts import Slot, Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Counts = NDArray[np.float64]

RESAMPLES = 1000
SEED = 20190304
FEWEST_DOCUMENTS = 5
"""With fewer documents than this, items are resampled instead of documents."""

Tally = tuple[str, int, int, int]
"""Class, true positive, false positive, false negative."""


class Row(NamedTuple):
    """One line of the table. `low` and `high` bound F1 (95 %, bootstrap); None where nothing was marked."""

    task: str
    measure: str
    group: str
    precision: float | None
    recall: float | None
    f1: float | None
    support: int
    found: int
    low: float | None
    high: float | None


class Measure(NamedTuple):
    """How one figure reads a verdict; with `macro`, F1 is the mean over the classes gold has."""

    task: str
    name: str
    tally: Callable[[Verdict], Iterator[Tally]]
    macro: bool = False


def _item(v: Verdict) -> Iterator[Tally]:
    """Count an item once, whatever its class."""
    yield "", v.outcome == "hit", v.outcome in ("false", "wrong"), v.outcome in ("missed", "wrong")


def _class(v: Verdict) -> Iterator[Tally]:
    """Count an item under the class gold gives it and the one the machine gives it."""
    if v.outcome == "hit":
        yield v.gold, 1, 0, 0
        return
    if v.outcome in ("missed", "wrong"):
        yield v.gold, 0, 0, 1
    if v.outcome in ("false", "wrong"):
        yield v.found, 0, 1, 0


def _top3(v: Verdict) -> Iterator[Tally]:
    right = any(s.exact for s in v.slots)
    yield "", right, v.outcome != "missed" and not right, not right


def _sure(v: Verdict) -> Iterator[Tally]:
    """Count a cue unless it is one of the two the annotators were least sure of."""
    if not any(word in v.text for word in ("探索", "研究")):
        yield from _item(v)


def _slot(name: str, lenient: bool = False, only_gold: bool = False) -> Callable[[Verdict], Iterator[Tally]]:
    def tally(v: Verdict) -> Iterator[Tally]:
        for s in v.slots:
            if s.name == name and (s.gold or (s.found and not only_gold)):
                yield "", *_slot_counts(s, lenient)
    return tally


def _slot_counts(s: Slot, lenient: bool) -> tuple[int, int, int]:
    right = s.lenient if lenient else s.exact
    return int(right and s.gold != ""), int(not right and s.found != ""), int(not right and s.gold != "")


def _values(name: str) -> Callable[[Verdict], Iterator[Tally]]:
    """Count a slot's values as classes."""
    def tally(v: Verdict) -> Iterator[Tally]:
        for s in v.slots:
            if s.name == name:
                if s.exact:
                    yield s.gold or "none", 1, 0, 0
                else:
                    yield s.gold or "none", 0, 0, 1
                    yield s.found or "none", 0, 1, 0
    return tally


def _of(tally: Callable[[Verdict], Iterator[Tally]], name: str) -> Callable[[Verdict], Iterator[Tally]]:
    return lambda v: (t for t in tally(v) if t[0] == name)


def _all(task: str, names: Iterable[str]) -> tuple[Measure, ...]:
    return tuple(Measure(task, name, _slot(name)) for name in names)


MEASURES: tuple[Measure, ...] = (
    Measure("structure", "items", _item), *_all("structure", ("number", "nesting", "kind")),
    Measure("duplicates", "no second item", _item), *_all("duplicates", ("kept in duplicates",)),
    Measure("statements", "macro", _class, macro=True), Measure("statements", "all", _item),
    *_all("statements", ("sentence bounds",)),
    Measure("quantities", "value", _item), *_all("quantities", ("span", "unit", "comparator", "role")),
    Measure("quantities", "role macro", _values("role"), macro=True),
    Measure("targets", "value", _item), *_all("targets", ("indicator",)),
    Measure("targets", "indicator lenient", _slot("indicator", lenient=True)),
    *_all("targets", ("direction", "change", "deadline")),
    Measure("targets", "deadline lenient", _slot("deadline", lenient=True)), *_all("targets", ("baseline",)),
    Measure("targets", "baseline lenient", _slot("baseline", lenient=True)), *_all("targets", ("scope", "binding")),
    Measure("cues", "modality", _item), Measure("cues", "without 探索/研究", _sure), *_all("cues", ("strength",)),
    Measure("cues", "bearer where gold", _slot("bearer", only_gold=True)),
    Measure("cues", "bearer lenient", _slot("bearer", lenient=True, only_gold=True)),
    Measure("cues", "bearer", _slot("bearer")), *_all("cues", ("condition", "exception")),
    Measure("units", "role", _item), *_all("units", ("span",)),
    Measure("themes", "top-1", _item), Measure("themes", "top-3", _top3),
    Measure("themes", "macro", _class, macro=True),
    Measure("alignment", "counterpart", _item), *_all("alignment", ("relation",)),
    Measure("alignment", "dropped", _of(_class, "dropped")),
)
"""Every figure of the board, in the order of its table."""

_CLASSED = {"quantities": _values("role")}
"""Tasks whose classes are a slot's values rather than the items' own."""


def table(verdicts: Sequence[Verdict], group: str = "", interval: bool = True) -> list[Row]:
    """Return a row for every measure that has something to count."""
    by_task: dict[str, list[Verdict]] = {}
    for v in verdicts:
        by_task.setdefault(v.task, []).append(v)
    rows = (_row(m, by_task[m.task], group, interval) for m in MEASURES if m.task in by_task)
    return [row for row in rows if row.support or row.found]


def by_class(verdicts: Sequence[Verdict]) -> list[Row]:
    """Return a row for every class of every task."""
    rows: list[Row] = []
    for task in dict.fromkeys(v.task for v in verdicts):
        mine = [v for v in verdicts if v.task == task]
        tally = _CLASSED.get(task, _class)
        for name in sorted({c for v in mine for c, *_ in tally(v)}):
            measure = Measure(task, name, _of(tally, name))
            rows.append(_row(measure, mine, "", interval=True))
    return rows


def _row(measure: Measure, verdicts: Sequence[Verdict], group: str, interval: bool) -> Row:
    import numpy as np

    names: dict[str, int] = {}
    units: dict[str, int] = {}
    cells: list[tuple[int, int, int, int, int]] = []
    documents = {v.document for v in verdicts}
    for number, v in enumerate(verdicts):
        unit = units.setdefault(v.document if len(documents) >= FEWEST_DOCUMENTS else str(number), len(units))
        cells += [(unit, names.setdefault(name, len(names)), *counts) for name, *counts in measure.tally(v)]  # type: ignore[misc]
    counts = np.zeros((max(len(units), 1), max(len(names), 1), 3))
    for unit, name, *three in cells:
        counts[unit, name] += three
    whole = counts.sum(axis=0)
    if measure.macro:  # a class gold never has says nothing of recall: leave it out
        kept = (whole[:, 0] + whole[:, 2]) > 0
        counts, whole = counts[:, kept], whole[kept]
    support, found = int(whole[:, [0, 2]].sum()), int(whole[:, [0, 1]].sum())
    if not support:
        return Row(measure.task, measure.name, group, 0.0 if found else None, None, None, support, found, None, None)
    precision, recall, f1 = (float(np.nan_to_num(x)[0]) for x in _figures(whole[None]))
    low, high = _interval(counts) if interval else (None, None)
    return Row(measure.task, measure.name, group, precision if found else None, recall, f1, support, found, low, high)


def _figures(counts: Counts) -> tuple[Counts, Counts, Counts]:
    """Return precision, recall and F1 of each sample, as means over the classes it has anything of (else NaN)."""
    import numpy as np

    right, false, missed = counts[..., 0], counts[..., 1], counts[..., 2]
    with np.errstate(invalid="ignore", divide="ignore"):
        ratios = right / (right + false), right / (right + missed), 2 * right / (2 * right + false + missed)
        there = (right + false + missed > 0).sum(axis=-1)
        precision, recall, f1 = (np.nan_to_num(ratio).sum(axis=-1) / there for ratio in ratios)
    return precision, recall, f1


def _interval(counts: Counts) -> tuple[float, float]:
    """Return the 2.5th and 97.5th percentile of F1 over resampled documents (or items)."""
    import numpy as np

    units = counts.shape[0]
    draws = np.random.default_rng(SEED).multinomial(units, np.full(units, 1 / units), size=RESAMPLES)
    samples = (draws @ counts.reshape(units, -1)).reshape(RESAMPLES, *counts.shape[1:])
    low, high = np.nanpercentile(_figures(samples)[2], [2.5, 97.5])
    return float(low), float(high)
