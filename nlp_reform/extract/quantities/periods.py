"""Periods: years, plan periods, deadlines and relative years, each with its first and last year.

Read are `2025年`, `2021—2025年`, `到2020年`, `2025年底前`, `“十四五”期间`, `二〇三五年`, `民国110年`,
`2022-23年度`, relative years (`今年`, `明年底前`, `年内`) resolved against the document's year, and terms
from now (`四年内`, `未来三年`). The text is Simplified and half width; offsets are those of the text scanned.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from nlp_reform.extract.matching import trie
from nlp_reform.prepared import compiled
from nlp_reform.resources import lexicon

PeriodKind = Literal["year", "plan", "relative", "term"]
_DIGITS = "〇零○一二三四五六七八九"
_VALUES = str.maketrans(_DIGITS, "000123456789")


class Period(NamedTuple):
    """A printed time: `[start, end)`, kind, first and last year (None: unknown), whether it opens with 到."""

    start: int
    end: int
    kind: PeriodKind
    first: int | None
    last: int | None
    until: bool

    @property
    def dates(self) -> tuple[str | None, str | None]:
        """Return the first and last day as ISO dates."""
        return (f"{self.first}-01-01" if self.first else None, f"{self.last}-12-31" if self.last else None)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    year = rf"(?:(?:19|20)\d{{2}}|[一二][{_DIGITS}]{{3}})"
    part = (
        r"(?:年?(?:[底末]|初(?![步级期次始创评等高])|中(?![央期国小考西华部]))(?:以?前|之前)?|上半年|下半年|[一二三四1-4]季度末?|第[一二三四]季度?|首季度?|年内|全年"
        r"|(?: ?\d{1,2} ?|[一二三四五六七八九十]{1,2})月(?:底|末|初|中旬|上旬|下旬)?"
        r"(?:前|(?: ?\d{1,2} ?|[一二三四五六七八九十]{1,3})日(?:以?前|之前|起)?)?|以?前|之前|以来|起)?"
        r"(?:或以前|或之前)?"
    )
    cn = "[一二三四五六七八九十]"
    few = rf"(?:{cn}{{1,2}}|两|\d{{1,2}})"
    relative = trie(sorted(lexicon("periods")["relative"]["years"]))
    terms = trie(lexicon("periods")["spans"]["terms"])
    opening = {word[0] for word in (*lexicon("periods")["relative"]["years"], *lexicon("periods")["spans"]["terms"])}
    first = "".join(sorted(opening | set('到至截第民未今往接力用经争两“"「一二三四五六七八九十')))
    return compiled(
        rf"(?=[{first}\d])(?P<until>到|至|截至|截止|截至到)?(?:"
        rf"(?P<y1>{year}) ?年?度?(?P<sep> ?(?:-|—|–|~|至|到){{1,2}} ?"
        rf"|/(?=[\d{_DIGITS}]{{2}} ?(?:(?:财政|学)?年度|学年)))"
        rf"(?P<y2>{year}|\d{{2}}(?= ?(?:(?:财政|学)?年度|学年))|[{_DIGITS}]{{2}}(?=(?:财政|学)?年度))"
        rf" ?(?:财政|学)?年(?:度|期间)?{part}"
        rf"|(?P<y>{year}) ?(?:学年|年度|年)(?:期间)?{part}"
        rf"|(?P<month>\d{{1,2}} ?月(?:底|末|中旬| ?\d{{1,2}} ?日)?(?:以前|之前|前))"
        rf"|(?:民国 ?(?P<roc>\d{{2,3}}|{cn}{{1,4}})|(?<![\d.])(?P<roc1>1[01]\d)(?= ?年(?![级代龄期来以])))"
        rf" ?年度?(?:(?:至|-|—|~) ?(?P<roc2>1[01]\d) ?年度?)?{part}"
        rf"|(?P<plan>第{cn}{{1,3}}个五年(?:规划|计划)?|[“\"「]?(?P<n>十{cn}?|[一二三四五六七八九])[·]?五[”\"」]?"
        rf"(?=时期|期间|规划|计划|末|初|以来|目标|后|中|开局|收官|”|\"|」|纲要|前))"
        rf"(?:规划|计划)?(?:时期|期间|末|期末|以来|初|前三年|后三年)?"
        rf"|(?P<rel>(?:{relative}))(?P<relpart>(?:前|内|之前|以前)?)(?![级龄轻货])"
        rf"|(?P<term>(?:未来|今后|往后|接下来的?|力争用?|用|经过|争取用?)?(?P<tn>{few})(?:[-—~至到](?P<tm>{few}))?"
        rf" ?(?:年|个月)(?:左右)?(?:时间)?(?:内|之内|以内|左右|期间))"
        rf"|(?P<free>(?:未来|今后){few}(?:至{few})?(?:年|个(?:(?:财政|会计)年度|学年))|{terms})"
        rf")"
    )


@lru_cache(maxsize=4096)
def _small(text: str) -> int | None:
    from nlp_reform.extract.quantities.numerals import chinese

    if text.isascii():
        return int(text)
    value = chinese(text)[0]
    return int(value) if value is not None else None


def find(text: str, year: int | None) -> list[Period]:
    """Return the periods of a text in order; `year` is the document's own, for 今年 and 未来三年."""
    found = []
    for match in _pattern().finditer(text):
        period = _read(match, year)
        if period:
            found.append(period)
    return found


def _year(text: str) -> int:
    return int(text.translate(_VALUES))


def _read(match: re.Match[str], year: int | None) -> Period | None:  # noqa: PLR0911  (a chain of signs)
    start, end = match.span()
    until = match["until"] is not None
    if until and start and match.string[start - 1] in "增升降减调扩":
        start, until = start + len(match["until"]), False  # 增至2026年度的3万个: 至 belongs to the verb
    if match["y1"]:
        begin, second = _year(match["y1"]), match["y2"].translate(_VALUES)
        end_year = int(second) if len(second) == 4 else begin // 100 * 100 + int(second)
        return Period(start, end, "year", begin, end_year, until)
    if match["y"]:
        value = _year(match["y"])
        return Period(start, end, "year", value, value, until)
    if match["month"]:
        return Period(start, end, "relative", year, year, until)
    if match["roc"] or match["roc1"]:
        number, last = _small(match["roc"] or match["roc1"]), _small(match["roc2"]) if match["roc2"] else None
        if number is None:
            return None
        return Period(start, end, "year", number + 1911, (last or number) + 1911, until)
    if match["plan"]:
        return _plan(match, start, end, until)
    if match["rel"]:
        if until and match["rel"] in ("同比", "年度", "上年"):
            start += len(match["until"])
        step = lexicon("periods")["relative"]["years"][match["rel"]]
        its = year + step if year is not None else None
        return Period(start, end, "relative", its, its, until)
    number = _small(match["tn"]) if match["tn"] else None
    last = year + number if year is not None and number is not None and "月" not in match.group() else year
    return Period(start, end, "term", year, last if match["tn"] else None, until)


def _plan(match: re.Match[str], start: int, end: int, until: bool) -> Period | None:
    printed = match["n"] or match["plan"][1:].split("个")[0]
    number = _small(printed)
    if number is None:
        return None
    if number < 6:
        first = 1953 + (number - 1) * 5
        first += 3 if number >= 3 else 0
    else:
        first = 1981 + (number - 6) * 5
    if not match["n"] and not match.group().endswith(("期间", "时期", "末")):
        return Period(start, end, "plan", first, first + 4, until)
    return Period(start, end, "plan", first, first + 4, until)
