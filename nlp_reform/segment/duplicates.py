"""Blocks printed twice: the second place, also when the copy is slightly dirty or set without line breaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_RUN = re.compile(r"[\u4e00-\u9fff]{6,}")
_LETTERS = re.compile(r"[^\w]+")
_SAME = 0.8
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ALONE, _TOGETHER, _ONE = 40, 60, 20


def find(text: str, paragraphs: Sequence[tuple[int, int]], skip: Sequence[bool]) -> dict[int, int]:
    """Return, by index, the paragraphs that repeat an earlier one, each with the index of what it repeats.

    A paragraph repeats another when at least four fifths of its longer runs of Chinese characters stand there. One
    alone must have 40 characters; shorter ones count inside a stretch of at least two that repeats 60 in order.
    """
    first: dict[str, int] = {}
    likely: dict[int, int] = {}
    starts = [start for start, _ in paragraphs]
    number = 0
    votes: dict[int, Counter[int]] = {}
    sizes: dict[int, int] = {}
    for match in _RUN.finditer(text):
        while number + 1 < len(starts) and starts[number + 1] <= match.start():
            number += 1
        if skip[number]:
            continue
        run = match.group()
        sizes[number] = sizes.get(number, 0) + len(run)
        earlier = first.setdefault(run, number)
        if earlier != number:
            votes.setdefault(number, Counter())[earlier] += len(run)
    for index, counts in votes.items():
        partner, weight = counts.most_common(1)[0]
        total = sum(counts.values())
        if total >= _SAME * sizes[index] and weight * 2 >= total:
            likely[index] = partner
    return _confirmed(text, paragraphs, skip, likely)


def _confirmed(
    text: str, paragraphs: Sequence[tuple[int, int]], skip: Sequence[bool], likely: dict[int, int]
) -> dict[int, int]:
    """Keep stretches that are long enough, and take in the short paragraphs between that agree too."""
    found: dict[int, int] = {}
    index = 0
    while index < len(paragraphs):
        if index not in likely:
            index += 1
            continue
        stretch = {index: likely[index]}
        last, other = index, likely[index]
        for following in range(index + 1, len(paragraphs)):
            if skip[following]:
                continue
            partner = likely.get(following)
            if partner is None:
                partner = _same_short(text, paragraphs, following, other)
            if partner is None or not other <= partner <= other + 3:
                break
            stretch[following] = partner
            last, other = following, partner
        sizes = [len(_HAN.findall(text, *paragraphs[n])) for n in stretch]
        if max(sizes) >= _ALONE or (len(stretch) > 1 and max(sizes) >= _ONE and sum(sizes) >= _TOGETHER):
            _grow_back(text, paragraphs, skip, stretch)
            found.update(stretch)
        index = last + 1
    return found


def _grow_back(
    text: str, paragraphs: Sequence[tuple[int, int]], skip: Sequence[bool], stretch: dict[int, int]
) -> None:
    """Take in short paragraphs before a stretch that repeat what stands before its original."""
    index = min(stretch)
    other = stretch[index]
    while index and other and not skip[index - 1]:
        if _letters(text, paragraphs[index - 1]) != _letters(text, paragraphs[other - 1]) or other - 1 in stretch:
            return
        index, other = index - 1, other - 1
        stretch[index] = other


def _same_short(text: str, paragraphs: Sequence[tuple[int, int]], index: int, other: int) -> int | None:
    """Return the paragraph just after `other` with the same letters as `index`, if there is one."""
    letters = _letters(text, paragraphs[index])
    for candidate in range(other + 1, min(other + 4, index)):
        if letters and _letters(text, paragraphs[candidate]) == letters:
            return candidate
    return None


def _letters(text: str, paragraph: tuple[int, int]) -> str:
    return _LETTERS.sub("", text[paragraph[0] : paragraph[1]])
