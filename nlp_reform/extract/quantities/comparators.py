"""Comparators: the words that bound a number, on its left and on its right; the longest wins."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from nlp_reform.extract.matching import trie
from nlp_reform.model import Comparator
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

_WHOLE = compiled(r"[数量额费资值入出员积例件金率本价]\Z")
"""The last character of a whole that a share is taken of: 总数, 总量, 总额, 经费."""
WINDOW = 28
"""How far left of a number a comparator may begin."""


class Bound(NamedTuple):
    """A comparator and where its word stands: `[start, end)`."""

    comparator: Comparator
    start: int
    end: int


@lru_cache(maxsize=1)
def _left() -> tuple[re.Pattern[str], dict[str, dict[str, Any]]]:
    """Return the pattern of all left terms at the end of a window, and each term's entry."""
    entries: dict[str, dict[str, Any]] = {}
    near: list[str] = []
    far: dict[int, list[str]] = {}
    for entry in lexicon("comparators")["left"]:
        for term in entry["terms"]:
            entries[term] = entry
            if "reach" in entry:
                far.setdefault(entry["reach"], []).append(term)
            near.append(term)
    over = lexicon("comparators")["over_noun"]
    nouns = [t for t, e in entries.items() if e["id"] in over["gives_of"]]
    gap = r"[^,。;:、\d\n!?]"
    per = trie(lexicon("indicators")["per"]["terms"])
    parts = [
        rf"(?P<near>{trie(near)})(?:了|到|在|有|为|达)?(?:每(?:{per}))* ?\Z",
        rf"(?P<over>{trie(nouns)})(?!{trie(over['not_of'])}){gap}{{1,{over['width']}}}的? ?\Z",
    ]
    parts += [rf"(?P<far{n}>{trie(terms)})[^,。;:、\d\n!?由从将把]{{1,{n}}}\Z" for n, terms in far.items()]
    return compiled("|".join(parts)), entries


@lru_cache(maxsize=1)
def _right() -> tuple[re.Pattern[str], dict[str, dict[str, Any]]]:
    entries: dict[str, dict[str, Any]] = {}
    for entry in lexicon("comparators")["right"]:
        entries.update(dict.fromkeys(entry["terms"], entry))
    return compiled(rf" ?(?:\((?!含)[\u4e00-\u9fff]{{1,3}}\))?(?P<term>{trie(entries)})"), entries


def left(text: str, floor: int, at: int, scale: bool, share: bool = False) -> Bound | None:
    """Return the comparator before `at`, looking no further back than `floor`.

    `scale` tells that the number has a scale or is one (过亿 needs it); `share` that it is a percentage or fraction,
    which may stand right behind the whole it is taken of (不得低于总经费二成).
    """
    pattern, entries = _left()
    begin = max(floor, at - WINDOW)
    match = pattern.search(text, begin, at)
    while match:
        kind = match.lastgroup or "near"
        term = match[kind]
        entry = entries[term]
        before = text[match.start() - 1 : match.start()]
        wrong = before and before in entry.get("not_after", "")
        if (
            not wrong
            and not (entry.get("only") == "scale" and not scale)
            and (kind != "over" or _over_noun(text, match.end(kind), at, share))
        ):
            return Bound(entry["gives"], match.start(), match.end(kind))
        match = pattern.search(text, match.start() + 1, at)
    return None


def _over_noun(text: str, start: int, at: int, share: bool) -> bool:
    """Tell whether 的 closes the noun phrase a term reaches over (不少于会员总数的20%); a share needs none."""
    whole = text[start:at].rstrip()
    return whole.endswith(("的", "之")) or (share and _WHOLE.search(whole) is not None)


def right(text: str, at: int, extent: bool) -> Bound | None:
    """Return the comparator that begins at `at`; 内 only after a unit of time or length."""
    pattern, entries = _right()
    match = pattern.match(text, at)
    if not match:
        return None
    entry = entries[match["term"]]
    if entry.get("only") == "extent" and not extent:
        return None
    after = text[match.end() : match.end() + 1]
    if after and after in entry.get("not_before", ""):
        return None
    return Bound(entry["gives"], match.start("term"), match.end())
