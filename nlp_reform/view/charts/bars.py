"""Themes by year, strength by section, actors and themes: what is counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from nlp_reform.align import History
from nlp_reform.model import Document
from nlp_reform.normalise.script import simplify
from nlp_reform.view.charts import canvas
from nlp_reform.view.tallies import squeezed
from nlp_reform.view.themes import best_themes
from nlp_reform.view.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_THEMES, _ACTORS, _ROWS, _SERIES = 14, 16, 26, 4
"""Most themes, actors and rows of a chart; most years shown as bars beside one another."""


def themes(documents: Sequence[Document], history: History | None, words: Words) -> Figure | None:
    """Draw how many directives each theme has in each document: bars up to four documents, above a matrix."""
    counts = [Counter(best_themes(document, words).values()) for document in documents]
    total: Counter[str] = sum(counts, Counter())
    named = [name for name, _ in total.most_common(_THEMES)]
    if not named:
        return None
    labels = [canvas.short(name) for name in named]
    if len(documents) > _SERIES:
        return matrix(labels, [year(document) for document in documents], [[one[name] for one in counts]
                                                                         for name in named])
    from matplotlib.ticker import MaxNLocator

    figure = canvas.figure(6.4, 0.8 + 0.3 * len(named) * max(1, len(documents) * 0.6), labels)
    axes = canvas.bare(figure.add_subplot())
    high = 0.8 / len(documents)
    for n, (document, one) in enumerate(zip(documents, counts, strict=True)):
        places = [k + n * high for k in range(len(named))]
        bars = axes.barh(places, [one[name] for name in named], high * 0.92, color=canvas.SERIES[n],
                         label=year(document))
        axes.bar_label(bars, [str(one[name] or "") for name in named], padding=2, fontsize=7)
    axes.set_yticks([k + 0.4 - high / 2 for k in range(len(named))], labels)
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel(words("chart", "directives"))
    if len(documents) > 1:
        axes.legend(loc="lower right")
    return figure


def strength(documents: Sequence[Document], history: History | None, words: Words) -> Figure | None:
    """Draw the shares of strengths 1 to 5 by section, or by document where sections are too many."""
    rows = [(f"{year(document)} {name}".strip(), found) for document in documents
            for name, found in _by_section(document).items()]
    if len(rows) > _ROWS:
        rows = [(year(one), Counter(item.strength for item in one.obligations)) for one in documents]
    rows = [row for row in rows if sum(row[1].values())]
    if not rows:
        return None
    labels = [canvas.short(f"{name} ({sum(found.values())})", 24) for name, found in rows]
    figure = canvas.figure(6.4, 1.1 + 0.27 * len(rows), labels, above=0.6)
    axes = canvas.bare(figure.add_subplot())
    left = [0.0] * len(rows)
    for level in range(1, 6):
        shares = [100 * found[level] / sum(found.values()) for _, found in rows]
        axes.barh(range(len(rows)), shares, 0.8, left, color=canvas.RISING[level - 1], label=words("strength", level))
        left = [one + more for one, more in zip(left, shares, strict=True)]
    axes.set_yticks(range(len(rows)), labels)
    axes.invert_yaxis()
    axes.set_xlabel(f"{words('chart', 'share')} (%)")
    figure.legend(ncols=5, loc="upper right", columnspacing=0.8, handlelength=1)
    return figure


def actors(documents: Sequence[Document], history: History | None, words: Words) -> Figure | None:
    """Draw in how many directives each actor, as a bearer or an assigned unit, meets each theme.

    Actors go by their canonical Simplified names: one body is one row in whatever script and form it is printed.
    """
    counted: Counter[tuple[str, str]] = Counter()
    for document in documents:
        themes_of = best_themes(document, words)
        seen = {(item.directive, item.canonical or simplify(squeezed(item.unit.text))[0])
                for item in document.assignments}
        seen |= {(item.directive, actor.name) for item in document.obligations for actor in item.bearers}
        counted.update((who, themes_of[where]) for where, who in seen if where in themes_of)
    who: Counter[str] = Counter()
    what: Counter[str] = Counter()
    for (actor, theme), count in counted.items():
        who[actor] += count
        what[theme] += count
    rows = [name for name, _ in sorted(who.items(), key=lambda pair: (-pair[1], pair[0]))[:_ACTORS]]
    columns = [name for name, _ in sorted(what.items(), key=lambda pair: (-pair[1], pair[0]))[:_THEMES]]
    if not rows:
        return None
    return matrix([canvas.short(name, 14) for name in rows], [canvas.short(name, 9) for name in columns],
                  [[counted[row, column] for column in columns] for row in rows])


def matrix(rows: Sequence[str], columns: Sequence[str], values: Sequence[Sequence[int]]) -> Figure:
    """Return a matrix of counts, darker where more, each count printed."""
    tall = max(map(canvas.wide, columns)) * canvas.SIZE / 72 + 0.2
    figure = canvas.figure(max(6.4, 0.42 * len(columns) + 2), 0.3 + tall + 0.27 * len(rows), rows, below=0.1,
                           above=tall)
    axes: Axes = figure.add_subplot()
    most = max(1, *(max(row) for row in values))
    edges = [n - 0.5 for n in range(len(columns) + 1)], [n - 0.5 for n in range(len(rows) + 1)]
    axes.pcolormesh(*edges, values, cmap="Blues", vmin=0, vmax=most * 1.4)
    axes.invert_yaxis()
    for n, row in enumerate(values):
        for k, value in enumerate(row):
            if value:
                axes.text(k, n, str(value), ha="center", va="center", fontsize=7,
                          color="#ffffff" if value > most * 0.75 else "#111111")
    axes.set_yticks(range(len(rows)), rows)
    axes.set_xticks(range(len(columns)), columns, rotation=90)
    axes.tick_params(length=0, labeltop=True, labelbottom=False)
    axes.spines[:].set_visible(False)
    return figure


def year(document: Document) -> str:
    """Return what a document is called on an axis: its year, else its id."""
    return str(document.year or canvas.short(document.id, 12))


def _by_section(document: Document) -> dict[str, Counter[int]]:
    """Return the strengths under each top section, in text order."""
    tops = {section.id: section for section in document.sections}

    def top(name: str | None) -> str:
        while name in tops and tops[name].parent in tops:
            name = tops[name].parent
        return squeezed(tops[name].label + tops[name].heading) if name in tops else ""

    owners = {item.id: top(item.section) for item in document.directives}
    found: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for item in document.obligations:
        found[owners.get(item.directive or "", "")][item.strength] += 1
    return dict(found)
