"""What a number measures: the noun phrase and the verb around it (scheme.md section 5, indicator, direction, change).

The clause left of a number is read from both ends: verbs and adverbs are taken off its end (…率首次达到), times,
modals and governing verbs off its beginning (今年拟安排…); what remains is the indicator. When nothing remains, or a
verb of making stands there, the noun behind the number is it (建设50所学校); else the one before (…，比上年增加).
"""

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
_LIST = re.compile(r"(?:、|和|及|与|以及|,)\Z")
_REACH = 90
"""How many characters left of a number its indicator is sought."""
Extent = tuple[int, int]


class Phrase(NamedTuple):
    """The indicator `[start, end)` in the cleaned text (None: unsaid), direction and change."""

    extent: Extent | None
    direction: Direction | None
    change: Change
    series: tuple[Extent, ...] = ()


class _Ending(NamedTuple):
    """What was taken off the end of a clause: where it began, the verb that decides, and whether 到/至 followed it."""

    start: int
    verb: str | None
    to: bool
    each: bool


class _Patterns(NamedTuple):
    tail: re.Pattern[str]
    lead: re.Pattern[str]
    governing: re.Pattern[str]
    strong: re.Pattern[str]
    relative: re.Pattern[str]
    stops: re.Pattern[str]
    events: re.Pattern[str]
    suffix: re.Pattern[str]
    less: re.Pattern[str]


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    """Return every verb with its kind; raising and lowering win over making, making over level."""
    verbs = lexicon("indicators")["verbs"]
    known: dict[str, str] = {}
    for kind in ("level", "make", "neutral", "hold", "decrease", "increase"):
        known.update(dict.fromkeys(verbs[kind], kind))
    return known


def _guarded(terms: list[str], guards: dict[str, list[str]]) -> str:
    """Write terms as a pattern; a guarded one may not be followed by what makes it part of a noun."""
    plain = [t for t in terms if not guards.get(t)]
    special = [f"{t}(?!{'|'.join(guards[t])})" for t in sorted(terms, key=len, reverse=True) if guards.get(t)]
    return "|".join([*special, trie(plain)])


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    words = lexicon("indicators")
    verbs = words["verbs"]
    every = trie(_kinds())
    adverbs = trie(words["adverbs"]["terms"])
    year = r"(?:(?:19|20)\d\d|[一二][〇零一二三四五六七八九]{3})"
    period = (rf"(?:{year} ?年(?:年?[底末初中]前?|\d+月[底末]?前?)?(?:期间)?|[“\"]?(?:十[一二三四五六七八九]?|[六七八九])五[”\"]?(?:期间|时期|末|规划期)"
              r"|(?:过去|未来|今后|近|这)?[一二三四五六七八九十两\d]+年(?:来|内|间|)|[上下]半年|\d+月(?:底|末)前?)")
    base = rf"(?:[比较](?:{year}年?[底末]?|上年度?|去年|前年|“[^”]{{1,6}}”)(?:同期|增加)?)"
    lead = _guarded(words["lead"]["terms"], words["lead"]["guarded"])
    made = trie(v for kind in ("make", "decrease", "increase") for v in verbs[kind] if len(v) > 1 and v != "新增")
    nominal = trie(words["nominal"]["terms"])
    tail = words["tail"]
    changes = [v for kind in ("increase", "decrease", "neutral", "hold") for v in verbs[kind] if len(v) > 1 and v != "新增"]
    short = trie(words["object"]["terms"])
    strong = trie(words["object"]["strong"])
    return _Patterns(
        re.compile(rf"(?P<verb>{every})?(?P<to>[到至成]|为|在)?(?:了|到)? ?\Z|(?P<adv>{adverbs}) ?\Z"),
        re.compile(rf"(?:[一二三四五六七八九十][是要]|第[一二三四五六七八九十\d]+届|{period}|{base}|{lead}|[ 、])"),
        re.compile(rf"(?:{made})(?:了|和)?(?!{short})"),
        re.compile(rf"(?<=[\u4e00-\u9fff])(?:{strong})(?:了)?(?!{short}|就业|\Z)"),
        re.compile(r"已|将|会|需|被|所|正|於|用于|纳入|列入|符合|具有|具备|达到|包括|涉及|申请|公布"),
        re.compile(rf"(?:{'|'.join(tail['prepositions'])}|{trie(tail['stops'])}|(?:{trie([*tail['soft'], *changes])})(?!{nominal}))"),
        re.compile(trie(tail["events"])),
        re.compile(rf"(?<=[\u4e00-\u9fff]{{2}})(?:{'|'.join(sorted(map(re.escape, tail['suffixes']), key=len, reverse=True))})\Z"),
        re.compile(rf"(?:{trie([v for v in verbs['decrease'] if len(v) > 1])})(?=[\u4e00-\u9fff“])|减(?=[税费免])"))


