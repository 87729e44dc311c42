"""Script and width: Traditional to Simplified and full to half width, each character in its place.

OpenCC's character configuration keeps the length on all real text measured; where it would not, the
conversion falls back to one character at a time, so offsets always agree with the original.
"""

from __future__ import annotations

import sys
import unicodedata
from functools import lru_cache

from nlp_reform.model import Script

_KEEP = {ord(c) for c in "…—·①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"}


@lru_cache(maxsize=1)
def _width_table() -> dict[int, str]:
    """Map every character whose NFKC form is one other character (full width, compatibility)."""
    table = {}
    for code in (*range(0xA0, 0x3000), *range(0x3000, 0x3400), *range(0xF900, 0x10000)):
        if code in _KEEP or 0xD800 <= code <= 0xDFFF:
            continue
        folded = unicodedata.normalize("NFKC", chr(code))
        if len(folded) == 1 and folded != chr(code):
            table[code] = folded
    return table


@lru_cache(maxsize=1)
def _converter() -> object:
    from opencc import OpenCC

    return OpenCC("t2s")


def simplify(text: str) -> str:
    """Return the text in Simplified characters and half width, of exactly the same length."""
    folded = text.translate(_width_table())
    convert = _converter().convert  # type: ignore[attr-defined]
    try:
        simple: str = convert(folded)
    except (UnicodeError, RuntimeError):
        simple = ""
    if len(simple) != len(folded):
        simple = "".join(piece if len(piece := _convert_one(c)) == 1 else c for c in folded)
    return simple


@lru_cache(maxsize=sys.maxunicode)
def _convert_one(character: str) -> str:
    if "\ud800" <= character <= "\udfff":
        return character
    result: str = _converter().convert(character)  # type: ignore[attr-defined]
    return result


def detect(text: str, simple: str) -> Script:
    """Tell the script from how many Chinese characters conversion changed."""
    import re

    han = sum(1 for _ in re.finditer(r"[\u4e00-\u9fff]", text)) or 1
    changed = sum(1 for a, b in zip(text, simple, strict=True) if a != b and "\u4e00" <= a <= "\u9fff")
    share = changed / han
    if share > 0.12:
        return "hant"
    return "mixed" if share > 0.01 else "hans"
