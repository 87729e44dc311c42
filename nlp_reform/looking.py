"""The verbs of looking: a report, the graph explorer, charts. Each writes files that need no network."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

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


def _many(documents: Document | Iterable[Document]) -> list[Document]:
    return [documents] if isinstance(documents, Document) else list(documents)
