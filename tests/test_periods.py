"""Periods: years, plan periods, deadlines and relative years, resolved against the document's year."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp_reform.extract.quantities import periods


def one(text: str, year: int | None = 2021) -> periods.Period:
    found = periods.find(text, year)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "printed", "first", "last"),
    [
        ("到2025年达到", "到2025年", 2025, 2025),
        ("2021—2025年建设", "2021—2025年", 2021, 2025),
        ("2025年底前完成", "2025年底前", 2025, 2025),
        ("二〇三五年", "二〇三五年", 2035, 2035),
        ("民国110年", "民国110年", 2021, 2021),
        ("“十四五”期间建设", "“十四五”期间", 2021, 2025),
        ("十三五时期", "十三五时期", 2016, 2020),
        ("“九五”期间", "“九五”期间", 1996, 2000),
        ("第十四个五年规划", "第十四个五年规划", 2021, 2025),
        ("今年要做", "今年", 2021, 2021),
        ("明年底前", "明年底前", 2022, 2022),
        ("去年", "去年", 2020, 2020),
        ("年内完成", "年内", 2021, 2021),
        ("四年内增加", "四年内", 2021, 2025),
        ("2022-23年度", "2022-23年度", 2022, 2023),
        ("“一五”计划", "“一五”计划", 1953, 1957),
        ("“二五”时期", "“二五”时期", 1958, 1962),
        ("“三五”时期", "“三五”时期", 1966, 1970),
        ("“五五”时期", "“五五”时期", 1976, 1980),
    ],
)
def test_period(text: str, printed: str, first: int, last: int) -> None:
    period = one(text)
    assert (text[period.start : period.end], period.first, period.last) == (printed, first, last)


def test_relative_years_need_the_documents_year() -> None:
    assert one("今年", None).last is None
    assert one("今年", 1999).dates == ("1999-01-01", "1999-12-31")


def test_until_is_told() -> None:
    assert one("到2025年").until
    assert not one("2025年").until


@pytest.mark.parametrize("text", ["今天", "明天", "年级", "三五成群", "九五折扣"])
def test_no_period(text: str) -> None:
    assert periods.find(text, 2021) == []


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789年月日底前内到至—-十四五九“”期间今明去未来二〇三 第个规划", max_size=40))
def test_any_text(text: str) -> None:
    last = 0
    for period in periods.find(text, 2021):
        assert last <= period.start < period.end <= len(text)
        last = period.end
