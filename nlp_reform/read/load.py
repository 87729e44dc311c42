"""Chooses the reader by content, then by extension, and makes the document that the pipeline starts from."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from nlp_reform.errors import ReadError
from nlp_reform.model import Document, Source
from nlp_reform.model.ids import document_id
from nlp_reform.read import added, limits, plain
from nlp_reform.read.kinds import Kind, kind_of
from nlp_reform.read.reading import Reading, fit


def from_path(path: Path, stdin: Callable[[], bytes] | None = None, name: str | None = None) -> Document:
    """Read one file into an unanalysed document (`-` reads `stdin`, by default the process's own).

    Read: plain text in any common Chinese encoding, HTML (also saved as .mht), PDF, DOCX, Markdown; .doc, .wps,
    .odt and .rtf when LibreOffice is installed. `name` is shown instead of the path.
    Raises `ReadError` naming the file and the way out: missing, a folder, unreadable, empty, too
    large, binary, encrypted, damaged, without a text layer, in no known encoding.
    """
    if str(path) == "-":
        return from_bytes((stdin or _stdin)(), "stdin")
    name = shown(name or str(path))
    try:
        if path.is_dir():
            raise ReadError(f"{name}: is a folder; name the files in it, as in {name}/*.txt")
        if path.exists() and not path.is_file():
            raise ReadError(f"{name}: is no ordinary file; save it as a file first, or pipe it in with -")
        limits.check_size(path.stat().st_size, name)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(f"{name}: no such file; check the spelling and the folder") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"{name}: cannot be read ({reason}); check its permissions") from error
    return from_bytes(data, name)


def from_bytes(data: bytes, name: str) -> Document:
    """Make a document of a file's bytes; `name` is shown in errors and gives the document's id.

    The content decides what it is; the extension of `name` only between plain text, Markdown and pieces of HTML, and
    for a plugin's reader, which gets the files of its extension.
    Raises `ReadError` as `from_path` does.
    """
    name = shown(name)
    if not data:
        raise ReadError(f"{name}: is empty; nothing to read")
    limits.check_size(len(data), name)
    reading = added.read(data, name) or _read(kind_of(data, name), data, name)
    text, notes = fit(reading.text) if reading.media_type != "text/plain" else (reading.text, ())
    source = Source(Path(name).name, reading.media_type, reading.encoding, hashlib.sha256(data).hexdigest())
    return Document(
        id=document_id(Path(name).stem),
        text=plain.check(text, name),
        source=source,
        pages=reading.pages,
        notes=(*reading.notes, *notes),
    )


def from_text(text: str, name: str = "text") -> Document:
    """Make a document of a text already in memory; the sha256 is of its UTF-8 bytes."""
    plain.check(text, name)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Document(id=document_id(name), text=text, source=Source(name, "text/plain", "utf-8", digest))


def shown(name: str) -> str:
    """Return a file name that can be printed on one line: control characters and odd bytes become `?`."""
    return "".join(c if c.isprintable() else "?" for c in name)


def _stdin() -> bytes:
    return sys.stdin.buffer.read(limits.MAX_BYTES + 1)


def _read(kind: Kind, data: bytes, name: str) -> Reading:
    """Call the reader of a kind; each is imported when it is needed."""
    if kind == "pdf":
        from nlp_reform.read import pdf

        return pdf.read(data, name)
    if kind in ("html", "mht"):
        from nlp_reform.read import html

        return html.read(data, name) if kind == "html" else html.read_archive(data, name)
    if kind == "docx":
        from nlp_reform.read import docx

        return docx.read(data, name)
    if kind == "office":
        from nlp_reform.read import office

        return office.read(data, name)
    text, encoding = plain.decode(data, name)
    notes = plain.damage(text, data, encoding)
    if kind == "markdown":
        from nlp_reform.read import markdown

        placeless = tuple(
            replace(note, start=None, end=None, message=note.message.replace(", the first here", "")) for note in notes
        )
        return Reading(markdown.unmarked(text), "text/markdown", encoding, (), placeless)
    return Reading(text, "text/plain", encoding, (), notes)
