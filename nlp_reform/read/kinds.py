"""What a file is: its first bytes decide, its extension only where they leave a choice."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath
from typing import Literal

from nlp_reform.errors import ReadError

Kind = Literal["plain", "markdown", "html", "mht", "pdf", "docx", "office"]
"""The readers: `office` is what only LibreOffice reads (.doc, .wps, .odt, .rtf)."""

_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG", "an image", "recognise its text first (OCR)"),
    (b"\xff\xd8\xff", "an image", "recognise its text first (OCR)"),
    (b"GIF8", "an image", "recognise its text first (OCR)"),
    (b"II*\0", "an image", "recognise its text first (OCR)"),
    (b"MM\0*", "an image", "recognise its text first (OCR)"),
    (b"\x7fELF", "a program", "give a text file"),
    (b"MZ\x90\0", "a program", "give a text file"),
    (b"\x1f\x8b", "a compressed file", "unpack it first"),
    (b"7z\xbc\xaf", "a compressed file", "unpack it first"),
    (b"Rar!", "a compressed file", "unpack it first"),
    (b"PK\x05\x06", "an empty archive", "give the document itself"),
    (b"%!PS", "a PostScript file", "save it as PDF"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?>(?:<\?xml[^>]*+>|<!--.*?-->)\s*+)*+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
"""Each comment is taken whole and never again (atomic): else the ways to part many of them double with each."""
_FRAGMENT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:div|table|p|article|section|main|h[1-6]|span|ol|ul|meta)\b[^<>]*>", re.I
)
_BLOCK_END = re.compile(rb"</(?:div|table|p|article|section|main)\s*>", re.I)
_MHT = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,30}?content-type:\s*multipart/related", re.I)
_OWN_NAMES = {"", ".txt", ".text", ".pdf", ".docx", ".doc", ".wps", ".odt", ".rtf", ".mht", ".mhtml"}
"""Files of these names, of HTML and of Markdown are never given to a plugin's reader."""
_HTML_NAMES = {".html", ".htm", ".xhtml", ".shtml", ".jhtml"}
_MARKDOWN_NAMES = {".md", ".markdown", ".mdown", ".mkd"}


def foreign(name: str) -> str | None:
    """Return the ending, without its dot and in lower case, of a name that is none of our readers'; else None."""
    suffix = PurePath(name).suffix.lower()
    return None if suffix in _OWN_NAMES | _HTML_NAMES | _MARKDOWN_NAMES else suffix[1:]


def kind_of(data: bytes, name: str) -> Kind:
    """Return which reader a file is for; raises `ReadError` for what none can read, naming what it is."""
    head = data[:4096]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(data, name)
    if head.startswith(_OLE):
        return _ole_kind(data, name)
    if head.startswith(b"{\\rtf"):
        return "office"
    for magic, what, way in _REFUSED:
        if head.startswith(magic):
            raise ReadError(f"{name}: is {what}, not a text; {way}")
    return _text_kind(data, head, PurePath(name).suffix.lower())


def _text_kind(data: bytes, head: bytes, suffix: str) -> Kind:
    """Tell HTML and Markdown from plain text; UTF-16 is looked at without its zero bytes."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[2:].replace(b"\0", b"")
    if _MHT.match(head):
        return "mht"
    if _HTML_START.match(head):
        return "html"
    if suffix in _MARKDOWN_NAMES:
        return "markdown"
    if suffix in _HTML_NAMES and re.search(rb"<\s*/?\s*[a-zA-Z]", data.replace(b"\0", b"")):
        return "html"
    if suffix != ".txt" and _FRAGMENT.match(head) and _BLOCK_END.search(data):
        return "html"
    return "plain"


def _zip_kind(data: bytes, name: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist()[:100_000])
            short = "mimetype" in names and archive.getinfo("mimetype").file_size < 200
            mimetype = archive.read("mimetype") if short else b""
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
        raise ReadError(f"{name}: is a Word or zip file that is damaged or cut short; fetch it again") from error
    if "[Content_Types].xml" in names and any(part.startswith("word/") for part in names):
        return "docx"
    if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
        return "office"
    if any(part.startswith(("xl/", "ppt/")) for part in names) or mimetype.startswith(b"application/vnd.oasis"):
        raise ReadError(f"{name}: is a spreadsheet or slide file, not a text; save its text as .txt or .docx")
    raise ReadError(f"{name}: is a zip archive; unpack it and name the documents in it")


def _ole_kind(data: bytes, name: str) -> Kind:
    """Tell old Word and WPS files from the other files of this container by the names in its directory."""
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise ReadError(f"{name}: is encrypted; save it without a password")
    if not holds("WordDocument") and (holds("Workbook") or holds("PowerPoint Document")):
        raise ReadError(f"{name}: is a spreadsheet or slide file, not a text; save its text as .txt or .docx")
    return "office"
