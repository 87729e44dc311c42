"""Redlines as terminal text, Markdown, HTML and DOCX with real insertions and deletions."""

from __future__ import annotations

import io
from collections.abc import Iterator
from html import escape
from typing import Any

from nlp_reform.align import Comparison, Item
from nlp_reform.align.redline import Piece, redline
from nlp_reform.align.tables import shift_words
from nlp_reform.provenance import lines

AUTHOR = "nlp-reform"
_DATE = "2000-01-01T00:00:00Z"
"""Revisions carry a fixed date, so that one comparison always gives one file."""
_MARKS = {"delete": ("[-", "-]"), "insert": ("{+", "+}"), "equal": ("", "")}
_COLOURS = {"delete": ("\x1b[31;9m", "\x1b[0m"), "insert": ("\x1b[32;4m", "\x1b[0m"), "equal": ("", "")}
_MARKDOWN = {"delete": ("~~", "~~"), "insert": ("**", "**"), "equal": ("", "")}
_TAGS = {"delete": ("<del>", "</del>"), "insert": ("<ins>", "</ins>"), "equal": ("", "")}


def shown(comparison: Comparison) -> Iterator[Item]:
    """Yield the items that a redline shows: everything but what stayed word for word."""
    return (item for item in comparison.items if item.relation != "unchanged")


def line(pieces: tuple[Piece, ...], colour: bool = False) -> str:
    """Return a redline as one line: `[-gone-]{+come+}`, or struck red and underlined green."""
    marks = _COLOURS if colour else _MARKS
    return "".join(f"{marks[kind][0]}{text}{marks[kind][1]}" for kind, text in pieces)


def markdown(pieces: tuple[Piece, ...]) -> str:
    """Return a redline in Markdown: ~~gone~~ **come**."""
    return "".join(f"{_MARKDOWN[kind][0]}{text.replace('*', '﹡').replace('|', '｜').replace('~', '～')}"
                   f"{_MARKDOWN[kind][1]}" for kind, text in pieces)


def html(pieces: tuple[Piece, ...]) -> str:
    """Return a redline in HTML, everything from the texts escaped."""
    return "".join(f"{_TAGS[kind][0]}{escape(text)}{_TAGS[kind][1]}" for kind, text in pieces)


def redline_text(comparison: Comparison, colour: bool = False) -> str:
    """Return the redline of every item that did not stay word for word."""
    parts = [f"{comparison.before.title or comparison.before.id} → {comparison.after.title or comparison.after.id}\n"]
    for item in shown(comparison):
        parts.append(f"\n{item.relation}{' moved' if item.moved else ''}\n{line(redline(comparison, item), colour)}\n")
        parts.extend(f"    {shift_words(shift)}\n" for shift in item.changes)
    return "".join(parts)


def redline_docx(comparison: Comparison) -> bytes:
    """Return a Word file in which every change is a tracked insertion or deletion that can be accepted or refused.

    Accepting all gives the later document's items, refusing all the earlier one's.
    """
    from docx import Document

    document = Document()
    document.core_properties.author = AUTHOR
    document.core_properties.comments = "\n".join(lines((comparison.before.made_with, comparison.after.made_with)))
    title = f"{comparison.before.title or comparison.before.id} → {comparison.after.title or comparison.after.id}"
    document.add_heading(_legal(title), level=1)
    number = 0
    for item in comparison.items:
        flags = " · moved" if item.moved else ""
        document.add_heading(_legal(f"{item.relation}{flags}"), level=3)
        paragraph = document.add_paragraph()._p
        for piece in redline(comparison, item):
            number += 1
            paragraph.append(_run(piece, number))
        for shift in item.changes:
            document.add_paragraph(_legal(shift_words(shift)), style="List Bullet")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _run(piece: Piece, number: int) -> Any:
    """Return a run of WordprocessingML: plain, or inside `w:ins` or `w:del`."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = OxmlElement("w:r")
    words = OxmlElement("w:delText" if piece.kind == "delete" else "w:t")
    words.text = _legal(piece.text)
    words.set(qn("xml:space"), "preserve")
    run.append(words)
    if piece.kind == "equal":
        return run
    change = OxmlElement("w:del" if piece.kind == "delete" else "w:ins")
    change.set(qn("w:id"), str(number))
    change.set(qn("w:author"), AUTHOR)
    change.set(qn("w:date"), _DATE)
    change.append(run)
    return change


def _legal(text: str) -> str:
    """Return a text without the control characters that XML cannot hold."""
    return "".join(c for c in text if c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
