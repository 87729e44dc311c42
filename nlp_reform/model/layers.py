"""Working layers between the stages. Their offsets index `View.text` and never reach an output."""

from __future__ import annotations

from typing import Literal, NamedTuple

BlockKind = Literal["title", "meta", "noise", "contents", "section", "item", "prose", "row", "duplicate"]
"""What a paragraph is.

title, meta (number, date, addressee, signature), noise (breadcrumbs, running heads, licences),
contents (table of contents), section (a heading), item (starts a directive or an item inside one),
prose (preamble, continuation or unnumbered paragraph), row (of a table), duplicate (printed before).
"""


class Block(NamedTuple):
    """A paragraph: `[start, end)` and where its body begins after the label, in `View.text`."""

    start: int
    end: int
    body: int
    kind: BlockKind
    section: str | None
    directive: str | None


class Sentence(NamedTuple):
    """A sentence: `[start, end)` and `body` after a label, in `View.text`; `block` indexes the blocks.

    `heading` tells that the sentence is a section's heading or an item's title.
    """

    start: int
    end: int
    body: int
    block: int
    section: str | None
    directive: str | None
    heading: bool


class Table(NamedTuple):
    """A table in `View.text`: its header cells and its rows, each cell as `(start, end)`."""

    header: tuple[tuple[int, int], ...]
    rows: tuple[tuple[tuple[int, int], ...], ...]
