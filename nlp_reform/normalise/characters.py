"""Characters that stand between the characters: blanks, invisible marks, pinyin notes."""

from __future__ import annotations

import re

BLANK = " \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE = r"\x01-\x08\x0e-\x1f\x7f\x80-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\ue000-\uf8ff\ufff9-\ufffc"
_SPACE = r"[ \xa0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_UNSEEN = re.compile(rf"[{_INVISIBLE}]+")
_BLANKS = re.compile(rf"{_SPACE}+")
_GROUPED = re.compile(rf"(\d+)(?:{_SPACE}\d{{3}})+(?!\d)")
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_PINYIN = re.compile(rf"\((?=[a-z]*[{_TONES}])[a-zü{_TONES}]{{1,6}}\)")
_BEFORE, _AFTER = frozenset(",;:(!?%"), frozenset(",;:)!?%")


def cuts(text: str) -> list[tuple[int, int]]:
    """Return what to leave out of a half-width text: half-open pieces, unsorted, possibly touching.

    Cut are invisible and private-use characters, blanks beside a Chinese character or punctuation, blanks that
    group the digits of one number (`6 000`), and pinyin notes (`行(xíng)`). Tabs stay: they part the cells of a row.
    """
    found = []
    last = len(text)
    for match in _BLANKS.finditer(text):
        start, end = match.span()
        if start and (text[start - 1] > "\x7f" or text[start - 1] in _BEFORE):
            found.append((start, end))
        elif end < last and (text[end] > "\x7f" or text[end] in _AFTER):
            found.append((start, end))
    if _UNSEEN.search(text):
        found.extend(match.span() for match in _UNSEEN.finditer(text))
    for number in _GROUPED.finditer(text):
        if len(number.group(1)) > 3 or text[number.start() - 1 : number.start()] == ".":
            continue
        found.extend(blank.span() for blank in _BLANKS.finditer(text, number.start(), number.end()))
    for note in _PINYIN.finditer(text) if "(" in text else ():
        if note.start() and "\u4e00" <= text[note.start() - 1] <= "\u9fff":
            found.append(note.span())
    return found
