"""Word files: paragraphs as lines with the numbers Word prints, tables as rows, tracked changes accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp_reform.errors import ReadError
from nlp_reform.model import Note
from nlp_reform.prepared import compiled
from nlp_reform.read import grid, limits
from nlp_reform.read.numbering import join
from nlp_reform.read.package import Package
from nlp_reform.read.reading import Reading
from nlp_reform.read.word_numbers import Numbers, child, children, local, number, on, value

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_THROUGH = frozenset(
    ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo", "oMath", "oMathPara")
)
_GONE = frozenset(("del", "moveFrom"))
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LEADER = "……"
_BEGINS, _ENDS = "\ufdd0", "\ufdd1"
"""Characters that no text may hold: between them stands the number of a footnote's mark until the text is whole."""
_MARK = compiled(rf"{_BEGINS}(\d+){_ENDS}")


def read(data: bytes, name: str) -> Reading:
    """Read a Word file (.docx, .docm, .dotx).

    Automatic numbers and bullets are printed before their paragraphs, a table's rows are lines of tab-separated
    cells, footnotes and endnotes follow the text, one a line; insertions are read, deletions and hidden text are
    not. Heads and feet of pages are no text. Raises `ReadError` for a file that is encrypted, damaged, too large
    when unpacked, declares entities, or holds no text.
    """
    package = Package(data, name)
    main = package.related().get("officeDocument", "word/document.xml")
    document = package.xml(main)
    body = child(document, "body")
    if body is None:
        raise ReadError(f"{name}: is a Word file without a text; fetch it again or save it anew in Word")
    parts = package.related(main)
    roots: dict[str, _Element | None] = {
        kind: package.xml(parts[kind]) for kind in ("numbering", "styles", "footnotes", "endnotes") if kind in parts
    }
    writer = _Writer(Numbers(roots.get("numbering"), roots.get("styles")), limits.Clock(name))
    writer.blocks(body)
    writer.end()
    remarks = writer.remarks({kind: roots.get(f"{kind}s") for kind in ("footnote", "endnote")})
    text, marks = _without_marks("\n".join(writer.lines).strip("\n") + "\n")
    if not (text + "".join(remarks.values())).strip():
        raise ReadError(f"{name}: is a Word file without text; if it holds scanned pages, recognise them first (OCR)")
    notes = writer.notes
    if remarks:
        message = f"{len(remarks)} footnotes follow the text from here; their marks in the text are left out"
        notes.append(Note("footnotes", "info", len(text), len(text), message))
        places = ((marks[n], printed) for n, printed in remarks.items() if n in marks)
        notes += [Note("footnote", "info", at, at, f"here stands the mark of {printed}") for at, printed in places]
        text += "\n".join(remarks.values()) + "\n"
    return Reading(text, MEDIA_TYPE, "utf-8", (), tuple(notes))


