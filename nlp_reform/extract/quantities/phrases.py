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
from nlp_reform.extract.quantities import acts, counted, elsewhere, endings, lasting, nouns, series, units, words
from nlp_reform.extract.quantities.endings import Ending
from nlp_reform.extract.quantities.nouns import Extent
from nlp_reform.extract.quantities.pieces import Amount
from nlp_reform.extract.quantities.roles import clause_start
from nlp_reform.model import Change, Direction
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

_REACH = 90
"""How many characters left of a number its indicator is sought."""
_THAN = compiled(r"[、,]?(?:高于|低于|快于|慢于|好于|多于|少于)(?=[\u4e00-\u9fff])")
_GOAL = compiled(r"(?:的?(?:预期|控制|计划|规划|调控|管控|考核|奋斗)?(?P<up>增长)?(?:预期)?)目标\Z")
"""What a goal is called is no part of what it is for: 供应量预期增长目标为13%."""
_BY = compiled(r" ?(?:政府|我们|我)?[会将拟亦也并]{0,3}(?:透过|通过|经由|向|由|从|为|给|以)")
"""How or to whom money is given is not what it is for: 透过关爱基金拨款1亿元."""


class Phrase(NamedTuple):
    """The indicator `[start, end)` in the cleaned text (None: unsaid), direction and change."""

    extent: Extent | None
    direction: Direction | None
    change: Change
    series: tuple[Extent, ...] = ()


_TURNED: dict[str, tuple[Direction, Change]] = {"减": ("decrease", "by"), "翻": ("increase", "to")}
"""Numbers that are verbs themselves: 减半, 翻一番."""


def read(  # noqa: C901, PLR0911  (a chain of signs)
    text: str,
    amount: Amount,
    previous: Amount | None,
    following: Amount | None,
    sentence: Extent,
    before: Phrase | None,
    named: tuple[Extent, ...] = (),
    alike: Extent | None = None,
) -> Phrase:
    """Return what one amount measures.

    `previous` and `following` are the neighbours in its sentence, `before` the phrase of the number before it, for
    增长11%，达到282亿元 and 分别增长3%和5%; `named` are the indicators of its sentence so far, `alike` the last one
    counted in the same unit.
    """
    if previous is not None and before is not None:
        listed = _listed(text, amount, previous, before)
        if listed is not None:
            return listed
    start = _start(text, amount, previous, sentence[0])
    verb_end = nouns.before_each(text, start, endings.verb_end(text, start, amount))
    ending = endings.read(text, start, verb_end, amount.left < amount.start)
    front = nouns.front(text, start, ending.start, previous is not None and start == previous.right)
    behind = counted.behind(text, amount, following, sentence[1], before.extent if before else None)
    inherited = before.extent if before else elsewhere.earlier(text, sentence[0], start)
    front = _own(text, amount, previous, front, ending.start == verb_end)
    front = _meant(text, amount, front, inherited, (sentence[0], start))
    if (turned := _TURNED.get(text[amount.start])) is not None:
        return Phrase(front or inherited, *turned)
    kind = words.kinds().get(ending.verb or "")
    if units.dimension(amount.unit) in ("time", "working_time"):
        again = ending.to or (previous is not None and previous.unit == amount.unit)
        return Phrase(lasting.named(text, amount, kind, front, behind) or (inherited if again else None),
                      *_change(kind, ending))
    if behind is not None and (_counts(amount, kind, behind) or _no_measure(text, front, kind)):
        front = None
    act = kind == "make" and behind is None and front is not None
    if act and front and (_governed(text, start, front[1]) or _nominal(text, ending, front, verb_end)):
        return Phrase((front[0], ending.start + len(ending.verb or "")), None, "level")
    if (special := _special(text, amount, front, behind, inherited, ending, start)) is not None:
        return special
    direction, change = _change(kind, ending)
    if _share(text, start, amount.left) or _compares(text, start, amount):
        return Phrase(inherited, direction, change)
    if several := series.several(text, amount, named) if ending.each and front is None else ():
        return Phrase(several[0], direction, change, several[1:])
    if behind is not None and (kind == "make" or ending.verb in lexicon("indicators")["opens"]["terms"]):
        return Phrase(behind, direction, change)
    each = series.named_each(text, front, ending.each, amount, following)
    if kind is None and not each:
        return _without_verb(text, start, amount, front, behind, inherited, before, previous)
    if kind in ("level", "neutral") and front is not None and (goal := _goal(text, front)):
        return goal
    alike = alike if units.dimension(amount.unit) != "people" else None
    made = (alike or nouns.verb_itself(text, start, ending.verb)) if kind == "make" else None
    return Phrase(each[0] if each else front or behind or made or inherited, direction, change, each[1:])


