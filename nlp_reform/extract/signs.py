"""What a sentence shows that tells its kind: part of the document, tense and aspect words, verb-first form, cues.

Read by the rules and by the trained weights of `statements`. Every sign is sought in the whole text at once; only
the first 600 characters of a sentence count.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from nlp_reform.extract.cues import scan
from nlp_reform.extract.parts import Part, parts
from nlp_reform.extract.scanning import Scanner, openings
from nlp_reform.extract.verbs import leads_to_verb
from nlp_reform.model import Document, Sentence
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

LOOK = 600
"""Signs are sought in the first characters of a sentence: a mutilated text may have one of a megabyte."""

_SOON = 32
_KEPT = frozenset("。!?:;")


class Shown(NamedTuple):
    """The signs of one sentence; few combinations differ, so each is made once."""

    signs: frozenset[str]
    part: Part
    place: str
    length: int
    end: str
    spoken: bool


class _Patterns(NamedTuple):
    sought: Scanner
    tests: tuple[tuple[tuple[Callable[[str, int], object], int, int], ...], ...]
    """By the number of an opening: the signs that may begin with it, each as test, bit and reach."""
    opening: dict[str, tuple[tuple[Callable[[str, int, int], object], int], ...]]
    """By the first character of a sentence: test and bit."""
    bits: dict[str, int]


_FOUND = ("verb_first", "cue_first", "firm", "hedge", "soft", "behind", "ahead")
"""Signs that no pattern of the lexicon finds."""


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    table = {name: sign for name, sign in lexicon("statements").items() if isinstance(sign, dict) and name != "part"}
    bits = {name: 1 << n for n, name in enumerate((*table, *_FOUND))}
    sought = {(kind, name): compiled(sign[kind], re.MULTILINE)
              for kind in ("regex", "soon") for name, sign in table.items() if kind in sign}
    scanner = Scanner({f"{kind} {name}": pattern for (kind, name), pattern in sought.items()})
    test = {f"{kind} {name}": (pattern.match, bits[name], LOOK if kind == "regex" else _SOON)
            for (kind, name), pattern in sought.items()}
    opening: dict[str, tuple[tuple[Callable[[str, int, int], object], int], ...]] = {}
    for name, sign in table.items():
        for character in {one[0] for one in openings(sign["opens"])} if "opens" in sign else ():
            opening[character] = (*opening.get(character, ()), (compiled(sign["opens"]).match, bits[name]))
    return _Patterns(scanner, tuple(tuple(test[name] for name in names) for names in scanner.owners), opening, bits)


def shown(document: Document) -> list[Shown]:
    """Return every sentence's signs, in order."""
    text = document.view.text
    items = {item.id for item in document.directives if item.numbering == "explicit"}
    holding = {item.section for item in document.directives if item.id in items} | {s.parent for s in document.sections}
    made: dict[tuple[object, ...], Shown] = {}
    named: dict[int, frozenset[str]] = {}
    speech = _counts_paragraphs(document)
    found = []
    for s, part, mask in zip(document.sentences, parts(document), _masks(document), strict=True):
        size = min(s.end - s.body, LOOK)
        length = min(6, size // 15)
        last = text[s.body + size - 1:s.body + size]
        end = last if last in _KEPT else "-"
        leads = s.directive is None or (s.directive not in items and s.section in holding)
        place = _place(document, s, speech=speech, leads=leads) + ("*" if s.directive in items else "")
        key = mask, part, place, length, end
        item = made.get(key)
        if item is None:
            signs = named.get(mask)
            if signs is None:
                signs = named[mask] = frozenset(sign for sign, bit in _patterns().bits.items() if mask & bit)
            item = made[key] = Shown(signs, part, place, length, end, speech)
        found.append(item)
    return found


_PARAGRAPH, _SPEECH = compiled(r"(\d{1,3})\.? *"), 8
_SPEAKER = compiled("我(?![省市区县国会校院部局委州镇乡军党厅处站])")
_YEAR = compiled(
    r"(?:截至|截止|到|在|至)?(?:((?:19|20)\d\d|[一二][〇零一二三四五六七八九]{3})(?:[/-][\d〇零一二三四五六七八九]{2})?年"
    r"|“?十([一二三四五])五”?(?:期间|时期))")
_NUMERALS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_FIRST_PLAN = 2005
"""The year in which 十五 ended; those after it have a number more: 十一五, 十二五."""


def _dated(found: re.Match[str]) -> int:
    """Return the year, or the last year of the five-year plan, that a sentence begins with."""
    year, plan = found.groups()
    return int(year.translate(_NUMERALS)) if year else _FIRST_PLAN + 5 * ("一二三四五".index(plan) + 1)


def _masks(document: Document) -> list[int]:
    """Return the signs of every sentence as bits."""
    text, sentences, year = document.view.text, document.sentences, document.year
    patterns = _patterns()
    bit = patterns.bits
    bodies = [s.body for s in sentences]
    ends = [s.end for s in sentences]
    masks = _sought(text, bodies, ends, patterns)
    for cue in scan(document.view):
        n = bisect_right(bodies, cue.start) - 1
        if n >= 0 and cue.start < ends[n] and cue.start - bodies[n] < LOOK:
            masks[n] |= bit["firm" if cue.strength >= 4 else "hedge" if cue.strength > 1 else "soft"]
            masks[n] |= bit["cue_first"] if cue.start == bodies[n] else 0
    for n, (start, end) in enumerate(zip(bodies, ends, strict=True)):
        if leads_to_verb(text, start, end):
            masks[n] |= bit["verb_first"]
        for opens, sign in patterns.opening.get(text[start:start + 1], ()):
            if opens(text, start, end):
                masks[n] |= sign
        dated = _YEAR.match(text, start, end) if year else None
        if dated and year:
            masks[n] |= bit["behind" if _dated(dated) < year else "ahead"]
    return masks


def _sought(text: str, bodies: Sequence[int], ends: Sequence[int], patterns: _Patterns) -> list[int]:
    """Return the signs that patterns find in the sentences, as bits; one found once in a sentence is sought no more."""
    import numpy as np

    masks = [0] * len(bodies)
    places = patterns.sought.places(text)
    if not masks or not len(places):
        return masks
    owner = np.searchsorted(bodies, places[:, 1], side="right") - 1
    within = (owner >= 0) & (places[:, 1] < np.take(ends, owner)) & (places[:, 1] - np.take(bodies, owner) < LOOK)
    rows = (*places[within].T.tolist(), owner[within].tolist())
    for opening, at, n in zip(*rows, strict=True):
        for matches, sign, reach in patterns.tests[opening]:
            if not masks[n] & sign and at - bodies[n] < reach and matches(text, at):
                masks[n] |= sign
    return masks


def _counts_paragraphs(document: Document) -> bool:
    """Tell whether numbers run through the paragraphs of a speech, at least to eight with few left out.

    There the first sentence of a numbered paragraph is no title, whether its number stands before it or alone above; a
    speaker says 我 and 我们, a long notice with as many items does not.
    """
    text = document.view.text
    labels = (_PARAGRAPH.fullmatch(text, block.start, block.body) for block in document.blocks)
    numbers = {int(label.group(1)) for label in labels if label is not None}
    counted = len(numbers) >= _SPEECH and max(numbers) <= len(numbers) + len(numbers) // 10
    return counted and 3 * sum(1 for _ in _SPEAKER.finditer(text)) > len(numbers)


def _place(document: Document, sentence: Sentence, *, speech: bool, leads: bool) -> str:
    """Return where a sentence stands; `leads` tells that it is prose of a section that holds items."""
    block = document.blocks[sentence.block]
    if sentence.heading:
        return "label"
    counted = speech and _PARAGRAPH.fullmatch(document.view.text, block.start, block.body) is not None
    if sentence.body > sentence.start and not counted:
        return "label"
    if leads and sentence.block and document.blocks[sentence.block - 1].kind == "section":
        return "intro"
    if sentence.start > block.start + 1:
        return "inner"
    return "alone" if sentence.end >= block.end - 1 else "first"
