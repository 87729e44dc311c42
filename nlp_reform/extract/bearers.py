"""Who must act, may act or is encouraged to act, as printed. Offsets index the cleaned copy."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from nlp_reform.extract.matching import pattern
from nlp_reform.resources import lexicon

_REACH = 80
"""No bearer is sought further than this from its cue."""

Place = tuple[int, int]


class _Grammar(NamedTuple):
    tail: re.Pattern[str]
    lead: re.Pattern[str]
    topic: re.Pattern[str]
    actor_end: re.Pattern[str]
    prefix: re.Pattern[str]
    follower: re.Pattern[str]
    head: re.Pattern[str]


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    heads = pattern("actors", "heads")
    pronouns = pattern("actors", "pronouns")
    adverb = pattern("verbs", "adverb")
    verb = pattern("verbs", "action")
    preposition = pattern("verbs", "preposition")
    end = rf"(?:{heads}|{pronouns})(?:\([^()]{{1,20}}\))?(?:等)?"
    return _Grammar(
        tail=re.compile(rf"(?:{adverb}|都|也|均|还|则|更|又|近期|今年|目前|当前|主要|一般|必须|亦|就|共同|及其|今后|全年|在此)+$"),
        lead=re.compile(r"(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+是|[一二三四五六七八九十]+要|同时|此外|今年|明年|近期|目前|当前|“[^”]{1,8}”(?:期间|时期)?|其中|对此|另外|但|并|而|和|因此|所以|也|必要时|为此|我认为|我们认同|我建议|建议|凡是?|[各]位代表|从\d{4}年起|从今年起|\d{4}年|[一-龥]{0,8}(?:期间|时期|前|后),?)++"),
        topic=re.compile(rf"(?:[^,;:。]{{0,40}}?)(?:{end})(?=[,;:。]|要|应|须|必|需|可|不|会|将|{adverb}|{preposition}|{verb}|负责|每|原则|有权)"),
        actor_end=re.compile(rf"{end}$"),
        prefix=re.compile(r"(?:国家|[^,;:。的]{0,12}(?:学会|协会)|[^,;:。]{2,20}的(?:学会|协会|企业|学校))"),
        follower=re.compile(rf"(?:{adverb}|{preposition}|{verb}|[,;:。)]|$|率先|参|牵头|先行|大胆|更多|适|在|之间|每|原则|研究|试点|逐|开|投|走|来|去|进|加|成|自|健|发|转|争|做|做大|创|申|设|结|共|组|出|突|上市|兼并|跨|所|继续|担|取|购|给|有|融|根|推|执|承|可|敢|回|提|入|依|积)"),
        head=re.compile(rf"(?:{heads})"),
    )


def subject_before(text: str, start: int, cue: int) -> Place | None:
    """Return the actor that ends right before a cue in the clause `[start, cue)`, without adverbs and time words."""
    grammar = _grammar()
    start = max(start, cue - _REACH)
    words = text[start:cue]
    lead = grammar.lead.match(words)
    first = lead.end() if lead else 0
    tail = grammar.tail.search(words, first)
    last = tail.start() if tail else len(words)
    if last <= first:
        return None
    piece = words[first:last]
    if grammar.actor_end.search(piece):
        return _trim(text, start + first, start + last)
    found = grammar.prefix.match(piece)
    return (start + first, start + first + found.end()) if found else None


def topic(text: str, start: int, end: int) -> Place | None:
    """Return the actor a clause opens with: 各级政府…, 教育部门会…."""
    grammar = _grammar()
    lead = grammar.lead.match(text, start, min(end, start + 40))
    first = lead.end() if lead else start
    found = grammar.topic.match(text, first, min(end, first + _REACH))
    if not found or found.end() == first:
        return None
    return _trim(text, first, found.end())


_ADJUNCT = re.compile(r"(?:在|按照?|根据|通过|以|为了?|对于?|围绕|经|自|从|到|随着|把|将|由|向|与|和|及)")


def _trim(text: str, start: int, end: int) -> Place | None:
    """Drop a passive 由 before the actor; an adjunct is no subject."""
    if text.startswith("由", start):
        start += 1
    elif _ADJUNCT.match(text, start):
        return None
    if text[start:end].endswith("等") and end - start > 3:
        pass
    return (start, end) if end > start else None


def object_after(text: str, cue_end: int, end: int) -> Place | None:
    """Return the actor that is encouraged or allowed: the noun phrase after the cue, up to its verb."""
    grammar = _grammar()
    end = min(end, cue_end + _REACH)
    best: Place | None = None
    at = cue_end
    while True:
        found = grammar.head.search(text, at, end)
        if not found:
            return best
        stop = _close(text, found.end(), end)
        nxt = text[stop:stop + 1]
        if nxt in "、和与及或以" and nxt:
            best = (cue_end, stop)
            at = stop
            continue
        if nxt == "的" or text.startswith(("中的", "内的", "内", "中"), stop):
            at = stop + 1
            continue
        if grammar.follower.match(text, stop, end) and stop < end:
            return cue_end, stop
        at = found.start() + 1


def _close(text: str, at: int, end: int) -> int:
    """Take a bracket and 等 after a name into it, but not a bare 等."""
    if text.startswith("(", at):
        shut = text.find(")", at, min(end, at + 30))
        if shut > 0:
            return shut + 1
    return at


def words(name: str) -> tuple[str, ...]:
    """Return a table of the actor lexicon as words."""
    return tuple(lexicon("actors")[name]["terms"].split())
