"""Charts of documents: each a function from documents, their history and the words to a figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from nlp_reform.align import History
from nlp_reform.errors import ExportError
from nlp_reform.model import Document
from nlp_reform.provenance import lines
from nlp_reform.view.charts.bars import actors, strength, themes
from nlp_reform.view.charts.canvas import FORMATS, Format, encode
from nlp_reform.view.charts.flows import threads
from nlp_reform.view.charts.ranges import deadlines, targets
from nlp_reform.view.words import Words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_DRAW: dict[str, Callable[[Sequence[Document], History | None, Words], Figure | None]] = {
    "themes": themes, "strength": strength, "targets": targets, "threads": threads, "actors": actors,
    "deadlines": deadlines,
}
CHARTS = tuple(_DRAW)
"""The names of the charts, in the order of a report."""
NEEDED = "charts need matplotlib: pip install 'nlp-reform[view]'"


def chart(
    name: str, documents: Sequence[Document], history: History | None, words: Words, format: Format = "svg",
    font: str | None = None, inline: bool = False,
) -> bytes | None:
    """Return one chart as a file, None when there is nothing to draw; see `canvas.encode` for the font.

    Raises `ExportError` for a name that is not in `CHARTS`, or when matplotlib is not installed.
    """
    draw = _DRAW.get(name)
    if draw is None:
        raise ExportError(f"no chart {name!r}; known are {', '.join(CHARTS)}")
    if find_spec("matplotlib") is None:
        raise ExportError(NEEDED)
    made = "\n".join(lines(one.made_with for one in documents)) or None
    return encode(name, lambda: draw(documents, history, words), format, font, inline, made)


__all__ = ["CHARTS", "FORMATS", "NEEDED", "Format", "chart"]
