"""Deontic cues: whole-text scan, longest word first, then the tests each entry of the lexicon asks for.

Source: scheme.md section 3. Offsets are half-open and index the cleaned copy.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from nlp_reform.extract.matching import listed, trie
from nlp_reform.model import Modality
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon
from nlp_reform.spans import View

_LOOK_BACK = 12
_LOOK_AHEAD = 48


class Cue(NamedTuple):
    """A cue as printed: which entries of the lexicon it joins, and its reading."""

    start: int
    end: int
    modality: Modality
    strength: int
    rule: str
    anywhere: bool


class _Entry(NamedTuple):
    id: str
    modality: Modality
    strength: int
    hedge: bool
    anywhere: bool
    limit: bool
    guide: bool
    sure_after: str | None
    before: str | None
    not_before: str | None
    after: str | None
    not_after: str | None


class _Hit(NamedTuple):
    start: int
    end: int
    entry: _Entry


@lru_cache(maxsize=512)
def _test(expression: str) -> re.Pattern[str]:
    """Compile a test where its cue is first met: most documents meet a few of them."""
    return compiled(expression)


def _follows(expression: str, after: str) -> bool:
    """Tell whether a test holds for what follows a cue; `VERB|…` is also met by a verb with its adverb."""
    plain = expression.removeprefix("VERB|")
    return (plain is not expression and _verb(after)) or _test(plain).match(after) is not None


def _verb(after: str) -> bool:
    action = listed("verbs", "action")
    adverb = listed("verbs", "adverb").end(after, 0, len(after))
    return action.opens(after, 0, len(after)) or (adverb > 0 and action.opens(after, adverb, len(after)))


@lru_cache(maxsize=1)
def _machine() -> tuple[re.Pattern[str], dict[str, _Entry | None]]:
    """Return the scanner and what each word it finds means; None for a pseudo-cue."""
    meaning: dict[str, _Entry | None] = {}
    pseudo: list[str] = []
    for entry in lexicon("cues")["cue"]:
        gives = entry["gives"]
        read = _Entry(
            entry["id"], gives["modality"], gives["strength"], gives.get("hedge", False),
            entry.get("anywhere", False), entry.get("limit", False), entry.get("guide", False),
            *(entry.get(key) for key in ("sure_after", "before", "not_before", "after", "not_after")))
        meaning.update(dict.fromkeys(entry["terms"], read))
        pseudo += entry.get("not_in", [])
    for word in pseudo:
        meaning.setdefault(word, None)
    return compiled(trie(meaning)), meaning


_RELATIVE = compiled(r"[^,。;:!]{0,40}(?<!目)的(?:,|除?外[,。)])|[^,。;:!在]{1,30}的前提下")
"""A cue inside …的， or 在…的前提下 says to whom something applies: it binds nobody itself."""

_LIMIT = compiled(
    r"(?:现有|全部|本[会届]|其)?(?:[^,。;:!、\d]{0,5}(?:总数|总量|总额|人数|总人数|规模)的)?(?:上一?[届年]|[约近]?[\d.,%‰~-]+|[一二三四五六七八九十百千万两半]+)(?:[^,。;:!、的]{0,9})(?:[,。;:!、)]|$)")
_NORM = compiled(
    r"[^,。;:!、的\d一二三四五六七八九十百千万两]{2,20}(?:水平|标准|增幅|增速|涨幅|均值)(?:[,。;:!)]|$)")
"""What is no number may bound too: 不低于当地公务员工资水平."""
_GUIDED = compiled(r"[^,。;:!]{5,}")


def _holds(text: str, start: int, end: int, entry: _Entry) -> bool:
    """Run the tests of one entry around one hit."""
    before = text[max(0, start - _LOOK_BACK):start]
    after = text[end:end + _LOOK_AHEAD].split("\n", 1)[0]
    if ("的" in after and _RELATIVE.match(after)) or _bars(entry, before, after):
        return False
    if entry.sure_after and _test(entry.sure_after).match(after):
        return True
    asked = (entry.before is None or _test(entry.before).search(before)) and (
        entry.after is None or _follows(entry.after, after))
    bounded = not entry.limit or bool(_LIMIT.match(after) or _NORM.match(after))
    return bool(asked) and bounded and (not entry.guide or _guides(after))


def _bars(entry: _Entry, before: str, after: str) -> bool:
    """Tell whether a pseudo-context of the entry stands around a hit."""
    return bool((entry.not_before and _test(entry.not_before).search(before))
                or (entry.not_after and _test(entry.not_after).match(after)))


_GOING = compiled("向|到|投|走|流|参|进入|加入|执")
"""Signs of a verb that the lexicon of opening verbs has not."""


def _guides(after: str) -> bool:
    """Tell whether an actor and a verb follow: 引导 alone with an object is an action."""
    named = _GUIDED.match(after)
    if named is None:
        return False
    verbs = listed("verbs", "action")
    return any(verbs.opens(after, at, len(after)) or _GOING.match(after, at) for at in range(2, named.end()))


_LIGHT = compiled(r"[、和与或并及]|以及|并且")


def _merge(text: str, hits: list[_Hit]) -> list[Cue]:
    """Join adjacent hits into one cue with the strongest reading; a hedge beside one lowers it."""
    cues: list[Cue] = []
    run: list[_Hit] = []
    for hit in hits:
        if run and not _adjacent(text, run[-1], hit):
            cues.append(_read(run))
            run = []
        run.append(hit)
    if run:
        cues.append(_read(run))
    return cues


def _adjacent(text: str, one: _Hit, two: _Hit) -> bool:
    gap = text[one.end:two.start]
    if gap and not _LIGHT.fullmatch(gap):
        return False
    soft = {"encouragement", "permission"}
    if two.entry.modality == "encouragement" and one.entry.modality != "encouragement":
        return one.entry.hedge and one.entry.id in ("study", "explore") and not gap
    return (one.entry.modality in soft) <= (two.entry.modality in soft or two.entry.hedge)


def _read(run: list[_Hit]) -> Cue:
    start, end = run[0].start, run[-1].end
    hedges = [hit.entry for hit in run if hit.entry.hedge]
    plain = [hit.entry for hit in run if not hit.entry.hedge]
    rule = "+".join(hit.entry.id for hit in run)
    anywhere = any(hit.entry.anywhere for hit in run)
    negative = any(hit.entry.modality == "prohibition" for hit in run)
    if hedges:
        aspires = any(entry.modality == "aspiration" for entry in hedges)
        modality: Modality = "prohibition" if negative else "aspiration" if aspires else "obligation"
        if plain and plain[0].modality in ("encouragement", "permission") and hedges[0] is not run[0].entry:
            modality = plain[0].modality
            return Cue(start, end, modality, plain[0].strength, rule, anywhere)
        return Cue(start, end, modality, 2, rule, anywhere)
    best = max(plain, key=lambda entry: entry.strength)
    return Cue(start, end, "prohibition" if negative else best.modality, best.strength, rule, anywhere)


@lru_cache(maxsize=1)
def _ahead() -> frozenset[str]:
    return frozenset(entry["id"] for entry in lexicon("cues")["cue"] if entry.get("ahead"))


_MARKS = compiled("[,;:。!\n]")
_FAR = 24


def _lowered(text: str, cues: list[Cue]) -> list[Cue]:
    """Read a hedge and a firm cue further on in its clause as one: 原则上每家不超过三项 asks once, and softly.

    A limit leaves the hedge as the cue, other words are the cue themselves: 原则上项目不得重报.
    """
    kept: list[Cue] = []
    for cue in cues:
        hedge = kept[-1] if kept and kept[-1].rule in _ahead() else None
        if hedge and cue.strength >= 4 and cue.start - hedge.end < _FAR and not _MARKS.search(
                text, hedge.end, cue.start):
            if cue.rule.endswith("limit"):
                continue
            kept[-1] = cue._replace(strength=2)
        else:
            kept.append(cue)
    return kept


MOST = 5_000
"""Words like cues read in one paragraph; what has more is a mutilated text, and its rest is passed over."""


@lru_cache(maxsize=1)
def scan(view: View) -> tuple[Cue, ...]:
    """Return all cues of a cleaned copy in text order; the last view's answer is kept for the next stage.

    Every hit is tested within a fixed window, so the time grows with the text and nothing else.
    """
    scanner, meaning = _machine()
    text = view.text
    hits: list[_Hit] = []
    stop, count = -1, 0
    for match in scanner.finditer(text):
        if match.start() > stop:
            stop, count = text.find("\n", match.start()), 0
            stop = len(text) if stop < 0 else stop
        count += 1
        if count > MOST:
            continue
        entry = meaning[match.group()]
        if entry is not None and _holds(text, match.start(), match.end(), entry):
            hits.append(_Hit(match.start(), match.end(), entry))
    return tuple(_lowered(text, _merge(text, hits)))


def within(cues: tuple[Cue, ...], starts: list[int], start: int, end: int) -> tuple[Cue, ...]:
    """Return the cues that begin inside `[start, end)`; `starts` are the cues' own starts."""
    first = bisect_right(starts, start - 1)
    return cues[first:bisect_right(starts, end - 1)]
