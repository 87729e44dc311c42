"""What a Doc carries of us: one string in `doc.user_data`, shown as a Document by `doc._.reform`.

The string is JSON: it goes through `Doc.to_bytes`, DocBin (`store_user_data=True`) and other processes as it is,
without pickle. It holds the record of the contract without the text (which is the Doc's), the working layers, and
the names of the stages done, so that no stage runs twice.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from spacy.tokens import Doc

from nlp_reform import __version__, jsonable
from nlp_reform.model import Document, Source
from nlp_reform.read import from_text

EXTENSION = "reform"
"""`doc._.reform` is the Document; the name is left alone where another package has it."""
KEY = "nlp_reform"
"""The key in `doc.user_data`."""
_RECENT = 32
"""Documents kept ready beside their strings."""


class Carried(NamedTuple):
    """A document and the names of the stages that it went through."""

    document: Document
    done: tuple[str, ...]


_recent: OrderedDict[str, Carried] = OrderedDict()
_guard = Lock()


def put(doc: Doc, document: Document, done: tuple[str, ...]) -> None:
    """Keep a document of this very text on a Doc; raises ValueError for a document of another text."""
    if document.text != doc.text:
        raise ValueError(f"the document {document.id!r} has another text than the Doc")
    record = jsonable.to_dict(document, text=False)
    held = {"version": __version__, "done": done, "record": record, "working": jsonable.layers(document)}
    kept = json.dumps(held, ensure_ascii=False)
    doc.user_data[KEY] = kept
    _remember(kept, Carried(document, done))


def get(doc: Doc) -> Carried | None:
    """Return what a Doc carries, None when it carries nothing of ours."""
    kept = doc.user_data.get(KEY)
    if not isinstance(kept, str):
        return None
    found = _recent.get(kept)
    if found is None or found.document.text != doc.text:
        found = _read(kept, doc.text)
        _remember(kept, found)
    return found


def begin(doc: Doc) -> Document:
    """Return the unanalysed document of a Doc's text; raises `ReadError` for NUL bytes and half characters."""
    if doc.text.strip():
        return from_text(doc.text)
    return Document("text", doc.text, Source("text", "text/plain", "utf-8", ""))


def shown(doc: Doc) -> Document | None:
    """Return the document a Doc carries: the getter of `doc._.reform`."""
    found = get(doc)
    return found.document if found else None


def extend() -> None:
    """Give Docs the extension `reform`, unless there is one of that name."""
    if not Doc.has_extension(EXTENSION):
        Doc.set_extension(EXTENSION, getter=shown)


def _remember(kept: str, carried: Carried) -> None:
    with _guard:
        _recent[kept] = carried
        _recent.move_to_end(kept)
        while len(_recent) > _RECENT:
            _recent.popitem(last=False)


def _read(kept: str, text: str) -> Carried:
    """Make the document again; one kept by another version counts as not analysed, its layers are shown."""
    held = json.loads(kept)
    document = jsonable.from_dict(held["record"], text)
    if held["version"] != __version__ or not held["done"]:
        return Carried(document, ())
    return Carried(jsonable.with_layers(document, held["working"]), tuple(held["done"]))
