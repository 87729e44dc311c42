"""Threads as an alluvial: how many measures went from one state to another between neighbouring documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from nlp_reform.align import History
from nlp_reform.model import Document
from nlp_reform.view.charts import canvas
from nlp_reform.view.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_STATES = {
    "first": "#3b78b5", "returned": "#5b5fa8", "repeated": "#9a9a9a", "strengthened": "#2e8b57", "changed": "#d9a13b",
    "weakened": "#c0504d", "split": "#8c6d31", "merged": "#7b6fa8", "dropped": "#5e2a2a", "absent": "#d8d8d8",
}
"""States in order from top to bottom, with their colours."""
_BAR = 0.06
_SMALL = 0.012
"""Share of the height below which a state is too thin to carry its count."""


def threads(documents: Sequence[Document], history: History | None, words: Words) -> Figure | None:
    """Draw the states of all measures in each document as stacked bars, joined by ribbons as wide as the measures."""
    if history is None or not history.threads:
        return None
    ids = [side.id for side in history.documents]
    lives = [_states(thread.steps, ids) for thread in history.threads]
    figure = canvas.figure(max(6.4, 1.3 * len(ids)), 4.2, ["00"], below=0.7)
    axes = figure.add_subplot()
    axes.axis("off")
    stacks = [_stack(Counter(life[n] for life in lives), len(lives)) for n in range(len(ids))]
    for n in range(len(ids) - 1):
        _ribbons(axes, n, Counter((life[n], life[n + 1]) for life in lives), stacks[n], stacks[n + 1], len(lives))
    for n, (side, stack) in enumerate(zip(history.documents, stacks, strict=True)):
        for state, (top, high) in stack.items():
            axes.bar(n, high, 2 * _BAR, top - high, color=_STATES[state])
            if high > _SMALL and state != "absent":
                axes.text(n, top - high / 2, str(round(high * len(lives))), ha="center", va="center", fontsize=6,
                          color="#ffffff")
        axes.text(n, 1.03, str(side.year or canvas.short(side.id, 10)), ha="center", fontweight="bold")
    axes.set_xlim(-0.15, len(ids) - 0.85)
    axes.set_ylim(0, 1.06)
    from matplotlib.patches import Patch

    seen = {state for stack in stacks for state in stack}
    figure.legend(handles=[Patch(color=colour, label=words("event", state)) for state, colour in _STATES.items()
                           if state in seen], ncols=5, loc="lower center", columnspacing=0.9, handlelength=1)
    return figure


def _states(steps: Sequence[object], ids: Sequence[str]) -> list[str]:
    """Return a measure's state in each document; an outcome is no state."""
    found = {step.document: step.event for step in steps if step.event != "achieved"}  # type: ignore[attr-defined]
    return [found.get(name, "absent") for name in ids]


def _stack(counts: Counter[str], total: int) -> dict[str, tuple[float, float]]:
    """Return each state's top and height, the whole being 1."""
    found: dict[str, tuple[float, float]] = {}
    top = 1.0
    for state in _STATES:
        if counts[state]:
            found[state] = top, counts[state] / total
            top -= counts[state] / total
    return found


def _ribbons(
    axes: Axes, n: int, flows: Counter[tuple[str, str]], left: dict[str, tuple[float, float]],
    right: dict[str, tuple[float, float]], total: int,
) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    tops = {state: top for state, (top, _) in left.items()}, {state: top for state, (top, _) in right.items()}
    order = list(_STATES)
    for one, other in sorted(flows, key=lambda flow: (order.index(flow[0]), order.index(flow[1]))):
        high = flows[one, other] / total
        a, b = tops[0][one], tops[1][other]
        tops[0][one] -= high
        tops[1][other] -= high
        if one == other == "absent":
            continue
        x, y, middle = n + _BAR, n + 1 - _BAR, n + 0.5
        points = [(x, a), (middle, a), (middle, b), (y, b), (y, b - high), (middle, b - high), (middle, a - high),
                  (x, a - high), (x, a)]
        codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
        axes.add_patch(PathPatch(Path(points, codes), fc=_STATES[other], ec="none", alpha=0.35))
