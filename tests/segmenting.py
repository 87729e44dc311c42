"""What the tests of segmentation share: reading a made-up text, and listing what was found."""

from __future__ import annotations

from nlp_reform import normalise, segment
from nlp_reform.model import Document, Section, Source
from nlp_reform.pipeline import Pipeline, Stage

PIPELINE = Pipeline(
    (
        Stage("normalise", ("view", "script"), ("text",), normalise.find),
        Stage("structure", ("blocks", "sections", "directives", "tables", "parts"), ("view",), segment.find_structure),
        Stage("sentences", ("sentences",), ("blocks",), segment.find_sentences),
    )
)


def read(text: str) -> Document:
    return PIPELINE(Document("d", text, Source("d.txt", "text/plain", "utf-8", "")))


def items(document: Document) -> list[tuple[int, str, str]]:
    """Level, label and S or D of all numbered items and printed headings, in text order."""
    levels = {section.id: section.level for section in document.sections}
    found: list[tuple[int, int, str, str]] = []
    for item in (*document.sections, *document.directives):
        if isinstance(item, Section):
            found.append((item.start, item.level, item.label or item.heading, "S"))
        elif item.numbering == "explicit":
            found.append((item.start, levels.get(item.section or "", 0) + 1, item.label, "D"))
    return [entry[1:] for entry in sorted(found)]


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.view.text[block.start : block.end]) for block in document.blocks]
