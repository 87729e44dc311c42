"""Targets with their bounds and outcomes, and what is due when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from nlp_reform.align import History
from nlp_reform.align.facets import scaled
from nlp_reform.model import Comparator, Document
from nlp_reform.view.charts import canvas
from nlp_reform.view.charts.bars import year
from nlp_reform.view.tallies import SIGN, quantities, squeezed
from nlp_reform.view.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_UNITS, _EACH, _DUE = 4, 12, 30
"""Most units, targets of one unit, and deadlines shown."""
_LOG = 200.0
"""Ratio of greatest to least value above which an axis is logarithmic."""
_GOOD, _BAD, _OPEN = "#2e8b57", "#c0392b", "#7f7f7f"
_SCALES = {"zh": ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")),
           "en": ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e3, "k"))}
_VERDICTS = {"met": _GOOD, "exceeded": _GOOD, "missed": _BAD}


class _Aim(NamedTuple):
    label: str
    unit: str
    value: float
    upper: float | None
    comparator: Comparator
    reached: float | None
    verdict: str


def targets(documents: Sequence[Document], history: History | None, words: Words) -> Figure | None:
    """Draw targets by unit: a dot a value, a bar a range, an arrow a bound, a cross what was reached."""
    aims = _aims(documents, history)
    units = [unit for unit, _ in Counter(aim.unit for aim in aims).most_common(_UNITS)]
    groups = [sorted((a for a in aims if a.unit == unit), key=lambda a: a.verdict == "")[:_EACH] for unit in units]
    if not groups:
        return None
    labels = [aim.label for group in groups for aim in group]
    figure = canvas.figure(6.4, 0.8 + sum(0.75 + 0.25 * len(group) for group in groups), labels)
    figure.subplots_adjust(hspace=0.75 / (0.25 * sum(map(len, groups)) / len(groups) + 0.1))
    grid = figure.add_gridspec(len(groups), 1, height_ratios=[len(group) + 0.5 for group in groups])
    for n, (unit, group) in enumerate(zip(units, groups, strict=True)):
        axes = canvas.bare(figure.add_subplot(grid[n]))
        _range(axes, group)
        axes.xaxis.set_major_formatter(lambda value, _: amount(value, words))
        axes.minorticks_off()
        axes.set_title(unit or "–", fontweight="bold")
    from matplotlib.lines import Line2D

    marks = [Line2D([], [], marker="o", color=canvas.SERIES[0], ls="", label=words("chart", "aim"))]
    marks += [Line2D([], [], marker="X", color=colour, ls="", label=words("verdict", name))
              for name, colour in (("met", _GOOD), ("missed", _BAD), ("not comparable", _OPEN))]
    figure.legend(handles=marks, ncols=4, loc="lower right", columnspacing=0.8)
    return figure


def _range(axes: Axes, group: Sequence[_Aim]) -> None:
    values = [v for aim in group for v in (aim.value, aim.upper, aim.reached) if v is not None]
    low, high = min(values), max(values)
    if low > 0 and high / low > _LOG:
        axes.set_xscale("log")
        left, right = low / 3, high * 3
    else:
        gap = (high - low) * 0.15 or abs(high) * 0.15 or 1.0
        left, right = low - gap, high + gap
    axes.set_xlim(left, right)
    axes.grid(axis="x", alpha=0.25)
    for n, aim in enumerate(group):
        colour = canvas.SERIES[0]
        if aim.upper is not None:
            axes.plot([aim.value, aim.upper], [n, n], color=colour, lw=5, alpha=0.6, solid_capstyle="butt")
        elif aim.comparator in (">=", ">", "<=", "<"):
            edge = right if aim.comparator.startswith(">") else left
            axes.annotate("", (edge, n), (aim.value, n), arrowprops={"arrowstyle": "->", "color": colour, "lw": 1.2})
        hollow = aim.comparator in ("~", ">", "<")
        axes.plot([aim.value], [n], "o", color=colour, mfc="#ffffff" if hollow else colour, ms=5)
        if aim.reached is not None:
            axes.plot([aim.reached], [n], "X", color=_VERDICTS.get(aim.verdict, _OPEN), ms=6)
    axes.set_yticks(range(len(group)), [aim.label for aim in group])
    axes.set_ylim(len(group) - 0.4, -0.6)


def _aims(documents: Sequence[Document], history: History | None) -> list[_Aim]:
    """Return the targets to draw; fractions stand on the axis of percentages, as their results do."""
    results = {(one.before.id, result.target.start): result for one in (history.comparisons if history else ())
               for result in one.outcomes}
    found = []
    for document in documents:
        amounts = quantities(document)
        for target in document.targets:
            amount = amounts.get(target.quantity or "")
            if amount is None or target.indicator is None:
                continue
            result = results.get((document.id, amount.start))
            name = f"{year(document)} {canvas.short(squeezed(target.indicator.text), 13)} " \
                   f"{SIGN[amount.comparator]}{canvas.short(squeezed(amount.text), 10)}"
            value, upper, unit = scaled(amount)
            found.append(_Aim(name, unit, value, upper, amount.comparator, result.achieved.value if result else None,
                              result.verdict if result else ""))
    return found


def amount(value: float, words: Words) -> str:
    """Return a number for an axis, in 万 and 亿 or thousands, millions and more: 1.2万, 12k."""
    for scale, sign in _SCALES[words.lang]:
        if abs(value) >= scale:
            return f"{value / scale:g}{sign}"
    return f"{value:g}"


def deadlines(documents: Sequence[Document], history: History | None, words: Words) -> Figure | None:
    """Draw a line for each target from its document's year to the year it is due; latest due last."""
    due: dict[tuple[str, int, int], None] = {}
    for document in documents:
        amounts = quantities(document)
        for target in document.targets:
            if document.year and target.deadline and target.deadline.year and target.indicator:
                amount = amounts.get(target.quantity or "")
                name = canvas.short(squeezed(target.indicator.text), 13)
                shown = f" {SIGN[amount.comparator]}{canvas.short(squeezed(amount.text), 10)}" if amount else ""
                due[f"{year(document)} {name}{shown}", document.year, target.deadline.year] = None
    rows = sorted(due, key=lambda row: (row[2] == row[1], row[2], row[1]))[:_DUE]
    rows.sort(key=lambda row: (row[2], row[1]))
    if not rows:
        return None
    figure = canvas.figure(6.4, 0.8 + 0.25 * len(rows), [row[0] for row in rows])
    axes = canvas.bare(figure.add_subplot())
    for n, (_, start, end) in enumerate(rows):
        axes.plot([start, end], [n, n], color=canvas.SERIES[1], lw=2, alpha=0.6)
        axes.plot([end], [n], "o", color=canvas.SERIES[1])
    axes.set_yticks(range(len(rows)), [row[0] for row in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    first, last = min(min(row[1:]) for row in rows), max(max(row[1:]) for row in rows)
    step = max(1, (last - first) // 8)
    axes.set_xticks(range(first, last + 1, step))
    axes.set_xlim(first - 0.5, last + 0.5)
    axes.grid(axis="x", alpha=0.25)
    return figure
