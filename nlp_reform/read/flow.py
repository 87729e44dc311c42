"""From an element of a web page to lines of text: paragraphs, lists with their numbers, rows of tables."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from nlp_reform.prepared import compiled
from nlp_reform.read import grid
from nlp_reform.read.limits import MAX_COLUMNS, Clock
from nlp_reform.read.numbering import BULLET, join, ordinal
from nlp_reform.resources import lexicon

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "nobr", "q", "rb", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "var", "wbr", "o:p", "st1:chsdate", "o:smarttagtype",
))
_SPACE = compiled("[ \t\r\n\f]+")
_STYLE = compiled(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.I)
_TYPED = compiled(
    r"\s*(?:[\d一二三四五六七八九十]{1,4}\s*[.．、,，)）]|[(（〔][\d一二三四五六七八九十]{1,4}[)）〕]|[①-⑳•●■◆▪·—])"
)
_PREFORMATTED = frozenset(("pre", "xmp", "listing", "plaintext"))
_MOST_ROWS = 100_000


class _Paper:
    """Lines being written; blanks collapse as a browser collapses them."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._line: list[str] = []
        self.label = ""

    def text(self, text: str | None, *, pre: bool = False) -> None:
        if not text:
            return
        if pre:
            first, *others = text.replace("\t", " ").split("\n")
            self._line.append(first)
            for line in others:
                self.end()
                self._line.append(line)
            return
        text = _SPACE.sub(" ", text)
        if text == " " and (not self._line or self._line[-1].endswith(" ")):
            return
        if self.label and text.strip():
            text, self.label = join(self.label, text.lstrip(" ")), ""
        self._line.append(text)

    def end(self, *, blank: bool = False) -> None:
        """End the line; `blank` leaves one empty line where nothing stood on it."""
        line = "".join(self._line).lstrip(" ").rstrip(" \xa0")
        self._line = []
        if line.strip():
            self.lines.append(line)
        elif blank and self.lines and self.lines[-1]:
            self.lines.append("")


class _List(NamedTuple):
    """An open list: how its items are numbered, and the number of the next."""

    style: str
    step: int


class _Table(NamedTuple):
    """An open table: its rows, and for each column how many rows more its cell covers."""

    rows: list[list[str | None]]
    covered: dict[int, int]


class Writer:
    """Writes one element; what is in `dropped` is left out."""

    def __init__(self, dropped: Collection[HtmlElement], clock: Clock) -> None:
        """Begin with an empty sheet."""
        self._dropped = dropped
        self._clock = clock
        self._papers = [_Paper()]
        self._lists: list[_List | None] = []
        self._next: list[int] = []
        self._tables: list[_Table] = []
        self._pre = 0

    def write(self, content: HtmlElement) -> list[str]:
        """Return the lines of the element."""
        from lxml import etree

        walk = etree.iterwalk(content, events=("start", "end"))
        for number, (event, element) in enumerate(walk):
            if number % 4096 == 0:
                self._clock.check()
            if event == "start":
                if element in self._dropped and element is not content:
                    walk.skip_subtree()
                    continue
                self._open(element)
                self._papers[-1].text(element.text, pre=self._pre > 0)
            else:
                if element not in self._dropped or element is content:
                    self._close(element)
                if element is not content:
                    self._papers[-1].text(element.tail, pre=self._pre > 0)
        self._papers[-1].end()
        return self._papers[-1].lines

    def _open(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in _INLINE:
            return
        if tag == "br":
            self._papers[-1].end(blank=True)
            return
        self._pre += tag in _PREFORMATTED
        self._papers[-1].end()
        if tag in ("ol", "ul"):
            self._open_list(element)
        elif tag == "li":
            self._papers[-1].label = self._label(element)
        elif tag == "table":
            self._tables.append(_Table([], {}))
        elif tag == "tr" and self._tables:
            self._tables[-1].rows.append([])
        elif tag in ("td", "th") and self._tables:
            self._papers.append(_Paper())

    def _close(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in _INLINE or tag == "br":
            return
        self._pre -= tag in _PREFORMATTED
        paper = self._papers[-1]
        paper.end(blank=tag == "p" and not (element.text or "").strip(" \t\r\n") and len(element) < 3)
        if tag in ("ol", "ul") and self._lists:
            self._lists.pop()
            self._next.pop()
        elif tag == "li":
            paper.label = ""
        elif tag in ("td", "th") and self._tables and len(self._papers) > 1:
            self._papers.pop()
            self._cell(element, "\n".join(paper.lines).strip("\n"))
        elif tag == "table" and self._tables:
            rows = grid.even(self._tables.pop().rows)
            self._papers[-1].lines += grid.lines(rows)

    def _open_list(self, element: HtmlElement) -> None:
        """Note how a list counts; a list whose items print their own numbers has none."""
        items = [child for child in element if child.tag == "li"]
        style = _style(element)
        if style is not None and items and sum(bool(_TYPED.match(_start(item))) for item in items) * 2 > len(items):
            style = None
        step = -1 if element.get("reversed") is not None else 1
        first = _int(element.get("start"), len(items) if step < 0 else 1)
        self._lists.append(_List(style, step) if style is not None else None)
        self._next.append(first)

    def _label(self, item: HtmlElement) -> str:
        if not self._lists or self._lists[-1] is None:
            return ""
        style, step = self._lists[-1]
        if style == "bullet":
            return BULLET if item.find("ol") is None else ""
        number = _int(item.get("value"), self._next[-1])
        self._next[-1] = number + step
        words = lexicon("numbering")["counting"].get(style) or lexicon("numbering")["digits"].get(style)
        return ordinal(number, style) + ("、" if words else ".")

    def _cell(self, element: HtmlElement, text: str) -> None:
        """Put a cell into its row, after the columns that cells of rows above still cover."""
        rows, covered = self._tables[-1]
        if not rows:
            rows.append([])
        row = rows[-1]
        _cover(row, covered)
        across = max(1, min(_int(element.get("colspan"), 1), MAX_COLUMNS - len(row)))
        down = max(1, min(_int(element.get("rowspan"), 1), _MOST_ROWS))
        if len(row) >= MAX_COLUMNS:
            return
        for offset in range(across):
            if down > 1:
                covered[len(row)] = down - 1
            row.append("" if offset else text)
        _cover(row, covered)


def _cover(row: list[str | None], covered: dict[int, int]) -> None:
    """Fill the next columns of a row as far as cells of the rows above cover them."""
    while (left := covered.get(len(row), 0)) and len(row) < MAX_COLUMNS:
        covered[len(row)] = left - 1
        row.append(None)


def _style(element: HtmlElement) -> str | None:
    """Return the style of a list's numbers, `bullet`, or None when it prints none."""
    data = lexicon("numbering")
    given = _STYLE.search(element.get("style") or "")
    if given is not None and given.group(1).lower() == "none":
        return None
    if given is not None and given.group(1).lower() in data["css"]:
        return str(data["css"][given.group(1).lower()])
    if element.tag == "ul":
        return "bullet"
    return str(data["html"].get(element.get("type") or "1", "decimal"))


def _start(item: HtmlElement) -> str:
    """Return the first characters of an item."""
    found = ""
    for piece in item.itertext():
        found += piece.strip()
        if len(found) > 12:
            break
    return found


def _int(value: str | None, default: int) -> int:
    text = (value or "").strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text) else default
