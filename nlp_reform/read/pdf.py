"""PDF: the text as pdfium gives it, page by page, lines kept as they are set; ruled tables become rows."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from nlp_reform.errors import ReadError
from nlp_reform.model import Note, Page
from nlp_reform.prepared import compiled
from nlp_reform.read import limits, pdf_lines, pdf_tables
from nlp_reform.read.reading import Reading

_PASSWORD, _SECURITY = 4, 5
_PATHS = 3
_TAIL = re.compile(rb"\bendobj\b|\bendstream\b")
_STREAM = re.compile(rb"stream\r?\n")
_PICTURE = re.compile(rb"/Subtype\s*/Image")
_TWICE = re.compile(rb"/Filter\s*\[[^\]]{0,80}/Fl(?:ateDecode)?\b[^\]]{0,80}/(?:Fl(?:ateDecode)?|LZW(?:Decode)?)\b")
_SAFE, _HEAD, _SAMPLES, _SAMPLE = limits.MAX_STREAM_BYTES // 1100, 400, 8, 1024
_VARIED, _CHUNK = 160, 1 << 20
_SCAN = 8
_SPACE = compiled(r"\s+")
_GARBLED = compiled("[\ue000-\uf8ff\ufffd\0-\x08\x0e-\x1f]")


def read(data: bytes, name: str) -> Reading:
    """Read a PDF: hard wraps, running heads and page numbers stay in the text, `pages` says where each page is.

    Lines set in from the margin begin with two ideographic spaces, the sign of a new paragraph. The rows of ruled
    tables are lines of tab-separated cells. Raises `ReadError` for a file that is encrypted, damaged or cut short,
    has too many pages, or has no text layer (a scan).
    """
    clock = limits.Clock(name)
    if _is_cut(data):
        raise ReadError(f"{name}: is a PDF that is cut short; fetch it again")
    _check_streams(data, name)
    with _opened(data, name) as (pdf, raw):
        count = len(pdf)
        if count > limits.MAX_PDF_PAGES:
            raise ReadError(f"{name}: has {count:,} pages (at most {limits.MAX_PDF_PAGES:,}); split it")
        texts, state = [], _State()
        for index in range(count):
            clock.check()
            texts.append(_page(pdf, index, raw, state))
    letters = sum(len(_SPACE.sub("", text)) for text in texts)
    if letters < _SCAN * count and (state.images or not letters):
        raise ReadError(f"{name}: is a scan without a text layer; recognise its text first, as with ocrmypdf")
    return _reading(texts, letters, state)


class _State:
    """What is met on the way through the pages."""

    def __init__(self) -> None:
        self.images = 0
        self.tables = 0
        self.unread: list[int] = []
        self.empty: list[int] = []
        self.plain: list[int] = []


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[tuple[Any, Any]]:
    import pypdfium2
    from pypdfium2 import raw

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if raw.FPDF_GetLastError() in (_PASSWORD, _SECURITY) or getattr(error, "err_code", 0) in (_PASSWORD, _SECURITY):
            raise ReadError(f"{name}: is encrypted; save it without a password") from error
        raise ReadError(f"{name}: is a PDF that is damaged or cut short; fetch it again") from error
    try:
        yield pdf, raw
    finally:
        pdf.close()


def _is_cut(data: bytes) -> bool:
    """Tell whether the end of a PDF is missing: no end mark, or whole objects behind the last one."""
    end = data.rfind(b"%%EOF")
    return end < 0 or _TAIL.search(data, end) is not None


def _check_streams(data: bytes, name: str) -> None:
    """Raise `ReadError` when a stream unpacks to more than the limit, or is packed twice, as only bombs are.

    Deflate packs a thousandfold at most, so short streams are safe; of long ones those are unpacked whose packed
    bytes repeat themselves, as those of ordinary streams do not. pdfium itself has no such limit.
    """
    bomb = ReadError(f"{name}: is a PDF that unpacks to far more than its size (a bomb?); print it anew as PDF")
    if _TWICE.search(data):
        raise bomb
    for match in _STREAM.finditer(data):
        start = match.end()
        if data.startswith(b"end", match.start() - 3) or data.find(b"endstream", start, start + _SAFE) >= 0:
            continue
        end = data.find(b"endstream", start)
        end = end if end >= 0 else len(data)
        if end - start < _SAFE or data[start] & 15 != 8 or _PICTURE.search(data, max(start - _HEAD, 0), start):
            continue
        step = (end - start) // _SAMPLES
        samples = (data[at : at + _SAMPLE] for at in range(start, end, step))
        repeats = any(len(set(sample)) < _VARIED for sample in samples if len(sample) == _SAMPLE)
        if repeats and _unpacked(data, start, end) > limits.MAX_STREAM_BYTES:
            raise bomb


def _unpacked(data: bytes, start: int, end: int) -> int:
    """Return how many bytes a stream unpacks to; it stops counting past the limit."""
    unpacker = zlib.decompressobj()
    size, left = 0, data[start:end]
    try:
        while left and not unpacker.eof and size <= limits.MAX_STREAM_BYTES:
            size += len(unpacker.decompress(left, _CHUNK))
            left = unpacker.unconsumed_tail
    except zlib.error:
        return size
    return size


def _page(pdf: Any, index: int, raw: Any, state: _State) -> str:
    """Return the text of a page, closing all that was opened for it."""
    import pypdfium2

    try:
        page = pdf[index]
    except pypdfium2.PdfiumError:
        state.unread.append(index + 1)
        return ""
    try:
        paths, images = pdf_tables.objects(page.raw, raw)
        textpage = page.get_textpage()
        try:
            given = textpage.get_text_range()
            offsets = pdf_lines.insets(given, textpage.raw, raw)
            text = None
            if paths and state.tables < limits.MAX_TABLE_PAGES:
                text = pdf_tables.text_with_tables(given, frozenset(offsets), paths, textpage.raw, raw)
                state.tables += text is not None
            elif len(paths) >= _PATHS:
                state.plain.append(index + 1)
            text = pdf_lines.indented(given, offsets) if text is None else text
        finally:
            textpage.close()
    except pypdfium2.PdfiumError:
        state.unread.append(index + 1)
        return ""
    finally:
        page.close()
    if images and not text.strip():
        state.empty.append(index + 1)
    state.images += images
    return str(text).replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "-")


def _reading(texts: list[str], letters: int, state: _State) -> Reading:
    """Join the pages; each ends with a line end and none overlaps another."""
    pages, at = [], 0
    for number, text in enumerate(texts, 1):
        texts[number - 1] = text if text.endswith("\n") else f"{text}\n"
        pages.append(Page(number, at, at + len(texts[number - 1])))
        at = pages[-1].end
    whole = "".join(texts)
    notes = [
        Note(code, "warning", pages[numbers[0] - 1].start, pages[numbers[0] - 1].end, message.format(_listed(numbers)))
        for code, numbers, message in (
            ("unread-pages", state.unread, "page {} could not be read; the file is damaged there"),
            ("scanned-pages", state.empty, "page {} has a picture but no text; recognise it (OCR)"),
            ("plain-tables", state.plain, f"tables beyond {limits.MAX_TABLE_PAGES} pages stay lines: page {{}}"),
        )
        if numbers
    ]
    garbled = len(_GARBLED.findall(whole))
    if garbled * 10 > letters:
        message = "the PDF's fonts do not say which characters they print, so the text is garbled; recognise it (OCR)"
        notes.append(Note("garbled-text", "warning", None, None, message))
    return Reading(whole, "application/pdf", "", tuple(pages), tuple(notes))


def _listed(numbers: list[int]) -> str:
    """Return page numbers as they are printed: the first ten."""
    return ", ".join(map(str, numbers[:10])) + (f" and {len(numbers) - 10} more" if len(numbers) > 10 else "")
