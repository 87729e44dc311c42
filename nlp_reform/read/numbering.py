"""Numbers that a file only implies, written out as the program that shows it would print them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from nlp_reform.resources import lexicon

BULLET = "•"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST = 99_999


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return lexicon("numbering")


def ordinal(number: int, style: str) -> str:
    """Return a list number in a style of WordprocessingML (`w:numFmt`, ECMA-376 part 1, 17.18.59).

    Numbers below 0 or above 99,999 and styles not known here are printed in Arabic digits.
    """
    if not 0 <= number <= _MOST:
        return str(number)
    words = _words()
    if style in words["none"]:
        return ""
    if style in words["sequence"]:
        marks = words["sequence"][style]
        return str(marks[number - 1]) if 1 <= number <= len(marks) else str(number)
    if style in words["digits"]:
        return "".join(words["digits"][style][int(digit)] for digit in str(number))
    if style in words["counting"]:
        return _counted(number, words["counting"][style])
    return _LATIN.get(style, str)(number)


def join(label: str, text: str) -> str:
    """Return a label before its text, with a blank where the two would run into one number (`1.` and `2025年`)."""
    if label and text and label[-1].isascii() and text[0].isascii():
        return f"{label} {text}"
    return f"{label} {text}" if label.endswith(BULLET) or (label[-1:].isdigit() and text) else label + text


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    found = ""
    for value, letters in _ROMAN:
        found += letters * (number // value)
        number %= value
    return found


def _letter(number: int) -> str:
    """Return a … z, aa, bb …, as Word counts."""
    return chr(97 + (number - 1) % 26) * min((number - 1) // 26 + 1, 40) if number else "0"


def _counted(number: int, style: dict[str, Any]) -> str:
    """Return a number in Chinese words: digits, then the names of the tens, hundreds, thousands and ten thousands."""
    digits, names = style["digits"], style["names"]
    if not number:
        return str(digits[0])
    if number > style.get("most", _MOST):
        return "".join(digits[int(digit)] for digit in str(number))
    found, gap = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if not digit:
            gap = bool(found)
            continue
        if gap and style.get("zero", True):
            found += digits[0]
        gap = False
        first_ten = place == 1 and not found and style.get("ten", True)
        bare = digit == 1 and place and (style.get("bare", False) or first_ten)
        found += ("" if bare else digits[digit]) + (names[place - 1] if place else "")
    return found


_LATIN: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda n: f"{n:02d}",
    "upperRoman": lambda n: _roman(n).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda n: _letter(n).upper(),
    "lowerLetter": _letter,
    "numberInDash": lambda n: f"- {n} -",
    "hex": lambda n: f"{n:X}",
}
