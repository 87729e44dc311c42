"""The verbs of looking: a report, the graph explorer, charts. Each writes files that need no network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from nlp_reform.model import Document


def report(
    documents: Document | Iterable[Document], output: str | Path = "report.html", lang: str | None = None
) -> Path:
    """Write the report of one, two or many documents as one HTML file that works from disk; return its path.

    It holds a summary, charts, the graph, every number and directive with its place in the full text, and for
    several documents what became of every measure. `lang` is zh or en, None that of the locale. Raises
    `ReformError` for another language and `ExportError` when the file cannot be written.
    """
    from nlp_reform import align
    from nlp_reform.export.write import write
    from nlp_reform.view import report as page

    found = _many(documents)
    history = align.track(found) if len(found) > 1 else None
    return write(Path(output), page(found, history, lang))


def view(
    documents: Document | Iterable[Document], output: str | Path = "graph.html", lang: str | None = None
) -> Path:
    """Write the graph explorer with its linked tables and the full text as one HTML file; return its path.

    `lang` is zh or en, None that of the locale. Raises `ReformError` for another language and `ExportError` when
    the file cannot be written.
    """
    from nlp_reform.export.write import write
    from nlp_reform.view import explorer

    return write(Path(output), explorer(_many(documents), lang))


def plot(
    documents: Document | Iterable[Document], output: str | Path = "plots", chart: Sequence[str] = (),
    format: str = "svg", lang: str | None = None, font: str | Path | None = None,
) -> tuple[Path, ...]:
    """Write charts as SVG or PNG and return the paths written; a chart with nothing to draw is left out.

    `chart` names some of `nlp_reform.view.charts.CHARTS`, none means all. `output` is a folder, or for one chart a
    file when it ends with .svg or .png. `font` is a font file with Chinese characters, None one of the machine's:
    without any a PNG raises `ExportError` saying what to install, and an SVG leaves its letters to the reader's
    own fonts.
    """
    from nlp_reform import align
    from nlp_reform.errors import ExportError
    from nlp_reform.export.write import write
    from nlp_reform.view.charts import CHARTS, FORMATS, NEEDED, fonts
    from nlp_reform.view.charts import chart as draw
    from nlp_reform.view.words import Words, language

    path, names, found, words = Path(output), list(chart) or list(CHARTS), _many(documents), Words(language(lang))
    chosen: Any = path.suffix.lower()[1:] if len(names) == 1 and path.suffix.lower()[1:] in FORMATS else format
    if chosen not in FORMATS:
        raise ExportError(f"no plot format {format!r}; known are {', '.join(FORMATS)}")
    if find_spec("matplotlib") is None:
        raise ExportError(NEEDED)
    letters = fonts.given(str(font)) if font else fonts.find()
    if letters is None and chosen == "png":
        raise ExportError(fonts.ADVICE)
    history = align.track(found) if len(found) > 1 else None
    drawn = [(name, draw(name, found, history, words, chosen, letters)) for name in names]
    single = path.suffix.lower() == f".{chosen}" and len(names) == 1
    return tuple(write(path if single else path / f"{name}.{chosen}", data) for name, data in drawn if data)


def _many(documents: Document | Iterable[Document]) -> list[Document]:
    return [documents] if isinstance(documents, Document) else list(documents)
