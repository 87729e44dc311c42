"""A document format (an outline) and a graph format (the labels of the nodes)."""

from __future__ import annotations

from collections.abc import Sequence

from nlp_reform.export.added import DocumentExporter
from nlp_reform.graph import Flat
from nlp_reform.model import Document


def outline(documents: Sequence[Document]) -> str:
    """Return a line a directive: its label and its first words."""
    return "".join(
        f"{document.id}\t{one.label}\t{document.text[one.start:one.end][:12]}\n"
        for document in documents for one in document.directives)


def labels(flat: Flat) -> str:
    """Return a line a node."""
    return "".join(f"{row['label']}\n" for row in flat.nodes)


OUTLINE = DocumentExporter(".outline.txt", outline)
