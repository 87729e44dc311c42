"""The verbs and words around a number, compiled once: what raises, lowers, makes, opens and closes a phrase."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from nlp_reform.extract.matching import Words, trie
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

_TENS = "一二三四五六七八九十"
_TURN = "年?(?:[底末]|初(?![步级期次始创评等高])|中(?![央期国小考西华部]))前?"
"""底, 初 or 中 of a year: not the first sign of 初步 or 中央."""
_DIGITS = "〇零一二三四五六七八九"


class Patterns(NamedTuple):
    """The compiled patterns; each is described where it is used."""

    tail: re.Pattern[str]
    lead: re.Pattern[str]
    governing: re.Pattern[str]
    strong: re.Pattern[str]
    relative: re.Pattern[str]
    when: re.Pattern[str]
    of_year: re.Pattern[str]
    stops: re.Pattern[str]
    events: re.Pattern[str]
    suffix: re.Pattern[str]
    less: re.Pattern[str]


@lru_cache(maxsize=1)
def kinds() -> dict[str, str]:
    """Return every verb with its kind; raising and lowering win over making, making over level."""
    verbs = lexicon("indicators")["verbs"]
    known: dict[str, str] = {}
    for kind in ("level", "make", "neutral", "hold", "decrease", "increase"):
        known.update(dict.fromkeys(verbs[kind], kind))
    return known


@lru_cache(maxsize=1)
def verbs() -> Words:
    """Return all verbs for looking up."""
    return Words(kinds())


@lru_cache(maxsize=1)
def adverbs() -> frozenset[str]:
    """Return the words between an indicator and its verb."""
    return frozenset(lexicon("indicators")["adverbs"]["terms"])


def _guarded(terms: list[str], guards: dict[str, list[str]]) -> str:
    """Write terms as a pattern; a guarded one may not be followed by what makes it part of a noun."""
    plain = [t for t in terms if not guards.get(t)]
    # A longer term wins over a guarded short one: 应当 over 应.
    longer = {t: [u[len(t) :] for u in terms if u.startswith(t) and u != t] for t in terms if guards.get(t)}
    special = [f"{t}(?!{'|'.join([*guards[t], *longer[t]])})" for t in sorted(longer, key=len, reverse=True)]
    return "|".join([*special, trie(plain)])


@lru_cache(maxsize=1)
def patterns() -> Patterns:
    """Return all patterns of verbs and phrase limits."""
    words = lexicon("indicators")
    verbs = words["verbs"]
    every = trie(kinds())
    between = trie(words["adverbs"]["terms"])
    year = r"(?:(?:19|20)\d\d|[一二][〇零一二三四五六七八九]{3})"
    period = (
        rf"(?:第[一二三四五六七八九十百\d]+[条章款]"
        rf"|{year}(?: ?年)?度?(?:至|-|—|/)(?:{year}|[\d{_DIGITS}]{{2}}) ?(?:财政|学)?年度?的?"
        r"|(?:民国)?(?<!\d)\d{2,3} ?年度?(?:[底末]?前?)?(?:至\d{2,3} ?年度?)?"
        rf"|{year} ?年度?(?:{_TURN}|(?:第[一二三四]|首)季度?|(?:\d+|[{_TENS}]+)月(?:[底末]?前?|(?:\d+|[{_TENS}]+)日)?)?"
        r"(?:或?以?之?前)?(?:期间)?"
        r"|[“\"]?(?:十[一二三四五六七八九]?|[六七八九])五[”\"]?(?:期间|时期|末|规划期)"
        r"|(?:过去|未来|今后|今明|近|这)?[一二三四五六七八九十两几数\d]+(?:年|个(?:学年|(?:财政|会计)?年度))(?:来|内|间|)|[上下]半年|[上下本](?:个)?(?:学年|学期|财政年度|年度|季度)|\d+月(?:底|末)前?)"
    )
    base = rf"(?:[比较](?:{year}年?[底末]?|上年度?|去年|前年|“[^”]{{1,6}}”)(?:同期|增加)?)"
    lead = _guarded(words["lead"]["terms"], words["lead"]["guarded"])
    opens = trie(words["opens"]["terms"])
    made = trie(v for kind in ("make", "decrease", "increase") for v in verbs[kind] if len(v) > 1 and v != "新增")
    manner = trie(words["manner"]["terms"])
    nominal = trie(words["nominal"]["terms"])
    tail = words["tail"]
    changes = [
        v for kind in ("increase", "decrease", "neutral", "hold") for v in verbs[kind] if len(v) > 1 and v != "新增"
    ]
    kept = "".join(rf"(?<!{re.escape(term)}改造)" for term in words["renewal"]["terms"])
    short = trie(words["object"]["terms"])
    strong = trie(words["object"]["strong"])
    return Patterns(
        compiled(rf"(?P<verb>{every})?(?P<to>[到至成]|为|在)?(?:了|到)? ?\Z|(?P<adv>{between}) ?\Z"),
        compiled(
            rf"(?:[一二三四五六七八九十][是要]|各[\u4e00-\u9fff]{{1,2}}(?=可|均|\Z)|第[一二三四五六七八九十\d]+届"
            rf"|每[处个所家人户名案宗项班镇村](?=最|可|给|补(?!助?(?:金额|标准|额度))|奖(?!励?(?:金额|标准|额度))|不)|{period}|{base}"
            r"|在[^,;。、的在]{2,10}[下内](?=[\u4e00-\u9fff]{2})(?![降调线级外])"
            r"|可(?!再生|支配|持续|燃|再|利用|视|移)[\u4e00-\u9fff]{1,8}的(?=[\u4e00-\u9fff]{2})"
            rf"|(?:{manner})(?![增设改建])(?={made})|{lead}|[ 、])"
        ),
        compiled(rf"(?>{made})(?:了|和(?![谐平睦美])|好(?![友人转评处]))?(?!{short}(?![级域]))|(?:{opens})(?=[\u4e00-\u9fff“]{{2}})(?!{short})"),
        compiled(rf"(?<=[\u4e00-\u9fff])(?<!把)(?:{strong})(?:了)?(?!{short}|就业|放|\Z)"),
        compiled(
            r"已|将|会(?=在|于|被)|被|正在|於|用于|纳入|列入|(?<!每.)申请|公布|早前|预留|到期|届满|挂钩|具有[^的]{2,14}(?:力|作用|影响|优势|特色|水平)\Z|由[^的]{2,12}[到至][^的]{2,12}(?=的)"
        ),
        compiled(
            rf"(?:会|将|可望|有望|力争|预计)?(?:在|于|到|至)?(?:{period}|年底前?|年末|年内|全年|今年|每年|当年|每月|每季度)(?:内|间)?\Z"
        ),
        compiled(rf"(?<=[到至为])(?:{period})的?\Z"),
        compiled(
            rf"(?:{'|'.join(tail['prepositions'])}|{trie(tail['stops'])}"
            rf"|[增减升降提缩扩][至到为]|(?:{trie([*tail['soft'], *changes])})(?!{nominal}){kept})"
        ),
        compiled(rf"{trie(tail['events'])}|的[^的]{{1,6}}任务"),
        compiled(
            rf"(?<=[\u4e00-\u9fff]{{2}})"
            rf"(?:(?:{'|'.join(sorted(map(re.escape, tail['suffixes']), key=len, reverse=True))})\Z{kept}"
            rf"|(?P<task>(?:{trie(tail['suffixes'] + tail['tasks'])})?任务)\Z)"
        ),
        compiled(rf"(?:{trie([v for v in verbs['decrease'] if len(v) > 1])})(?=[\u4e00-\u9fff“])"
                 r"|(?:减[税费负租]|降[本费息]|退税|让利)+|减(?=免)"),
    )