def read(text: str, amount: Amount, previous: Amount | None, following: Amount | None, sentence: Extent,
         before: Phrase | None) -> Phrase:
    """Return what one amount measures.

    `previous` and `following` are the neighbours in its sentence, `before` the phrase of the number before it, for
    增长11%，达到282亿元 and 分别增长3%和5%.
    """
    if previous is not None and before is not None:
        listed = _listed(text, amount, previous, before)
        if listed is not None:
            return listed
    start = clause_start(text, max(sentence[0], previous.right if previous else 0, amount.left - _REACH), amount.left)
    bracket = text.rfind("(", start, amount.left)
    start = bracket + 1 if bracket >= 0 and ")" not in text[bracket : amount.left] else start
    start = _after_list(text, start, amount.left, previous is not None and start == previous.right)
    reaching = amount.start - amount.head > 2 and text[amount.start - 1] != "的"
    ending = _ending(text, start, amount.start if reaching else amount.left)
    front = _front(text, start, ending.start, previous is not None and start == previous.right)
    behind = _behind(text, amount, following, sentence[1], before)
    inherited = before.extent if before else _earlier(text, sentence[0], start)
    if text[amount.start] == "翻":
        return Phrase(front or inherited, "increase", "to")
    kind = _kinds().get(ending.verb or "")
    if kind == "make" and behind is None and front is not None and (
            _patterns().strong.search(text, start, front[1]) or _patterns().governing.match(text, start, front[1])):
        front = front[0], ending.start + len(ending.verb or "")
        return Phrase(front, None, "level")
    share = _share(text, start, amount.left)
    direction, change = _change(kind, ending)
    if share:
        return Phrase(inherited, direction, change)
    if kind == "make" and behind is not None:
        return Phrase(behind, direction, change)
    if kind is None:
        return _without_verb(text, start, amount, front, behind, inherited, before, previous)
    extent = front or behind or inherited
    if kind == "make" and front is None and behind is None:
        extent = _verb_itself(text, start, ending) or inherited
    series = _series(text, front, ending, amount, following)
    return Phrase(series[0] if series else extent, direction, change, series[1:])


def _change(kind: str | None, ending: _Ending) -> tuple[Direction | None, Change]:
    if kind == "increase":
        return "increase", "to" if ending.to else "by"
    if kind == "decrease":
        return "decrease", "to" if ending.to else "by"
    if kind == "hold":
        return "hold", "level"
    if kind == "neutral" and ending.to:
        return None, "to"
    return None, "level"


def _listed(text: str, amount: Amount, previous: Amount, before: Phrase) -> Phrase | None:
    """A number right behind another one (3分、5分和1毛钱) measures the next of the named things, in the same way."""
    if not _linked(text, previous, amount) or amount.left != amount.start:
        return None
    if before.series:
        return before._replace(extent=before.series[0], series=before.series[1:])
    return before


def _linked(text: str, a: Amount, b: Amount) -> bool:
    """Tell whether two numbers of one kind stand in a list with nothing between."""
    return text[a.right : b.left].strip() in ("、", "和", "及", "与", "以及")


def _series(text: str, front: Extent | None, ending: _Ending, amount: Amount, following: Amount | None) -> tuple[Extent, ...]:
    """Return the things named before 分别, one for each number: A和B分别达3和5."""
    if front is None or not ending.each or following is None or not _linked(text, amount, following):
        return ()
    parts = [m.span() for m in re.finditer(r"[^、和及与]+", text[front[0] : front[1]])]
    if len(parts) < 2 or parts[0][1] - parts[0][0] <= 2:
        return ()
    return tuple((front[0] + a, front[0] + b) for a, b in parts)


def _earlier(text: str, sentence: int, start: int) -> Extent | None:
    """Return the object of a clause before that has no number: 下调…缴费比例，各地可降至16%."""
    end = start - 1
    if end <= sentence or text[end] != ",":
        return None
    begin = clause_start(text, sentence, end)
    lead = _patterns().lead.match(text, begin, end)
    if not _patterns().governing.match(text, lead.end() if lead else begin, end):
        return None
    return _front(text, begin, end, False)


