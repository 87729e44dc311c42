"""Quantities in another unit."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest
from click.testing import CliRunner

from nlp_reform import converting, errors, extract
from nlp_reform.cli.main import cli
from nlp_reform.extract.quantities.units import units as lexicon_units

pytest.importorskip("pint")


@pytest.mark.parametrize(("value", "unit", "to", "expected"), [
    (15, "亩", "公顷", 1), (1, "萬公頃", "畝", 150_000), (3, "公斤/亩", "吨/公顷", 0.045), (2, "吨", "斤", 4000), (100, "km2", "平方公里", 100),
    (50, "‰", "%", 5), (0.75, "", "%", 75), (1, "年", "个月", 12), (36, "小时", "天", 1.5), (25, "个基点", "个百分点", 0.25), (2, "亿元", "万元", 20_000),
    (1, "千瓦时/元", "kWh/万元", 10_000), (1, "元每平方米", "元/亩", 2000 / 3), (7, "港币", "港元", 7), (1, "TB", "GB", 1000), (2, "台(套)", "台(套)", 2),
    (5, "台/套", "台/套", 5), (-3, "℃", "摄氏度", -3), (2, "Gbps", "兆位/秒", 2000), (1, "EFLOPS", "PFLOPS", 1000),
])
def test_a_value_in_another_unit(value: float, unit: str, to: str, expected: float) -> None:
    assert converting.convert(value, unit, to) == pytest.approx(expected, rel=1e-11)


@pytest.mark.parametrize(("unit", "to", "why"), [
    ("公顷", "公里", "different"), ("户", "人", "different"), ("%", "个百分点", "different"), ("个工作日", "天", "different"), ("载重吨", "吨", "different"),
    ("元/人", "元", "different"), ("美元", "元", "needs its rate"), ("港元", "美元", "needs its rate"), ("亩", "田", "no unit"), ("亿", "元", "no unit"), ("/", "元", "different"),
])
def test_what_measures_something_else_is_told(unit: str, to: str, why: str) -> None:
    with pytest.raises(errors.UnitError, match=why):
        converting.convert(1, unit, to)


def test_money_takes_the_rate_it_is_given() -> None:
    rate = {"美元": 7.1, "港元": 0.92}
    assert converting.convert(2, "亿美元", "亿元", rate) == pytest.approx(14.2)
    assert converting.convert(92, "美元/人", "港币/人", rate) == pytest.approx(710)
    for wrong in ({"元": 2.0}, {"公顷": 2.0}, {"美元": 0.0}, {"美元": float("nan")}):
        with pytest.raises(errors.UnitError, match="no rate"):
            converting.convert(1, "美元", "元", wrong)


def test_every_unit_of_the_lexicon_converts_by_its_own_factor() -> None:
    for unit in lexicon_units().values():
        assert converting.convert(3, unit.name, unit.name) == 3
        if unit.base:
            assert converting.convert(1, unit.name, unit.base) == pytest.approx(float(unit.factor), rel=1e-9), unit.name


TEXT = "一、目标\n1.新建农田3万—5万亩，投入6.3亿元以上。\n2.引进资金2亿美元，培训教师500人。\n"


def test_ranges_and_bounds_are_kept_and_others_left_out() -> None:
    plan = extract(TEXT)
    area, money = converting.units(plan, ["公顷", "万元"])
    assert (area["converted"], area["converted_upper"], area["comparator"]) == (2000, pytest.approx(10_000 / 3), "range")
    assert (money["converted"], money["comparator"], money["converted_unit"]) == (63_000, ">=", "万元")
    assert [plan.text[row["start"]:row["end"]] for row in (area, money)] == ["3万—5万亩", "6.3亿元"]
    assert [row["converted"] for row in converting.units([plan], ["亿元"], ["美元=7"])] == [6.3, 14]


def test_pint_takes_both_ends_of_a_range() -> None:
    area, money, *_ = map(converting.to_pint, extract(TEXT).quantities)
    assert area.to("公顷").magnitude.tolist() == pytest.approx([2000, 10_000 / 3])
    assert str(money) == "630000000.0 元" and not area.check("[元]")


def test_the_command_prints_rows_and_names_what_is_wrong(tmp_path: Any) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(TEXT, encoding="utf-8")
    done = CliRunner().invoke(cli, ["units", str(plan), "--to", "公顷", "--to", "亿元", "--rate", "美元=7", "--format", "json"])
    assert done.exit_code == 0 and [row["converted"] for row in json.loads(done.stdout)] == [2000, 6.3, 14]
    for arguments in (["--to", "田"], ["--to", "元", "--rate", "美元:7"]):
        failed = CliRunner().invoke(cli, ["units", str(plan), *arguments])
        assert failed.exit_code == 1 and failed.stderr.count("\n") == 1 and failed.stderr.startswith("nlp-reform: ")


def test_without_pint_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pint", None)
    converting._registry.cache_clear()
    converting._parsed.cache_clear()
    with pytest.raises(errors.UnitError, match=r"nlp-reform\[units\]"):
        converting.convert(1, "亩", "公顷")
