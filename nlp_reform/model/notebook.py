"""How records show themselves in a notebook: plain HTML, every piece of a document escaped, no script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

_MOST_ROWS, _MOST_CHARACTERS = 20, 1_500
_STYLE = ("font-family:serif;line-height:1.8;border-left:3px solid #999;padding:.2em 1em;margin:.5em 0;"
          "white-space:pre-wrap")
COLOURS = {"quantity": "#fff0b3", "cue": "#ffd6d6", "bearer": "#d6e8ff", "insert": "#e2f4e6", "delete": "#fde8e8"}
"""The background of each kind of mark."""


class Mark(NamedTuple):
    """A stretch `[start, end)` of record to highlight, its kind and what a pointer resting on it is told."""

    start: int
    end: int
    kind: str
    title: str


def page(heading: str, parts: Iterable[str]) -> str:
    """Return a heading and parts that are HTML already as one block."""
    return f"<div><strong>{escape(heading)}</strong>{''.join(parts)}</div>"


def listing(
    heading: str, heads: Sequence[str], rows: Sequence[Sequence[object]], below: Sequence[str] = ()
) -> str:
    """Return a heading, a table of at most 20 rows, and lines below it."""
    told = [f"<p style='color:#a11'>{escape(line)}</p>" for line in below[:_MOST_ROWS]]
    return page(heading, [table(heads, rows), *told])


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a table of at most 20 rows, and how many more there are."""
    head = "".join(f"<th>{escape(str(name))}</th>" for name in heads)
    body = "".join(f"<tr>{''.join(f'<td>{escape(_shown(cell))}</td>' for cell in row)}</tr>"
                   for row in rows[:_MOST_ROWS])
    more = f"<p>… {len(rows) - _MOST_ROWS} more</p>" if len(rows) > _MOST_ROWS else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def marked(text: str, marks: Iterable[Mark]) -> str:
    """Return the beginning of a text with its marks highlighted; of marks that overlap the first counts."""
    pieces, at = [], 0
    for mark in sorted(marks):
        if mark.start >= at and mark.end <= _MOST_CHARACTERS:
            pieces.append(escape(text[at:mark.start]))
            pieces.append(f'<mark style="background:{COLOURS[mark.kind]}" title="{escape(mark.title)}">'
                          f"{escape(text[mark.start:mark.end])}</mark>")
            at = mark.end
    stop = max(at, _MOST_CHARACTERS)
    pieces.append(escape(text[at:stop]) + ("…" if len(text) > stop else ""))
    return f'<div style="{_STYLE}">{"".join(pieces)}</div>'


def _shown(cell: object) -> str:
    return "" if cell is None else str(cell)