def _after_list(text: str, start: int, end: int, counted: bool) -> int:
    """A 、 begins a clause when what stands before it is a clause of its own, or the noun of the number before."""
    if counted and "、" in text[start:end]:
        return text.index("、", start, end) + 1
    at = text.rfind("、", start, end)
    while at >= start:
        piece = text[start:at].lstrip()
        if at == start or piece.endswith(("增加", "减少", "提高", "下降", "增长", "第一")) or re.match(
            "(?:推进|推动|加快|完成|开展|实施|深化|统筹|健全)", piece
        ):
            return at + 1
        at = text.rfind("、", start, at)
    return start


def _ending(text: str, start: int, end: int) -> _Ending:
    """Take verbs and adverbs off the end of a clause; the verb nearest to the number decides, but 实现增长 raises."""
    verb: str | None = None
    to = each = False
    tail = _patterns().tail
    kinds = _kinds()
    while end > start:
        match = tail.search(text, max(start, end - 8), end)
        if match is None or match.start() == match.end():
            break
        found = match["verb"]
        if match["adv"]:
            each = each or match["adv"] == "分别"
        elif found is None and match["to"] is None:
            pass
        elif found is None and match["to"] == "在" or verb is not None and found in ("获",):
            pass
        elif found is None:
            if verb is not None:
                break
            to, verb = True, "达到"
        elif verb is None:
            verb, to = found, match["to"] is not None and match["to"] != "在"
        elif kinds[verb] in ("level", "neutral") and kinds[found] in ("increase", "decrease", "hold", "neutral", "level"):
            raised = kinds[found] in ("increase", "decrease", "neutral")
            to = to or (raised and verb != "实现" and verb != "完成")
            verb = found if raised or kinds[found] == "hold" else verb
        elif kinds[found] in ("level", "neutral") or found in ("实现", "完成"):
            pass
        else:
            break
        end = match.start()
    return _Ending(end, verb, to, each)


def _verb_itself(text: str, start: int, ending: _Ending) -> Extent | None:
    """减税8000亿元, 培训10万人: the act is what is counted."""
    if ending.verb is None or len(ending.verb) < 2 or ending.verb in lexicon("indicators")["verbs"]["level"]:
        return None
    at = text.find(ending.verb, start)
    return (at, at + len(ending.verb)) if at >= 0 else None


def _share(text: str, start: int, end: int) -> bool:
    """A clause that opens with 占 tells a share of what was named before."""
    return text[start:end].lstrip(" 、,约").startswith("占")


def _without_verb(text: str, start: int, amount: Amount, front: Extent | None, behind: Extent | None,
                  inherited: Extent | None, before: Phrase | None, previous: Amount | None) -> Phrase:
    """城镇调查失业率5.5%以内, 压减钢铁产能3000万吨, 四分之三以上理事, 压减时间58%、材料52%."""
    less = _lowered(text, start, amount.left)
    if less is not None and behind is None:
        return Phrase(less, "decrease", "by")
    if (front is not None and behind is None and before is not None and previous is not None and before.change == "by"
            and previous.unit == amount.unit == "%" and text[previous.right : front[0]] in ("、", "和")
            and before.extent and not _kinds().get(text[before.extent[1] : previous.left])):
        return Phrase(front, before.direction, "by")
    if amount.unit == "%" and front is not None and text[amount.left - 1] in "在对":
        return Phrase(front, None, "level")
    return Phrase(behind or front or inherited, None, "level")


def _lowered(text: str, start: int, end: int) -> Extent | None:
    """A verb of lowering stands before its object: 压减钢铁产能, 为企业减税."""
    match = None
    for match in _patterns().less.finditer(text, start, end):
        pass
    if match is None:
        return None
    if match.group() == "减":
        return match.start(), end
    if re.match(trie(lexicon("indicators")["nominal"]["terms"]), text[match.end() : end]) and match.start() > start + 2:
        return None
    return match.end(), end


_FROM = re.compile(r"(?:亦|将|会|则会|则|已)?(?:从|由)[^,。;]{0,7}\Z|(?:争取|力争)?在[^,。;]{2,10}基础上\Z|(?:比(?![例重])|较)[^,。;比较]{1,8}\Z")
_EACH = re.compile(r"(?:平均)?每\d*(?:[斤吨亩户人台套]|公斤|千瓦时|立方米)\Z")
_TAKING = re.compile(r"(?<=[\u4e00-\u9fff])[将把](?![来军要会])")


