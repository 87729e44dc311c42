"""What is odd about a pair of documents, said in notes: never a crash, never a silent guess."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp_reform.align.records import Mode
from nlp_reform.align.units import Unit, is_prose
from nlp_reform.model import Document, Note


def find_doubts(
    before: Document, after: Document, units: tuple[Sequence[Unit], Sequence[Unit]], mode: Mode
) -> Iterator[Note]:
    """Yield a note for one text given twice, unknown or reversed years, an empty plan, unlike genres."""
    if before.text == after.text:
        yield _note("same-text", "both documents are the same text: every item is unchanged")
    if mode == "years":
        yield from _years(before, after)
    for document, side in ((before, units[0]), (after, units[1])):
        if not side:
            yield _note("empty-plan", f"{document.id} lays nothing down that was found: all of the other side is "
                                      "added or dropped")
    if all(units) and is_prose(before) != is_prose(after):
        yield _note("unlike-genres", "one document is numbered items, the other running prose: they are compared "
                                     "sentence by sentence")


def _years(before: Document, after: Document) -> Iterator[Note]:
    for document in (before, after):
        if document.year is None:
            yield _note("unknown-year", f"{document.id} names no year: deadlines without a year are not compared")
    if before.year is not None and after.year is not None:
        if before.year > after.year:
            yield _note("years-reversed", f"the first document is of {before.year}, the second of {after.year}: "
                                          "give the earlier one first, or read every relation the other way round")
        elif before.year == after.year and before.text != after.text:
            yield _note("same-year", f"both documents are of {before.year}: no outcome can be expected")


def _note(code: str, message: str) -> Note:
    return Note(code, "warning", None, None, message)
