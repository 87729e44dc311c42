"""What stands around the text: web furniture, contents pages, signatures, and where attachments begin."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from nlp_reform.model import BlockKind
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon
from nlp_reform.segment import heads
from nlp_reform.segment.formulas import DATE, Paragraph, about, either
from nlp_reform.segment.labels import Label

_LEADER = compiled(r"(?:\.{4,}|…{2,}|·{4,}|-{6,}|_{4,}|\. \. \.) ?\d*$")
_DATE_ENDS = frozenset("日一二三四五六")
_LEADER_ENDS = frozenset("0123456789.…·-_")
_RANGE = compiled(r"(\d{1,3})(?:[-–—~至]\d{1,3})?")
_ENTRY = compiled(r".{1,40}[\u4e00-\u9fff)”」》] ?(\d{1,3})(?: ?[-–—~至] ?(\d{1,3}))?")
_ATTACHMENT = compiled(r"附(?: ?[件表录] ?[\d一二三四五六七八九十]{0,3}[:.、]?|:).{0,60}")
_REMARK = compiled(r"注(\d{1,3}):")
_ODD = compiled(r"[\x80-\xb6\xb8-\u024f\u02b0-\u036f\ufb00-\ufb06\ufffd#$*=<>\\^`{|}~]")
_GLYPH = compiled(r"\(cid:")
_SHORT, _LINE, _NEAR, _OPENER, _LIST = 40, 70, 4, 8, 12


class Frame(NamedTuple):
    """Kinds of the paragraphs that are not body text (None for body), where parts begin, stretches of mojibake."""

    kinds: list[BlockKind | None]
    parts: list[int]
    unreadable: list[tuple[int, int]]


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], re.Pattern[str], tuple[str, ...], frozenset[str]]:
    data = lexicon("frame")
    noise = data["noise"]
    return (
        frozenset(noise["words"]), either(noise["patterns"]), tuple(noise["phrases"]),
        frozenset(data["contents"]["words"]),
    )


def read(text: str, paragraphs: Sequence[Paragraph], labels: Mapping[int, Label]) -> Frame:
    """Return the frame of a cleaned text whose paragraphs are the half-open `paragraphs`, with labels by offset."""
    kinds: list[BlockKind | None] = [None] * len(paragraphs)
    _mark_noise(text, paragraphs, kinds)
    unreadable = _mark_unreadable(text, paragraphs, kinds)
    _mark_contents(text, paragraphs, kinds)
    _mark_remarks(text, paragraphs, kinds)
    heads.mark(text, paragraphs, kinds, labels, (0, len(paragraphs)))
    parts = _mark_ends(text, paragraphs, kinds, labels)
    _mark_glossary(text, paragraphs, kinds, parts)
    for part, following in pairwise((*parts, len(paragraphs))):
        heads.mark(text, paragraphs, kinds, labels, (part, following))
    return Frame(kinds, parts, unreadable)


def _mark_noise(text: str, paragraphs: Sequence[Paragraph], kinds: list[BlockKind | None]) -> None:
    words, patterns, phrases, _ = _words()
    for index, (start, end) in enumerate(paragraphs):
        if end - start > _LINE or text[end - 1] == "。":
            continue
        if text[start:end] in words or patterns.fullmatch(text, start, end):
            kinds[index] = "noise"
    for phrase in phrases:
        at = text.find(phrase)
        while at >= 0:
            kinds[_index(paragraphs, at)] = "noise"
            at = text.find(phrase, at + 1)
    _mark_lists(text, paragraphs, kinds)


def _mark_remarks(text: str, paragraphs: Sequence[Paragraph], kinds: list[BlockKind | None]) -> None:
    """Mark the footnotes (注1: … 注2: …) that stand in a row from one on at the end: nothing is laid down there."""
    at = len(paragraphs)
    number = 0
    while at and (match := _REMARK.match(text, *paragraphs[at - 1])) is not None:
        if number not in (0, int(match.group(1)) + 1):
            return
        at, number = at - 1, int(match.group(1))
    if number == 1:
        kinds[at:] = ["meta"] * (len(paragraphs) - at)


def _mark_lists(text: str, paragraphs: Sequence[Paragraph], kinds: list[BlockKind | None]) -> None:
    """Mark the titles listed below 相关链接 and the like, until one ends a sentence or is long."""
    opens = compiled(lexicon("frame")["noise"]["lists"])
    inside = False
    for index, (start, end) in enumerate(paragraphs):
        if kinds[index] == "noise" or end - start <= _OPENER:
            opened = end - start <= _OPENER and opens.fullmatch(text, start, end) is not None
            if opened:
                kinds[index], inside = "noise", True
                continue
        if inside and kinds[index] is None:
            inside = end - start <= _LINE and text[end - 1] not in "。;:!,"
            if inside:
                kinds[index] = "noise"


def _index(paragraphs: Sequence[Paragraph], offset: int) -> int:
    """Return the paragraph that holds an offset."""
    return max(bisect_right(paragraphs, (offset, paragraphs[-1][1] + 1)) - 1, 0)


def _mark_unreadable(
    text: str, paragraphs: Sequence[Paragraph], kinds: list[BlockKind | None]
) -> list[tuple[int, int]]:
    """Mark stretches of mojibake as noise; return the first and last paragraph of each."""
    glyphs = "(cid:" in text
    if not glyphs and not _ODD.search(text):
        return []
    counts = Counter(_index(paragraphs, match.start()) for match in _ODD.finditer(text)) if paragraphs else Counter()
    if glyphs:
        counts.update({_index(paragraphs, match.start()): _LINE * _LINE for match in _GLYPH.finditer(text)})
    spans = ((index, paragraphs[index][1] - paragraphs[index][0]) for index in sorted(counts))
    odd = [index for index, size in spans if counts[index] >= _LINE * _LINE or 4 * counts[index] > size > 3]
    stretches: list[tuple[int, int]] = []
    for index in odd:
        if stretches and index - stretches[-1][1] <= _NEAR:
            stretches[-1] = (stretches[-1][0], index)
        else:
            stretches.append((index, index))
    for first, last in stretches:
        for index in range(first, last + 1):
            kinds[index] = "noise"
    return stretches


def _mark_contents(text: str, paragraphs: Sequence[Paragraph], kinds: list[BlockKind | None]) -> None:
    """Mark lines with leaders, runs of bare page or paragraph numbers, and lists of headings under a 目录."""
    words, titled = _words()[3], compiled(lexicon("frame")["contents"]["pattern"])
    numbered: list[tuple[int, int]] = []
    entries: list[tuple[int, int, int]] = []
    titles: list[int] = []
    for index, (start, end) in enumerate(paragraphs):
        if end - start > 160 or kinds[index]:
            continue
        if text[end - 1] in _LEADER_ENDS:
            if _LEADER.search(text, start, end):
                kinds[index] = "contents"
            elif end - start <= 9 and (match := _RANGE.fullmatch(text, start, end)):
                numbered.append((index, int(match.group(1))))
            elif match := _ENTRY.fullmatch(text, start, end):
                entries.append((index, int(match.group(1)), int(match.group(2) or match.group(1))))
        elif end - start <= 12 and (text[start:end] in words or titled.fullmatch(text, start, end)):
            titles.append(index)
    _mark_numbered(text, paragraphs, kinds, numbered)
    _mark_entries(text, paragraphs, kinds, entries)
    listed = 0
    for index in titles:
        near = [kinds[n] for n in range(max(index - 3, 0), min(index + 4, len(kinds)))]
        if "contents" in near or titled.fullmatch(text, *paragraphs[index]):
            kinds[index] = "contents"
            listed = _mark_listed(text, paragraphs, kinds, max(index + 1, listed))


def _mark_numbered(
    text: str, paragraphs: Sequence[Paragraph], kinds: list[BlockKind | None], numbered: list[tuple[int, int]]
) -> None:
    """Mark stretches where short lines alternate with bare numbers that never fall."""
    run: list[tuple[int, int]] = []
    for entry in [*numbered, (len(paragraphs) + 9, -1)]:
        if run and (entry[0] - run[-1][0] > 5 or entry[1] < run[-1][1]):
            short = all(paragraphs[n][1] - paragraphs[n][0] <= _SHORT for n in range(run[0][0], run[-1][0]))
            near = range(max(run[0][0] - _NEAR, 0), run[0][0])
            title = next((n for n in near if _is_contents(text, paragraphs[n])), None)
            if short and len(run) >= (5 if title is None else 3):
                first = run[0][0] if title is None else title + 1
                before = first - 1
                if first and kinds[before] is None and _is_short(text, paragraphs[before]):
                    first = before
                kinds[first : run[-1][0] + 1] = ["contents"] * (run[-1][0] + 1 - first)
            run = []
        run.append(entry)


def _mark_entries(
    text: str, paragraphs: Sequence[Paragraph], kinds: list[BlockKind | None], entries: list[tuple[int, int, int]]
) -> None:
    """Mark stretches of titles with the numbers of their paragraphs behind them (引言 1-8, 回顾 9-16)."""
    run: list[tuple[int, int, int]] = []
    for entry in [*entries, (len(paragraphs) + 9, -1, -1)]:
        if run and (entry[0] - run[-1][0] > _NEAR or entry[1] < run[-1][1]):
            on = sum(first == before[2] + 1 for before, (_, first, _) in pairwise(run))
            if len(run) > _NEAR and 2 * on >= len(run):
                for index in range(run[0][0], run[-1][0] + 1):
                    if paragraphs[index][1] - paragraphs[index][0] <= _LINE:
                        kinds[index] = "contents"
            run = []
        run.append(entry)


def _is_contents(text: str, paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is the title of a contents page."""
    return re.fullmatch(lexicon("frame")["contents"]["pattern"], text[slice(*paragraph)]) is not None


