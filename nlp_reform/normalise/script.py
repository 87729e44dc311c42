"""Script and width: Traditional to Simplified and full to half width, each character in its place.

Every step keeps the length, so an offset of the result is an offset of the original. Work is done once a
distinct character, not once a character.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Protocol, cast

from nlp_reform.model import Script
from nlp_reform.prepared import compiled

_KEEP = frozenset("…—·①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⁰¹²³⁴⁵⁶⁷⁸⁹")
_BULLETS = frozenset("\uf06c\uf06e\uf0a7\uf0b7\uf0d8\uf0fc●■◆▪‣∙・◦")
_PUNCTUATION = {"，": ",", "；": ";", "：": ":", "（": "(", "）": ")", "％": "%", "！": "!", "？": "?"}
_HAN = compiled(r"[\u4e00-\u9fff]+")
_BROKEN = compiled(r"[\x00\ud800-\udfff]")
_HANT_SHARE, _MIXED_SHARE = 0.08, 0.005


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@lru_cache(maxsize=1)
def _converter() -> _Converter:
    from opencc import OpenCC

    return cast("_Converter", OpenCC("t2s"))


@lru_cache(maxsize=65536)
def _fold(character: str) -> str:
    """Return the character's half-width form where it is one other character, else itself."""
    if character in _BULLETS:
        return "•"
    if character in _KEEP:
        return character
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


@lru_cache(maxsize=1)
def _rare() -> re.Pattern[str]:
    """Match what may need work: all but ASCII, the punctuation folded anyway, and the Chinese characters of GB 2312."""
    codes = bytes(byte for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF) for byte in (high, low))
    plain = sorted(map(ord, {*codes.decode("gb2312", "ignore"), *"。、“”‘’《》…—·　", *_PUNCTUATION}))
    pieces, first = [], plain[0]
    for code, following in zip(plain, [*plain[1:], 0], strict=True):
        if following != code + 1:
            pieces.append(chr(first) if first == code else f"{chr(first)}-{chr(code)}")
            first = following
    return compiled(f"[^\\x01-\\x7f{''.join(pieces)}]")


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def needs_conversion(text: str) -> bool:
    """Tell whether a text holds a Chinese character outside GB 2312."""
    return any(map(_is_han, set(_rare().findall(text))))


def simplify(text: str) -> tuple[str, Script]:
    """Return the text in Simplified characters and half width, of exactly the same length, and its script.

    OpenCC's character configuration runs only when the text holds a Chinese character outside GB 2312; NUL
    and lone surrogates, which it cannot carry, become U+FFFD in the copy.
    """
    found = _rare().findall(text)
    rare = set(found)
    if "\x00" in rare or any("\ud800" <= c <= "\udfff" for c in rare):
        text = _BROKEN.sub("\ufffd", text)
    for character, folded in _PUNCTUATION.items():
        text = text.replace(character, folded)
    for character in rare:
        if not _is_han(character) and (folded := _fold(character)) != character:
            text = text.replace(character, folded)
    if not any(map(_is_han, rare)):
        return text, "hans"
    simple = convert(text)
    changed = {c for c in rare if _is_han(c) and _changes(c)}
    return simple, _script(text, sum(character in changed for character in found))


@lru_cache(maxsize=65536)
def _changes(character: str) -> bool:
    """Tell whether conversion would change this character standing alone."""
    return _converter().convert(character) != character


def convert(text: str) -> str:
    """Convert to Simplified, line by line or character by character where the length would change."""
    simple = _converter().convert(text)
    if len(simple) == len(text):
        return simple
    lines = []
    for line in text.split("\n"):
        converted = _converter().convert(line)
        if len(converted) != len(line):
            converted = "".join(piece if len(piece := _converter().convert(c)) == 1 else c for c in line)
        lines.append(converted)
    return "\n".join(lines)


def _script(text: str, traditional: int) -> Script:
    """Tell the script from the share of Chinese characters that are Traditional forms, `traditional` in number."""
    if not traditional:
        return "hans"
    share = traditional / (sum(map(len, _HAN.findall(text))) or 1)
    if share > _HANT_SHARE:
        return "hant"
    return "mixed" if share > _MIXED_SHARE else "hans"
