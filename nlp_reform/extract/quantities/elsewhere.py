"""Nouns that a number measures though they stand in another clause, or name the whole it is a part of."""

from __future__ import annotations

from nlp_reform.extract.quantities import words
from nlp_reform.extract.quantities.nouns import Extent, front, measure
from nlp_reform.extract.quantities.roles import clause_start
from nlp_reform.prepared import compiled

_AMONG = compiled(r"([^,。;:、]{2,16})当?中,?\Z")
_NEAR = 20
"""Within so many characters a group stands before what is told of its share."""
_TAKEN = compiled(r"从([^,。;、]{2,20}?)中?(?:提取|计提|划拨|列支|拿出)[^,。;\d]{0,6}\Z")


def earlier(text: str, sentence: int, start: int) -> Extent | None:
    """Return the object of a clause before that has no number: 下调…缴费比例，各地可降至16%."""
    end = start - 1
    if end <= sentence or text[end] != ",":
        return None
    begin = clause_start(text, sentence, end)
    taken = text[begin] in "将把" and not text.startswith(("将来", "将军", "把握"), begin)
    if not taken and not words.patterns().governing.match(text, _led(text, begin, end), end):
        return None
    return front(text, begin, end, False)


def _led(text: str, at: int, end: int) -> int:
    """Return where a clause begins behind all that leads it: 各级政府要进一步 | 增加投入."""
    while (lead := words.patterns().lead.match(text, at, end)) and lead.end() > at:
        at = lead.end()
    return at


def topic(text: str, sentence: int, start: int, name: Extent, inherited: Extent | None) -> Extent | None:
    """Return the measure set ahead of what it is of: 使用占比，| 三级医院不低于80%，二级医院…; 其中小学85%."""
    end = start
    if measure().search(text, *name):
        return None
    if inherited and text.startswith("其中", start) and measure().search(text, *inherited):
        return inherited
    while end > sentence:
        end -= 1
        begin = clause_start(text, sentence, end)
        if text[end] not in ",:":
            return None
        if measure().search(text, begin, end):
            return front(text, begin, end, False)
        if not any(character.isdecimal() for character in text[begin:end]):
            return None
        end = begin
    return None


def among(text: str, floor: int, told: Extent) -> Extent | None:
    """Return of whom a share is told by a phrase without a head: 代表中，| 来自一线的 | 不少于三分之二."""
    match = _AMONG.search(text, max(floor, told[0] - _NEAR), told[0]) if text[told[1] - 1] == "的" else None
    return match.span(1) if match else None


def taken_from(text: str, start: int, end: int) -> Extent | None:
    """Return what a part is taken of: 从 | 成果转化收益 | 中提取5%的奖励."""
    match = _TAKEN.search(text, start, end)
    return match.span(1) if match else None
