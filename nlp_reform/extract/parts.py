"""Which part of the document a sentence stands in: a review of what was done, a plan, a state of things, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from nlp_reform.model import Document, Sentence
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

Part = Literal["review", "plan", "problems", "state", "goal", "none"]

_TOP = compiled(
    r"(?:第[一二三四五六七八九十百\d]+[编部章]|[壹贰叁肆伍陆柒捌玖拾]、"
    r"|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]\) ?$)")
_SUB = compiled(r"\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、]|第?[一二三四五六七八九十]{1,2}[,是]")
_HEADING_LONGEST = 48
_HEADING = compiled(r"[^。!?;\n]{2,}")


class _Signs(NamedTuple):
    review: re.Pattern[str]
    plan: re.Pattern[str]
    problems: re.Pattern[str]
    lead_review: re.Pattern[str]
    lead_plan: re.Pattern[str]
    dated: re.Pattern[str]
    plan_title: re.Pattern[str]
    report_title: re.Pattern[str]
    state: re.Pattern[str]
    goal: re.Pattern[str]


@lru_cache(maxsize=1)
def _signs() -> _Signs:
    table = lexicon("statements")["part"]
    return _Signs(*(compiled(table[name]) for name in _Signs._fields))


_LOOSE, _NO_HEADING = 4, 99
_LASTS = 40
"""A review opened by a loose line or a lead-in, not by a labelled heading, is trusted for so many sentences."""


def parts(document: Document) -> Iterator[Part]:
    """Yield the part of every sentence, in order.

    A heading that names a review (…回顾) or a plan (…安排) opens its part; the next heading of the same or
    a higher level closes it. A document that has a review is a report: what follows the review and is not
    named plans. Lead-ins (一年来，主要做了以下工作) open a part in prose. A paragraph that opens with a year before
    the document's own (2016年， in a text of 2017) is a review; the numbered items of a plan, rule or notice (by its
    title) plan, wherever no heading says otherwise. In any part a title that only names a purpose, scope, basis or
    state of things (适用范围, 工作基础) makes what stands below it `state`, one that only says goals (发展目标) `goal`.
    """
    levels = {section.id: section.level for section in document.sections}
    items = _planned(document)
    dated = -1
    part: Part = "none"
    opened = 9
    seen_review = False
    age = 0
    named: Part | None = None
    since = _NO_HEADING
    for sentence in document.sentences:
        found, level = _opens(document, sentence, levels)
        if level < _NO_HEADING and level <= since:
            named = _named(document, sentence)
            since = level if named else _NO_HEADING
        if found != "none" and (part == "none" or level <= opened or found == part):
            part, opened = found, min(level, opened) if found == part else level
            seen_review = seen_review or (found == "review" and level < _LOOSE)
            age = 0
        elif level <= opened and part in ("review", "problems"):
            part, opened = ("plan" if seen_review else "none"), level
        elif opened >= _LOOSE and part != "none":
            age += 1
            if age > _LASTS:
                part, opened = "none", 9
        if part not in ("review", "problems") and sentence.directive not in items and _dated(document, sentence):
            dated = sentence.block
        if named is not None:
            yield named
        elif sentence.block == dated:
            yield "review"
        else:
            yield "plan" if part == "none" and sentence.directive in items else part


def _planned(document: Document) -> frozenset[str]:
    """Return the ids of the numbered items of a document whose title says that it lays something down."""
    signs = _signs()
    text = document.view.text
    title = "".join(text[block.start:block.end] for block in document.blocks[:12] if block.kind == "title")[-60:]
    if not signs.plan_title.search(title) or signs.report_title.search(title):
        return frozenset()
    return frozenset(item.id for item in document.directives if item.numbering == "explicit")


_MINGUO = 1911
"""The year before 民國元年: 107年度 is 2018."""


def _dated(document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence opens its paragraph with a year before the document's own."""
    if document.year is None or sentence.start > document.blocks[sentence.block].start + 1:
        return False
    found = _signs().dated.match(document.view.text, sentence.body)
    if found is None:
        return False
    year = int(found.group("year"))
    return (year if year > _MINGUO else year + _MINGUO) < document.year


def _named(document: Document, sentence: Sentence) -> Part | None:
    """Return `state` for a heading that only names a purpose, scope, basis or state of things, `goal` for goals."""
    text = document.view.text
    end = sentence.end
    while end > sentence.body and text[end - 1] in "。: ":
        end -= 1
    signs = _signs()
    if signs.state.fullmatch(text, sentence.body, end):
        return "state"
    return "goal" if signs.goal.fullmatch(text, sentence.body, end) else None


def _opens(document: Document, sentence: Sentence, levels: dict[str, int]) -> tuple[Part, int]:
    """Return the part a sentence opens and its level; level 99 when it is no heading."""
    text = document.view.text
    signs = _signs()
    words = text[sentence.start:min(sentence.end, sentence.start + 120)]
    level = _level(document, sentence, words, levels)
    if level < _NO_HEADING:
        for name in ("review", "problems", "plan"):
            found = getattr(signs, name).search(words)
            if found:
                return _both(name, words, signs), level
        return "none", level
    if signs.lead_review.match(words):
        return "review", 8
    if signs.lead_plan.match(words):
        return "plan", 8
    return "none", _NO_HEADING


def _both(name: str, words: str, signs: _Signs) -> Part:
    """Read a heading that names a review and a plan together as neither."""
    if name == "review" and signs.plan.search(signs.review.sub("", words)):
        return "none"
    return name  # type: ignore[return-value]


def _level(document: Document, sentence: Sentence, words: str, levels: dict[str, int]) -> int:
    """Return how deep a heading stands: as the document nests it, where it is a section or item."""
    heading = words.strip().rstrip("。:")
    if len(heading) > _HEADING_LONGEST or not _HEADING.fullmatch(heading):
        return _NO_HEADING
    block = document.blocks[sentence.block]
    labelled = sentence.body > sentence.start
    if sentence.heading or block.kind == "section":
        level = levels.get(sentence.section or "", 2)
        return min(level, _LOOSE - 1) if labelled else max(level, _LOOSE)
    if labelled and block.kind == "item" and block.directive != document.blocks[sentence.block - 1].directive:
        return min(levels.get(block.section or "", 0) + 1, _LOOSE - 1)
    if _TOP.match(words):
        return 1
    if _SUB.match(words):
        return 3
    alone = block.start <= sentence.start and sentence.end >= block.end and words[-1:] not in "。!?"
    return 4 if alone and len(words) < 24 else _NO_HEADING
