"""A redline that reads in Chinese: words from jieba, and a number whole with its comparator and unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal, NamedTuple

from nlp_reform.align.records import Comparison, Item, Place
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon
from nlp_reform.spans import View
from nlp_reform.tokens import mainland, segmenter

Kind = Literal["equal", "delete", "insert"]


class Piece(NamedTuple):
    """A run of the redline: what it is and its printed words without blanks."""

    kind: Kind
    text: str


class Token(NamedTuple):
    """A word or a whole amount: `key` is compared (Simplified, mainland wording), `text` is printed."""

    key: str
    text: str


def redline(comparison: Comparison, item: Item) -> tuple[Piece, ...]:
    """Return an item's texts as equal, deleted and inserted runs; deletion stands before insertion.

    The equal and deleted runs join to the text before, the equal and inserted ones to the text after (blanks and
    the script aside); of equal runs the later printing is shown.
    """
    before = _tokens(comparison.views[0], item.before)
    after = _tokens(comparison.views[1], item.after)
    return tuple(_runs(before, after))


def cut(text: str) -> list[str]:
    """Return the words of a Simplified text; amounts stay whole (`不超过100万人`), and the words join to the text."""
    words: list[str] = []
    done = 0
    for match in _amounts().finditer(text):
        words += segmenter().cut(text[done:match.start()]) if match.start() > done else []
        words.append(match.group())
        done = match.end()
    return words + (segmenter().cut(text[done:]) if done < len(text) else [])


def _tokens(view: View, places: Sequence[Place]) -> list[Token]:
    found: list[Token] = []
    for place in places:
        first, last = view.map.clean(place.start), view.map.clean(place.end - 1) + 1
        for word in cut(view.text[first:last]):
            start, end = view.map.span(first, first + len(word))
            first += len(word)
            printed = "".join(view.record[start:end].split())
            if printed:
                found.append(Token(mainland(word.strip()), printed))
    return found


def _runs(before: Sequence[Token], after: Sequence[Token]) -> Iterator[Piece]:
    """Yield the runs; a single mark or particle between two changes is taken into them."""
    codes = SequenceMatcher(None, [t.key for t in before], [t.key for t in after], autojunk=False).get_opcodes()
    gone, come = "", ""
    for n, (code, a, b, c, d) in enumerate(codes):
        old, new = "".join(t.text for t in before[a:b]), "".join(t.text for t in after[c:d])
        island = code == "equal" and len(new) == 1 and 0 < n < len(codes) - 1 and new not in "。;；"
        if code == "equal" and not island:
            yield from _changed(gone, come)
            gone, come = "", ""
            yield Piece("equal", new)
        else:
            gone, come = gone + old, come + new
    yield from _changed(gone, come)


def _changed(gone: str, come: str) -> Iterator[Piece]:
    if gone:
        yield Piece("delete", gone)
    if come:
        yield Piece("insert", come)


@lru_cache(maxsize=1)
def _amounts() -> re.Pattern[str]:
    """Return the pattern of a whole amount: comparator, number, scale, unit, comparator."""
    units = [u for entry in lexicon("units").values() for u in entry.get("units", ()) if isinstance(entry, dict)]
    bounds = lexicon("comparators")
    left, right = ([t for entry in bounds[side] for t in entry["terms"]] for side in ("left", "right"))

    def either(terms: Sequence[str]) -> str:
        return "|".join(sorted(map(re.escape, set(terms)), key=lambda term: (-len(term), term)))

    digits, scales = "零〇一二两三四五六七八九", "十百千万亿"
    number = rf"\d+(?:[.,]\d+)*(?:[{scales}])*|[{digits}十百][{digits}{scales}]*"
    unit = either(units)
    amount = rf"(?:{number})(?:[-—~至到](?:{number}))?"
    return compiled(
        rf"(?:{either(left)})?(?:[{digits}十百]+分之[{digits}十百]+|\d+(?:\.\d+)?[%‰]|(?:{amount})(?:{unit})|"
        rf"\d+(?:[.,]\d+)*[{scales}]*)(?:{either(right)}|左右|上下)?"
    )