def _front(text: str, start: int, end: int, modified: bool) -> Extent | None:
    """Take times, modals, governing verbs and relative clauses off the beginning; None when no noun is left.

    `modified` tells that a number stands right before: what precedes 的 then belongs to that one.
    """
    for pattern in (_FROM, _EACH):
        cut = pattern.search(text, start, end)
        end = cut.start() if cut else end
    while end > start and text[end - 1] in " ,、:;":
        end -= 1
    at = _opening(text, start, end)
    last = text.rfind("的", at, end)
    if ")" in text[last:end]:
        last = -1
    if last > at and end - last > 2 and (modified or _patterns().relative.search(text, at, last)):
        at = last + 1
    if text[at : at + 1] in "”」)、(" or (text[at : at + 1] == "“" and "”" not in text[at:end]):
        at += 1
    return (at, end) if at < end and _HAN.search(text, at, end) else None


def _opening(text: str, at: int, end: int) -> int:
    """Return where the noun phrase begins, behind the last governing verb and all that opens the clause."""
    patterns = _patterns()
    strong = None
    for strong in patterns.strong.finditer(text, at, end):
        pass
    if strong is not None and end - strong.end() >= 2:
        if not strong.group().startswith("新增"):
            at = strong.end()
        elif text[strong.start() - 1] in "区市县省":
            at = strong.start()
    for taking in _TAKING.finditer(text, at, end):
        at = taking.end() if end - taking.end() >= 2 else at
    while at < end:
        match = patterns.lead.match(text, at, end)
        if match is None and not text.startswith(("新建", "新增", "新设", "新改"), at):
            match = patterns.governing.match(text, at, end)
            if match and end - match.end() < 2:
                match = None
        if match is None or match.end() == at:
            break
        at = match.end()
    return at


def _behind(text: str, amount: Amount, following: Amount | None, sentence_end: int, before: Phrase | None) -> Extent | None:
    """Return the noun phrase behind a number: 14个国家自主创新示范区, 50所高水平高等职业学校."""
    at = amount.right
    stop = following.left if following is not None else sentence_end
    if following is not None and following.left - at <= 1 and text[at : following.left] in ("", "的"):
        at, stop = following.right, sentence_end
    match = re.compile(r" ?的?([^,。;:!?()\n]{1,60})").match(text, at, stop)
    if not match:
        return None
    begin, end = match.span(1)
    own = text.find("的", begin, end) if amount.noun else -1
    begin, end = (begin, own) if own > begin else _modified(text, begin, end)
    if not _HAN.match(text[begin : begin + 2].lstrip(" “「『")):
        return None
    if _patterns().stops.match(text, begin, end) and not text.startswith("工作", begin):
        return None
    end = _noun_end(text, begin, end)
    shared = re.compile(r"级、[\d一二三四五六七八九十]").match(text, end - 1) if text.startswith("级", end - 1) else None
    if shared:
        head = re.compile(r"[^,。;]{0,40}级([\u4e00-\u9fff]{2,12})").match(text, end, sentence_end)
        if head:
            return head.start(1), _noun_end(text, *head.span(1))
    if text[begin:end] in _kinds():
        return None
    if before and before.extent and begin < before.extent[0] and before.extent[1] <= end:
        return before.extent
    return (begin, end) if end > begin else None


def _modified(text: str, begin: int, end: int) -> Extent:
    """Step over a relative clause to the noun it qualifies; without one, 、 ends the phrase."""
    comma = text.find("、", begin, end)
    event = _patterns().events.search(text, begin, end)
    if event:
        end = event.start()
    last = text.rfind("的", begin, end)
    if last < 0 or (0 <= comma < last and last - begin > 30):
        return begin, comma if begin <= comma < end else end
    if 0 <= comma < last and not re.match(r"[^的]{0,20}、[^的]{1,14}的[\u4e00-\u9fff]", text[begin:end]):
        return begin, comma
    tail = _patterns().stops.search(text, begin + 2, last)
    if tail and not text.startswith(("具有", "符合"), begin) and last - tail.start() > 8:
        return begin, end
    if last - begin >= 4 and end - last > 2:
        begin = last + 1
    comma = text.find("、", begin, end)
    return begin, comma if comma > begin else end


def _noun_end(text: str, begin: int, end: int) -> int:
    """Cut a noun phrase where a verb or preposition begins."""
    cut = _patterns().stops.search(text, begin + 1, end)
    if cut:
        end = cut.start()
    while end > begin and text[end - 1] in "和与及或的 、":
        end -= 1
    suffix = _patterns().suffix.search(text, begin, end)
    return suffix.start() if suffix and suffix.start() - begin >= 4 else end
