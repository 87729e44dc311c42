"""Paragraphs of the cleaned text; items set into the running text are parted from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from nlp_reform.prepared import compiled
from nlp_reform.segment.labels import Label, label_at
from nlp_reform.segment.sequence import Key, key_of

_NUMERAL = "一二三四五六七八九十百"
_INLINE = compiled(
    rf"(?:第[{_NUMERAL}零〇\d]{{1,6}}[编章节条]|[{_NUMERAL}]{{1,4}}、|\([{_NUMERAL}]{{1,4}}\)|(?<!\d)\d{{1,2}}[.、](?!\d))"
)
_BRACKETED = compiled(rf"\((?:[{_NUMERAL}]{{1,4}}|\d{{1,2}})\)")
_CLOSED = frozenset("。;:!?”)")
_FIRST_TWO = compiled("[一二]、")
_TITLED = compiled(
    rf"(?:[{_NUMERAL}]{{1,4}}、|\([{_NUMERAL}]{{1,4}}\))[^。;:]{{2,30}}[。:]"
    r"(?P<n>\(一\)|1[.、])(?!\d)[\u4e00-\u9fff]{2,30}[。:]")
_DENSE, _LONG, _MOST, _TITLE = 500, 120, 6, 40


def paragraphs_of(text: str) -> tuple[list[tuple[int, int]], dict[int, Label]]:
    """Return the half-open spans of the paragraphs of a cleaned text, and the labels they begin with by offset.

    An item begins a paragraph of its own where its number fills a gap in a row of items at line starts
    (第三条 … 第五条 with 第四条 in the running text), and wherever it counts in a text set without line breaks. Blank
    paragraphs are left out.
    """
    lines = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line and not line.isspace():
            lines.append((start, end))
        start = end + 1
    labels = {start: label for start, end in lines if (label := label_at(text, start, end)) is not None}
    sparse = len(text) > _DENSE * len(lines)
    packed = [line for line in lines if (line[1] - line[0] > _LONG and (sparse or _counts(text, *line)))
              or _holds_items(text, *line)]
    cuts = sorted({*_gaps(text, labels.values()), *(cut for line in packed for cut in _dense(text, *line))})
    if not cuts:
        return lines, labels
    parted = _parted(text, lines, cuts)
    return parted, {start: label for start, end in parted if (label := label_at(text, start, end)) is not None}


def _parted(text: str, lines: Sequence[tuple[int, int]], cuts: Sequence[int]) -> list[tuple[int, int]]:
    found = []
    at = 0
    for start, end in lines:
        while at < len(cuts) and cuts[at] <= start:
            at += 1
        edges = [start]
        while at < len(cuts) and cuts[at] < end:
            edges.append(cuts[at])
            at += 1
        for first, last in pairwise((*edges, end)):
            stop = first + len(text[first:last].rstrip())
            if stop > first:
                found.append((first, stop))
    return found


def _gaps(text: str, labels: Iterable[Label]) -> list[int]:
    """Return where items begin in the running text that are missing between items at line starts."""
    last: dict[Key, Label] = {}
    cuts: list[int] = []
    for label in labels:
        if label.number is None:
            continue
        before = last.get(key_of(label))
        if before is not None and before.number is not None and 2 <= label.number - before.number <= _MOST:
            cuts += _missing(text, before, label)
        last[key_of(label)] = label
    return sorted(cuts)


def _missing(text: str, before: Label, after: Label) -> list[int]:
    """Return where the labels between two of a family stand in the running text, all of them in order."""
    wanted = (before.number or 0) + 1
    found = []
    for match in _INLINE.finditer(text, before.end, after.start):
        if text[match.start() - 1] in _CLOSED or _after_title(text, match.start()):
            label = label_at(text, match.start(), after.start)
            if label is not None and key_of(label) == key_of(after) and label.number == wanted:
                found.append(match.start())
                wanted += 1
    if wanted < (after.number or 0) and not found and before.family.name in ("han_bracket", "arabic_bracket"):
        found = _misplaced(text, before, after)
    return found


def _misplaced(text: str, before: Label, after: Label) -> list[int]:
    """Return where bracketed labels between two stand in the middle of a line, each just once and all in order.

    Text taken from a page in the order of its heights has labels behind words that belong before them.
    """
    found: list[int] = []
    for wanted in range((before.number or 0) + 1, after.number or 0):
        places = [
            match.start()
            for match in _BRACKETED.finditer(text, found[-1] if found else before.end, after.start)
            if (label := label_at(text, match.start(), after.start)) is not None
            and key_of(label) == key_of(after) and label.number == wanted
        ]
        if len(places) != 1:
            return []
        found += places
    return found


def _after_title(text: str, offset: int) -> bool:
    """Tell whether only a labelled title stands before an offset on its line (第二章 管护 第三条 …)."""
    start = text.rfind("\n", 0, offset) + 1
    if not 0 < offset - start <= _TITLE:
        return offset == start
    label = label_at(text, start, offset)
    return label is not None and label.family.title and "。" not in text[start:offset]


def _counts(text: str, start: int, end: int) -> bool:
    """Tell whether a paragraph holds 一、 and 二、 after closed clauses: it was set without breaks."""
    if text.find("二、", start, end) < 0:
        return False
    found = {
        match.group()
        for match in _FIRST_TWO.finditer(text, start, end)
        if match.start() == start or text[match.start() - 1] in "。:;!?"
    }
    return {"一、", "二、"} <= found


def _holds_items(text: str, start: int, end: int) -> bool:
    """Tell whether a paragraph begins with a titled item below which titled items count: 二、任务。(一)普查。…"""
    titled = _TITLED.match(text, start, end)
    return titled is not None and text.find("。(二)" if titled["n"] == "(一)" else "。2", titled.end(), end) > 0


def _dense(text: str, start: int, end: int) -> list[int]:
    """Return where items begin in a paragraph set without line breaks: labels that count up from one."""
    labels = []
    for match in _INLINE.finditer(text, start, end):
        label = label_at(text, match.start(), end)
        if label is not None and label.number is not None and _apart(text, label):
            labels.append(label)
    cuts = []
    last: dict[Key, int] = {}
    for index, label in enumerate(labels):
        key, number = key_of(label), label.number or 0
        again = any(key_of(other) == key and other.number == 2 for other in labels[index + 1 : index + 60])
        if number == last.get(key, 0) + 1 or (number == 1 and again):
            last[key] = number
            if label.start != start:
                cuts.append(label.start)
    return cuts


def _apart(text: str, label: Label) -> bool:
    """Tell whether a label in the running text may begin an item: after a closed clause, or right after a heading."""
    before = text[label.start - 1] if label.start else "\n"
    return before in _CLOSED or before.isspace() or (label.family.title and "\u4e00" <= before <= "\u9fff")
