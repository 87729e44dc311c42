"""Reads `.memo` files: lines `KEY: value`, an empty line, the text."""

from __future__ import annotations

from nlp_reform.errors import ReadError
from nlp_reform.read.reading import Reading


def read(data: bytes, name: str) -> Reading:
    """Return the text under the heading lines."""
    _, found, body = data.decode("utf-8").partition("\n\n")
    if not found:
        raise ReadError(f"{name}: has no empty line between heading and text; add one")
    return Reading(body, "text/x-memo", "utf-8")
