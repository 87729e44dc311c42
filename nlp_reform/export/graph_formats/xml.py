"""Escaping shared by the XML formats: what is written reads back to the character."""

from __future__ import annotations

from nlp_reform.graph.flatten import Scalar
from nlp_reform.prepared import compiled

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPECIAL = compiled('[&<>"\n\r\t]')
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = str.maketrans({
    "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;",
})


def text(value: Scalar) -> str:
    """Return a value as the content of an element."""
    if type(value) is str:
        return value.translate(_TEXT) if _SPECIAL.search(value) else value
    return str(value).lower() if isinstance(value, bool) else repr(value)


def attribute(value: Scalar) -> str:
    """Return a value as the content of an attribute between double quotes."""
    if type(value) is str:
        return value.translate(_ATTRIBUTE) if _SPECIAL.search(value) else value
    return str(value).lower() if isinstance(value, bool) else repr(value)
