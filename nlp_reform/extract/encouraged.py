"""Whom an encouragement, a permission or a passive names: the actor behind its cue. Offsets index the cleaned copy."""

from __future__ import annotations

from nlp_reform.extract.bearers import ADJUNCT, REACH, Place, goes_on, grammar, predicates, whole
from nlp_reform.extract.matching import listed
from nlp_reform.prepared import compiled

_JOINED = compiled(
    r"(?:[、和与并]|以及)(?:促进|帮助|引导|鼓励|支持|扶持|保障|推动|撬动|规范)|扶持|壮大|推动"
    r"|不超过[一二三四五六七八九十\d]+(?:分之[一二三四五六七八九十]+)?")
_PLACES = compiled(
    r"(?P<who>(?:[一-龥]{2,3}、)*[一-龥]{2,3})(?:等(?:地|市|城市)?)?(?=(?:加快)?(?:建设|打造|争创|创建)[一-龥“]{3})")
"""Places named before what they are to build: 支持沈阳、大连建设…."""

_ALSO = compiled(r"特别是|尤其是")
_GENERAL = compiled(r"等[^,;:。]{0,4}?(?=(?:用人)?(?:单位|机构|主体|企业|组织|人员|部门))")
_INNER = compiled(r"(?:的|中的|内的|内|中(?=的))")


def object_after(text: str, cue_end: int, end: int) -> Place | None:
    """Return the actor that is encouraged or allowed: the noun phrase after the cue, up to its verb.

    A coordination is taken whole; a phrase in 的 goes on to its head; an object that begins with a verb
    (支持设立…) or an adjunct (支持在…) names nobody.
    """
    terms = grammar()
    end = min(end, cue_end + REACH)
    joined = _JOINED.match(text, cue_end, end)
    start = joined.end() if joined else cue_end
    if ADJUNCT.match(text, start) and not text.startswith(("其行政", "其他"), start):
        return None
    if _OPENS.match(text, start, end):
        return None
    place = _PLACES.match(text, start, end)
    if place and not terms.verb_first.opens(text, start, len(text)):
        return place.span("who")
    best: Place | None = None
    at = start
    while found := terms.head.search(text, at, end):
        stop = _close(text, found.end(), end)
        also = _ALSO.match(text, stop, end)
        if also:
            best = (start, stop)
            at = also.end()
            continue
        general = _GENERAL.match(text, stop, end)
        if general and terms.head.match(text, general.end(), end):
            at = general.end()
            continue
        if text.startswith(("以上", "以下"), stop):
            at = stop
            continue
        if _AND.match(text, stop):
            best = (start, stop)
            at = stop
            continue
        if stop == found.end() and goes_on(text, stop):
            at = stop
            continue
        inner = _INNER.match(text, stop, end)
        if inner:
            at = inner.end()
            continue
        followed = stop < end and (
            terms.follower.match(text, stop, end) or predicates().opens(text, stop, end)
            or listed("actors", "follows").opens(text, stop, end))
        if followed and not _verb_before(text, start, found.start()):
            return start, whole(text, stop, end)
        at = found.start() + 1
    return best


_AND = compiled("[、和与及或]|以及")
_OPENS = compiled(r"(?:加快|设立|培育|举办|开展|建立|提振|利用|实施|建设(?!单位|银行)|发展(?!改革|中国)|在)")


def _verb_before(text: str, start: int, head: int) -> bool:
    """Tell whether the phrase begins with a verb: 支持设立退役军人… names no actor."""
    return bool(_OPENS.match(text, start, head))


def _close(text: str, at: int, end: int) -> int:
    """Take a bracket after a name into it."""
    if text.startswith("”", at):
        at += 1
    if text.startswith("(", at):
        shut = text.find(")", at, min(end, at + 30))
        if shut > 0:
            return shut + 1
    return at
