"""Records as plain JSON values, in the fixed order and names of the output contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from nlp_reform.model import Document

SCHEMA = "nlp-reform/1"
LAYERS = (
    "sections", "directives", "statements", "obligations", "assignments", "quantities", "targets",
    "references", "themes", "notes",
)
_SURE = 2**53
"""Below it every whole number is a float of its own."""
_HEAD = ("id", "title", "issuer", "number", "date", "year", "script", "genre", "period", "addressees", "parts")


def plain(value: Any) -> Any:
    """Return a record, or anything made of records, as dicts, lists, strings and numbers.

    Whole numbers come without a fraction (20000, not 20000.0).
    """
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, float):
        return exact(value)
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def exact(value: float) -> int | float:
    """Return a number as its shortest decimal says: whole ones without a fraction, 1e24 as a one with 24 noughts."""
    if not value.is_integer():
        return value
    return int(value) if abs(value) < _SURE else int(Decimal(repr(value)))


def to_dict(document: Document, text: bool = True) -> dict[str, Any]:
    """Return one document by the contract `nlp-reform/1`; `text=False` leaves the text of record out."""
    head = {name: plain(getattr(document, name)) for name in _HEAD}
    source = plain(document.source)
    record: dict[str, Any] = {"schema": SCHEMA, "document": {**head, "source": source, "length": len(document.text)}}
    if text:
        record["text"] = document.text
    record["pages"] = plain(document.pages)
    for layer in LAYERS:
        record[layer] = plain(getattr(document, layer))
    return record


def to_dicts(documents: Sequence[Document], text: bool = True) -> list[dict[str, Any]]:
    """Return several documents by the contract."""
    return [to_dict(document, text) for document in documents]
