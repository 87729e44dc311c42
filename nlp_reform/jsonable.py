"""Records as plain JSON values, in the fixed order and names of the output contract."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from functools import lru_cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from nlp_reform.model import Document
from nlp_reform.spans import View

SCHEMA = "nlp-reform/1"
LAYERS = (
    "sections", "directives", "statements", "obligations", "assignments", "quantities", "targets",
    "references", "themes", "notes",
)
_WORKING = ("blocks", "sentences", "tables")
_SURE = 2**53
"""Below it every whole number is a float of its own."""
_HEAD = ("id", "title", "issuer", "number", "date", "year", "script", "genre", "period", "addressees", "parts")


def plain(value: Any) -> Any:
    """Return a record, or anything made of records, as dicts, lists, strings and numbers.

    Whole numbers come without a fraction (20000, not 20000.0).
    """
    kind: Any = value.__class__
    if kind is str or value is None:
        return value
    if kind is float:
        return exact(value)
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return {name: plain(getattr(value, name)) for name in names} if (names := _names(kind)) is not None else value


@lru_cache(maxsize=256)
def _names(kind: Any) -> tuple[str, ...] | None:
    """Return the fields of a record, None for what is no record."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else None


def exact(value: float) -> int | float:
    """Return a number as its shortest decimal says: whole ones without a fraction, 1e24 as a one with 24 noughts."""
    if not value.is_integer():
        return value
    return int(value) if abs(value) < _SURE else int(Decimal(repr(value)))


def to_dict(document: Document, text: bool = True) -> dict[str, Any]:
    """Return one document by the contract `nlp-reform/1`; `text=False` leaves the text of record out."""
    head = {name: plain(getattr(document, name)) for name in _HEAD}
    source = plain(document.source)
    record: dict[str, Any] = {"schema": SCHEMA, "document": {**head, "source": source, "length": len(document.text)},
                              "made_with": plain(document.made_with)}
    if text:
        record["text"] = document.text
    record["pages"] = plain(document.pages)
    for layer in LAYERS:
        record[layer] = plain(getattr(document, layer))
    if document.extra:
        record["extra"] = {name: list(values) for name, values in document.extra.items()}
    return record


def to_dicts(documents: Sequence[Document], text: bool = True) -> list[dict[str, Any]]:
    """Return several documents by the contract."""
    return [to_dict(document, text) for document in documents]


def layers(document: Document) -> dict[str, Any]:
    """Return the working layers, which are no part of the contract, as plain values for `with_layers`."""
    view = {"text": document.view.text, "cuts": document.view.map.cuts}
    return {"view": view, **{name: plain(getattr(document, name)) for name in _WORKING}}


def with_layers(document: Document, record: Mapping[str, Any]) -> Document:
    """Return a document with the working layers that `layers` wrote."""
    kinds = get_type_hints(Document)
    view = View(document.text, record["view"]["text"], ((start, end) for start, end in record["view"]["cuts"]))
    return replace(document, view=view, **{name: reader(kinds[name])(record[name]) for name in _WORKING})


def from_dict(record: Mapping[str, Any], text: str | None = None) -> Document:
    """Return the document that `to_dict` wrote: every public layer, equal to what was written.

    `text` is the text of record where the record was written without it. The working layers are empty: they
    are no part of the contract. Raises KeyError or TypeError for what is no record of `nlp-reform/1`.
    """
    head: Mapping[str, Any] = record["document"]
    kinds = get_type_hints(Document)
    values = {**{name: head[name] for name in (*_HEAD, "source")}, "pages": record["pages"],
              "made_with": record.get("made_with"),
              **{layer: record[layer] for layer in LAYERS}}
    extra = {name: tuple(layer) for name, layer in record.get("extra", {}).items()}
    return Document(text=record["text"] if text is None else text, extra=extra,
                    **{name: reader(kinds[name])(value) for name, value in values.items()})


@lru_cache(maxsize=256)
def reader(kind: Any) -> Callable[[Any], Any]:
    """Return the function that makes a value of a type of the model out of plain JSON values."""
    if is_dataclass(kind) or hasattr(kind, "_fields"):
        return _record_reader(kind)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        given = reader(next(one for one in inner if one is not type(None)))
        return lambda value: None if value is None else given(value)
    if origin is tuple and inner[-1] is Ellipsis:
        one = reader(inner[0])
        return lambda value: tuple(map(one, value))
    if origin is tuple:
        each = [reader(part) for part in inner]
        return lambda value: tuple(read(part) for read, part in zip(each, value, strict=True))
    return float if kind is float else _same


def _same(value: Any) -> Any:
    return value


def _record_reader(kind: Any) -> Callable[[Any], Any]:
    """Read a dataclass from its dict, a named tuple from its list."""
    each = {name: reader(hint) for name, hint in get_type_hints(kind).items()}
    if not hasattr(kind, "_fields"):
        return lambda value: kind(**{name: read(value[name]) for name, read in each.items()})
    return lambda value: kind(*(read(part) for read, part in zip(each.values(), value, strict=True)))
