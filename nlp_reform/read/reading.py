"""What every reader returns, and the care taken of text that was extracted rather than decoded."""

from __future__ import annotations

from typing import NamedTuple

from nlp_reform.model import Note, Page
from nlp_reform.prepared import compiled

_UNFIT = compiled("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_END = compiled(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


class Reading(NamedTuple):
    """A text of record and what its format knows of it; offsets are half-open code points of `text`."""

    text: str
    media_type: str
    encoding: str
    pages: tuple[Page, ...] = ()
    notes: tuple[Note, ...] = ()


def fit(text: str) -> tuple[str, tuple[Note, ...]]:
    """Return extracted text of the same length that can be analysed and written, and a note if it changed.

    Control characters become blanks, halves of characters U+FFFD. For text that a PDF, HTML or Word file
    holds: there is no byte for byte original of it that offsets would have to agree with.
    """
    found = _UNFIT.search(text)
    if found is None:
        return text, ()
    first = found.start()
    clean, count = _UNFIT.subn(lambda m: "\ufffd" if m.group() >= "\ud800" else " ", text)
    message = f"{count} characters that are no text (control codes, half characters) were replaced, the first here"
    return clean, (Note("unfit-characters", "warning", first, first + 1, message),)


def without(text: str, begins: str, ends: str) -> str:
    """Return the text without what stands from each `begins` to the next `ends`; in time linear in its length.

    Upper and lower case are one. Without an `ends` all the rest goes.
    """
    folded = text.casefold() if len(text.casefold()) == len(text) else text
    pieces, at = [], 0
    while (start := folded.find(begins, at)) >= 0:
        pieces.append(text[at:start])
        end = folded.find(ends, start + len(begins))
        at = end + len(ends) if end >= 0 else len(text)
    return "".join([*pieces, text[at:]])


def one_line(text: str) -> str:
    """Return the text with every kind of line end made a newline."""
    return _LINE_END.sub("\n", text)