def _start(text: str, amount: Amount, previous: Amount | None, floor: int) -> int:
    """Return where the words before a number begin that may say what it measures: in its clause, bracket or list."""
    start = clause_start(text, max(floor, previous.right if previous else 0, amount.left - _REACH), amount.left)
    bracket = text.rfind("(", start, amount.left)
    start = bracket + 1 if bracket >= 0 and ")" not in text[bracket : amount.left] else start
    return series.after_list(text, start, amount.left, previous is not None and start == previous.right)


def _own(
    text: str, amount: Amount, previous: Amount | None, front: Extent | None, bare: bool
) -> Extent | None:
    """Return the noun that stands before a number without what governs it: 配发 | 设备5000套, 扣回 | 补助资金 | 的20%.

    What only tells which part or place a number is for (其中省级以上的不少于12处) names nothing: None, when the number
    before has the same unit and so the noun.
    """
    if front is None:
        return None
    if previous is not None and previous.unit == amount.unit != "%" and _part().search(text[slice(*front)]):
        return None
    if front[1] == amount.left and text.startswith(("上限", "下限"), amount.left):
        return front[0], front[1] + 2
    if not bare or amount.left < amount.start:
        return front
    begin, end = front
    while end > begin + 1 and text[end - 1] in "的之":
        share = text.find("占", begin + 2, end)
        end = share if share > 0 else end - 1
    things = units.dimension(amount.unit) in ("count", "people", "transport", "length", "area", "mass")
    return (acts.without_act(text, begin, end) if things or end < front[1] else begin), end


@lru_cache(maxsize=1)
def _part() -> re.Pattern[str]:
    table = lexicon("indicators")["part"]
    return compiled(rf"^平均每个?[^的]{{0,6}}(?:{trie(table['wholes'])})\Z|(?:{'|'.join(table['endings'])})\Z")


def _counts(amount: Amount, kind: str | None, behind: Extent) -> bool:
    """Tell whether a change is one of the things right behind the number: 编制会削减1000个 | 职位."""
    things = units.dimension(amount.unit) in ("count", "people") and not amount.noun
    return things and kind in ("increase", "decrease", "neutral") and behind[0] - amount.right <= 1


def _no_measure(text: str, front: Extent | None, kind: str | None) -> bool:
    """Tell whether the noun before a number is where or by whom something is done."""
    return front is not None and (text[front[0] - 1] == "在" or _acting(text, front, kind))


def _acting(text: str, front: Extent, kind: str | None) -> bool:
    """Tell whether a body before a verb of change is who acts, not what changes: 教育局会增加 | 1200个学位."""
    return kind in ("increase", "decrease") and _ACTING.search(text, *front) is not None


_ACTING = compiled(r"(?:[局署厅部委]|政府|委员会|我们|办公室)(?:会|将|拟)?\Z")


def told(text: str, name: Extent | None, rate: bool) -> Phrase:
    """Return what a table's cell says of its indicator: a rate, or a name that says so, tells a change."""
    falls = name is not None and _FALLS.search(text, *name)
    if rate or falls:
        return Phrase(name, "decrease" if falls else "increase", "by")
    return Phrase(name, None, "level")


