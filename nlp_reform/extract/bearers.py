"""Who must act, may act or is encouraged to act, as printed. Offsets index the cleaned copy."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from nlp_reform.extract.actors import units
from nlp_reform.extract.matching import Words, listed, pattern, trie, words
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

REACH = 80
"""No bearer is sought further than this from its cue."""

Place = tuple[int, int]


class _Grammar(NamedTuple):
    tail: re.Pattern[str]
    lead: re.Pattern[str]
    subject: re.Pattern[str]
    predicate: re.Pattern[str]
    actor_end: re.Pattern[str]
    prefix: re.Pattern[str]
    follower: re.Pattern[str]
    head: re.Pattern[str]
    verb_first: Words
    attribute: re.Pattern[str]


_LEAD = (
    r"(?: +|第[一二三四五六七八九十百零\d]{1,6}条(?:之[一二三四五六七八九十])?|\d{1,2}[.、](?!\d)"
    r"|\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+[是要]|同时|此外"
    r"|包括|(?:未来|今后|往后)[一二三两四五六七八九十几数\d]+年|今年|明年|全年|年内|近期|目前|当前|其中|对此|另外|但是?|并且?|因此|所以|必要时|为此|稍后|其后|随后|届时|而(?!且)"
    r"|“[^”]{1,8}”(?:期间|时期)|(?:我|我们|政府)?(?:亦?会|已|也|亦)?(?:邀请|认为|认同|建议|鼓励|要求)(?=[^,;。]{2})"
    r"|请(?=[^,;。]{2})|这?就?要求(?=我)"
    r"|凡是?|(?:到|在|从|自)?\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末|起|开始)?(?:以?前|之前|后|起|期间)?,?"
    r"|(?!为)[一-龥]{0,8}(?:期间|时期|之后|以后),?)++")


@lru_cache(maxsize=1)
def grammar() -> _Grammar:
    """Return the patterns by which actors are told, made once."""
    heads, adverb = pattern("actors", "heads"), pattern("verbs", "adverb")
    end = rf"(?:{heads}|{pattern('actors', 'pronouns')})(?:\([^()]{{1,20}}\))?(?:等)?"
    modal = (
        r"[,;:。]|是(?!否|非)|有(?:决心|责任|信心|义务|权)|要|应|须|必|需|可|不|会(?![员议计长费])|将"
        r"|一定|既|都|也|又|均|正|亦|[一-龥]{2,3}[前后](?=[一-龥]{2})|负责|每|原则|有权|收到|在|于")
    nominal = set(words("verbs", "nominal"))
    manner = {word for word in words("verbs", "adverb") if len(word) > 1}
    return _Grammar(
        tail=compiled(
            rf"(?:{adverb}|全部|都|也|均|还|则|既|更|又|近期|今年|目前|当前|主要|一般|必须|亦|就|共同|今后|全年|在此|正"
            r"|(?<![年度动目本该此])计划"
            r"|在[^,;。]{1,14}(?:过程中|期间|基础上|前提下|范围内|有效期内)|根据[^,;。]{1,14})+$"),
        lead=compiled(_LEAD),
        subject=compiled(rf"{heads}|{pattern('actors', 'pronouns')}"),
        predicate=compiled(modal),
        actor_end=compiled(rf"{end}$"),
        prefix=compiled(r"(?:国家|各(?:地区?|部门|单位|省|市|县|区)(?=[^,;:。的]{2,16}(?:水平|标准|比例|规模|数量|经费)$)|[^,;:。的]{0,8}(?:全国学会|学会|协会)(?=会员|理事|个人|的|规模|总))"),
        follower=compiled(
            r"(?:等|[,;:。)]|$|率先|牵头|先行|大胆|更多|参|适|在|之间|每|原则|研究|试点|逐|开|投|走|来|去|进|加|成|自|健"
            r"|发|集资|投劳|转|争|做|申|设|结|共|组|出|突|上市|兼并|跨|所|担|取|购|给|有|融|根|推|执|承|可|敢|回|提|入|依|积|技术改造|升级|就地|经济社会)"),
        head=compiled(rf"(?:{heads})"),
        verb_first=Words((manner | set(words("verbs", "action"))) - nominal),
        attribute=compiled(f"(?:{trie(word for word in nominal if len(word) > 1)}|贷款|课时|规模)[一-龥]{{0,4}}"),
    )


def subject_before(text: str, start: int, cue: int) -> Place | None:
    """Return the actor that ends right before a cue in the clause `[start, cue)`, without adverbs and time words."""
    terms = grammar()
    start = max(start, cue - REACH)
    quote = text.rfind("“", start, cue)
    if quote >= 0 and "”" not in text[quote:cue]:
        start = quote + 1
    lead = terms.lead.match(text, start, cue)
    first = lead.end() if lead else start
    says = _SAYS.match(text, first, cue)
    first = says.end() if says else first
    tail = terms.tail.search(text, first, cue)
    last = tail.start() if tail else cue
    acting_as = text.find("作为", first + 2, last)
    last = acting_as if acting_as > 0 else last
    if last <= first:
        return None
    piece = text[first:last]
    if terms.actor_end.search(piece):
        return _trim(text, first, last)
    found = terms.prefix.match(piece)
    return (first, first + found.end()) if found else None


_SAYS = compiled("(?:并|且)?(?:明确(?:规定|要求)?|规定|强调)(?=[^,;。]{2})")
"""What another text says of who is bound: 明确规定 | 管理员应当…."""


def _subject(text: str, start: int, end: int) -> Place | None:
    """Return the head of the first phrase between the places that a predicate follows."""
    search = grammar().subject.search
    found = search(text, start, end)
    compounds = listed("actors", "compounds")
    while found:
        at = found.start()
        stops = () if compounds.opens(text, at, end) else _head_ends(text, at)
        for stop in stops:
            will = not text.startswith("会", stop) or stop + 1 not in stops  # 理事会 is no 理事 that will
            named = will and not text.endswith(_no_actor(), start, stop)
            if named and _predicated(text, stop) and not goes_on(text, stop):
                return at, whole(text, stop, end)
        found = search(text, at + 1, end)
    return None


def goes_on(text: str, stop: int) -> bool:
    """Tell whether another name of an actor begins where one ends: 党员 | 干部, 农民 | 合作社."""
    for word in listed("actors", "heads").at(text, stop):
        if len(word) > 1 and text.startswith(word, stop):
            return not (predicates().opens(word, 0, len(word)) and word in _both())
    return False


@lru_cache(maxsize=1)
def _both() -> frozenset[str]:
    """Return the words that name an actor and also say what one does: 组织, 代表."""
    return frozenset(words("verbs", "action")) | frozenset(words("verbs", "nominal"))


@lru_cache(maxsize=1)
def _no_actor() -> tuple[str, ...]:
    return tuple(lexicon("actors")["no_actor"]["endings"])


@lru_cache(maxsize=1)
def _office() -> re.Pattern[str]:
    """Return the pattern of what makes a place or a firm the body named after it: 城市 | 管理部门."""
    return compiled(lexicon("actors")["office"]["regex"])


def whole(text: str, stop: int, end: int) -> int:
    """Return where the name of a body ends that begins with a name of its own."""
    longer = _office().match(text, stop, end)
    return longer.end() if longer else stop


_OURS = compiled("[将要应须拟的已,现自]|决定|全体")
"""Behind 我会 our association has something to do; else 我 will do it."""

_AFTER_HEAD = compiled(r"(\([^()]{1,20}\))?(等)?")


def _head_ends(text: str, start: int) -> list[int]:
    """Return where the words for an actor at `start` may end, with a bracket and 等 behind them or without."""
    found: list[int] = []
    for actors in _actors():
        for word in actors.at(text, start):
            end = start + len(word)
            if not text.startswith(word, start) or (word == "我会" and not _OURS.match(text, end)):
                continue
            if text.startswith(("(", "等"), end):
                bracket, more = _AFTER_HEAD.match(text, end).groups(default="")  # type: ignore[union-attr]
                if more:
                    found.append(end + len(bracket) + 1)
                found.append(end + len(bracket))
                if not bracket:
                    continue
            found.append(end)
    return found


@lru_cache(maxsize=1)
def _actors() -> tuple[Words, ...]:
    return listed("actors", "heads"), listed("actors", "pronouns")


def _predicated(text: str, at: int) -> bool:
    if text.startswith(_BOUNDS, at):
        return False
    return predicates().opens(text, at, len(text)) or grammar().predicate.match(text, at) is not None


_BOUNDS = ("以上", "以下", "以内", "以外", "以及")


@lru_cache(maxsize=1)
def predicates() -> Words:
    """Return the words that open what is said of an actor: adverbs, prepositions (none that may join two) and verbs."""
    prepositions = set(words("verbs", "preposition")) - {"和", "与", "同", "及"}
    return Words((*words("verbs", "adverb"), *prepositions, *words("verbs", "action"), *words("actors", "said")))


def attribute(text: str, end: int, cue: int) -> bool:
    """Tell whether an actor that ends at `end` only belongs to what stands before the cue: 医院考核应…."""
    return cue - end < _NARROW and grammar().attribute.fullmatch(text, end, cue) is not None


_NARROW = 8
_MARKS = compiled("[,;:。]")


def topic(text: str, start: int, end: int) -> Place | None:
    """Return the actor a clause opens with: 各级政府…, 教育部门会…, 财政、教育等部门要…."""
    head = _subject(text, start, end)
    if head is None or head[1] >= end or head[0] - start > REACH:
        return None
    lead = grammar().lead.match(text, start, min(end, start + 40))
    first = lead.end() if lead else start
    while head and head[0] < first:
        head = _subject(text, head[1], end)
    if head is None or head[1] >= min(end, first + REACH) or head[0] - first > _DEEP:
        return None
    if acts_not(text, head[1]) or _MARKS.search(text, first, head[0]) or text[end - 1] in "中里":
        return None
    return _trim(text, first, head[1])


_BY = compiled(r"由(?<=[一-龥]由)(?<![自理缘]由)(?![此来于衷表浅点])")


def agent(text: str, start: int, end: int) -> Place | None:
    """Return the actor behind 由 in the middle of a clause: 重大隐患由县级政府督办."""
    by = _BY.search(text, start, min(end, start + REACH))
    if by and text.endswith(tuple(lexicon("actors")["made_of"]["terms"]), start, by.start()):
        return None
    for at in range(by.end(), min(end, by.end() + _DEEP)) if by else ():
        for stop in _head_ends(text, at):
            acts = _predicated(text, stop) or listed("actors", "follows").opens(text, stop, end)
            if stop < end and acts and text[stop] not in "、,;:。":
                return _trim(text, by.end(), whole(text, stop, end))  # type: ignore[union-attr]
    return None


_DEEP = 40
"""The head of a subject stands at most so many characters into its phrase."""

ADJUNCT = compiled(
    r"(?:在(?!职|校|岗|编|任|建|册)|按照?|根据|通过|以(?!资源|农)|为(?!民)|对(?!口|外)|围绕|经(?!济|营)|自(?=\d|本|今|20)|从(?!业|事|中央)|到|随着|把|将(?!军)|向|与|和(?!平)"
    r"|及|使(?!用)|让|是|也|其(?![他它余])|因|除|包括|而|后者|给|能够|年内|重点|于|指|看|预期|会(?=[在于把将向为与])|不论|无论|不管|还是|亦不)")


def _trim(text: str, start: int, end: int) -> Place | None:
    """Drop a passive 由 before the actor, and who tells it; an adjunct or a phrase opening with its verb is none."""
    for told in _told().finditer(text, start, end):
        start = told.end()
    if text.startswith("由", start):
        start += 1
    elif ADJUNCT.match(text, start):
        return None
    relative = text.rfind("的", start, end)
    if _CROSSED.search(text, max(start, relative) + 1, end - 1) or _NO_ACTOR.search(text, start, end):
        return None
    if _makes().match(text, start, end) or _does().match(text, start, end):
        return None
    if end <= start:
        return None
    verbal = grammar().verb_first.opens(text, start + text.startswith(_AGAIN, start), end)
    named = not verbal or _WHICH.search(text, start, end) or _doers().fullmatch(text, start, end)
    return (start, end) if named else None


_AGAIN = ("再", "还", "先", "又", "另")


@lru_cache(maxsize=1)
def _doers() -> re.Pattern[str]:
    """Return the pattern of names that begin with a verb: 投放企业, 举办者."""
    return compiled(lexicon("actors")["doers"]["regex"])


def acts_not(text: str, end: int) -> bool:
    """Tell whether what is said behind `end` makes nobody act: 图书馆 | 设于…, 学员 | 会获发…."""
    return _idle().match(text, end) is not None


@lru_cache(maxsize=1)
def _idle() -> re.Pattern[str]:
    return compiled(lexicon("actors")["places"]["regex"])


@lru_cache(maxsize=1)
def _makes() -> re.Pattern[str]:
    """Return the pattern of what is made by number, and is therefore nobody: 建设10个学会 | 服务站."""
    verbs = lexicon("indicators")["verbs"]
    made = trie(verb for kind in ("make", "level") for verb in verbs[kind] if len(verb) > 1)
    return compiled(rf"(?:{made})(?:约|近|逾|不少于|至少|超过)?[\d一二两三四五六七八九十百千万]")


_NO_ACTOR = compiled(r"(?:经济社会|国民经济和社会)$")
"""社会 in 经济社会发展 is nobody."""


@lru_cache(maxsize=1)
def _told() -> re.Pattern[str]:
    """Return the pattern of what tells somebody to act: 形势要求 | 我们."""
    return compiled(lexicon("actors")["told"]["regex"])


@lru_cache(maxsize=1)
def _does() -> re.Pattern[str]:
    """Return the pattern of what somebody does, not who does it: 指导 | 各地."""
    return compiled(lexicon("actors")["does"]["regex"])


_WHICH = compiled(r"(?:条件|资质|资格|能力|以上|以下|规定|要求|任务|章程|标准|记录|行为|情形)的[^的,;]{1,12}$")
"""A phrase that begins with a verb may still name an actor: 具备条件的学会."""


_CROSSED = compiled(
    r"向(?!前|好)|(?<![自理缘])由|[把将](?=[一-龥])|用于|推开|通过(?!率)|投向|转为|纳入|成为|(?:核心|关键|根本|重点)[在是]"
    r"|如(?=[已有未需获经被要果])")
"""Words of a predicate: a phrase that holds one is no bare subject."""


def members(text: str) -> tuple[str, ...]:
    """Cut a coordinated bearer into its members: 各地区、各部门 gives two; one that cannot be cut stays whole."""
    return tuple(text[a:b] for a, b in parted(text))


@lru_cache(maxsize=4096)
def parted(text: str) -> tuple[Place, ...]:
    """Return where the members of a coordinated bearer stand in it, the whole where it cannot be cut."""
    return tuple(units(text, 0, len(text))) or ((0, len(text)),)
