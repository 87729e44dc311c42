"""Page furniture: numbers that count the pages, and the heads and feet beside them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from nlp_reform.normalise.lone import counted_labels
from nlp_reform.normalise.markers import contents, label
from nlp_reform.prepared import compiled

if TYPE_CHECKING:
    from nlp_reform.normalise.lines import Line

_NUMBER = compiled(
    r"(?:[-—–·•~|/ ]*|第 ?)(\d{1,4}|\d(?: \d){1,2})(?: ?页(?: ?[,/]? ?共 ?\d+ ?页)?| ?/ ?\d{1,4}|[-—–·•~| ]*)"
)
_DECORATED = compiled(r"[-—–·•~]+ ?\d{1,4} ?[-—–·•~]+|\( \d{1,3} \)|第 ?\d{1,4} ?页(?: ?[,/]? ?共 ?\d{1,4} ?页)?")
_ROMAN = compiled(r"[IVXivx](?: ?[IVXivx]){0,5}")
_MEASURES = (
    "年月日时分秒个项万亿千百十名家人户公亩吨米元倍条款章节期届次号世周岁余多所处座套台件级类种位天"
    "小平立栋间辆架艘班支批部"
)
_GLUED = compiled(rf"(\d{{1,3}})(?=(?![{_MEASURES}])[\u4e00-\u9fff“《(]|\d[、.](?!\d))")
_DIGITS = compiled(r"\d+")
_MIN_DISTANCE, _MIN_CHAIN, _BEYOND = 100, 3, 10
_HEAD_WIDTH, _NEAREST = 70, 8


class Furniture(NamedTuple):
    """Lines to drop, by index, and page numbers stuck to the front of lines: how many characters of which line."""

    lines: frozenset[int]
    glued: dict[int, int]


class _Number(NamedTuple):
    """A number that may count a page: its line, its value, and how many characters it takes when stuck to text."""

    line: int
    value: int
    glued: int


def furniture(
    lines: list[Line], pages: tuple[tuple[int, int], ...], counting: frozenset[int], *, wrapped: bool
) -> Furniture:
    """Return what is page furniture among the lines of a document, `wrapped` when its lines are hard-wrapped.

    `counting` are lines that hold the number of a paragraph and are not to be taken for pages.
    """
    chain = _page_numbers(lines, counting, wrapped=wrapped)
    glued = {number.line: number.glued for number in chain if number.glued}
    plain = sorted({*(number.line for number in chain if not number.glued), *_decorated(lines)})
    edges = set(plain)
    near = _beside(lines, plain, pages)
    heads = Counter(_mask(lines[number].text) for number in near)
    beside = {n for number in plain for n in (number - 1, number + 1)}
    edges.update(n for n in near if heads[_mask(lines[n].text)] >= (3 if pages and n not in beside else 2))
    titles = _titles(lines, plain)
    edges.update(number - 2 for number in titles)
    edges.difference_update(titles, _below_head(lines, pages), counting)
    if wrapped and chain:
        edges.update(index for index, line in enumerate(lines) if line.width <= 11 and _ROMAN.fullmatch(line.text))
    return Furniture(frozenset(edges), {line: size for line, size in glued.items() if line not in edges})


def _mask(text: str) -> str:
    return _DIGITS.sub("#", text).replace(" ", "")


def _decorated(lines: list[Line]) -> list[int]:
    """Return the lines that hold a number between dashes or set off in brackets, where there are at least two."""
    found = [index for index, line in enumerate(lines) if line.width <= 16 and _DECORATED.fullmatch(line.text)]
    return found if len(found) > 1 else []


def _candidates(lines: list[Line], counting: frozenset[int], *, wrapped: bool) -> list[_Number]:
    found = []
    labels = counted_labels(lines) if wrapped else frozenset()
    for index, line in enumerate(lines):
        if index in counting or not (line.text[0].isdigit() or line.width <= 24):
            continue
        stuck = wrapped and index and index not in labels and lines[index - 1].text[-1] not in "。;:!?"
        if line.width <= 24 and (match := _NUMBER.fullmatch(line.text)):
            found.append(_Number(index, int(match.group(1).replace(" ", "")), 0))
        elif stuck and (match := _GLUED.match(line.text)):
            found.append(_Number(index, int(match.group(1)), match.end()))
    return found


def _page_numbers(lines: list[Line], counting: frozenset[int], *, wrapped: bool) -> list[_Number]:
    """Return the numbers that count up, one by one (three may be left out), at the distance of pages.

    Numbers stuck to text count only in a chain that also has at least two standing alone. What stands alone
    after the end of the chain and still counts up is taken too.
    """
    candidates = _candidates(lines, counting, wrapped=wrapped)
    best: list[tuple[int, int | None]] = []
    ends: dict[int, list[int]] = {}
    top: int | None = None
    for place, number in enumerate(candidates):
        length, previous = 2 - bool(number.glued), None
        for step in (1, 2, 3):
            far = lines[number.line].start - _MIN_DISTANCE * step
            near = [p for p in ends.get(number.value - step, ())[-_NEAREST:] if lines[candidates[p].line].start <= far]
            for other in reversed(near):
                if best[other][0] + 2 - bool(number.glued) > length:
                    length, previous = best[other][0] + 2 - bool(number.glued), other
        best.append((length, previous))
        ends.setdefault(number.value, []).append(place)
        if top is None or length > best[top][0]:
            top = place
    chain: list[_Number] = []
    last = top
    while top is not None:
        chain.append(candidates[top])
        top = best[top][1]
    chain.reverse()
    if len(chain) < _MIN_CHAIN or sum(not number.glued for number in chain) < 2:
        return []
    for number in candidates[(last or 0) + 1 :]:
        if not number.glued and 0 < number.value - chain[-1].value <= _BEYOND:
            chain.append(number)
    return chain


def _beside(lines: list[Line], numbers: list[int], pages: tuple[tuple[int, int], ...]) -> list[int]:
    """Return the short lines next to page numbers or at the edges of pages."""
    taken = set(numbers)
    near: list[int] = []
    for number in numbers:
        near += [n for n in (number - 1, number + 1) if 0 <= n < len(lines) and n not in taken]
    if pages:
        starts = [line.start for line in lines]
        for first, last in pages:
            a, b = bisect_left(starts, first), bisect_left(starts, last)
            near += [n for n in dict.fromkeys((a, a + 1, b - 2, b - 1)) if a <= n < b and n not in taken]
    return [n for n in dict.fromkeys(near) if lines[n].width <= _HEAD_WIDTH and _is_head(lines[n].text)]


def _titles(lines: list[Line], numbers: list[int]) -> list[int]:
    """Return the lines below a page number that say what the line above it says: the chapter's title, not its head."""
    found: dict[str, int] = {}
    for number in numbers:
        if 0 < number < len(lines) - 1 and lines[number - 1].text == lines[number + 1].text:
            found.setdefault(lines[number + 1].text, number + 1)
    return list(found.values())


def _below_head(lines: list[Line], pages: tuple[tuple[int, int], ...]) -> list[int]:
    """Return the second lines of pages that say what the head above them says: the document's title."""
    starts = [line.start for line in lines]
    tops = [bisect_left(starts, first) for first, _ in pages]
    return [a + 1 for a in tops if a + 1 < len(lines) and lines[a].text == lines[a + 1].text]


def _is_head(text: str) -> bool:
    """Tell whether a line beside a page number may be a running head: no label, no end of a sentence, no 目录."""
    return not (text[-1] in "。;" or label().match(text) or contents().fullmatch(text))
