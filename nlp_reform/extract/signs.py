"""What a sentence shows that tells its kind: part of the document, tense and aspect words, verb-first form, cues.

Read by the rules and by the trained weights of `statements`. Signs are sought in the first 600 characters.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from nlp_reform.extract.cues import Cue, scan, within
from nlp_reform.extract.matching import pattern
from nlp_reform.extract.parts import Part, parts
from nlp_reform.model import Document, Sentence, StatementKind
from nlp_reform.resources import lexicon

LOOK = 600
"""Signs are sought in the first characters of a sentence: a mutilated text may have one of a megabyte."""

_GRAMS = 120
_NEAR = 6
_DIGITS = re.compile(r"[\d.,]+")
_KEPT = frozenset("。!?:;")


class Shown(NamedTuple):
    """One sentence with its signs; `words` is its body."""

    words: str
    part: Part
    signs: frozenset[str]
    place: str


class _Patterns(NamedTuple):
    searched: tuple[tuple[str, re.Pattern[str]], ...]
    verb_first: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    table = lexicon("statements")
    searched = tuple((name, re.compile(sign["regex"])) for name, sign in table.items()
                     if isinstance(sign, dict) and "regex" in sign)
    opener = (f"(?:{pattern('verbs', 'lead')})?(?:[一二三四五六七八九十]{{1,2}}[要是])?"
              f"(?:{pattern('verbs', 'adverb')}|[、和与])*+(?:{pattern('verbs', 'action')})")
    return _Patterns(searched, re.compile(opener))


def shown(document: Document) -> list[Shown]:
    """Return every sentence's signs, in order."""
    view = document.view
    cues = scan(view)
    starts = [cue.start for cue in cues]
    return [
        Shown(view.text[s.body:min(s.end, s.body + LOOK)], part,
              _signs(view.text, s, within(cues, starts, s.start, s.end)), _place(document, s))
        for s, part in zip(document.sentences, parts(document), strict=True)
    ]


def _signs(text: str, sentence: Sentence, cues: tuple[Cue, ...]) -> frozenset[str]:
    patterns = _patterns()
    stop = min(sentence.end, sentence.body + LOOK)
    found = {name for name, sign in patterns.searched if sign.search(text, sentence.body, stop)}
    if patterns.verb_first.match(text, sentence.body, stop):
        found.add("verb_first")
    for cue in cues:
        found.add("firm" if cue.strength >= 4 else "hedge" if cue.strength > 1 else "soft")
    return frozenset(found)


def _place(document: Document, sentence: Sentence) -> str:
    block = document.blocks[sentence.block]
    if sentence.heading or sentence.body > sentence.start:
        return "label"
    if sentence.start > block.start + 1:
        return "inner"
    return "alone" if sentence.end >= block.end - 1 else "first"


def by_rule(item: Shown) -> StatementKind:  # noqa: PLR0911 (a chain of rules, one a line)
    """Type a sentence by a chain of signs, strongest first."""
    signs = item.signs
    if item.part == "review":
        return _in_review(signs)
    past = "past" in signs and "done" in signs
    future = bool(signs & {"future", "plan_actor"})
    if "definite" in signs and "firm" not in signs:
        return "context"
    if "aim" in signs or ("verb_first" in signs and not past):
        return "prescriptive"
    if past and "firm" not in signs and not future:
        return "reported"
    if "firm" in signs:
        return "prescriptive"
    if "context" in signs and not (future and "done" not in signs):
        return "context"
    if future or signs & {"hedge", "soft"}:
        return "prescriptive"
    if "done" in signs and item.part != "plan":
        return "reported"
    return "prescriptive" if item.part == "plan" else "context"


def _in_review(signs: frozenset[str]) -> StatementKind:
    if signs & {"context", "definite"} and "done" not in signs:
        return "context"
    if "firm" in signs and not signs & {"past", "done"}:
        return "prescriptive"
    return "reported"


def features(items: list[Shown]) -> list[dict[str, float]]:
    """Return the named features of every sentence: signs, signs by part, neighbours, characters and pairs."""
    found = []
    count = len(items) or 1
    verbs = sum("verb_first" in item.signs for item in items) / count
    for n, item in enumerate(items):
        part = item.part
        row: dict[str, float] = {"p:" + part: 1.0, "at:" + item.place: 1.0, "rule:" + by_rule(item): 1.0,
                                 "dvf": verbs, f"len:{min(6, len(item.words) // 15)}": 1.0}
        for sign in item.signs:
            row["s:" + sign] = row["s:" + sign + ":" + part] = 1.0
        if "verb_first" not in item.signs:
            row["novf:" + part] = 1.0
        row["end:" + (item.words[-1:] if item.words[-1:] in _KEPT else "-")] = 1.0
        for step, side in ((-1, "before:"), (1, "after:")):
            if 0 <= n + step < count:
                row.update(dict.fromkeys((side + sign for sign in items[n + step].signs), 0.5))
        near = items[max(0, n - _NEAR):n + _NEAR + 1]
        for sign in ("verb_first", "firm", "past", "done", "context", "plan_actor"):
            row["near:" + sign] = sum(sign in other.signs for other in near) / len(near)
        row.update(_grams(item.words))
        found.append(row)
    return found


def _grams(words: str) -> dict[str, float]:
    """Return the characters, pairs of characters, opening and end of a sentence; every number is one 0."""
    plain = _DIGITS.sub("0", words[:_GRAMS])
    row = dict.fromkeys(map("".join, pairwise(plain)), 1.0)
    row.update(dict.fromkeys(plain, 1.0))
    row["^" + plain[:1]] = row["^^" + plain[:2]] = row["$" + plain[-3:]] = 1.0
    return row
