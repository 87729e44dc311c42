"""Whom an encouragement, a permission or a passive names: the actor behind its cue. Offsets index the cleaned copy.

The actor is the noun phrase between the cue and what the actor is to do. The clause is cut into words; what the actor
does begins at a verb, an adverb or a preposition that is not part of the phrase (检验检测机构, 符合条件的企业).
"""

from __future__ import annotations

from nlp_reform.extract.bearers import REACH, Place, whole
from nlp_reform.extract.phrases import Phrase
from nlp_reform.prepared import compiled

_JOINED = compiled(
    r"(?:[、和与并]|以及)(?:促进|帮助|引导|鼓励|支持|扶持|保障|推动|撬动|规范)|扶持|壮大|推动"
    r"|不超过[一二三四五六七八九十\d]+(?:分之[一二三四五六七八九十]+)?")
_ITS = compiled("其(?![他余中]|行政)")
_SOME = compiled(r"[一二两三四五六七八九十百千万亿若数各多\d]|[家所个批名位类]$")


def object_after(text: str, cue_end: int, end: int) -> Place | None:
    """Return the actor that is encouraged or allowed: the noun phrase after the cue, up to its verb.

    A coordination is taken whole; a phrase in 的 goes on to its head; an object that begins with a verb
    (支持设立…) or an adjunct (支持在…) names nobody.
    """
    end = min(end, cue_end + REACH)
    joined = _JOINED.match(text, cue_end, end)
    start = joined.end() if joined else cue_end
    if _ITS.match(text, start, end):
        return None
    phrase = Phrase(text, start, end)
    found = _end(phrase, 0)
    return (start, whole(text, phrase.starts[found], end)) if found else None


def _end(phrase: Phrase, first: int) -> int | None:
    """Return the number of the word behind the actor whose phrase begins at the word `first`; None for no actor."""
    words = phrase.words
    if _nobody(phrase, first):
        return None
    at = first if words[first] == "“" else first + 1
    if words[first] == "有" or phrase.verb(first):
        skipped = _compound(phrase, first, first)
        if skipped is None:
            return _relative(phrase, first, verbal=True)
        at = skipped
    while at < len(words):
        if words[at] == "“" and "”" in words[at:]:
            at = words.index("”", at) + 1
            continue
        joined = phrase.joined(at)
        acts = not joined and phrase.predicate(at, first)
        skipped = _compound(phrase, at, first) if joined or acts else None
        if acts and skipped is None and not _nominal(phrase, at, first):
            return _beyond(phrase, at, first) or _split(phrase, at, first)
        at = skipped or at + 1
    return _without(phrase, first)


def _nobody(phrase: Phrase, first: int) -> bool:
    """Tell whether a phrase opens with what names nobody: 设立…, 在…, 更广泛…."""
    words, kinds = phrase.words, phrase.kinds
    return not words[first:] or words[first] in kinds.opens or words[first] in kinds.prepositions or (
        words[first] in kinds.again and words[first + 1:first + 2] != ["多"])


def _compound(phrase: Phrase, at: int, first: int) -> int | None:
    """Return the word behind a name that the verbs at `at` only qualify: 检验检测 | 机构, 返乡 | 青年."""
    words, kinds, end = phrase.words, phrase.kinds, at
    named = phrase.named(at, first)
    qualify = kinds.attributive if named or at == first else kinds.verbs
    while end < len(words) and words[end] in qualify:
        end += 1
    stops = [stop for stop in (end + 2, end + 1) if stop <= len(words) and phrase.named(stop, end)] if end > at else []
    if not stops:
        return None
    stop = stops[0]
    if stop == len(words):
        return stop if at > first and _SOME.search(words[at - 1]) else None
    body = words[stop - 1].endswith(kinds.bodies)
    goes_on = words[stop] in kinds.joins or words[stop] in "等的" or phrase.predicate(stop, first)
    return stop if (goes_on or (body and at == first)) and (body or not named) else None


def _nominal(phrase: Phrase, at: int, first: int) -> bool:
    """Tell whether a verb behind what is no actor names what is done: 职务晋升和…, 油料供应以…."""
    after = phrase.words[at + 1] if at + 1 < len(phrase.words) else ""
    return not phrase.named(at, first) and phrase.verb(at) and (
        phrase.words[at - 1] in phrase.kinds.qualities or after in phrase.kinds.joins or after == "等"
        or (after in phrase.kinds.prepositions and len(after) == 1))


def _beyond(phrase: Phrase, at: int, first: int) -> int | None:
    """Return where the actor ends if the verb at `at` belongs to a clause in 的 that says which actor."""
    if phrase.named(at, first):
        return None
    inner = any(phrase.named(n, first) for n in range(first + 1, at))
    stative = phrase.words[at].startswith(phrase.kinds.stative)
    return None if inner and not stative else _relative(phrase, at, verbal=False)


def _relative(phrase: Phrase, at: int, *, verbal: bool) -> int | None:
    """Return where the actor ends whose relative clause holds the verb at `at`; `verbal`: opens with it."""
    words = phrase.words
    of = next((n for n in range(at + 1, len(words) - 1) if words[n] == "的"), 0)
    end = _end(phrase, of + 1) if of else None
    if end is None or not phrase.named(end, of + 1):
        return None
    return end if not verbal or end < len(words) or words[at].startswith(phrase.kinds.stative) else None


def _split(phrase: Phrase, at: int, first: int) -> int | None:
    """Return where the actor ends who does what begins at `at`."""
    words, kinds = phrase.words, phrase.kinds
    end = at - 1 if words[at - 1] == "等" else at
    beside = max((n for n in range(first, end) if words[n] == "与"), default=0)
    if beside and phrase.named(beside, first) and (
            not phrase.named(end, beside + 1) or not kinds.mutual.isdisjoint(words[at:])):
        return beside
    alone = at == len(words) - 1
    bare = all(phrase.act(n) for n in range(at, len(words))) and (alone or words[at] not in kinds.adverbs)
    if alone and words[at] in kinds.made:
        return None
    if bare and words[at] in kinds.partaking:
        return end
    if phrase.named(end, first):
        return None if words[at:] == ["发展"] and words[end - 1] in kinds.sectors else end
    done = phrase.act(end - 1) and words[end - 2] not in kinds.joins
    return _cut_back(phrase, end, first) if bare or done or words[end - 1] in kinds.things else end


def _without(phrase: Phrase, first: int) -> int | None:
    """Return where the actor ends in a phrase that says nothing of what is done."""
    size = len(phrase.words)
    if phrase.named(size, first):
        return size if phrase.runs_on or phrase.words[-1] not in phrase.kinds.sectors else None
    return _cut_back(phrase, size, first) if phrase.act(size - 1) else None


def _cut_back(phrase: Phrase, end: int, first: int) -> int | None:
    """Return where the last actor in a phrase ends: 企业 | 职务晋升. In a zone others do it: 保税区 | 制度创新."""
    words, kinds = phrase.words, phrase.kinds
    at = next((n for n in range(end - 1, first, -1) if phrase.named(n, first)), None)
    if at is None:
        return None
    zone = words[at - 1].endswith("区") and not words[at - 1].endswith("地区")
    of = "的" in words[at:end] and words[at:] != ["的", "发展"]
    return None if of or zone or words[at - 1] in kinds.sectors or words[at] in kinds.joins else at
