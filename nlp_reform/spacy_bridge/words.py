"""Words of a text as tokens: the segmenter's, with whole numerals, each with its place in the text of record."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from nlp_reform.extract.quantities import numerals
from nlp_reform.normalise.script import simplify
from nlp_reform.prepared import compiled
from nlp_reform.tokens import Segmenter

_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_NAME = compiled(r"[A-Za-z]+\d+(?:\.\d+)+")
_LATIN = compiled(r"[A-Za-z_]")
_SCALE = compiled("[十百千万亿兆]")


@lru_cache(maxsize=65536)
def simplified(word: str) -> str:
    """Return a word in Simplified characters and half width, of the same length."""
    return simplify(word)[0]


@lru_cache(maxsize=65536)
def like_num(word: str) -> bool:
    """Tell whether a word is a number: 3, １３．５, 1,100, 三千多万, 2.38万亿, 百分之五, 叁拾, and 万 or 亿 alone.

    Traditional forms count as their Simplified ones; a number with its unit (3人) does not.
    """
    plain = simplified(word).translate(_CAPITALS).removeprefix("+").removeprefix("-")
    found = numerals.pattern().fullmatch(plain)
    return (found is not None and numerals.read(found) is not None) or bool(_SCALE.fullmatch(plain))


def borders(text: str, segmenter: Segmenter, extra: Iterable[int] = ()) -> list[int]:
    """Return where the words of a Simplified text begin, and the text's end; `extra` are borders to add.

    A numeral is one word: what the segmenter parted is joined (13 . 5), and a numeral with an Arabic digit, or one
    that begins with a word, is parted from the unit behind it (3 | 万人 becomes 3万 | 人).
    """
    cuts, at = [0], 0
    for word in segmenter.cut(text):
        at += len(word)
        cuts.append(at)
    known = set(cuts)
    for start, end in _whole(text, cuts):
        known.difference_update(cuts[bisect_right(cuts, start):bisect_left(cuts, end)])
        known |= {start, end}
    return sorted(known | {at for at in extra if 0 < at < len(text)})


def _whole(text: str, cuts: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Find names with a number in Latin letters (PM2.5), and the numerals that are words, none inside another word."""
    names = [match.span() for match in _NAME.finditer(text)]
    yield from names
    inside = {at for start, end in names for at in range(start, end)}
    for match in numerals.pattern().finditer(text.translate(_CAPITALS)):
        start, end = match.span()
        if start in inside or _LATIN.match(text, end) or (start and _LATIN.match(text[start - 1])):
            continue
        first, last = bisect_left(cuts, start), bisect_left(cuts, end)
        whole = cuts[first] == start and (cuts[last] == end or last > first + 1)
        if (whole or any(c.isdigit() and c.isascii() for c in match.group())) and numerals.read(match) is not None:
            yield start, end


def cut(text: str, segmenter: Segmenter, extra: Iterable[int] = ()) -> tuple[list[str], list[bool], list[str]]:
    """Return the words of a text of record, whether a blank follows each, and each word's Simplified form.

    Words and blanks join to exactly the text. A single blank after a word belongs to it; any other white space is
    a word of its own, as everywhere in spaCy.
    """
    plain = simplify(text)[0]
    places = borders(plain, segmenter, extra)
    words: list[str] = []
    spaces: list[bool] = []
    norms: list[str] = []
    for start, end in pairwise(places):
        word = text[start:end]
        if word == " " and words and not spaces[-1] and not words[-1].isspace():
            spaces[-1] = True
        else:
            words.append(word)
            spaces.append(False)
            norms.append(plain[start:end])
    return words, spaces, norms
