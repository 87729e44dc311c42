"""The head of a document or of a part enclosed in it: title, number, date, byline and addressee."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from nlp_reform.model import BlockKind
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon
from nlp_reform.segment.formulas import DATE, Paragraph, about, address, is_addressee, number
from nlp_reform.segment.labels import Label

_LONE_ATTACHMENT = compiled(r"附 ?件 ?[\d一二三四五六七八九十]{0,3}[:.、]?")
_MOST, _LINE, _WHOLE, _SOON = 40, 70, 300, 3
"""Lines of a head; characters of a line of a title, and of one that is a whole title; lines that are looked ahead."""
_CLOSING = "》”」』)"


class _Titles(NamedTuple):
    endings: tuple[str, ...]
    linking: tuple[str, ...]
    runs_on: tuple[str, ...]
    headings: frozenset[str]
    asked: re.Pattern[str]


@lru_cache(maxsize=1)
def _titles() -> _Titles:
    issuers, headings = lexicon("issuers"), lexicon("frame")["headings"]
    return _Titles(
        tuple(issuers["genre"]["endings"]), tuple(issuers["body"]["linking"]), tuple(headings["runs_on"]),
        frozenset(headings["words"]), compiled(headings["asked"]),
    )


def mark(
    text: str, paragraphs: Sequence[Paragraph], kinds: list[BlockKind | None], labels: Mapping[int, Label],
    part: tuple[int, int],
) -> None:
    """Mark what stands at the head of a part, in `kinds`, from the part's first paragraph on.

    `part` is half-open, in paragraphs; `labels` holds the labels of items by their offset.
    """
    first, last = part
    titles, title = _titles(), ""
    for index in range(first, min(first + _MOST, last)):
        start, end = paragraphs[index]
        if kinds[index] in ("noise", "contents"):
            continue
        line = text[start:end]
        if _is_about(line):
            kinds[index] = "meta"
            continue
        if address()[0].fullmatch(line) or is_addressee(line):
            kinds[index] = "meta"
            return
        if _opens_text(line, title, labelled=start in labels):
            return
        whole = title.rstrip(_CLOSING).endswith(titles.endings)
        ahead = [text[slice(*place)] for place in paragraphs[index + 1 : min(index + 1 + _SOON, last)]]
        if whole and kinds[index + 1 : index + 2] != ["contents"] and not _runs_on(line, ahead):
            # below a whole title: a heading, or what nobody knows among lines about the document
            if not any(_is_about(one) or is_addressee(one) for one in ahead):
                return
            kinds[index] = "meta"
        elif kinds[index] is None:
            kinds[index], title = "title", line


def _is_about(line: str) -> bool:
    return any(pattern.fullmatch(line) for pattern in (about(), number(), DATE, _LONE_ATTACHMENT))


def _runs_on(line: str, ahead: Sequence[str]) -> bool:
    """Tell whether a line goes on with the title above it: by how it begins, or by a title's end that follows soon."""
    titles = _titles()
    return line.startswith(titles.runs_on) or any(
        len(one) <= _LINE and one.endswith(titles.endings) for one in (line, *ahead[: _SOON - 1]))


def _opens_text(line: str, title: str, *, labelled: bool) -> bool:
    """Tell whether a line is no part of a title: an item, a row, a sentence, or below a title a heading or question.

    A whole title, from 某部、某局关于 to 通知, may be long, for twenty bodies sign some, and may begin like an item.
    """
    titles = _titles()
    alone = not title and line.endswith(titles.endings)
    long = _WHOLE if alone and any(word in line for word in titles.linking) else _LINE
    if (labelled and not alone) or "\t" in line or len(line) > long or line[-1] in "。;:!,":
        return True
    return bool(title) and (line in titles.headings or titles.asked.match(line) is not None)
