"""Chooses the reader by content and makes the document that the pipeline starts from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from nlp_reform.errors import ReadError
from nlp_reform.model import Document, Source
from nlp_reform.model.ids import document_id
from nlp_reform.read import plain

Sniffer = tuple[bytes, str, str]
_BINARY: tuple[Sniffer, ...] = (
    (b"%PDF-", "PDF", "save its text as .txt"),
    (b"PK\x03\x04", "a zip archive or Word file", "save its text as .txt"),
    (b"\xd0\xcf\x11\xe0", "an old Word or WPS file", "save it as .txt"),
    (b"\x89PNG", "an image", "give the text itself"),
    (b"\xff\xd8\xff", "an image", "give the text itself"),
    (b"GIF8", "an image", "give the text itself"),
    (b"\x7fELF", "a program", "give a text file"),
    (b"\x1f\x8b", "a compressed file", "unpack it first"),
)


def from_path(path: Path, stdin: Callable[[], bytes] | None = None) -> Document:
    """Read one file into an unanalysed document (`-` reads `stdin`).

    Raises `ReadError` naming the file and the way out: missing, a folder, unreadable, empty, binary, in no
    known encoding.
    """
    if str(path) == "-" and stdin is not None:
        return from_bytes(stdin(), "stdin")
    name = str(path)
    try:
        if path.is_dir():
            raise ReadError(f"{name}: is a folder; name the files in it, as in {name}/*.txt")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(f"{name}: no such file; check the spelling and the folder") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"{name}: cannot be read ({reason}); check its permissions") from error
    return from_bytes(data, name)


def from_bytes(data: bytes, name: str) -> Document:
    """Make a document of a file's bytes; `name` is shown in errors and gives the document's id."""
    if not data:
        raise ReadError(f"{name}: is empty; nothing to read")
    for magic, what, way in _BINARY:
        if data.startswith(magic):
            raise ReadError(f"{name}: is {what}, not plain text; {way}")
    text, encoding = plain.decode(data, name)
    source = Source(Path(name).name, "text/plain", encoding, hashlib.sha256(data).hexdigest())
    return Document(id=document_id(Path(name).stem), text=plain.check(text, name), source=source)


def from_text(text: str, name: str = "text") -> Document:
    """Make a document of a text already in memory; the sha256 is of its UTF-8 bytes."""
    plain.check(text, name)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Document(id=document_id(name), text=text, source=Source(name, "text/plain", "utf-8", digest))
