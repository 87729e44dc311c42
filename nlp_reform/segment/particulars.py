"""What a title and its surroundings say of a document: its kind, the years it governs, whom it addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from nlp_reform.model import Block, Document, Genre, Mention, Period
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon
from nlp_reform.segment.formulas import is_addressee
from nlp_reform.segment.labels import number_of

_Y = r"((?:19|20)\d{2}|[一二][〇零○九][〇零○一二三四五六七八九]{2})"
_RANGE = compiled(rf"{_Y} ?年? ?[-—–~至到]{{1,2}} ?{_Y} ?年")
_FISCAL = compiled(rf"{_Y} ?(?:至|[-—–/]) ?([〇零○一二三四五六七八九]{{2,4}}|\d{{2}}) ?(?:财政)?年度?")
_SINGLE = compiled(rf"{_Y} ?年(?!远景)")
_MINGUO = compiled(r"(?:民国 ?([一二三四五六七八九十百〇零\d]{1,4}) ?年|(?<!\d)(1\d\d) ?年度?)")
_FIVE = compiled(
    r"第(?P<full>十[一二三四五六七八九]?|[六七八九])个五年(?=规划|计划)"
    r"|[“\"「]?(?P<short>十[一二三四五六七八九]?|[六七八九])五[”\"」]?(?=规划|计划|时期|期间|[\u4e00-\u9fff]|$)"
)
_TERM = compiled(
    rf"(?:规划|实施|执行|行动|有效)(?:期限?|时间|年限)(?:为|是|:|从|自)?"
    rf"{_Y} ?年?(?:\d{{1,2}}月)?[-—–~至到]{{1,2}} ?{_Y} ?年"
)
_EFFECT = compiled(rf"自{_Y} ?年\d{{1,2}}月\d{{1,2}}日起(?:正式)?(?:施行|实施|执行|生效|试行)")
_LAPSE = compiled(
    rf"有效期限?(?:为|截?至|到)?{_Y} ?年|至{_Y} ?年\d{{1,2}}月\d{{1,2}}日(?:止|失效|废止)"
)
_VALID = compiled(r"有效期(?:限)?(?:为)?([一二三四五六七八九十]|\d{1,2}) ?年")
_HORIZON = compiled(rf"(?:到|至|截至|力争){_Y} ?年(?!以前)")
_TRAIL = compiled(r"(?:[(〔\[][^()〔〕\[\]]{1,40}[)〕\]]|[“”\"\s])+$")
_SPLIT = compiled(r"[,;]|、(?=[^、,;]{0,12}各)")
_YEARLY = frozenset({"work-report", "policy-address", "work-points", "budget"})
_PLANNING = frozenset({"plan", "scheme", "opinion", "measures", "notice", "work-points"})
_FIRST_LINES = 1500
_REFERS = compiled(
    r"(?:本|以下|如下)(办法|规定|条例|细则|方案|规划|计划|意见|通知|要点|措施|规程|规范|标准|章程)"
)
_TOLD = compiled(r"(?:现)?将有关(?:事项|问题|情况|工作)?(通知|通报|报告|公告|意见)如下")


class _Kinds(NamedTuple):
    """Patterns of the kinds of documents: deciding anywhere, at the end of a title; and what each word means."""

    holds: re.Pattern[str]
    ends: re.Pattern[str]
    kinds: dict[str, Genre]


@lru_cache(maxsize=1)
def _kinds() -> _Kinds:
    kinds: dict[str, Genre] = {}
    holds: list[str] = []
    ends: list[str] = []
    for entry in lexicon("issuers")["kind"]:
        genre = Genre(entry["id"], entry["chinese"])
        holds += entry.get("holds", [])
        ends += entry["ends"]
        kinds |= dict.fromkeys([*entry.get("holds", []), *entry["ends"]], genre)
    words = "|".join(sorted({*holds, *ends}, key=lambda word: (-len(word), word)))
    return _Kinds(compiled("|".join(holds)), compiled(rf"(?:{words})"), kinds)


def genre(title: str, text: str) -> Genre | None:
    """Return the kind of a document from its title in the cleaned copy, else from what the text calls itself."""
    patterns = _kinds()
    if match := patterns.holds.search(title):
        return patterns.kinds[match.group()]
    plain = _TRAIL.sub("", title)
    found = list(patterns.ends.finditer(plain))
    if found and (found[-1].end() == len(plain) or len(found[-1].group()) > 1):
        return patterns.kinds[found[-1].group()]
    spoken = _TOLD.search(text, 0, _FIRST_LINES) or _REFERS.search(text, 0, _FIRST_LINES)
    return patterns.kinds.get(spoken.group(1)) if spoken else None


def period(title: str, text: str, kind: Genre | None, year: int | None) -> tuple[Period | None, bool]:
    """Return the years a document governs, and whether they are only inferred from the goals it sets.

    Read in this order: a span of years in the title, the term the text gives itself, a five-year plan or single
    year in the title, the date a rule takes effect and lapses, the year of yearly documents, the first horizon
    (到2022年) of a plan.
    """
    if known := _named(title, text, kind, year) or _effect(text, year):
        return known, False
    if kind is not None and kind.name in _YEARLY and year is not None:
        return Period(year, year), False
    if kind is not None and kind.name in _PLANNING and (match := _HORIZON.search(text, 0, _FIRST_LINES)):
        last = _value(match.group(1))
        if year is None or last >= year:
            return Period(year, last), True
    return None, False


def _named(title: str, text: str, kind: Genre | None, year: int | None) -> Period | None:
    """Return the years that the title names, or the term that the text gives itself."""
    if span := _span(title) or _between(_TERM.search(text, 0, 8000)):
        return span
    single, five = _single(title), _FIVE.search(title)
    if single and kind is not None and kind.name in _YEARLY:
        return Period(year or single, year or single)
    if single and five is None:
        return Period(single, single)
    if five:
        first = _five_year(five["full"] or five["short"])
        return Period(first, first + 4)
    return None


def _value(digits: str) -> int:
    return int(digits) if digits.isdecimal() else number_of(digits.replace("○", "〇"))


def _between(match: re.Match[str] | None) -> Period | None:
    if match is None:
        return None
    first, last = _value(match.group(1)), _value(match.group(2))
    return Period(first, last) if 0 <= last - first <= 50 else None


def _span(title: str) -> Period | None:
    if (span := _between(_RANGE.search(title))) is not None:
        return span
    if match := _FISCAL.search(title):
        first = _value(match.group(1))
        last = _value(match.group(2))
        last += first // 100 * 100 if last < 100 else 0
        return Period(first, last) if 0 <= last - first <= 1 else None
    return None


def _single(title: str) -> int | None:
    if match := _SINGLE.search(title):
        return _value(match.group(1))
    if match := _MINGUO.search(title):
        return number_of(match.group(1) or match.group(2)) + 1911
    return None


def _five_year(numeral: str) -> int:
    """Return the first year of a five-year plan by its number (`十四` → 2021); the sixth began in 1981."""
    return 1981 + 5 * (number_of(numeral) - 6)


def _effect(text: str, year: int | None) -> Period | None:
    """Return from when to when a rule is in force, as its last articles say."""
    begins = [_value(match.group(1)) for match in _EFFECT.finditer(text)]
    first = begins[-1] if begins else None
    if match := _LAPSE.search(text):
        return Period(first or year, _value(match.group(1) or match.group(2)))
    start = first or year
    if start is not None and (match := _VALID.search(text)) and first is not None:
        return Period(start, start + number_of(match.group(1)))
    return Period(first, None) if first is not None else None


def addressees(document: Document, head: Sequence[Block]) -> tuple[Mention, ...]:
    """Return the bodies a document goes to, as printed in the line before its text, each that is named whole."""
    view = document.view
    found = []
    for block in head:
        if block.kind != "meta" or not is_addressee(view.text[block.start : block.end]):
            continue
        at = block.start
        for match in (*_SPLIT.finditer(view.text, block.start, block.end - 1), None):
            end = match.start() if match else block.end - 1
            if end > at:
                start, stop = view.span(at, end)
                found.append(Mention(start, stop, view.record[start:stop]))
            at = match.end() if match else end
        break
    return tuple(found)
