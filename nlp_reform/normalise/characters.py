"""Characters that stand between the characters: blanks, invisible marks, pinyin notes."""

from __future__ import annotations

import re

BLANK = " \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE = r"\x01-\x08\x0e-\x1f\x7f\x80-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\ue000-\uf8ff\ufff9-\ufffc"
_SPACE = r"[ \xa0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_CUT = re.compile(
    rf"[{_INVISIBLE}]+"
    rf"|(?<=[^\x00-\x7f]){_SPACE}+|{_SPACE}+(?=[^\x00-\x7f])"
    rf"|(?<=[,;:(!?%]){_SPACE}+|{_SPACE}+(?=[,;:)!?%])"
)
_GROUPED = re.compile(rf"(?<![\d.])\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)")
_PINYIN = re.compile(r"(?<=[\u4e00-\u9fff])\((?=[a-z]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ])[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ]{1,6}\)")
_BLANKS = re.compile(_SPACE)


def cuts(text: str) -> list[tuple[int, int]]:
    """Return what to leave out of a half-width text: half-open pieces, unsorted, possibly touching.

    Cut are invisible and private-use characters, blanks beside a Chinese character or punctuation, blanks that
    group the digits of one number (`6 000`), and pinyin notes (`行(xíng)`). Tabs stay: they part the cells of a row.
    """
    found = [match.span() for match in _CUT.finditer(text)]
    for number in _GROUPED.finditer(text):
        found.extend(blank.span() for blank in _BLANKS.finditer(text, number.start(), number.end()))
    if "(" in text:
        found.extend(match.span() for match in _PINYIN.finditer(text))
    return found
