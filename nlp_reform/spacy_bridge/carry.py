"""What a Doc carries of us: one string in `doc.user_data`, shown as a Document by `doc._.reform`.

The string is JSON: it goes through `Doc.to_bytes`, DocBin (`store_user_data=True`) and other processes as it is,
without pickle. It holds the record of the contract without the text (which is the Doc's), the working layers, and
the names of the stages done, so that no stage runs twice.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from threading import Lock
from typing import Any, NamedTuple

from spacy.tokens import Doc

from nlp_reform import __version__, jsonable
from nlp_reform.model import Document, Source
from nlp_reform.read import from_text

EXTENSION = "reform"
"""`doc._.reform` is the Document; the name is left alone where another package has it."""
KEY = "nlp_reform"
"""The key in `doc.user_data`."""
WORKING = "working"
"""What the working layers together are called."""
_WORKING = ("view", "blocks", "sentences", "tables")
_RECENT = 32
"""Documents kept ready beside their strings."""


Written = tuple[tuple[object, ...], str]
"""A layer's objects and what was written of them."""


class Carried(NamedTuple):
    """A document, the names of the stages that it went through, and its layers as they were last written."""

    document: Document
    done: tuple[str, ...]
    written: Mapping[str, Written] = {}


_recent: OrderedDict[str, Carried] = OrderedDict()
_guard = Lock()


def put(doc: Doc, document: Document, done: tuple[str, ...]) -> None:
    """Keep a document of this very text on a Doc; raises ValueError for a document of another length.

    A layer that is the same as when the Doc was written last is not written again.
    """
    if len(document.text) != length(doc):
        raise ValueError(f"the document {document.id!r} has another text than the Doc")
    before = _recent.get(doc.user_data.get(KEY) or "")
    known = before.written if before else {}
    written = {name: _written(name, document, known) for name in (*jsonable.LAYERS, WORKING)}
    none: dict[str, Any] = dict.fromkeys(jsonable.LAYERS, ())
    bare = jsonable.to_dict(replace(document, **none), text=False)
    head = json.dumps({"version": __version__, "done": done, "record": bare}, ensure_ascii=False)
    layers = ", ".join(f'"{name}": {text}' for name, (_, text) in written.items())
    kept = f'{head[:-1]}, "layers": {{{layers}}}}}'
    doc.user_data[KEY] = kept
    _remember(kept, Carried(document, done, written))


def _written(name: str, document: Document, before: Mapping[str, Written]) -> Written:
    objects = tuple(getattr(document, one) for one in (_WORKING if name == WORKING else (name,)))
    if name in before and all(one is other for one, other in zip(before[name][0], objects, strict=True)):
        return before[name]
    plain = jsonable.layers(document) if name == WORKING else jsonable.plain(objects[0])
    return objects, json.dumps(plain, ensure_ascii=False)


def get(doc: Doc) -> Carried | None:
    """Return what a Doc carries, None when it carries nothing of ours."""
    kept = doc.user_data.get(KEY)
    if not isinstance(kept, str):
        return None
    found = _recent.get(kept)
    if found is None or len(found.document.text) != length(doc):
        found = _read(kept, doc.text)
        _remember(kept, found)
    return found


def length(doc: Doc) -> int:
    """Return the length of a Doc's text in code points, without putting the text together."""
    return int(doc[-1].idx + len(doc[-1].text_with_ws)) if len(doc) else 0


def begin(doc: Doc) -> Document:
    """Return the unanalysed document of a Doc's text; raises `ReadError` for NUL bytes and half characters."""
    text = doc.text
    return from_text(text) if text.strip() else Document("text", text, Source("text", "text/plain", "utf-8", ""))


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
    working = held["layers"].pop(WORKING)
    document = jsonable.from_dict(held["record"] | held["layers"], text)
    if held["version"] != __version__ or not held["done"]:
        return Carried(document, ())
    return Carried(jsonable.with_layers(document, working), tuple(held["done"]))
