"""What a text refers to: documents by title or number, statutes with their articles, programmes, itself.

Offsets are handed out in the text of record; the scan runs on the cleaned copy.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from nlp_reform.extract.matching import trie, words
from nlp_reform.model import Document, Reference, ReferenceKind
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon
from nlp_reform.spans import View

_OFFICE = r"[一-龥]{1,12}(?:\([^()\n]{1,12}\))?"
_SERIAL = r"[〔\[(【](?:19|20)\d\d[〕\])】](?:第)?\d{1,5}号"
NUMBER = _OFFICE + _SERIAL
"""A document number: 国发〔2018〕38号, 京政办发[2019]5号."""

_OFFICE_LONGEST = 26

_ARTICLE = (r"(?:第[一二三四五六七八九十百零〇\d]+(?:编|章|节|条|款|项)(?:之[一二三四五六七八九十])?"
            r"(?:[、和至到-]+(?=第))?){1,12}")
_TITLE_LONGEST = 160


class _Found(NamedTuple):
    start: int
    end: int
    title: str | None
    number: str | None
    kind: ReferenceKind


class _Signs(NamedTuple):
    title: re.Pattern[str]
    numbered: re.Pattern[str]
    serial: re.Pattern[str]
    office: re.Pattern[str]
    article: re.Pattern[str]
    statute: re.Pattern[str]
    programme: re.Pattern[str]
    bare: re.Pattern[str]
    quoted: re.Pattern[str]
    coded: re.Pattern[str]
    internal: re.Pattern[str]


@lru_cache(maxsize=1)
def _signs() -> _Signs:
    table = lexicon("references")
    names = words("references", "programme")
    known = trie(names)
    numbered = trie(name for name in names if re.search(r"[\d+一二三四五六七八九十双两]", name))
    return _Signs(
        title=compiled(r"《"),
        numbered=compiled(rf"\s*\((?:以下简称[^()]{{1,30}}[,;])?({NUMBER})(?:[,;][^()]{{0,40}})?\)"),
        serial=compiled(_SERIAL),
        office=compiled(_OFFICE + r"\Z"),
        article=compiled(_ARTICLE),
        statute=compiled(r"(?:中华人民共和国)?(?:宪法|民法典|刑法|[一-龥]{2,14}(?:法|条例|办法|规定))$"),
        programme=compiled(rf"[“「『]({known})[”」』]"),
        bare=compiled(rf"{numbered}(?=[,。;、的等战])"),
        quoted=compiled(r"[“「『]([^“”「」『』\n]{2,24})[”」』](?:战略|行动|工程|计划|政策|工作部署|部署|改革|专项行动|试点|体系|机制|模式|目标)"),
        coded=compiled(r"[“「『](\d+(?:[-+]\d+){1,6}(?:\+?[NnXx])?|\d{4,6})[”」』]"),
        internal=compiled(table["internal"]["regex"]),
    )


_SHORT = compiled(r"\(以下简称[:]?[《“「『]?([^()》”」』]{2,30})[》”」』]?\)")


def find_references(document: Document) -> Mapping[str, Any]:
    """Return the layer `references` in text order; a longer reference hides those inside it.

    `title` is the printed title without its marks, `number` the document number; statutes carry their
    articles inside the span. Programmes and slogans have kind `programme`.
    """
    view = document.view
    found = [*_titles(view.text), *_bare(view.text), *_programmes(view.text), *_internal(view.text)]
    found.sort(key=lambda item: (item.start, -item.end))
    kept: list[Reference] = []
    last = -1
    quiet = _quiet(document)
    for item in found:
        n = bisect_right(quiet, (item.start, 1 << 60)) - 1
        if item.start < last or (n >= 0 and item.start < quiet[n][1]):
            continue
        last = item.end
        kept.append(_cite(view, item))
    return {"references": tuple(kept)}


def _quiet(document: Document) -> list[tuple[int, int]]:
    """Page furniture and the document's own number are no references."""
    silent = ("noise", "contents", "duplicate", "meta")
    return [(block.start, block.end) for block in document.blocks if block.kind in silent]


def _cite(view: View, item: _Found) -> Reference:
    start, end, printed = view.cite(item.start, item.end)
    return Reference(start, end, printed, item.title, item.number, item.kind)


def _titles(text: str) -> Iterator[_Found]:
    """Find 《…》, titles inside titles counted as one, with the number or articles that follow."""
    signs = _signs()
    at = 0
    while (start := text.find("《", at)) >= 0:
        close = _close(text, start)
        if close is None:
            at = start + 1
            continue
        title = text[start + 1:close]
        end, number = close + 1, None
        after = signs.numbered.match(text, end)
        if after:
            end, number = after.end(), after.group(1)
        else:
            article = signs.article.match(text, end)
            end = article.end() if article else end
        yield _Found(start, end, title, number, "document")
        at = close + 1


def _close(text: str, start: int) -> int | None:
    """Return where the title that opens at `start` closes, at most 160 characters on and on the same line."""
    depth = 0
    last = text.rfind("》", start, start + _TITLE_LONGEST)
    for at in range(start, last + 1):
        mark = text[at]
        if mark == "《":
            depth += 1
        elif mark == "》":
            depth -= 1
            if not depth:
                return at
        elif mark == "\n":
            return None
    return None


_STATUTE_LEAD = compiled(
    r".*(?:按照|根据|依据|依照|违反|符合|适用|执行|(?:(?<!共)[和与及]|号)(?=[一-龥]{2,}(?:法|条例|办法|规定)$))")


_NUMBER_LEAD = compiled(
    r".*(?:按照|根据|依据|执行|落实|贯彻|遵照|参照|见|和|与|及|的|、)(?=[一-龥]{1,8}[〔\[(【])")


def _bare(text: str) -> Iterator[_Found]:
    """Find numbers without a title, and statutes named without book marks before an article."""
    signs = _signs()
    last = 0
    for serial in signs.serial.finditer(text):
        office = signs.office.search(text, max(last, serial.start() - _OFFICE_LONGEST), serial.start())
        if office is None:
            continue
        last = serial.end()
        lead = _NUMBER_LEAD.match(text[office.start():last])
        start = office.start() + (lead.end() if lead else 0)
        yield _Found(start, last, None, text[start:last], "document")
    for match in signs.article.finditer(text):
        before = signs.statute.search(text[max(0, match.start() - 24):match.start()])
        if not before:
            continue
        lead = _STATUTE_LEAD.match(before.group())
        title = before.group()[lead.end() if lead else 0:]
        if title[:1] not in ("本", "该"):
            yield _Found(match.start() - len(title), match.end(), title, None, "document")


def _programmes(text: str) -> Iterator[_Found]:
    signs = _signs()
    for sign in (signs.programme, signs.bare, signs.quoted, signs.coded):
        for match in sign.finditer(text):
            name = (match.group(1) if sign.groups else "") or match.group()
            yield _Found(match.start(), match.end(), name, None, "programme")


def _internal(text: str) -> Iterator[_Found]:
    """Find 本办法第三条, 按照第三条, 见附件2: the document itself, without title or number."""
    for match in _signs().internal.finditer(text):
        start = match.start("place") if match.group("place") else match.start()
        if match.group().startswith(("上述", "前述")):
            continue
        if not match.group("place") and "第" not in match.group() and not match.group().startswith(("前款", "前条")):
            continue
        yield _Found(start, match.end(), None, None, "document")
