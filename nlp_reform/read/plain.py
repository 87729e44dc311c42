"""Plain text: the encoding is found, the text is kept exactly as decoded, line ends included."""

from __future__ import annotations

import codecs

from nlp_reform.errors import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ["gb18030", "big5", "big5hkscs", "cp950", "utf_16_le", "utf_16_be"]
_SAMPLE = 1 << 16
LONGEST_LINE = 20_000_000
"""Characters in one line above which a file is taken for something other than a policy text."""


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text and the encoding with which `data.decode(encoding)` gives it again.

    Accepts UTF-8, UTF-16 and UTF-32 with or without a byte order mark (the mark is a signature, not text:
    it is no part of the text of record), GB18030 with its subsets GBK and GB2312, and Big5 with HKSCS.
    Raises `ReadError` for binary data and for bytes that no encoding explains.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, name), encoding
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        encoding = _guess(data)
        if encoding is None:
            raise ReadError(
                f"{name}: no text in a known encoding (byte {error.start}); save it as UTF-8, or check that it is text"
            ) from error
        return _strict(data, encoding, name), encoding
    if "\0" not in text:
        return text, "utf-8"
    encoding = _guess(data)
    if encoding is not None and encoding.startswith("utf_16"):
        return _strict(data, encoding, name), encoding
    raise ReadError(f"{name}: holds NUL bytes, so it is not plain text; give a text, HTML, PDF or DOCX file")


def check(text: str, name: str) -> str:
    """Return a text that can be analysed and written again; raises `ReadError` naming what stands in the way.

    Refused: nothing but white space, NUL characters, lone surrogates (half of a character), and lines of
    more than `LONGEST_LINE` characters.
    """
    if not text.strip():
        raise ReadError(f"{name}: is empty; nothing to read")
    if "\0" in text:
        raise ReadError(f"{name}: holds a NUL character at offset {text.index(chr(0))}; remove it or save the text again")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReadError(
            f"{name}: half a character (lone surrogate) at offset {error.start}; save the text again as UTF-8"
        ) from error
    longest = _longest_line(text)
    if longest > LONGEST_LINE:
        raise ReadError(
            f"{name}: one line of {longest:,} characters (at most {LONGEST_LINE:,}); split the file at paragraph ends"
        )
    return text


def _longest_line(text: str) -> int:
    if len(text) <= LONGEST_LINE:
        return 0
    longest = at = 0
    while (end := text.find("\n", at)) >= 0:
        longest, at = max(longest, end - at), end + 1
    return max(longest, len(text) - at)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{name}: looks like {encoding} but byte {error.start} does not fit; save it again as UTF-8"
        ) from error


def _guess(data: bytes) -> str | None:
    """Name the encoding charset-normalizer finds among the Chinese ones, if it explains every byte."""
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE]
    best = from_bytes(sample, cp_isolation=_CANDIDATES, enable_fallback=False).best()
    ranked = [best.encoding] if best is not None else []
    for encoding in (*ranked, "gb18030", "big5hkscs"):
        if encoding.startswith("utf_16") and b"\0" not in sample and b"\n" in sample:
            continue
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return None