_FALLS = compiled(r"(?:降低|下降|减少|压减|削减|降)(?:率|幅度?)?\Z")


def _special(
    text: str, amount: Amount, front: Extent | None, behind: Extent | None, inherited: Extent | None, ending: Ending,
    start: int,
) -> Phrase | None:
    """Read a rate and a pace, and …，增幅超过三成 of what stood before; money is for what is named at its verb."""
    if _RATE.search(text, start, amount.left):
        return Phrase(behind, None, "level")
    if amount.unit == "%" and (whole := elsewhere.taken_from(text, start, amount.left)):
        return Phrase(whole, None, "level")
    if (pace := _paced(text, amount)) is not None:
        return Phrase(front or inherited, pace, "by")
    if front is not None and inherited is not None and (degree := _degrees().get(text[slice(*front)])):
        return Phrase(inherited, degree, "by")
    if ending.verb not in lexicon("indicators")["spending"]["verbs"]:
        return None
    given = front is not None and not _BY.match(text, start, ending.start)
    return Phrase(behind or (front if given else _spent(text, amount, ending, inherited)), None, "level")


def _spent(text: str, amount: Amount, ending: Ending, inherited: Extent | None) -> Extent | None:
    """Return what money is for when its own clause has no noun.

    It is the sum an earlier clause names (增加社保投入，财政安排30亿元), or the act itself (财政 | 投入 | 30亿元).
    """
    sums, verb = lexicon("indicators")["spending"]["sums"], ending.verb
    if inherited is not None and text.endswith(tuple(sums), *inherited):
        return inherited
    if verb is None or verb not in sums:
        return None
    begin = text.rindex(verb, ending.start, amount.left)
    return begin, begin + len(verb)


@lru_cache(maxsize=1)
def _values() -> re.Pattern[str]:
    terms = trie(lexicon("indicators")["values"]["terms"])
    return compiled(rf"(?:(?:[今明后]|\d{{2,4}}|[〇零一二三四五六七八九]{{4}})年度?的?)?(?:{terms})")


def _meant(text: str, amount: Amount, front: Extent | None, inherited: Extent | None, ahead: Extent) -> Extent | None:
    """Return what stood before, in `ahead`, for a word that only points to it (准点率…，目标值为 88%) or is of it."""
    if front is None:
        return None
    if inherited is not None and _values().fullmatch(text, *front):
        return inherited
    if amount.unit in ("%", "") and (whole := elsewhere.among(text, ahead[0], front)):
        return whole
    return (elsewhere.topic(text, *ahead, front, inherited) if amount.unit == "%" else None) or front


_RATE = compiled(r"按[^,。;的]{2,20}的\Z")
"""What a rate is taken of is not what it sets: 按拨付经费的 | 10%给予配套."""
_PACE = compiled(r"的(?:幅度|速度|增幅|降幅|比例|比率|增速)(?:逐年|继续|统一|同步|再)?")


def _paced(text: str, amount: Amount) -> Direction | None:
    """Return the direction of the verb behind a pace: 养老金按5%的幅度 | 上调."""
    pace = _PACE.match(text, amount.right)
    verbs = words.verbs().end(text, pace.end(), len(text)) if pace else 0
    kind = words.kinds().get(text[pace.end() : verbs]) if pace else None
    return "increase" if kind == "increase" else "decrease" if kind == "decrease" else None


def _governed(text: str, start: int, end: int) -> bool:
    """Tell whether a verb governs the noun before a number: 推进 | 电厂改造."""
    patterns = words.patterns()
    return bool(patterns.strong.search(text, start, end) or patterns.governing.match(text, start, end))


def _nominal(text: str, ending: Ending, front: Extent, end: int) -> bool:
    """Tell whether a verb between a thing and its number is a noun: 棚户区 | 改造 | 5万套."""
    verb = ending.verb or ""
    return verb in lexicon("indicators")["renewal"]["acts"] and front[1] + len(verb) == end


