"""The noun phrase behind a number: 14个 | 国家自主创新示范区, 50所 | 高水平高等职业学校."""

from __future__ import annotations

import re
from functools import lru_cache

from nlp_reform.extract.matching import listed, trie
from nlp_reform.extract.quantities import acts, units, words
from nlp_reform.extract.quantities.nouns import Extent
from nlp_reform.extract.quantities.pieces import Amount
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

_HOLDS = compiled(r"(?:提供|设有|拥有|具有|含有|容纳)约?\Z")
"""Before a number that tells what a thing has: 提供600张宿位的宿舍 counts places, not houses."""
_NORM = compiled(r"(?:标准|比例|要求|规模|幅度|速度|价格|水平|税率|限额|额度|政策|部分|任务|目标)(?!化|厂|间)")
"""Behind 的 these only say what the number is (按不低于30平方米的标准配建): it measures what stands before."""
_STEP = compiled(r"大关|关口|台阶|门槛")
"""Behind a number reached these are no thing counted: 迈上600亿元台阶."""
_POLICY = compiled(r"(?:优惠)?政策")
_BEHIND = compiled(r" ?的?([^,。;:!?()\n]{1,60})")
_LEVELS = compiled(r"级、[\d一二三四五六七八九十]")
_LEVEL = compiled(r"[^,。;]{0,40}级([\u4e00-\u9fff]{2,12})")
"""Levels listed before one head: 国家级、3个省级示范区."""
_NAMED_TOO = compiled(r"\((?!约束性|预期性|[含包另])[\u4e00-\u9fff]{1,4}\)")
"""A word in brackets belongs to the name it stands behind: 骨干专业(群)."""
_OF_SIZE = compiled(r"[^,。;:、和及与或的]{2,10}")
"""Between a number and one that says how large each is: 10家 | 营业收入超 | 百亿元的龙头企业."""
_BY_THEM = compiled(r"(?:居住|使用|参加|参与|急需)的")
"""Between people and what they live in or use: 1000人 | 居住的 | 棚户区."""
_QUOTES = {"“": "”", "「": "」", "『": "』"}
_HAN = compiled(r"[\u4e00-\u9fff]")


def behind(  # noqa: C901, PLR0911  (a chain of signs)
    text: str, amount: Amount, following: Amount | None, sentence_end: int, named: Extent | None
) -> Extent | None:
    """Return the noun phrase behind a number: 14个国家自主创新示范区, 50所高水平高等职业学校."""
    at, stop = _window(text, amount, following, sentence_end)
    match = _BEHIND.match(text, at, stop)
    if not match:
        return None
    begin, end = match.span(1)
    own = text.find("的", begin, end) if amount.noun else acts.done_to(text, amount, begin, end)
    if _HOLDS.search(text, max(0, amount.left - 4), amount.left):
        own = own if own > begin else text.find("的", begin + 2, min(end, begin + 8))
    begin, end = (begin, own) if own > begin else _modified(text, begin, end)
    set_by = _set().match(text, at, stop)
    if set_by:
        return set_by.start("noun"), noun_end(text, *set_by.span("noun"))
    norm = (_NORM if text[begin - 1] == "的" else _POLICY).match(text, begin, end) or _STEP.match(text, begin, end)
    if norm or text[begin] in "或和及与等予" or not _HAN.match(text[begin : begin + 2].lstrip(" “「『")):
        return None
    if words.patterns().stops.match(text, begin, end) and not text.startswith("工作", begin):
        return None
    end = noun_end(text, begin, end)
    named_too = _NAMED_TOO.match(text, end)
    if named_too:
        return begin, named_too.end()
    end = acts.before_act(text, begin, end) if text[amount.left - 1] in "在于" else end
    if _LEVELS.match(text, end - 1):
        head = _LEVEL.match(text, end, sentence_end)
        if head:
            return head.start(1), noun_end(text, *head.span(1))
    end = acts.before_done(text, amount, begin, end)
    name = text[begin:end]
    act = name in words.kinds() or (end - begin < 5 and words.patterns().tail.fullmatch(name) is not None)
    if act and name not in lexicon("indicators")["grants"]["terms"]:
        return None
    people = units.people().search(text, begin, end) if units.dimension(amount.unit) == "people" else None
    unnamed = amount.unit in ("人次", "人", "名") and not people and not amount.noun
    if unnamed and listed("verbs", "action").opens(text, begin, end):
        return None  # 辅导农民800人次取得证照: what they do
    if named and begin < named[0] and named[1] <= end:
        return named
    if people and ((amount.noun and amount.unit == "人") or acts.done_by(text, people.end(), end)):
        end = people.end()
    return (begin, end) if end > begin else None


@lru_cache(maxsize=1)
def _set() -> re.Pattern[str]:
    """Return the pattern of what a standard sets: 按每300户1处的标准设置 | 收集点."""
    table = lexicon("indicators")["norms"]
    norms, sets = trie(table["terms"]), trie(table["sets"])
    act = rf"的(?:{norms})(?:{sets})|(?:标准|额度)?(?:{trie(lexicon('indicators')['given']['verbs'])})"
    return compiled(rf"(?:{act})(?:一次性)?(?P<noun>[\u4e00-\u9fff]{{2,14}})")


def _window(text: str, amount: Amount, following: Amount | None, sentence_end: int) -> Extent:
    """Return where the noun is sought: up to the next number, or behind one that says how large each thing is."""
    if following is None:
        return amount.right, sentence_end
    of_size = text.startswith("的", following.right) and _OF_SIZE.fullmatch(text, amount.right, following.left)
    if of_size or text[amount.right : following.left] in ("", "的"):
        return following.right, sentence_end
    return amount.right, following.left


def _modified(text: str, begin: int, end: int) -> Extent:
    """Step over a relative clause to the noun it qualifies; without one, 、 ends the phrase."""
    comma = text.find("、", begin, end)
    event = words.patterns().events.search(text, begin, end)
    if event:
        end = event.start()
    last = text.rfind("的", begin, end)
    if last < 0 or (0 <= comma < last and last - begin > 30):
        return begin, comma if begin <= comma < end else end
    if 0 <= comma < last and not re.match(r"[^的]{0,20}、[^的]{1,14}的[\u4e00-\u9fff]", text[begin:end]):
        return begin, comma
    tail = words.patterns().stops.search(text, begin + 2, last)
    if tail and not text.startswith(("具有", "符合"), begin) and last - tail.start() > 8:
        return begin, end
    if (last - begin >= 4 or _BY_THEM.match(text, begin)) and end - last > 2:
        begin = last + 1
    comma = text.find("、", begin, end)
    return begin, comma if comma > begin else end


def noun_end(text: str, begin: int, end: int) -> int:
    """Cut a noun phrase where a verb or preposition begins."""
    quoted = text.find(_QUOTES[text[begin]], begin, end) if text[begin] in _QUOTES else -1
    cut = words.patterns().stops.search(text, max(begin, quoted) + 1, end)
    if cut:
        end = cut.start()
    while end > begin and text[end - 1] in "和与及或的 、":
        end -= 1
    suffix = words.patterns().suffix.search(text, begin, end)
    return suffix.start() if suffix and suffix.start() - begin >= (2 if suffix["task"] else 4) else end
