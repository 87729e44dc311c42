"""Characters that stand between the characters: blanks, invisible marks, pinyin notes."""

from __future__ import annotations

from nlp_reform.prepared import compiled

BLANK = " \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE = (
    r"\x01-\x08\x0e-\x1f\x7f\x80-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
    r"\ue000-\uf8ff\ufff9-\ufffc"
)
_SPACE = r"[ \xa0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_UNSEEN = compiled(rf"[{_INVISIBLE}]+")
_BLANKS = compiled(rf"{_SPACE}+")
_THREE = compiled(r"\d{3}(?!\d)")
_LEADING = compiled(r"(?<![\d.])\d{1,3}$")
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_PINYIN = compiled(rf"\((?=[a-z]*[{_TONES}])[a-zü{_TONES}]{{1,6}}\)")
_BEFORE, _AFTER = frozenset(",;:(!?%\t"), frozenset(",;:)!?%\t")


def cuts(text: str) -> list[tuple[int, int]]:
    """Return what to leave out of a half-width text: half-open pieces, unsorted, possibly touching.

    Cut are invisible and private-use characters, blanks beside a Chinese character or punctuation, blanks that
    group the digits of one number (`6 000`), and pinyin notes (`行(xíng)`). Tabs stay: they part the cells of a row.
    """
    found = []
    last = len(text)
    for match in _BLANKS.finditer(text):
        start, end = match.span()
        before = text[start - 1] if start else "\n"
        after = text[end] if end < last else "\n"
        beside = before > "\x7f" or after > "\x7f" or before in _BEFORE or after in _AFTER
        if beside or (end == start + 1 and before.isdigit() and _groups(text, start, end)):
            found.append((start, end))
    if _UNSEEN.search(text):
        found.extend(match.span() for match in _UNSEEN.finditer(text))
    for note in _PINYIN.finditer(text) if "(" in text else ():
        if note.start() and "\u4e00" <= text[note.start() - 1] <= "\u9fff":
            found.append(note.span())
    return found


def _groups(text: str, start: int, end: int) -> bool:
    """Tell whether a blank parts groups of three digits: one to three digits before, just three after."""
    return _THREE.match(text, end) is not None and _LEADING.search(text[max(start - 5, 0) : start]) is not None
