"""What a number measures: the noun phrase and the verb around it (scheme.md section 5, indicator, direction, change)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from nlp_reform.extract.matching import trie
from nlp_reform.extract.quantities.amounts import Amount
from nlp_reform.extract.quantities.roles import clause_start
from nlp_reform.model import Change, Direction
from nlp_reform.resources import lexicon

_HAN = re.compile(r"[\u4e00-\u9fff]")
_TO = "到至为成"


class Phrase(NamedTuple):
    """The indicator `[start, end)` in the cleaned text (None: unsaid), direction and change."""

    start: int | None
    end: int | None
    direction: Direction | None
    change: Change


class _Patterns(NamedTuple):
    verb: re.Pattern[str]
    adverb: re.Pattern[str]
    lead: re.Pattern[str]
    shrink: re.Pattern[str]
    stops: re.Pattern[str]
    events: re.Pattern[str]
    parts: re.Pattern[str]
    times: re.Pattern[str]


@lru_cache(maxsize=1)
def _directions() -> dict[str, Direction | None]:
    """Return every verb with its direction; None for level and creation."""
    verbs = lexicon("indicators")["verbs"]
    known: dict[str, Direction | None] = dict.fromkeys([*verbs["make"], *verbs["level"]])
    for direction in ("hold", "decrease", "increase"):
        known.update(dict.fromkeys(verbs[direction], direction))
    return known


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    words = lexicon("indicators")
    verbs = trie(_directions())
    adverbs = trie(words["adverbs"]["terms"])
    period = r"(?:(?:19|20)\d\d年(?:年?[底末初]前?)?(?:期间)?|[“\"]?[十九八七六]?[一二三四五六七八九]五[”\"]?(?:期间|时期|末)|[近过未今]?[去来后]?[一二三四五六七八九十两]年[来内间]?)"
    lead = trie(words["lead"]["terms"])
    return _Patterns(
        re.compile(rf"(?P<verb>{verbs})(?P<to>[到至为成达了]+)?(?:{adverbs}|[ 了])*\Z"),
        re.compile(rf"(?:{adverbs}| )+\Z"),
        re.compile(rf"(?:[一二三四五六七八九十][是要]|{period}|{lead}|[ 、的“”\"])+"),
        re.compile(trie([*words["verbs"]["decrease"], "新增加"])),
        re.compile(trie(words["tail"]["stops"])),
        re.compile(rf"(?:{trie(words['tail']['terms'])})\Z"),
        re.compile("、"),
        re.compile(period))


def read(text: str, amount: Amount, previous: Amount | None, following: Amount | None, sentence: tuple[int, int],
         inherited: tuple[int, int] | None) -> Phrase:
    """Return what one amount measures.

    `previous` and `following` are the neighbours in its sentence, `inherited` the indicator of the number before
    it, for 增长11%，达到282亿元.
    """
    start = clause_start(text, max(sentence[0], previous.right if previous else 0), amount.left)
    start = _after_list(text, start, amount.left)
    lead_end = amount.left
    verb = _patterns().verb.search(text, start, lead_end)
    noun_behind = _behind(text, amount, following, sentence[1])
    own: Amount = amount
    if verb is None:
        return _no_verb(text, start, own, noun_behind, inherited)
    return _with_verb(text, start, verb, own, noun_behind, inherited)


def _after_list(text: str, start: int, end: int) -> int:
    """A 、 begins a clause when what stands before it is a clause of its own."""
    for match in reversed(list(_patterns().parts.finditer(text, start, end))):
        piece = text[start : match.start()]
        if match.start() == start or any(piece.endswith(v) for v in ("增加", "减少", "提高", "下降")) or re.match(
            "(?:推进|推动|加快|完成|开展|实施|建设|深化)", piece.lstrip()
        ):
            return match.end()
    return start


def _with_verb(text: str, start: int, verb: re.Match[str], amount: Amount, behind: tuple[int, int] | None,
               inherited: tuple[int, int] | None) -> Phrase:
    name = verb["verb"]
    direction = _directions()[name]
    raised = direction in ("increase", "decrease")
    to = bool(verb["to"]) and verb["to"].strip("了") != ""
    front = _front(text, start, verb.start())
    change: Change = ("to" if to else "by") if raised else "level"
    if amount.unit == "倍" and text[amount.start] == "翻":
        direction, change = "increase", "to"
    if not raised and behind is not None and name in lexicon("indicators")["verbs"]["make"]:
        return Phrase(*behind, direction, change)
    if front is not None:
        return Phrase(*front, direction, change)
    if behind is not None:
        return Phrase(*behind, direction, change)
    if inherited is not None:
        return Phrase(*inherited, direction, change)
    return Phrase(None, None, direction, change)


def _no_verb(text: str, start: int, amount: Amount, behind: tuple[int, int] | None,
             inherited: tuple[int, int] | None) -> Phrase:
    """城镇调查失业率5.5%以内, 压减钢铁产能3000万吨, 占世界三分之二, 四分之三以上理事."""
    end = _trim_end(text, start, amount.left)
    share = text.find("占", start, end)
    begin = _lead_end(text, start, end)
    front = (begin, end) if begin < end and _HAN.search(text, begin, end) else None
    if text[amount.start] == "翻":
        return Phrase(*(front or inherited or (None, None)), "increase", "to")  # type: ignore[misc]
    if share >= 0 and share <= begin:
        return Phrase(*(inherited or front or (None, None)), None, "level")  # type: ignore[misc]
    shrink = _shrunk(text, start, end)
    if shrink is not None and behind is None:
        return Phrase(*shrink, "decrease", "by")
    if behind is not None and (front is None or amount.right > amount.end or True):
        return Phrase(*behind, None, "level")
    if front is not None:
        return Phrase(*front, None, "level")
    return Phrase(*(inherited or (None, None)), None, "level")  # type: ignore[misc]


def _shrunk(text: str, start: int, end: int) -> tuple[int, int] | None:
    """压减钢铁产能, 为企业和个人减税: the verb stands before what is made less."""
    match = None
    for match in _patterns().shrink.finditer(text, start, end):
        pass
    if match is None:
        return None
    if match.end() == end:
        return match.span()
    return match.end(), end


def _front(text: str, start: int, end: int) -> tuple[int, int] | None:
    end = _trim_end(text, start, end)
    begin = _lead_end(text, start, end)
    return (begin, end) if begin < end and _HAN.search(text, begin, end) else None


def _trim_end(text: str, start: int, end: int) -> int:
    match = _patterns().adverb.search(text, start, end)
    if match and "人均" not in match.group() and match.start() > start:
        end = match.start()
    while end > start and text[end - 1] in " ,、:;“\"":
        end -= 1
    return end


def _lead_end(text: str, start: int, end: int) -> int:
    match = _patterns().lead.match(text, start, end)
    begin = match.end() if match else start
    if begin >= end:
        return begin if match is None else end
    return begin


def _behind(text: str, amount: Amount, following: Amount | None, sentence_end: int) -> tuple[int, int] | None:
    """Return the noun phrase behind a number: 14个国家自主创新示范区, 50所高水平高等职业学校."""
    at = amount.right
    stop = following.left if following is not None else sentence_end
    if following is not None and following.left == at:
        at, stop = following.right, sentence_end
    match = re.compile(r"的?([^,。;:、!?()\n]+)").match(text, at, min(stop, at + 60))
    if not match or not _HAN.match(match[1].lstrip(" “「")):
        return None
    begin, end = match.span(1)
    cut = _patterns().stops.search(text, begin + 1, end)
    last_of = text.rfind("的", begin, end)
    if cut and cut.start() > last_of:
        end = cut.start()
    event = _patterns().events.search(text, begin, end)
    if event:
        end = event.start()
    last_of = text.rfind("的", begin, end)
    if last_of > 0 and last_of - begin > 8 and end - last_of > 2:
        begin = last_of + 1
    while end > begin and text[end - 1] in "和与及的 ":
        end -= 1
    for suffix in lexicon("indicators")["tail"]["suffixes"]:
        if text.endswith(suffix, begin, end) and end - begin > len(suffix) + 2:
            end -= len(suffix)
    if _patterns().stops.match(text, begin, end):
        return None
    return (begin, end) if end > begin else None