def _is_short(text: str, paragraph: Paragraph) -> bool:
    return paragraph[1] - paragraph[0] <= _SHORT and text[paragraph[1] - 1] not in "。;:!?,"


def _mark_listed(text: str, paragraphs: Sequence[Paragraph], kinds: list[BlockKind | None], index: int) -> int:
    """Mark headings under a 目录 that come again in the text, until one does not; return its index."""
    while index < len(paragraphs):
        start, end = paragraphs[index]
        line = text[start:end].rstrip("0123456789 .…·")
        if kinds[index] is None and not (
            len(line) > 1 and _is_short(text, paragraphs[index]) and text.find(f"\n{line}", end) >= 0
        ):
            break
        kinds[index] = kinds[index] or "contents"
        index += 1
    return index


def _mark_glossary(
    text: str, paragraphs: Sequence[Paragraph], kinds: list[BlockKind | None], parts: Sequence[int]
) -> None:
    """Mark what stands below 名词解释 to the end of its part."""
    title = compiled(lexicon("frame")["headings"]["glossary"])
    for index, (start, end) in enumerate(paragraphs):
        if kinds[index] is None and end - start <= _OPENER + _NEAR and title.fullmatch(text, start, end):
            edge = next((part for part in parts if part > index), len(paragraphs))
            kinds[index:edge] = [kind or "meta" for kind in kinds[index:edge]]


