"""What a sentence shows that tells its kind: part of the document, tense and aspect words, verb-first form, cues.

Read by the rules and by the trained weights of `statements`. Signs are sought in the first 600 characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from operator import add
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
    named: frozenset[str]
    earlier: frozenset[str]
    later: frozenset[str]


class _Patterns(NamedTuple):
    searched: tuple[tuple[str, re.Pattern[str]], ...]
    opening: tuple[tuple[str, re.Pattern[str]], ...]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    table = lexicon("statements")
    signs = [(name, sign) for name, sign in table.items() if isinstance(sign, dict) and "regex" in sign]
    searched = tuple((name, re.compile(_searched(sign))) for name, sign in signs)
    opener = (f"(?:{pattern('verbs', 'lead')})?(?:[一二三四五六七八九十]{{1,2}}[要是])?"
              f"(?:{pattern('verbs', 'adverb')}|[、和与])*+(?:{pattern('verbs', 'action')})")
    opening = [(name, re.compile(sign["opens"])) for name, sign in signs if "opens" in sign]
    return _Patterns(searched, (("verb_first", re.compile(opener)), *opening))


def _searched(sign: dict[str, str]) -> str:
    """Return a sign's expression behind a look at its first character: most places are passed at once."""
    return f"(?=[{re.escape(sign['first'])}])(?:{sign['regex']})" if "first" in sign else sign["regex"]


def shown(document: Document) -> list[Shown]:
    """Return every sentence's signs, in order."""
    view = document.view
    cues = scan(view)
    starts = [cue.start for cue in cues]
    found = []
    for s, part in zip(document.sentences, parts(document), strict=True):
        words = view.text[s.body:min(s.end, s.body + LOOK)]
        signs = _signs(words, within(cues, starts, s.start, s.end))
        length = min(6, len(words) // 15)
        end = words[-1:] if words[-1:] in _KEPT else "-"
        found.append(_shown(words, part, signs, _place(document, s), length, end))
    return found


def _shown(words: str, part: Part, signs: frozenset[str], place: str, length: int, end: str) -> Shown:
    named, earlier, later = _named(signs, part, place, length, end)
    return Shown(words, part, signs, named, earlier, later)


@lru_cache(maxsize=4096)
def _named(
    signs: frozenset[str], part: Part, place: str, length: int, end: str
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the names of a combination of signs for the sentence itself and for its neighbours; few differ."""
    own = {"p:" + part, "at:" + place, f"len:{length}", "end:" + end}
    own |= {"s:" + sign for sign in signs} | {f"s:{sign}:{part}" for sign in signs}
    if "verb_first" not in signs:
        own.add("novf:" + part)
    return frozenset(own), frozenset("before:" + sign for sign in signs), frozenset("after:" + sign for sign in signs)


def _signs(words: str, cues: tuple[Cue, ...]) -> frozenset[str]:
    patterns = _patterns()
    found = {name for name, sign in patterns.searched if sign.search(words)}
    found.update(name for name, sign in patterns.opening if sign.match(words))
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


_NEARBY = ("verb_first", "firm", "past", "done", "context", "plan_actor")
VALUED = ("all:verb_first", *(f"near:{sign}" for sign in _NEARBY))
"""Features that carry a share between 0 and 1; all others are there or not."""


def features(items: Sequence[Shown]) -> Iterator[tuple[set[str], tuple[float, ...]]]:
    """Yield for every sentence the names of its features and the values of `VALUED`.

    Names: signs, signs by part, signs of both neighbours, place, part, what the rules say, length, characters and
    pairs of characters (every number is one 0), opening and end.
    """
    count = len(items)
    sums = [[0, *accumulate(sign in item.signs for item in items)] for sign in _NEARBY]
    verbs = sums[0][-1] / (count or 1)
    for n, item in enumerate(items):
        low, high = max(0, n - _NEAR), min(count, n + _NEAR + 1)
        size = high - low
        names = _grams(item.words)
        names |= item.named
        names.add("rule:" + by_rule(item))
        if n:
            names |= items[n - 1].earlier
        if n + 1 < count:
            names |= items[n + 1].later
        yield names, (verbs, *((row[high] - row[low]) / size for row in sums))


def _grams(words: str) -> set[str]:
    plain = _DIGITS.sub("0", words[:_GRAMS])
    names = set(plain)
    names.update(map(add, plain, plain[1:]))
    names.update(("^" + plain[:1], "^^" + plain[:2], "$" + plain[-3:]))
    return names