class _Writer:
    """Writes the blocks of a body as lines."""

    def __init__(self, numbers: Numbers, clock: limits.Clock) -> None:
        self._numbers = numbers
        self._clock = clock
        self.lines: list[str] = []
        self._pieces: list[str] = []
        self._label = ""
        self._boxes: list[_Element] = []
        self._referred: dict[tuple[str, str], int] = {}
        self._inserted = self._deleted = self._embedded = 0

    @property
    def notes(self) -> list[Note]:
        """What the reader should know of the file."""
        found = []
        if self._inserted or self._deleted:
            message = f"tracked changes are read as accepted: {self._inserted} insertions, {self._deleted} deletions"
            found.append(Note("tracked-changes", "info", None, None, message))
        if self._embedded:
            message = f"{self._embedded} embedded files are not read; save the document anew in Word to take them in"
            found.append(Note("embedded-files", "warning", None, None, message))
        return found

    def blocks(self, parent: _Element) -> None:
        """Write paragraphs and tables, through content controls and the like."""
        for element in parent:
            kind = local(element)
            if kind == "p":
                self._paragraph(element)
            elif kind == "tbl":
                self.end()
                self._clock.check()
                self.lines += grid.lines(grid.even(self._rows(element)))
            elif kind == "sdt":
                content = child(element, "sdtContent")
                if content is not None:
                    self.blocks(content)
            elif kind in _GONE:
                self._deleted += 1
            elif kind == "AlternateContent":
                self._alternative(element, self.blocks)
            elif kind in _THROUGH:
                self._inserted += kind in ("ins", "moveTo")
                self.blocks(element)
            elif kind == "altChunk":
                self._embedded += 1

    def _paragraph(self, paragraph: _Element) -> None:
        mark = child(paragraph, "pPr", "rPr")
        gone = child(mark, "del") is not None or child(mark, "moveFrom") is not None
        self._inserted += child(mark, "ins") is not None
        contents = self._numbers.is_contents(paragraph)
        before = len(self._pieces)
        self._inline(paragraph)
        if contents:
            self._pieces[before:] = [piece.replace("\t", _LEADER) for piece in self._pieces[before:]]
        if gone:
            self._deleted += 1
            return
        label = self._numbers.label(paragraph)
        self._label = label
        self.end(blank=True)
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks(box)
            self.end()

    def end(self, *, blank: bool = False) -> None:
        """End the line; `blank` leaves one empty line for an empty paragraph."""
        text = "".join(self._pieces).replace("\t", " ").strip(" \n")
        label, self._pieces, self._label = self._label, [], ""
        if text.strip():
            self.lines += join(label, text.lstrip() if label else text).split("\n")
        elif blank and self.lines and self.lines[-1]:
            self.lines.append("")

    def _alternative(self, element: _Element, take: object) -> None:
        """Take the first of several forms of one thing."""
        chosen = next((e for e in element if local(e) in ("Choice", "Fallback")), None)
        if chosen is not None and callable(take):
            take(chosen)

    def _inline(self, parent: _Element) -> None:
        for element in parent:
            kind = local(element)
            if kind == "r":
                if not on(child(element, "rPr", "vanish")):
                    self._run(element)
            elif kind == "sdt":
                content = child(element, "sdtContent")
                if content is not None:
                    self._inline(content)
            elif kind in _GONE:
                self._deleted += 1
            elif kind == "AlternateContent":
                self._alternative(element, self._inline)
            elif kind in _THROUGH:
                self._inserted += kind in ("ins", "moveTo")
                self._inline(element)

    def _run(self, run: _Element) -> None:
        for element in run:
            kind = local(element)
            if kind == "t":
                self._pieces.append(element.text or "")
            elif kind in _SIGNS:
                self._pieces.append(_SIGNS[kind])
            elif kind == "sym":
                self._pieces.append(_symbol(value(element, "char")))
            elif kind in ("footnoteReference", "endnoteReference"):
                named = kind.removesuffix("Reference"), value(element, "id") or ""
                number = self._referred.setdefault(named, len(self._referred))
                self._pieces.append(f"{_BEGINS}{number}{_ENDS}")
            elif kind in ("drawing", "pict", "object"):
                self._boxes += _outermost(element)
            elif kind == "AlternateContent":
                self._alternative(element, self._run)
            elif kind == "ruby":
                base = child(element, "rubyBase")
                if base is not None:
                    self._inline(base)

    def _rows(self, table: _Element) -> list[list[str | None]]:
        rows: list[list[str | None]] = []
        for row in _through(table, "tr"):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                self._deleted += 1
                continue
            cells: list[str | None] = [""] * _span(child(properties, "gridBefore"), 0)
            for cell in _through(row, "tc"):
                text = self._cell(cell)
                merged = child(cell, "tcPr", "vMerge")
                covered = merged is not None and value(merged) != "restart"
                across = _span(child(cell, "tcPr", "gridSpan"), 1)
                cells += [None if covered else text, *[None if covered else ""] * (across - 1)]
            rows.append(cells[: limits.MAX_COLUMNS])
        return rows

    def _cell(self, cell: _Element) -> str:
        """Return a cell's lines."""
        outer, self.lines = self.lines, []
        self.blocks(cell)
        self.end()
        inner, self.lines = self.lines, outer
        return "\n".join(inner).strip("\n")

    def remarks(self, parts: dict[str, _Element | None]) -> dict[int, str]:
        """Return the footnotes and endnotes in the order of their marks, each one line, by the number of the mark."""
        found: dict[int, str] = {}
        for (kind, name), mark in tuple(self._referred.items()):
            note = next((e for e in children(parts.get(kind), kind) if value(e, "id") == name), None)
            if note is not None:
                text = _without_marks(self._cell(note))[0].replace("\n", " ").strip()
                found[mark] = f"注{len(found) + 1}：{text}"
        return found


def _without_marks(text: str) -> tuple[str, dict[int, int]]:
    """Return a text without the marks of footnotes, and where each stood, by its number; of several the first place."""
    places: dict[int, int] = {}
    pieces, at, length = [], 0, 0
    for match in _MARK.finditer(text):
        pieces.append(text[at : match.start()])
        length += match.start() - at
        at = match.end()
        places.setdefault(int(match.group(1)), length)
    return "".join([*pieces, text[at:]]), places


def _through(parent: _Element, name: str) -> list[_Element]:
    """Return the children of a name, also those inside content controls and the like."""
    found: list[_Element] = []
    for element in parent:
        if local(element) == name:
            found.append(element)
        elif local(element) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            found += _through(element, name)
    return found


def _outermost(drawing: _Element) -> list[_Element]:
    """Return the text boxes of a drawing, of two forms of one drawing the first."""
    found: list[_Element] = []
    for element in drawing:
        if local(element) == "txbxContent":
            found.append(element)
        elif local(element) != "Fallback" or not found:
            found += _outermost(element)
    return found


def _span(element: _Element | None, default: int) -> int:
    return max(default, min(number(element, default) or default, limits.MAX_COLUMNS))


def _symbol(code: str | None) -> str:
    try:
        point = int(code or "", 16)
    except ValueError:
        return ""
    return chr(point) if 0x20 <= point < 0xD800 or 0xE000 <= point < 0xFFFE else ""
