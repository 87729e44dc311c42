"""Paragraphs of the cleaned text; items set into the running text are parted from it."""

from __future__ import annotations


def paragraphs_of(text: str) -> list[tuple[int, int]]:
    """Return the half-open spans of the paragraphs of a cleaned text, in order; blank ones are left out."""
    found = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line and not line.isspace():
            found.append((start, end))
        start = end + 1
    return found