def _goal(text: str, front: Extent) -> Phrase | None:
    """Return what a number behind …目标为 is the goal of: 供应量预期增长目标 is growth of 供应量."""
    goal = _GOAL.search(text, *front)
    if goal is None or goal.start() == front[0]:
        return None
    extent = front[0], goal.start()
    return Phrase(extent, "increase", "by") if goal["up"] else Phrase(extent, None, "level")


@lru_cache(maxsize=1)
def _degrees() -> dict[str, Direction]:
    """Return the words that alone say that what stood before rose or fell, each with its direction."""
    table = lexicon("indicators")["degree"]
    up: dict[str, Direction] = dict.fromkeys(table["increase"], "increase")
    return up | dict.fromkeys(table["decrease"], "decrease")


def _change(kind: str | None, ending: Ending) -> tuple[Direction | None, Change]:
    if kind == "increase":
        return "increase", "to" if ending.to else "by"
    if kind == "decrease":
        return "decrease", "to" if ending.to else "by"
    if kind == "hold" or (ending.kept and ending.verb == "控制"):
        return "hold", "level"
    if kind == "neutral" and ending.to:
        return None, "to"
    return None, "level"


_UP_TO = compiled(r" ?[至到](?:了|每[年月日人户])? ?(?:约|近|逾|超过)? ?")
"""Between a change and what it leads to: 增加7%至580亿元."""


def _listed(text: str, amount: Amount, previous: Amount, before: Phrase) -> Phrase | None:
    """Read a number right behind another one (3分、5分和1毛钱): the next of the named things, in the same way."""
    if before.change == "by" and before.direction and _UP_TO.fullmatch(text, previous.right, amount.left):
        return before._replace(change="to", series=())
    if not series.linked(text, previous, amount) or amount.left != amount.start:
        return None
    if before.series:
        return before._replace(extent=before.series[0], series=before.series[1:])
    return before


def _share(text: str, start: int, end: int) -> bool:
    """Tell whether a clause opens with 占 or 相当于: it tells a share of what was named before."""
    return text[start:end].lstrip(" 、,约").startswith(("占", "相当于", "相等于"))


def _compares(text: str, start: int, amount: Amount) -> bool:
    """Tell whether a clause only compares what was named before: 高于城镇居民1个百分点."""
    return amount.unit in ("个百分点", "%", "倍") and _THAN.match(text, start, amount.left) is not None


def _without_verb(
    text: str,
    start: int,
    amount: Amount,
    front: Extent | None,
    behind: Extent | None,
    inherited: Extent | None,
    before: Phrase | None,
    previous: Amount | None,
) -> Phrase:
    """城镇调查失业率5.5%以内, 压减钢铁产能3000万吨, 四分之三以上理事, 压减时间58%、材料52%."""
    more = nouns.raised(text, start, amount.left)
    if more is not None and behind is None:
        return Phrase(more, "increase", "by")
    less = nouns.lowered(text, start, amount.left)
    if less is not None and behind is None:
        return Phrase(less, "decrease", "by")
    if (
        front is not None
        and behind is None
        and before is not None
        and previous is not None
        and before.change == "by"
        and previous.unit == amount.unit == "%"
        and text[previous.right : front[0]] in ("、", "和")
        and before.extent
        and not words.kinds().get(text[before.extent[1] : previous.left])
    ):
        return Phrase(front, before.direction, "by")
    quoted = behind is not None and text[behind[0]] == "“"
    if amount.unit == "%" and front is not None and (quoted or text[amount.left - 1] in "在对"):
        return Phrase(front, None, "level")
    if front is not None and text.startswith("的", amount.right) and text.startswith("投资", front[0]):
        return Phrase(front, None, "level")
    return Phrase(behind or front or inherited, None, "level")