def _mark_ends(
    text: str, paragraphs: Sequence[Paragraph], kinds: list[BlockKind | None], labels: Mapping[int, Label]
) -> list[int]:
    """Mark signatures, and return where attachments and enclosed documents begin."""
    dates = [
        index
        for index, (start, end) in enumerate(paragraphs)
        if end - start <= _LINE and text[end - 1] in _DATE_ENDS and DATE.fullmatch(text, start, end)
    ]
    parts: list[int] = []
    index = 0
    while index < len(paragraphs):
        start, end = paragraphs[index]
        if kinds[index] is None and end - start <= _SHORT:
            line = text[start:end]
            attachment = line[0] == "附" and _ATTACHMENT.fullmatch(line) is not None
            if index and line[-1] in _DATE_ENDS and DATE.fullmatch(line):
                index = _mark_signature(text, paragraphs, kinds, index, labels)
                if index < len(paragraphs):
                    parts.append(index)
                continue
            if attachment and line[-1] not in "。;,":
                listed = _signed_soon(paragraphs, index, dates)
                for n in range(index, listed or index + 1):
                    kinds[n] = "meta"
                if listed is None and not (parts and parts[-1] == index):
                    parts.append(index + 1)
                elif listed is None:
                    parts[-1] = index + 1
            elif about().fullmatch(line):
                kinds[index] = "meta"
        index += 1
    return [part for part in dict.fromkeys(parts) if part < len(paragraphs)]


def _signed_soon(paragraphs: Sequence[Paragraph], index: int, dates: Sequence[int]) -> int | None:
    """Return where the signature after a list of attachments begins, when a date follows within twelve lines."""
    place = bisect_right(dates, index)
    if place == len(dates) or dates[place] > index + _LIST:
        return None
    long = any(end - start > _LINE for start, end in paragraphs[index + 1 : dates[place]])
    return None if long else dates[place]


def _mark_signature(
    text: str,
    paragraphs: Sequence[Paragraph],
    kinds: list[BlockKind | None],
    index: int,
    labels: Mapping[int, Label],
) -> int:
    """Mark the date at `index`, the bodies that sign above it and the remarks below; return what comes next."""
    kinds[index] = "meta"
    above = index - 1
    while above > 0 and index - above <= 4 and kinds[above] is None and _is_short(text, paragraphs[above]):
        if paragraphs[above][0] in labels:
            break
        kinds[above] = "meta"
        above -= 1
    index += 1
    while index < len(paragraphs) and (
        kinds[index] in ("noise", "meta") or about().fullmatch(text, *paragraphs[index])
    ):
        kinds[index] = kinds[index] or "meta"
        index += 1
    return index
