"""Blocks printed twice: the second place, also when the copy is slightly dirty or set without line breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import chain

from nlp_reform.prepared import compiled
from nlp_reform.segment.labels import Label

_RUN = compiled(r"[\u4e00-\u9fff]{6,}")
_LETTERS = compiled(r"[^\w]+")
_SAME, _SOME, _ALIKE, _SHARED, _LONGEST = 0.8, 0.4, 0.9, 12, 2000
_HAN = compiled(r"[\u4e00-\u9fff]")
_ALONE, _TOGETHER, _ONE, _PLENTY, _BACK, _HEAD = 40, 60, 20, 400, 8, 8


def find(
    text: str, paragraphs: Sequence[tuple[int, int]], skip: Sequence[bool], labels: Mapping[int, Label]
) -> dict[int, int]:
    """Return, by index, the paragraphs that repeat an earlier one, each with the index of what it repeats.

    A paragraph repeats another when four fifths of its longer runs of Chinese characters stand there, or two fifths
    do and nine letters in ten agree. One alone must have 40 such characters; shorter ones count inside a stretch of
    at least two that repeats 60 in order, 20 of them in one, or where a numbered one stands twice in a row. Labels must
    be the same, and a short stretch whose number is just the next in its place is no copy: rules often repeat the
    steps of a procedure. `labels` are by offset.
    """
    runs = [
        () if skipped or span[1] - span[0] < _SHARED else _RUN.findall(text, *span)
        for span, skipped in zip(paragraphs, skip, strict=True)
    ]
    repeated = {run for run, count in Counter(chain.from_iterable(runs)).items() if count > 1}
    likely: dict[int, int] = {}
    first: dict[str, int] = {}
    for index, mine in enumerate(runs if repeated else ()):
        if repeated.isdisjoint(mine):
            continue
        shared = [run for run in mine if run in repeated]
        if sum(map(len, shared)) < _SHARED:
            continue
        votes: Counter[int] = Counter()
        for run in shared:
            earlier = first.setdefault(run, index)
            if earlier != index:
                votes[earlier] += len(run)
        if votes:
            partner, weight = votes.most_common(1)[0]
            total, size = sum(votes.values()), sum(map(len, mine))
            alike = total >= _SAME * size or (total >= _SOME * size and _alike(text, paragraphs, index, partner))
            if alike and weight * 2 >= total and _same_label(text, labels, paragraphs[index], paragraphs[partner]):
                likely[index] = partner
    return _confirmed(text, paragraphs, skip, likely, labels)


def _same_label(text: str, labels: Mapping[int, Label], mine: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether two paragraphs carry the same label, or either none, or one begins somewhere in the other."""
    a, b = labels.get(mine[0]), labels.get(other[0])
    if a is None or b is None or text[a.start : a.end] == text[b.start : b.end]:
        return True
    return text.find(text[a.start : min(a.end + _HEAD, mine[1])], *other) >= 0


def _fits(paragraphs: Sequence[tuple[int, int]], labels: Mapping[int, Label], index: int) -> bool:
    """Tell whether a paragraph's number is the next after the label before it, or begins a list inside that."""
    label = labels.get(paragraphs[index][0])
    if label is None or label.number is None or label.family.clause:
        return False
    earlier = range(index - 1, max(index - _BACK, -1), -1)
    before = next((labels[paragraphs[n][0]] for n in earlier if paragraphs[n][0] in labels), None)
    if before is None or before.number is None:
        return False
    if before.family == label.family:
        return label.number == before.number + 1
    return label.number == 1 and label.family.rank > before.family.rank


def stretches(repeats: Mapping[int, int]) -> list[tuple[int, int]]:
    """Return the first and last paragraph of each stretch that repeats another in order."""
    found: list[tuple[int, int]] = []
    for index in sorted(repeats):
        if found and index == found[-1][1] + 1 and repeats[index] > repeats[index - 1]:
            found[-1] = (found[-1][0], index)
        else:
            found.append((index, index))
    return found


def _alike(text: str, paragraphs: Sequence[tuple[int, int]], index: int, other: int) -> bool:
    """Tell whether nine in ten of two paragraphs' letters agree, in order."""
    mine, theirs = _letters(text, paragraphs[index])[:_LONGEST], _letters(text, paragraphs[other])[:_LONGEST]
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _confirmed(
    text: str,
    paragraphs: Sequence[tuple[int, int]],
    skip: Sequence[bool],
    likely: dict[int, int],
    labels: Mapping[int, Label],
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
        enough = max(sizes) >= _ALONE or (len(stretch) > 1 and max(sizes) >= _ONE and sum(sizes) >= _TOGETHER)
        at_once = likely[index] == index - 1 and paragraphs[index][0] in labels and max(sizes) >= _SHARED
        if enough or (at_once and text[slice(*paragraphs[index])] == text[slice(*paragraphs[index - 1])]):
            _grow_back(text, paragraphs, skip, stretch)
            if sum(sizes) >= _PLENTY or not _fits(paragraphs, labels, min(stretch)):
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
