"""Offsets of tools that count UTF-16 units (browsers, Java) to code points and back."""

from __future__ import annotations

from bisect import bisect_left


class Utf16:
    """Converts offsets of one text; characters beyond the basic plane count two units."""

    def __init__(self, text: str) -> None:
        """Note where the wide characters stand."""
        self._wide = [n for n, character in enumerate(text) if ord(character) > 0xFFFF]
        self._units = [n + k for k, n in enumerate(self._wide)]

    def to(self, offset: int) -> int:
        """Return the UTF-16 offset of a code-point offset."""
        return offset + bisect_left(self._wide, offset)

    def back(self, offset: int) -> int:
        """Return the code-point offset of a UTF-16 offset."""
        return offset - bisect_left(self._units, offset)
